import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from './fixtures.ts'

test('a broken file is refused with what, where and what to do, and nothing is stored', async ({ page, review }) => {
  const dir = mkdtempSync(path.join(tmpdir(), 'greenprint-bad-'))
  try {
    const broken = path.join(dir, '用地.geojson')
    writeFileSync(
      broken,
      '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[1,2',
    )
    await page.getByRole('button', { name: '导入方案' }).click()
    await review.chooseFiles(broken)
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByText('用地.geojson').first()).toBeVisible()
    await expect(dialog.getByText(/无法读取|损坏|不完整/).first()).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('button', { name: '打开示例城市' })).toBeVisible()
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
})

test('data without a coordinate system is asked about, not guessed', async ({ page, review }) => {
  const dir = mkdtempSync(path.join(tmpdir(), 'greenprint-local-'))
  try {
    const square = (x: number) => [
      [
        [x, 0],
        [x + 100, 0],
        [x + 100, 100],
        [x, 100],
        [x, 0],
      ],
    ]
    const features = ['0701', '1401'].map((code, i) => ({
      type: 'Feature',
      properties: { YDYHFLDM: code },
      geometry: { type: 'Polygon', coordinates: square(500 + i * 100) },
    }))
    const file = path.join(dir, 'GHYDYH.geojson')
    writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', features }))
    await page.getByRole('button', { name: '导入方案' }).click()
    await review.chooseFiles(file)
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByText(/还有 \d+ 项需要您确认/)).toBeVisible()
    await expect(dialog.getByText(/坐标达 700，不是度/).first()).toBeVisible()
    await expect(dialog.getByRole('button', { name: '导入', exact: true })).toBeDisabled()
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
})
