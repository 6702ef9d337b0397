import { readFileSync } from 'node:fs'
import { expect, test } from './fixtures.ts'

test.use({ prepared: 'city' })

test('overlays are drawn over the plan, found in the list and on the map, and taken home', async ({ page, review }) => {
  test.setTimeout(300_000)
  await review.openSample()
  const panel = page.getByRole('region', { name: '专题图' })
  const open = async (name: string) => {
    await page.getByRole('button', { name: `查看“${name}”` }).click()
    await expect(page.getByRole('heading', { name, level: 3 })).toBeVisible()
  }
  const back = () => page.getByRole('button', { name: '返回专题图列表' }).click()

  await test.step('the list is grouped, and says what a plan lacks', async () => {
    await page.getByRole('tab', { name: '专题图' }).click()
    await expect(page.getByRole('region', { name: '绿色网络' })).toBeVisible()
    await expect(panel.getByText('缺少地表温度')).toBeVisible()
    await expect(page.getByRole('checkbox', { name: '显示“热点与降温”' })).toBeDisabled()
    await review.expectAccessible('the list of overlays')
    await open('热点与降温')
    await expect(panel.getByText('方案缺少以下图层，补充后重新导入即可绘制：')).toBeVisible()
    await back()
  })

  await test.step('the planted gap is numbered, with its length and cause', async () => {
    await open('廊道与绿楔断点')
    await page.getByRole('button', { name: '绘制', exact: true }).click()
    const list = page.getByRole('listbox', { name: '断点（W 绿楔，C 其他廊道）' })
    const first = list.getByRole('option').first()
    await expect(first).toContainText('工业用地', { timeout: 90_000 })
    await expect(first).toContainText(/\d+ m/)
    await review.mapDrawn()
    await review.expectAccessible('an overlay with its list')
  })

  await test.step('a row sends the map there, a click on the map finds the row', async () => {
    const first = page.getByRole('listbox', { name: '断点（W 绿楔，C 其他廊道）' }).getByRole('option').first()
    await first.click()
    await expect(first).toHaveAttribute('aria-selected', 'true')
    await review.mapDrawn()
    await page.getByRole('tab', { name: '图层' }).click()
    // The map went to the gap: its middle is the middle of the sheet.
    const map = page.getByRole('application', { name: /方案地图/ })
    await map.focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('tab', { name: /^专题图/ })).toHaveAttribute('aria-selected', 'true')
    await expect(first).toHaveAttribute('aria-selected', 'true')
  })

  await test.step('the arrow keys walk along the list', async () => {
    await back()
    await open('服务不到的人口')
    await page.getByRole('button', { name: '绘制', exact: true }).click()
    const list = page.getByRole('listbox', { name: '服务不到的地点（由多到少）' })
    await expect(list.getByRole('option').first()).toBeVisible({ timeout: 90_000 })
    const first = list.getByRole('option').first()
    await first.click()
    await expect(first).toHaveAttribute('aria-selected', 'true')
    await expect(first).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await expect(list.getByRole('option', { selected: true })).toContainText('P2')
    // Only rows in sight exist.
    expect(await list.getByRole('option').count()).toBeLessThan(30)
  })

  await test.step('parameters draw it anew, and the plan’s own come back', async () => {
    const parameters = page.getByRole('button', { name: '参数', exact: true })
    await parameters.click()
    await page.getByLabel('步行分钟数').fill('15')
    await page.getByRole('button', { name: '按此重新绘制' }).click()
    await expect(panel.getByText(/^15 分钟/)).toBeVisible({ timeout: 90_000 })
    await parameters.click()
    await page.getByRole('button', { name: '恢复为方案参数' }).click()
    await expect(panel.getByText(/^10 分钟/)).toBeVisible({ timeout: 90_000 })
  })

  await test.step('an overlay leaves as GeoJSON and as CSV', async () => {
    const exportAs = async (format: RegExp) => {
      const download = page.waitForEvent('download', { timeout: 90_000 })
      await page.getByRole('button', { name: '导出', exact: true }).click()
      await page.getByRole('menuitem', { name: format }).click()
      return readFileSync(await (await download).path(), 'utf8')
    }
    const geojson = JSON.parse(await exportAs(/^GeoJSON/)) as GeoJSON.FeatureCollection
    expect(geojson.features.length).toBeGreaterThan(10)
    expect(await exportAs(/^CSV/)).toContain('片区 1')
  })

  await test.step('both stay on the map, in an order that can be changed, after a reload', async () => {
    await back()
    await expect(page.getByRole('checkbox', { name: '显示“廊道与绿楔断点”' })).toBeChecked()
    const up = page.getByRole('button', { name: '将“廊道与绿楔断点”上移一层' })
    await up.click()
    await expect(up).toBeDisabled()
    await page.reload()
    await review.mapDrawn()
    await page.getByRole('tab', { name: /^专题图/ }).click()
    await expect(page.getByRole('checkbox', { name: '显示“廊道与绿楔断点”' })).toBeChecked({ timeout: 30_000 })
    await expect(page.getByRole('button', { name: '将“廊道与绿楔断点”上移一层' })).toBeDisabled()
    await page.getByRole('button', { name: '全部关闭' }).click()
    await expect(page.getByRole('checkbox', { name: '显示“廊道与绿楔断点”' })).not.toBeChecked()
  })
})

test('a slow overlay says that it is, and can be stopped', async ({ page, review }) => {
  test.setTimeout(240_000)
  await review.openSample()
  await page.getByRole('tab', { name: '专题图' }).click()
  await expect(page.getByText('计算较久').first()).toBeVisible()
  await page.getByRole('button', { name: '查看“廊道夹点”' }).click()
  await page.getByRole('button', { name: '绘制', exact: true }).click()
  await page.getByRole('button', { name: '取消' }).click()
  await expect(page.getByText('已停止绘制。')).toBeVisible()
  await page.getByRole('button', { name: '绘制', exact: true }).click()
  await expect(page.getByRole('option').first()).toContainText('夹点 1', { timeout: 120_000 })
})
