import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test as base } from './fixtures.ts'
import { writeGbkPlan } from './plan-files.ts'

const test = base.extend<{ dir: string }>({
  dir: async ({}, use) => {
    const dir = mkdtempSync(path.join(tmpdir(), 'greenprint-intake-'))
    await use(dir)
    rmSync(dir, { recursive: true, force: true })
  },
})

const dialogOf = (page: Page) => page.getByRole('dialog', { name: '导入规划方案' })
const openImport = (page: Page) => page.getByRole('button', { name: '导入方案', exact: true }).click()
const applyFix = async (page: Page, title: string) => {
  const apply = page.getByRole('button', { name: `采用 ${title}` })
  const more = page.getByRole('button', { name: /还有 \d+ 种可能/ }).first()
  await expect(apply.or(more).first()).toBeVisible()
  if (!(await apply.isVisible())) await more.click()
  await apply.click()
}
const samples = (page: Page) => dialogOf(page).locator('.answer').filter({ hasText: '文字编码' })

test('a county’s GBK shapefile without .cpg and .prj: answered, fixed, undone, repaired in the open, and reported back', async ({
  page,
  review,
  dir,
}) => {
  await openImport(page)
  await review.chooseFiles(writeGbkPlan(dir, { names: ['公园绿地', '商业用地'] }))
  const dialog = dialogOf(page)

  await test.step('the words are read and the missing system is asked for', async () => {
    await expect(samples(page)).toContainText('GBK')
    await expect(samples(page)).toContainText('公园绿地')
    await expect(dialog.getByText(/没有 \.prj 文件/).first()).toBeVisible()
    await expect(dialog.getByRole('button', { name: '导入', exact: true })).toBeDisabled()
  })

  await test.step('a wrong encoding shows in the preview before it is taken', async () => {
    await page.getByRole('button', { name: '预览 按 BIG5 读取' }).click()
    const preview = dialog.locator('.fix-preview')
    await expect(preview.getByRole('cell', { name: /公园绿地/ })).toBeVisible()
    await expect(preview.locator('tbody td').nth(2)).not.toContainText('公园')
    await page.getByRole('button', { name: '收起预览 按 BIG5 读取' }).click()
  })

  await test.step('a fix is applied, read again by the real reader, and undone exactly', async () => {
    await applyFix(page, '按 BIG5 读取')
    await expect(samples(page)).not.toContainText('公园绿地')
    await page.getByRole('button', { name: '撤销 按 BIG5 读取' }).click()
    await expect(samples(page)).toContainText('公园绿地')
    await expect(samples(page)).toContainText('GBK')
  })

  await test.step('the system: chosen, undone and redone by keyboard', async () => {
    await applyFix(page, '按 EPSG:4547 读取')
    const system = dialog.getByLabel('坐标系')
    await expect(system).toHaveValue('EPSG:4547')
    await expect(dialog.getByText('已解决').first()).toBeVisible()
    await page.keyboard.press('Control+z')
    await expect(system).toHaveValue('')
    await page.keyboard.press('Control+y')
    await expect(system).toHaveValue('EPSG:4547')
    await expect(dialog.getByText(/图幅宽约/)).toBeVisible()
  })

  await test.step('the report for the submitting office is a PDF', async () => {
    const download = page.waitForEvent('download', { timeout: 100_000 })
    await dialog.getByRole('button', { name: '输出 PDF' }).click()
    const file = path.join(dir, 'report.pdf')
    await (await download).saveAs(file)
    expect((await download).suggestedFilename()).toMatch(/^质检说明.*\.pdf$/)
    expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-')
  })

  await test.step('what was repaired is said before the plan opens', async () => {
    await dialog.getByLabel('方案名称（中文）').fill('某县国土空间总体规划')
    await dialog.getByRole('button', { name: '导入', exact: true }).click()
    await expect(dialog.getByText(/修复了 1 个要素的几何：第 5 行；面积合计变化/)).toBeVisible({ timeout: 60_000 })
    await expect(dialog.getByRole('button', { name: '打开方案' })).toBeVisible()
  })

  await test.step('the gap that the repair left is shown on the map, in a layer that was off', async () => {
    await dialog.getByRole('button', { name: '在地图上查看' }).first().click()
    await review.mapDrawn()
    await expect(page.getByRole('checkbox', { name: '显示“重叠与空隙”' })).toBeChecked()
    await page.getByRole('button', { name: '显示“重叠与空隙”的图例' }).click()
    await page
      .getByRole('button', { name: /^空隙 [\d,.]+ m²$/ })
      .first()
      .click()
    await review.mapDrawn()
  })
})

test('an import that was left is taken up again after closing and after a restart of the host', async ({
  page,
  review,
  host,
  dir,
}) => {
  await openImport(page)
  await review.chooseFiles(writeGbkPlan(dir))
  const name = dialogOf(page).getByLabel('方案名称（中文）')
  await name.fill('青河县总体规划')
  await applyFix(page, '按 EPSG:4547 读取')
  await page.keyboard.press('Escape')
  await expect(dialogOf(page)).toBeHidden()

  await openImport(page)
  await expect(name).toHaveValue('青河县总体规划')
  await expect(dialogOf(page).getByText(/未完成的导入，您的回答都在/)).toBeVisible()
  await name.fill('青河县国土空间总体规划')
  await page.waitForTimeout(1500)

  rmSync(path.join(dir, '规划用地.zip'))
  const url = await host.restart()
  await page.goto('about:blank')
  await page.goto(url)
  review.complaints.length = 0
  await openImport(page)
  await expect(name).toHaveValue('青河县国土空间总体规划', { timeout: 60_000 })
  await expect(dialogOf(page).getByLabel('坐标系')).toHaveValue('EPSG:4547')
  // The steps outlive the restart as the answers do.
  await page.keyboard.press('Control+z')
  await expect(name).toHaveValue('青河县总体规划')
  await page.keyboard.press('Control+z')
  await expect(dialogOf(page).getByLabel('坐标系')).toHaveValue('')
  await page.keyboard.press('Control+y')
  await expect(dialogOf(page).getByLabel('坐标系')).toHaveValue('EPSG:4547')

  await dialogOf(page).getByRole('button', { name: '重新选择' }).click()
  await page.keyboard.press('Escape')
  await openImport(page)
  await expect(page.getByRole('button', { name: '选择文件', exact: true })).toBeVisible()
})

test('layers on Xi’an 1980 are shifted by a file of parameters that is chosen in the dialog and kept nowhere', async ({
  page,
  review,
  host,
  dir,
}) => {
  await openImport(page)
  await review.chooseFiles(writeGbkPlan(dir))
  const dialog = dialogOf(page)
  await dialog.getByLabel('方案名称（中文）').fill('某县总体规划')
  await dialog.getByLabel('坐标系').fill('EPSG:2383')
  await dialog.getByLabel('坐标系').blur()
  const shift = dialog.getByRole('region', { name: '本地基准转换' })
  await expect(shift).toContainText('EPSG:2383 不是 CGCS2000')

  const parameters = { dxM: 12.3457, dyM: -98.7651, dzM: 45.6793, rxArcSec: 0, ryArcSec: 0, rzArcSec: 0, scalePpm: 4.56791 }
  const file = path.join(dir, 'seven.json')
  const head = { greenprint: 'datum-shift/1', from: 'EPSG:4610', to: 'EPSG:4490', convention: 'position-vector' }
  writeFileSync(file, JSON.stringify({ ...head, ...parameters }))
  const chooser = page.waitForEvent('filechooser')
  await shift.getByRole('button', { name: '选择七参数文件…' }).click()
  await (await chooser).setFiles(file)
  await expect(shift).toContainText('已选择参数文件，转换到 EPSG:4547')

  await dialog.getByRole('button', { name: '导入', exact: true }).click()
  await expect(
    dialog.getByText(/按本地七参数文件（SHA-256 [0-9a-f]{12}…）从 EPSG:4610 转换到 EPSG:4490；参数未保存/),
  ).toBeVisible({
    timeout: 60_000,
  })
  const written = readdirSync(host.catalogueDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  expect(written.length).toBeGreaterThan(2)
  for (const entry of written) {
    const bytes = readFileSync(path.join(entry.parentPath, entry.name), 'latin1')
    for (const value of Object.values(parameters).filter(Boolean)) expect(bytes.includes(String(value)), entry.name).toBe(false)
  }
})

test('answers saved as a profile answer the next plan, which says so', async ({ page, review, dir }) => {
  await openImport(page)
  await review.chooseFiles(writeGbkPlan(dir))
  await dialogOf(page).getByRole('button', { name: '存为映射方案' }).click()
  const profile = page.getByRole('dialog', { name: '存为映射方案' })
  await profile.getByLabel('映射方案名称').fill('县级总规')
  await profile.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('映射方案“县级总规”已保存').first()).toBeVisible()
  await dialogOf(page).getByRole('button', { name: '重新选择' }).click()
  await review.chooseFiles(writeGbkPlan(dir))
  await expect(dialogOf(page).getByText('已套用映射方案“县级总规”')).toBeVisible()
})

test('a cancelled import leaves nothing behind', async ({ page, review, host, dir }) => {
  await openImport(page)
  await review.chooseFiles(writeGbkPlan(dir, { copies: 12_000 }))
  const dialog = dialogOf(page)
  await dialog.getByLabel('方案名称（中文）').fill('大县总体规划', { timeout: 60_000 })
  await applyFix(page, '按 EPSG:4547 读取')
  await dialog.getByRole('button', { name: '导入', exact: true }).click()
  await dialog.getByRole('button', { name: '取消' }).click()
  await expect(dialog.getByRole('button', { name: '导入', exact: true })).toBeEnabled()
  await dialog.getByRole('button', { name: '重新选择' }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: '打开示例城市' })).toBeVisible()
  const left = (folder: string) => readdirSync(path.join(host.catalogueDir, folder)).filter((name) => !name.startsWith('.'))
  // The screen is free at once; the processes that were reading are ended and their folders removed a moment later.
  await expect.poll(() => left('plans')).toEqual([])
  await expect.poll(() => left('temp').filter((name) => name.startsWith('import-'))).toEqual([])
})
