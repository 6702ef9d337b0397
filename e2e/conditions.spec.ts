import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { everyScreen, firstPlan, goTo } from './every-screen.ts'
import { expect, test } from './fixtures.ts'

test.use({ viewport: { width: 1280, height: 720 }, prepared: 'shelved' })

/** Text that reaches beyond the window, where nothing scrolls to it; and titles that are cut without saying the rest. */
const lostText = () => {
  const isReachable = (element: Element | null): boolean =>
    element !== null &&
    ((['auto', 'scroll'].includes(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth) ||
      isReachable(element.parentElement))
  const lost = [...document.querySelectorAll<HTMLElement>('#root *')].filter((element) => {
    const hasOwnText = [...element.childNodes].some((one) => one.nodeType === Node.TEXT_NODE && one.textContent?.trim() !== '')
    if (!hasOwnText || !element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) return false
    if (element.closest('.visually-hidden, .map-canvas, svg, .memo-sheet') !== null) return false
    const { left, right, width } = element.getBoundingClientRect()
    return width > 1 && (right > innerWidth + 1 || left < -1) && !isReachable(element.parentElement)
  })
  const wide =
    document.documentElement.scrollWidth > innerWidth ? [`the page is ${document.documentElement.scrollWidth} wide`] : []
  const { scrollHeight } = document.documentElement
  const hasPart = [...document.querySelectorAll<HTMLElement>('#root *')].some(
    (one) =>
      getComputedStyle(one).overflowY === 'auto' && one.scrollHeight > one.clientHeight && one.clientHeight > innerHeight / 2,
  )
  const tall = scrollHeight > innerHeight && hasPart ? [`the page scrolls beside its parts, ${scrollHeight} high`] : []
  return [...wide, ...tall, ...lost.map((element) => `${element.className}: ${element.textContent?.slice(0, 50)}`)]
}

/** What still moves, of what is not over in a blink. */
const moving = () =>
  document
    .getAnimations()
    .filter((one) => one.playState === 'running' && Number(one.effect?.getComputedTiming().duration ?? 0) > 1)
    .map((one) => `${(one as CSSAnimation).animationName}`)

async function chooseTextSize(page: Page, percent: '100%' | '200%'): Promise<void> {
  await page.getByRole('button', { name: '设置', exact: true }).click()
  await page.getByRole('dialog').getByRole('radio', { name: percent }).click()
  await page.keyboard.press('Escape')
  await expect(page.locator('html')).toHaveAttribute('data-text', percent.slice(0, -1))
}

test('every screen in a window of 320 pixels, at 200 % text, without motion, and in the system’s own colours', async ({
  page,
  review,
}) => {
  test.setTimeout(300_000)
  const screens = everyScreen(await firstPlan(page))
  const wrong: string[] = []
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await test.step('320 pixels wide: a window at 400 %', async () => {
    await page.setViewportSize({ width: 320, height: 640 })
    for (const screen of screens) {
      await goTo(page, screen)
      wrong.push(...(await page.evaluate(lostText)).map((what) => `${screen[0]} at 320 pixels: ${what}`))
      wrong.push(...(await page.evaluate(moving)).map((what) => `${screen[0]} moves: ${what}`))
    }
  })
  await test.step('text at 200 %', async () => {
    await page.setViewportSize({ width: 1280, height: 720 })
    await chooseTextSize(page, '200%')
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('32px')
    for (const screen of screens) {
      await goTo(page, screen)
      wrong.push(...(await page.evaluate(lostText)).map((what) => `${screen[0]} at 200 %: ${what}`))
    }
    await chooseTextSize(page, '100%')
  })
  expect(wrong).toEqual([])

  await test.step('forced colours: what has the focus and what is chosen has an edge of its own', async () => {
    await page.emulateMedia({ forcedColors: 'active' })
    const edgeOf = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => {
          const { outlineStyle, outlineWidth, outlineColor, borderStyle, backgroundColor } = getComputedStyle(element)
          return { outlineStyle, outlineWidth, outlineColor, borderStyle, backgroundColor }
        })
    await page.keyboard.press('F6')
    await page.keyboard.press('Tab')
    const focused = await edgeOf(':focus')
    expect([focused.outlineStyle, focused.outlineWidth]).toEqual(['solid', '3px'])
    expect(await edgeOf('.action-bar .button')).toMatchObject({ borderStyle: 'solid' })
    const [chosen, other] = [
      await edgeOf('.review-tabs .tab[data-selected]'),
      await edgeOf('.review-tabs .tab:not([data-selected])'),
    ]
    expect(chosen.outlineStyle).toBe('solid')
    expect(chosen.backgroundColor).not.toBe(other.backgroundColor)
    const segment = await edgeOf('.segment[data-selected]')
    expect(segment.backgroundColor).not.toBe((await edgeOf('.segment:not([data-selected])')).backgroundColor)
    await review.expectAccessible('the desk in forced colours', ['button-name', 'aria-hidden-focus', 'label', 'link-name'])
    await page.emulateMedia({ forcedColors: 'none' })
  })

  await test.step('the language changes at once, without a reload', async () => {
    const born = await page.evaluate(() => performance.timeOrigin)
    await expect(page.getByRole('tab', { name: '图层' })).toBeVisible()
    await page.getByRole('button', { name: 'English', exact: true }).click()
    await expect(page.getByRole('tab', { name: 'Layers' })).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible()
    await expect(page.locator('.statusbar')).toContainText('Data stays on this computer')
    expect(await page.evaluate(() => performance.timeOrigin)).toBe(born)
    await page.getByRole('button', { name: '中文', exact: true }).click()
    await expect(page.getByRole('tab', { name: '图层' })).toBeVisible()
  })

  await test.step('a file that is dropped anywhere says first what it becomes, and opens where it belongs', async () => {
    await page.setViewportSize({ width: 1280, height: 720 })
    const lot = [
      [114, 30],
      [114.01, 30],
      [114.01, 30.01],
      [114, 30.01],
      [114, 30],
    ]
    const dir = mkdtempSync(path.join(tmpdir(), 'greenprint-drop-'))
    const file = path.join(dir, 'GHYDYH.geojson')
    const geometry = { type: 'Polygon', coordinates: [lot] }
    const features = [{ type: 'Feature', properties: { YDYHFLDM: '0701' }, geometry }]
    writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', features }))
    // As the system hands a file over to the browser, which no script of a page can.
    const browser = await page.context().newCDPSession(page)
    const carry = (type: 'dragEnter' | 'dragOver' | 'drop') =>
      browser.send('Input.dispatchDragEvent', { type, x: 640, y: 500, data: { items: [], files: [file], dragOperationsMask: 1 } })
    await carry('dragEnter')
    await carry('dragOver')
    await expect(page.locator('.drop-veil')).toBeVisible()
    await carry('drop')
    await expect(page.locator('.drop-veil')).toBeHidden()
    const dialog = page.getByRole('dialog', { name: '导入规划方案' })
    await expect(dialog).toBeVisible()
    await expect(dialog.getByText('GHYDYH').locator('visible=true').first()).toBeVisible({ timeout: 60_000 })
    rmSync(dir, { recursive: true, force: true })
  })
})
