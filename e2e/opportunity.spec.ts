import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { expect, test } from './fixtures.ts'

test.use({ prepared: 'measured' })

test('opportunity areas are scored by a rule of one’s own, found on the map, and taken away', async ({ page, review }) => {
  test.setTimeout(240_000)
  await review.openSample()
  const cards = page.getByRole('region', { name: '评分卡', exact: true })
  const submitted = cards.getByRole('region', { name: '申报地区' })
  const compute = page.getByRole('button', { name: '重新评分' })

  await test.step('the workbench leads to cards of submitted and proposed areas', async () => {
    await review.openFromBar('机遇地区评分卡')
    await expect(submitted.getByRole('article', { name: '远郊文旅新城' })).toContainText('触及管控线', { timeout: 60_000 })
    await expect(cards.getByRole('region', { name: '建议地区' }).getByRole('article').first()).toBeVisible()
    await expect(page.locator('.map-canvas[data-drawn="yes"]')).toBeVisible({ timeout: 60_000 })
    await review.expectAccessible('score cards')
  })

  await test.step('a card takes the map to its area', async () => {
    const card = submitted.getByRole('article').first()
    await card.getByRole('button', { name: /在地图上显示/ }).click()
    await expect(card).toHaveClass(/chosen/)
    await expect(page.locator('.map-canvas[data-drawn="yes"]')).toBeVisible()
  })

  await test.step('comparisons in pairs that contradict each other are told at once', async () => {
    await page.getByRole('radio', { name: '层次分析' }).click()
    await expect(page.getByText('小于 0.1，判断一致')).toBeVisible()
    await page.getByLabel('存量集中度相对于临近中心').selectOption({ label: '9' })
    await page.getByLabel('存量集中度相对于临近轨道站点').selectOption({ label: '1/9' })
    await expect(page.getByText('判断前后矛盾')).toBeVisible()
    await review.expectAccessible('comparisons in pairs')
  })

  await test.step('another rule gives other cards, and is kept with them', async () => {
    await page.getByRole('radio', { name: '等权' }).click()
    await page.getByRole('radio', { name: /TOPSIS/ }).click()
    await page.getByLabel('最小面积（公顷）').fill('0,5x')
    await expect(compute).toBeDisabled()
    await page.getByLabel('最小面积（公顷）').fill('5')
    await expect(page.getByText('准则已修改')).toBeVisible()
    await compute.click()
    await expect(cards.getByText(/理想解法|TOPSIS，等权/)).toBeVisible({ timeout: 60_000 })
    await expect(page.getByText('准则已修改')).toBeHidden()
    await page.getByRole('button', { name: '返回评审' }).click()
    await review.openFromBar('机遇地区评分卡')
    await expect(cards.getByText(/TOPSIS，等权/)).toBeVisible()
    await expect(page.getByLabel('最小面积（公顷）')).toHaveValue('5')
  })

  await test.step('all of it is one table, which leaves and is remembered', async () => {
    await page.getByRole('radio', { name: '表格' }).click()
    await expect(page.getByRole('grid', { name: /^机遇地区评分卡/ })).toBeVisible()
    const download = page.waitForEvent('download')
    await cards.getByRole('button', { name: '导出', exact: true }).click()
    await page.getByRole('menuitem', { name: /^CSV/ }).click()
    const rows: string[][] = parse(readFileSync(await (await download).path(), 'utf8'), { bom: true })
    expect(rows.flat()).toContain('远郊文旅新城')
  })
})

test('base year and plan stand side by side and follow each other; the swipe goes by keyboard', async ({ page, review }) => {
  test.setTimeout(240_000)
  await review.openSample()
  await review.analyse()
  await review.openFromBar('对照')
  const maps = page.locator('.map-canvas')
  const scales = page.locator('.map-scale title')

  await test.step('two maps of the same place, each called by its year', async () => {
    await expect(maps).toHaveCount(2)
    for (const at of [0, 1]) await expect(maps.nth(at)).toHaveAttribute('data-drawn', 'yes', { timeout: 60_000 })
    await expect(page.getByText('2020 年现状', { exact: true })).toBeVisible()
    await expect(page.getByText('2035 年规划', { exact: true })).toBeVisible()
    await review.expectAccessible('side by side')
  })

  await test.step('zooming one zooms the other', async () => {
    const before = await scales.nth(1).textContent()
    await maps.first().focus()
    await page.keyboard.press('+')
    await page.keyboard.press('+')
    await expect(scales.nth(1)).not.toHaveText(before ?? '')
    await expect.poll(async () => (await scales.nth(0).textContent()) === (await scales.nth(1).textContent())).toBe(true)
  })

  await test.step('a change of use is marked on both', async () => {
    await page.getByRole('button', { name: /^01 耕地\s*变为\s*03 林地/ }).click()
    await expect(page.getByText(/^已在两图上标出/)).toBeVisible({ timeout: 60_000 })
  })

  await test.step('the swipe is moved with the arrow keys', async () => {
    await page.getByRole('radio', { name: '卷帘' }).click()
    const handle = page.getByRole('slider', { name: '卷帘位置' })
    await handle.focus()
    await page.keyboard.press('End')
    await page.keyboard.press('PageDown')
    await page.keyboard.press('ArrowLeft')
    await expect(handle).toHaveAttribute('aria-valuenow', '88')
    await review.expectAccessible('swipe')
  })
})
