import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from './fixtures.ts'

test.use({ prepared: 'two-measured' })

/** Set to a folder to keep a picture of every screen (`npm run screenshots`). */
const shots = process.env['GREENPRINT_SHOTS']

test('two states of a city are followed: warnings, trends, and the way into the review of each', async ({ page, review }) => {
  test.setTimeout(300_000)
  await page.getByRole('button', { name: '监测评估' }).click()
  await expect(page.getByRole('heading', { name: '监测评估', level: 1 })).toBeVisible()
  const years = page.getByPlaceholder('方案自身年份')
  await page.getByRole('checkbox').first().waitFor()
  for (const box of await page.locator('.state-list .checkbox').all())
    if ((await box.getAttribute('data-selected')) === null) await box.click()
  await years.nth(0).fill('2030')
  await years.nth(1).fill('2025')
  const series = page.getByRole('region', { name: '指标序列' })
  await expect(series.getByRole('row').nth(1)).toBeVisible({ timeout: 60_000 })

  await test.step('an indicator is drawn over its states, in the order of their years', async () => {
    await series.getByRole('button', { name: /^S01/ }).click()
    const one = page.getByRole('region', { name: /的变化$/ })
    await expect(one.locator('.chart svg')).toBeVisible()
    await expect(one.getByRole('rowheader').first()).toContainText('2025')
    await expect(one.getByRole('rowheader').nth(1)).toContainText('2030')
    if (shots !== undefined) {
      mkdirSync(shots, { recursive: true })
      await page.screenshot({ path: path.join(shots, 'monitoring-zh-light.png') })
    }
    await review.expectAccessible('monitoring')
  })

  await test.step('a year that is none is refused in words', async () => {
    await years.nth(0).fill('下一年')
    await expect(page.getByText('请填写四位年份')).toBeVisible()
    await years.nth(0).fill('2030')
  })

  await test.step('a figure leads to the item in the review of its state', async () => {
    await page
      .getByRole('region', { name: /的变化$/ })
      .getByRole('gridcell')
      .first()
      .click()
    await expect(page.getByRole('heading', { name: /^S01/ })).toBeVisible({ timeout: 60_000 })
  })
})
