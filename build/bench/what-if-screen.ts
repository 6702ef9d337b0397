import { writeFileSync } from 'node:fs'
import type { Browser, Page } from '@playwright/test'
import { Trace, TRACE_CATEGORIES, type Stretch } from './trace.ts'

/** Sets a mark, presses a button and resolves when the changed result has been painted. */
const PRESS_AND_WAIT = (at: number) => `(async () => {
  const button = [...document.querySelectorAll('.option-line button')].find((one) => one.textContent === '改类')
  const steps = document.querySelectorAll('.option-steps li').length
  const shown = new Promise((resolve) => {
    const watch = new MutationObserver(() => {
      if (document.querySelectorAll('.option-steps li').length === steps) return
      watch.disconnect()
      resolve()
    })
    watch.observe(document.querySelector('.options'), { childList: true, subtree: true })
  })
  performance.mark('bench press ${at}')
  button.click()
  await shown
  performance.mark('bench shown ${at}')
  await new Promise(requestAnimationFrame)
  await new Promise((resolve) => setTimeout(resolve, 0))
  performance.mark('bench painted ${at}')
  await new Promise((resolve) => setTimeout(resolve, 1500))
  performance.mark('bench quiet ${at}')
})()`

/** One way to choose parcels and re-code them, as a person does it in the what-if panel. */
async function choose(page: Page, fid: number, code: string): Promise<void> {
  await page.getByLabel('按编号选择').fill(String(fid))
  await page.keyboard.press('Enter')
  const land = page.getByRole('combobox', { name: '改为用地用海分类' })
  await land.click()
  await land.fill(code)
  await page.getByRole('option', { name: new RegExp(`^${code} `) }).click()
  await page.waitForTimeout(300)
}

/** The what-if panel with its option loaded, and the tool that selects in hand. */
export async function openOption(page: Page): Promise<void> {
  await page.getByRole('tab', { name: '比选' }).click()
  await page.locator('.option-steps li').first().waitFor({ timeout: 300_000 })
  await page.getByRole('radio', { name: '选择', exact: true }).click()
}

export interface Press {
  /** From the click until the changed items are painted. */
  painted: Stretch
  /** What the page still computes in the second after that. */
  after: Stretch
}

/** Edits parcel after parcel on the screen under a performance trace; the trace is kept where `keepAt` says. */
export async function pressAndTrace(
  browser: Browser,
  page: Page,
  wishes: readonly { fid: number; code: string }[],
  keepAt: string | undefined,
): Promise<Press[]> {
  await browser.startTracing(page, { categories: TRACE_CATEGORIES })
  for (const [at, { fid, code }] of wishes.entries()) {
    await choose(page, fid, code)
    await page.evaluate(PRESS_AND_WAIT(at))
  }
  const written = await browser.stopTracing()
  if (keepAt !== undefined) writeFileSync(keepAt, written)
  const trace = new Trace(written)
  return wishes.map((_, at) => ({
    painted: trace.untilPainted(`press ${at}`, `shown ${at}`),
    after: trace.between(`painted ${at}`, `quiet ${at}`),
  }))
}
