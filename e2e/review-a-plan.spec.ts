import { readFileSync } from 'node:fs'
import path from 'node:path'
import { greenprint } from './command-line.ts'
import { expect, test } from './fixtures.ts'

test('first run: the sample city is scored, overridden with a reason, undone, and leaves as a memo', async ({
  page,
  review,
  host,
}) => {
  await review.openSample()
  await review.analyse()

  await test.step('the planted conflict is found and shown on the map', async () => {
    await review.openItem('B01')
    await expect(page.locator('.detail-head p').getByText('0 级')).toBeVisible()
    await page.getByRole('button', { name: '在地图上显示', exact: true }).click()
    await expect(page.getByText(/已高亮 \d+ 个图斑/)).toBeVisible()
    await review.mapDrawn()
  })

  await test.step('a level needs a reason', async () => {
    await review.openItem('A04')
    await page.locator('.level-radio').nth(1).click()
    await page.getByRole('button', { name: '保存评定' }).click()
    await expect(page.getByText('请填写理由')).toBeVisible()
    await review.setLevel(1, '公园绿地统计含郊野公园，中心城区实际不足。')
    await expect(page.getByText('A04 的评定已保存。')).toBeVisible()
    await expect(page.locator('.detail-head p').getByText('1 级')).toBeVisible()
  })

  await test.step('undo and redo', async () => {
    await page.keyboard.press('Control+z')
    await expect(page.locator('.detail-head').getByText('人工改定')).toBeHidden()
    await page.keyboard.press('Control+y')
    await expect(page.locator('.detail-head').getByText('人工改定')).toBeVisible()
  })

  await test.step('the override survives a restart of the host', async () => {
    await review.reopenSample(await host.restart())
    await review.openItem('A04')
    await expect(page.locator('.detail-head').getByText('人工改定')).toBeVisible()
  })

  await test.step('the memo says both levels and verifies', async () => {
    await review.openMemo()
    await expect(page.locator('.memo-desk')).toContainText('公园绿地统计含郊野公园')
    await page.getByRole('button', { name: /^专项审查意见/ }).click()
    await page.getByRole('option', { name: '补正通知' }).click()
    await expect(page.locator('.memo-desk')).toContainText('编制单位答复')
    await page.getByRole('button', { name: '“重新报送要求”前移' }).click()
    await expect(page.locator('.memo-sheet h2').filter({ hasText: '、' }).first()).toHaveText('一、重新报送要求')
    await page.getByLabel('发文机关').fill('青岚市规划局')
    await expect(page.locator('.memo-office')).toHaveText('青岚市规划局')
    const download = await review.exportMemo()
    expect(download.suggestedFilename()).toMatch(/\.pdf$/)
    const file = path.join(host.catalogueDir, 'memo.pdf')
    await download.saveAs(file)
    expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-')
    expect(JSON.parse(greenprint('verify', file))).toMatchObject({ match: true })
  })
})
