import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { pngTile } from '#backend/basemap/fixture-archives.ts'
import { pdfBytes } from '#backend/sheets/fixture-pdf.ts'
import { expect, test } from './fixtures.ts'

test.use({ prepared: 'city' })

const dir = mkdtempSync(path.join(tmpdir(), 'greenprint-e2e-sheets-'))
// A worker that comes back to this file has cleaned up after its first visit.
test.beforeAll(() => void mkdirSync(dir, { recursive: true }))
test.afterAll(() => rmSync(dir, { recursive: true, force: true }))

/** Share of the main map's pixels in which magenta shows through. */
const magenta = (page: Page) =>
  page.evaluate(() => {
    let [found, all] = [0, 0]
    for (const canvas of document.querySelectorAll<HTMLCanvasElement>('.map-sheet .map-canvas canvas')) {
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] }
      for (let i = 0; i + 3 < data.length; i += 40) {
        all++
        const [red = 0, green = 0, blue = 0, alpha = 0] = data.slice(i, i + 4)
        if (alpha > 0 && red > green + 60 && blue > green + 60) found++
      }
    }
    return found / all
  })

const clickAt = async (region: Locator, across: number, down: number): Promise<void> => {
  const { width = 0, height = 0 } = (await region.boundingBox()) ?? {}
  await region.click({ position: { x: width * across, y: height * down } })
}

async function open(page: Page, file: string): Promise<Locator> {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('region', { name: '图纸', exact: true }).getByRole('button', { name: '添加图纸…' }).click()
  await (await chooser).setFiles(file)
  const dialog = page.getByRole('dialog', { name: /放置图纸/ })
  await expect(dialog).toBeVisible()
  await expect(dialog.locator('.map-canvas[data-drawn="yes"]')).toBeVisible({ timeout: 60_000 })
  return dialog
}

test('a picture is laid under the plan by points, tells its rms, stays after a restart, is removed and brought back', async ({ page, review, host }) => {
  const file = path.join(dir, 'magenta.png')
  writeFileSync(file, pngTile(255, 0, 255))
  await review.openSample()
  const before = await magenta(page)
  const dialog = await open(page, file)
  const [picture, map] = [dialog.getByRole('application', { name: /^图纸。/ }), dialog.getByRole('application', { name: /^方案地图。/ })]
  await expect(dialog.getByText('还需 3 个点')).toBeVisible()

  await clickAt(picture, 0.4, 0.3)
  await clickAt(map, 0.4, 0.3)
  const rows = dialog.locator('.points-table tbody tr')
  await expect(rows).toHaveCount(1)
  // The other way round: the map waits a moment whether a click becomes a double one.
  await clickAt(map, 0.6, 0.3)
  await clickAt(picture, 0.6, 0.3)
  await expect(rows).toHaveCount(2)
  await clickAt(picture, 0.4, 0.7)
  await dialog.getByLabel('坐标系').fill('4490')
  await dialog.getByLabel('东（X）或经度').fill('114.2280')
  await dialog.getByLabel('北（Y）或纬度').fill('30.4900')
  await dialog.getByRole('button', { name: '采用此坐标' }).click()
  await expect(dialog.getByText(/中误差 0\.00 米/)).toBeVisible()
  await expect(dialog.getByText(/请再加一点检核/)).toBeVisible()

  // The fourth by keys alone: under the cross in the middle of both.
  await picture.focus()
  await page.keyboard.press('Enter')
  await map.focus()
  await page.keyboard.press('Enter')
  await expect(rows).toHaveCount(4)
  await expect(dialog.getByText('最差')).toBeVisible()
  await expect(dialog.locator('.fit-line')).toHaveText(/中误差 \d+(\.\d+)? 米/)
  const axe = await new AxeBuilder({ page }).setLegacyMode().include('.modal').analyze()
  expect(axe.violations).toEqual([])
  await dialog.getByRole('button', { name: '放到方案下面' }).click()
  await expect(dialog).toBeHidden()

  const panel = page.getByRole('region', { name: '图纸', exact: true })
  await expect(panel.getByText(/中误差 \d+(\.\d+)? 米，4 个点/)).toBeVisible()
  await expect.poll(() => magenta(page)).toBeGreaterThan(before + 0.01)
  await panel.getByRole('checkbox', { name: /显示图纸/ }).press(' ')
  await expect.poll(() => magenta(page)).toBeLessThan(before + 0.001)
  await panel.getByRole('checkbox', { name: /显示图纸/ }).press(' ')

  await review.reopenSample(await host.restart())
  await expect.poll(() => magenta(page)).toBeGreaterThan(before + 0.01)
  await panel.getByRole('button', { name: /移除图纸/ }).click()
  await expect(panel.getByText('magenta.png')).toBeHidden()
  await page.keyboard.press('Control+z')
  await expect(panel.getByText('magenta.png')).toBeVisible()
}) // prettier-ignore

test('a page of a GeoPDF lies where it says, drawn without a network', async ({ page, review }) => {
  const file = path.join(dir, '总图.pdf')
  const gpts = [30.49, 114.22, 30.52, 114.22, 30.52, 114.26, 30.49, 114.26]
  const measure = { gpts, epsg: 4490, type: 'GEOGCS' }
  writeFileSync(file, await pdfBytes({ size: [1000, 800], map: [50, 50, 950, 750], rotate: 90, measure }, 2))
  await review.openSample()
  const before = await magenta(page)
  const dialog = await open(page, file)
  await dialog.getByLabel('页码（共 2 页）').fill('2')
  await expect(dialog.getByText(/ISO 32000/)).toBeVisible()
  await expect(dialog.locator('.fit-line')).toHaveText(/中误差 0\.\d\d 米/)
  await expect(dialog.locator('.sheet-frame')).toBeVisible()
  await dialog.getByRole('button', { name: '放到方案下面' }).click()
  // Under opaque land use nothing of it is seen.
  await page.getByRole('checkbox', { name: '置于图层之上' }).press(' ')
  await expect.poll(() => magenta(page)).toBeGreaterThan(before + 0.01)
  await expect(page.getByRole('region', { name: '图纸', exact: true }).getByText('总图.pdf · 2')).toBeVisible()
})

test('a file that is no sheet is refused with what to do', async ({ page, review }) => {
  const file = path.join(dir, 'locked.pdf')
  writeFileSync(file, '%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R/Encrypt<</Filter/Standard>>>>\n%%EOF')
  await review.openSample()
  const chooser = page.waitForEvent('filechooser')
  const panel = page.getByRole('region', { name: '图纸', exact: true })
  await panel.getByRole('button', { name: '添加图纸…' }).click()
  await (await chooser).setFiles(file)
  await expect(panel.getByText('PDF 已加密')).toBeVisible()
})
