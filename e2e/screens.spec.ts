import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { en } from '#renderer/i18n/en/index.ts'
import { zh } from '#renderer/i18n/zh/index.ts'
import type { Page } from '@playwright/test'
import { BASELINES, differenceOf, isWriting, MOST_DIFFERENT, PICTURED } from './baselines.ts'
import { expect, test } from './fixtures.ts'
import { looking } from './looks.ts'
import { writeGbkPlan } from './plan-files.ts'

/** A plain plan of four lots, with what an import must ask about: an unknown class and no city. */
function writePlan(dir: string): string {
  const lot = (x: number, code: string) => ({
    type: 'Feature',
    properties: { YDYHFLDM: code, YDYHFLMC: '' },
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [x, 30],
          [x + 0.01, 30],
          [x + 0.01, 30.01],
          [x, 30.01],
          [x, 30],
        ],
      ],
    },
  })
  const features = ['0701', '1401', '0901', 'ZZ9'].map((code, i) => lot(114 + i * 0.01, code))
  const file = path.join(dir, 'GHYDYH.geojson')
  writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', features }))
  return file
}

/** The kept picture of the desk is worth something: a panel that moved by 40 pixels is seen. */
async function expectMovedPanelToShow(page: Page): Promise<void> {
  const panel = page.locator('.review-tabs').last()
  const move = (by: string) => panel.evaluate((element: HTMLElement, to) => void (element.style.translate = to), by)
  await move('40px 0')
  expect(await differenceOf(page, 'workbench')).toBeGreaterThan(2 * MOST_DIFFERENT)
  await move('')
  expect(await differenceOf(page, 'workbench')).toBeLessThan(MOST_DIFFERENT)
}

/** A file that ends in the middle: it is refused, and hides no other. */
function writeBroken(dir: string): string {
  const file = path.join(dir, 'cut.geojson')
  writeFileSync(file, '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":')
  return file
}

test('every pictured screen has its picture, and none is large', () => {
  test.skip(isWriting, 'they are being made')
  const kept = readdirSync(BASELINES)
  expect(kept.toSorted()).toEqual(PICTURED.map((name) => `${name}.png`).toSorted())
  for (const name of kept) expect(statSync(path.join(BASELINES, name)).size, name).toBeLessThanOrEqual(20_000)
})

for (const lang of ['zh', 'en'] as const) {
  test(`every screen is accessible: ${lang}, in three themes`, async ({ page, review, host }) => {
    test.setTimeout(480_000)
    const words = lang === 'zh' ? zh : en
    const look = looking(page, review, lang)
    const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
    const closeDialog = async () => {
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toBeHidden()
    }
    if (lang === 'en') await button('English').click()
    await expect(button(words.catalogue.sample)).toBeVisible()
    await look('first-run')

    await test.step('import', async () => {
      const dir = mkdtempSync(path.join(tmpdir(), 'greenprint-plan-'))
      const choose = async (...files: string[]) => {
        const chooser = page.waitForEvent('filechooser')
        await button(words.importing.pickFiles).click()
        await (await chooser).setFiles(files)
      }
      const dialog = page.getByRole('dialog', { name: words.importing.title })
      const inspected = dialog.getByRole('heading', { name: words.importing.planSection })
      await button(words.catalogue.import).click()
      await expect(button(words.importing.pickFiles)).toBeVisible()
      await look('import-choose')
      await choose(writePlan(dir))
      await expect(inspected).toBeVisible()
      await look('import-inspected')
      await button(words.importing.startOver).click()

      await choose(writeGbkPlan(dir), writeBroken(dir))
      await expect(inspected).toBeVisible()
      await look('import-problems')
      await dialog
        .getByRole('button', { name: new RegExp(`^${words.importing.fixPreview}`) })
        .first()
        .click()
      await expect(dialog.locator('.fix-preview')).toBeVisible()
      await look('import-preview')
      await dialog.getByRole('button', { name: words.importing.fixMore_other.replace('{{count}}', '5') }).click()
      await dialog.getByRole('button', { name: new RegExp(`^${words.importing.fixApply} .*EPSG:4547`) }).click()
      await expect(dialog.getByText(words.importing.problemSolved).first()).toBeVisible()
      await look('import-fixed')
      await button(words.importing.profileSave).click()
      await expect(page.getByRole('dialog', { name: words.importing.profileSave })).toBeVisible()
      await look('import-profile')
      await page.getByLabel(words.importing.profileName).fill('县级总规')
      await button(words.common.save).click()
      await expect(page.getByRole('dialog', { name: words.importing.profileSave })).toBeHidden()
      await closeDialog()

      await button(words.catalogue.import).click()
      await expect(inspected).toBeVisible()
      await look('import-resumed')
      await dialog.getByLabel(words.importing.nameZh, { exact: true }).fill('某县国土空间总体规划')
      await button(words.importing.run).click()
      await expect(button(words.importing.openPlan)).toBeVisible({ timeout: 60_000 })
      await look('import-result')
      await closeDialog()

      await button(words.catalogue.import).click()
      await choose(writePlan(dir))
      await expect(inspected).toBeVisible()
      await page.waitForTimeout(1200)
      await closeDialog()
      const staged = path.join(host.catalogueDir, 'temp', 'staged')
      for (const name of readdirSync(staged).filter((entry) => /^[0-9a-f]{32}$/.test(entry)))
        rmSync(path.join(staged, name, 'GHYDYH.geojson'), { force: true })
      await button(words.catalogue.import).click()
      await expect(button(words.importing.discard)).toBeVisible()
      await look('import-files-gone')
      await button(words.importing.discard).click()
      await closeDialog()
      rmSync(dir, { recursive: true, force: true })
    })

    await test.step('workbench', async () => {
      await button(words.catalogue.sample).click()
      // A plan that is opened for the first time shows its overview.
      const [toolbar, onwards] = [
        page.getByRole('toolbar', { name: words.workbench.toolbar }),
        button(words.orientation.toReview),
      ]
      await expect(toolbar.or(onwards).first()).toBeVisible({ timeout: 60_000 })
      if (await onwards.isVisible()) await onwards.click()
      await review.mapDrawn()
      await button(words.workbench.analyse).click()
      // A busy machine says first how long it will take.
      const start = button(words.workbench.estimateStart)
      await expect(start.or(button(words.workbench.analyseAgain)).first()).toBeVisible({ timeout: 120_000 })
      if (await start.isVisible()) await start.click()
      await expect(button(words.workbench.analyseAgain)).toBeVisible({ timeout: 120_000 })
      await button(words.common.dismiss).first().click()
      await look('workbench')
      if (lang === 'zh' && !isWriting) await expectMovedPanelToShow(page)
      await review.item('B01').click()
      await button(words.checklist.showAll).click()
      await review.mapDrawn()
      await look('item')
    })

    await test.step('tables and charts', async () => {
      await button(words.results.open).click()
      await expect(page.getByRole('navigation', { name: words.results.tables })).toBeVisible()
      const table = (title: RegExp) => page.getByRole('button', { name: title })
      await table(lang === 'zh' ? /^用地转移矩阵（一级类）/ : /^Transition matrix \(first/).click()
      await expect(page.locator('.chart svg').first()).toBeVisible()
      await page.getByRole('gridcell').nth(2).click()
      await expect(page.locator('.figure-features .evidence-row').first()).toBeVisible({ timeout: 60_000 })
      await review.mapDrawn()
      await look('results-flows')
      await table(lang === 'zh' ? /^各区县开发强度/ : /^Intensity by district/).click()
      await expect(page.getByRole('region', { name: words.results.legend })).toBeVisible()
      await review.mapDrawn()
      await look('results-units')
      await button(words.results.backToReview).click()
    })

    await test.step('finding', async () => {
      await button(words.checklist.addFinding).click()
      await page.getByRole('dialog').getByLabel(words.findings.text).fill('工业用地压占生态保护红线，须调出。')
      await look('finding')
      await page.getByRole('dialog').getByRole('button', { name: words.common.save }).click()
      await page.getByRole('tab', { name: words.workbench.findingsTab }).click()
      await look('findings')
      await page.getByRole('tab', { name: words.workbench.historyTab }).click()
      await look('history')
      await button(words.history.openAudit).click()
      await look('audit')
      await closeDialog()
    })

    await test.step('dialogs', async () => {
      await button(words.catalogue.settings).click()
      await look('settings')
      await closeDialog()
      await button(words.catalogue.help).click()
      await look('shortcuts')
      await closeDialog()
    })

    await test.step('memo', async () => {
      await button(words.workbench.memo).click()
      await expect(page.locator('.memo-sheet').first()).toBeVisible({ timeout: 60_000 })
      await look('memo')
      await button(words.memo.backToReview).click()
      await button(words.common.back).click()
      await look('catalogue')
      await button(words.catalogue.verify).click()
      await look('verify')
      await closeDialog()
    })
  })
}
