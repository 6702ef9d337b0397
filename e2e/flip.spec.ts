import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from './fixtures.ts'

test.use({ prepared: 'measured' })

/** Set to a folder to keep a picture of what was found. */
const shots = process.env['GREENPRINT_SHOTS']

test('what would lift an item: searched, shown as changes, side effects and places on the map', async ({
  page,
  review,
  complaints,
}) => {
  await review.openSample()
  await review.analyse()
  await review.openItem('B01')
  await expect(page.getByRole('heading', { name: '怎样才能升一级' })).toBeVisible()
  await page.getByRole('button', { name: '搜索最小改动' }).click()
  const found = page.locator('.flip-result')
  await expect(found).toContainText('这是搜索结果，不是承诺', { timeout: 60_000 })
  await expect(found).toContainText(/B01 由 .+ 变为 0\.00 公顷，等级 0 → 4/)
  await found.getByRole('button', { name: '在地图上显示全部' }).click()
  await expect(page.getByText(/已高亮|高亮/)).toBeVisible()
  await review.openItem('B06')
  await expect(page.getByRole('heading', { name: '怎样才能升一级' })).toBeHidden()
  await review.openItem('A02')
  await page.getByRole('button', { name: /搜索最小改动/ }).click()
  await expect(page.locator('.flip-result')).toBeVisible({ timeout: 60_000 })
  if (shots !== undefined) {
    mkdirSync(shots, { recursive: true })
    const all = page.getByRole('button', { name: '在地图上显示全部' })
    if (await all.isVisible()) await all.click()
    await page.locator('.flip-result').scrollIntoViewIfNeeded()
    await page.waitForTimeout(1500)
    await page.screenshot({ path: path.join(shots, 'flip-zh-light.png') })
  }
  await review.openItem('B01')
  await expect(found).toContainText('这是搜索结果，不是承诺')
  await review.expectAccessible('what would lift it')
  expect(complaints).toEqual([])
})
