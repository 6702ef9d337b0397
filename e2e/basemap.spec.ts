import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { pngTile, writeMbtiles } from '#backend/basemap/fixture-archives.ts'
import { expect, test } from './fixtures.ts'

test('a basemap file lies under the plan, is faded, stays after a restart, and is removed', async ({ page, review, host }) => {
  const dir = mkdtempSync(path.join(tmpdir(), 'greenprint-e2e-basemap-'))
  const file = path.join(dir, 'magenta.mbtiles')
  writeMbtiles(file, [[0, 0, 0, pngTile(255, 0, 255)]], { attribution: '测绘院' })
  await review.openSample()
  await review.mapDrawn()

  /** Share of the map's pixels in which magenta shows through. */
  const magenta = () =>
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
  const before = await magenta()

  const panel = page.getByRole('region', { name: '底图' })
  const chooser = page.waitForEvent('filechooser')
  await panel.getByRole('button', { name: '添加底图文件' }).click()
  await (await chooser).setFiles(file)
  await expect(panel.getByText('magenta')).toBeVisible()
  await expect(panel.getByText('测绘院')).toBeVisible()
  await expect.poll(magenta).toBeGreaterThan(before + 0.01)
  const axe = await new AxeBuilder({ page }).include('.basemap').analyze()
  expect(axe.violations).toEqual([])

  await panel.getByRole('slider', { name: '不透明度' }).fill('0')
  await expect.poll(magenta).toBeLessThan(before + 0.001)

  await review.reopenSample(await host.restart())
  await expect(panel.getByText('0 %')).toBeVisible()
  await panel.getByRole('button', { name: /移除底图/ }).click()
  await expect(panel.getByText('magenta')).toBeHidden()
  rmSync(dir, { recursive: true, force: true })
})
