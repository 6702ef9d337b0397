import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { pngTile, writeMbtiles } from '#backend/basemap/fixture-archives.ts'
import { tiffBytes } from '#backend/formats/raster/fixture-tiff.ts'
import { expect, test } from './fixtures.ts'

test.use({ prepared: 'city' })

/** Share of the map's pixels in which magenta shows through. */
const magentaOn = (page: Page) =>
  page.evaluate(() => {
    let [found, all] = [0, 0]
    for (const canvas of document.querySelectorAll<HTMLCanvasElement>('.map-canvas canvas')) {
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] }
      for (let i = 0; i + 3 < data.length; i += 40) {
        all++
        const [red = 0, green = 0, blue = 0, alpha = 0] = data.slice(i, i + 4)
        if (alpha > 0 && red > green + 60 && blue > green + 60) found++
      }
    }
    return found / all
  })

test('a basemap file lies under the plan, is faded, stays after a restart, and is removed', async ({ page, review, host }) => {
  const dir = mkdtempSync(path.join(tmpdir(), 'greenprint-e2e-basemap-'))
  const file = path.join(dir, 'magenta.mbtiles')
  writeMbtiles(file, [[0, 0, 0, pngTile(255, 0, 255)]], { attribution: '测绘院' })
  await review.openSample()
  await review.mapDrawn()

  const magenta = () => magentaOn(page)
  const before = await magenta()

  const panel = page.getByRole('region', { name: '底图' })
  const chooser = page.waitForEvent('filechooser')
  await panel.getByRole('button', { name: '添加底图文件' }).click()
  await (await chooser).setFiles(file)
  await expect(panel.getByText('magenta')).toBeVisible()
  await expect(panel.getByText('测绘院')).toBeVisible()
  await expect.poll(magenta).toBeGreaterThan(before + 0.01)
  const axe = await new AxeBuilder({ page }).setLegacyMode().include('.basemap').analyze()
  expect(axe.violations).toEqual([])

  await panel.getByRole('slider', { name: '不透明度' }).fill('0')
  await expect.poll(magenta).toBeLessThan(before + 0.001)

  await review.reopenSample(await host.restart())
  await expect(panel.getByText('0 %')).toBeVisible()
  await panel.getByRole('button', { name: /移除底图/ }).click()
  await expect(panel.getByText('magenta')).toBeHidden()
  rmSync(dir, { recursive: true, force: true })
})

test('a GeoTIFF lies under the plan in the plan’s own plane', async ({ page, review }) => {
  const dir = mkdtempSync(path.join(tmpdir(), 'greenprint-e2e-geotiff-'))
  const file = path.join(dir, 'photo.tif')
  const values = new Uint8Array(64 * 64 * 3)
  for (let i = 0; i < values.length; i++) values[i] = i % 3 === 1 ? 0 : 255
  writeFileSync(
    file,
    tiffBytes({ columns: 64, rows: 64, values, samples: 3, epsg: 4547, leftX: 507_000, topY: 3_392_000, cell: 500 }),
  )
  await review.openSample()
  const before = await magentaOn(page)
  const panel = page.getByRole('region', { name: '底图' })
  const chooser = page.waitForEvent('filechooser')
  await panel.getByRole('button', { name: '添加底图文件' }).click()
  await (await chooser).setFiles(file)
  await expect(panel.getByText('photo')).toBeVisible()
  await expect.poll(() => magentaOn(page)).toBeGreaterThan(before + 0.05)
  rmSync(dir, { recursive: true, force: true })
})
