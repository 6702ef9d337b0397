import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from './fixtures.ts'

test.use({ prepared: 'measured' })

/** Set to a folder to keep pictures. */
const shots = process.env['GREENPRINT_SHOTS']

test('the checklist is edited, checked and published; the review says that it is judged by the older one and moves over', async ({
  page,
  review,
  host,
}) => {
  test.setTimeout(300_000)
  const look = async (name: string) => {
    if (shots === undefined) return
    mkdirSync(shots, { recursive: true })
    await page.screenshot({ path: path.join(shots, `${name}.png`) })
  }
  await review.openSample()
  await review.analyse()

  await test.step('score with override and N/A, and see the score as charts', async () => {
    await review.openItem('A04')
    await review.setLevel(1, '公园绿地统计含郊野公园，中心城区实际不足。')
    await expect(page.getByText('A04 的评定已保存。')).toBeVisible()
    await review.openItem('B07')
    await page.getByText('本项不适用于该方案').click()
    await page.getByLabel('理由').fill('规划任务书未要求')
    await page.getByLabel('原文摘录').fill('“指标体系沿用上版。”')
    await page.getByRole('button', { name: '保存评定' }).click()
    await expect(page.getByRole('region', { name: '本项的历次评定' })).toContainText('不适用 · 规划任务书未要求')
    await page.getByRole('button', { name: '返回清单' }).click()
    await page.getByRole('button', { name: '得分图' }).click()
    const dialog = page.getByRole('dialog')
    for (const [name, words] of [
      ['雷达图', '得分最高的是'],
      ['条形图', '得分最高的是'],
      ['权重敏感性', '影响最大的是'],
    ] as const) {
      await dialog.getByRole('radio', { name }).click()
      await expect(dialog.locator('.chart')).toBeVisible()
      await expect(dialog).toContainText(words)
      await look(`scores-${name}`)
    }
    await review.expectAccessible('score charts')
    await page.keyboard.press('Escape')
  })

  await test.step('a snapshot of the map is kept with an item', async () => {
    await review.openItem('A04')
    await page.getByLabel('说明 (选填)').fill('中心城区公园缺口')
    await page.getByRole('button', { name: '保存当前地图' }).click()
    await expect(page.locator('.attachment img')).toBeVisible()
    await expect(page.locator('.attachment')).toContainText('中心城区公园缺口')
    await page.locator('.attachment').scrollIntoViewIfNeeded()
    await look('item-attachments')
    await review.expectAccessible('an item with its attachments')
    await page.getByRole('button', { name: '返回清单' }).click()
  })

  await test.step('a draft is opened, its weights are made right again, its test cases prove the rule', async () => {
    await page.getByRole('button', { name: /清单版本与编辑/ }).click()
    await expect(page.getByRole('heading', { name: '1.1.0 版' })).toBeVisible()
    await look('checklist-versions')
    await review.expectAccessible('versions of a checklist')
    await page.getByRole('button', { name: '以此版为底稿新建' }).click()
    await expect(page.getByText('可以发布')).toBeVisible()
    await page.getByRole('button', { name: /^A04/ }).click()
    await page.getByLabel('权重', { exact: true }).fill('3')
    await expect(page.locator('.editor-side')).toContainText('全部权重合计 101，应为 100')
    await page.getByRole('button', { name: '其余条目按比例调平' }).click()
    await expect(page.getByText('可以发布')).toBeVisible()
    await page.getByLabel('2 级分界值').fill('9')
    await expect(page.locator('.editor-side')).toContainText('A04 有 1 条验证用例不符')
    await expect(page.getByRole('button', { name: '发布 1.1.0-1' })).toBeDisabled()
    await look('checklist-editor')
    await review.expectAccessible('the checklist editor')
    await page.getByLabel('2 级分界值').fill('8')
    await expect(page.getByText('可以发布')).toBeVisible()
    await page.getByText('一票否决：0 级时结论封顶').click()
  })

  await test.step('the draft outlives a restart, and is published', async () => {
    await page.reload()
    await expect(page.locator('.editor-side')).toContainText('影响得分')
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: '导出草稿' }).click()
    const file = path.join(host.catalogueDir, 'draft.json')
    await (await download).saveAs(file)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ version: '1.1.0-1' })
    await page.getByRole('button', { name: '发布 1.1.0-1' }).click()
    await expect(page.getByRole('heading', { name: '1.1.0-1 版' })).toBeVisible()
    await expect(page.getByRole('region', { name: '与 1.1.0 版相比' })).toContainText('影响得分')
  })

  await test.step('the review says so, moves over, and undo takes it back', async () => {
    await page.getByRole('button', { name: '返回' }).click()
    await page.getByRole('link', { name: /青岚市/ }).click()
    await review.mapDrawn()
    const notice = page.locator('.newer-checklist')
    await expect(notice).toContainText('本评审按 1.1.0 版评定，现行为 1.1.0-1 版')
    await notice.getByRole('button', { name: '查看差异' }).click()
    await expect(notice).toContainText('权重')
    await look('newer-checklist')
    await notice.getByRole('button', { name: '改用 1.1.0-1 版' }).click()
    await expect(notice).toBeHidden()
    await expect(page.locator('.summary-gates')).toContainText('A04')
    await page.keyboard.press('Control+z')
    await expect(notice).toBeVisible()
  })

  await test.step('history: the total over time, the score of a day, and one decision restored', async () => {
    await page.getByRole('tab', { name: '历史' }).click()
    await expect(page.locator('.score-line')).toBeVisible()
    await page.getByLabel('某日得分').fill('2001-01-01')
    await expect(page.getByRole('status').filter({ hasText: '测算晚于此日' })).toBeVisible()
    await look('history')
    await review.expectAccessible('history')
    await page.getByRole('tab', { name: '清单' }).click()
    await review.openItem('A04')
    await review.setLevel(3, '补充材料后上调。')
    const past = page.getByRole('region', { name: '本项的历次评定' })
    await expect(past).toContainText('3 级 · 补充材料后上调。')
    await past.getByRole('button', { name: '恢复此次评定' }).last().click()
    await expect(page.locator('.detail-head p').getByText('1 级')).toBeVisible()
  })
})

test.describe('in English and dark', () => {
  test.use({ locale: 'en-GB', colorScheme: 'dark' })
  test('the editor is reached from the settings, and is accessible', async ({ page, review }) => {
    await page.getByRole('button', { name: 'English', exact: true }).click()
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('button', { name: /Green and low-carbon/ }).click()
    await page.getByRole('button', { name: 'New version from this one' }).click()
    await expect(page.getByText('Ready to publish')).toBeVisible()
    await page.getByRole('button', { name: /^B01/ }).click()
    await expect(page.getByRole('heading', { name: /^B01/ })).toBeVisible()
    await review.expectAccessible('the checklist editor in English and dark')
    if (shots === undefined) return
    mkdirSync(shots, { recursive: true })
    await page.getByRole('region', { name: 'Rule from measurement to level' }).scrollIntoViewIfNeeded()
    await page.screenshot({ path: path.join(shots, 'checklist-editor-en-dark.png') })
  })
})
