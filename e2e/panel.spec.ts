import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from './fixtures.ts'

test.use({ prepared: 'measured' })

/** Set to a folder to keep pictures of what was found. */
const shots = process.env['GREENPRINT_SHOTS']

test('two experts disagree and settle; a blind round hides; what is settled stands in the memo', async ({ page, review }) => {
  test.setTimeout(240_000)
  await review.openSample()
  await review.analyse()
  const openPanel = () => review.openFromBar('专家会审')
  const people = page.getByRole('region', { name: '评审组', exact: true }).first()
  const table = page.getByRole('region', { name: '分歧', exact: true })
  const member = (name: string) => people.getByRole('listitem', { name, exact: true })
  const banner = page.getByRole('status').filter({ hasText: '正在查看' })

  const picture = async (name: string) => {
    if (shots === undefined) return
    mkdirSync(shots, { recursive: true })
    await page.screenshot({ path: path.join(shots, `panel-${name}.png`) })
  }

  const join = async (name: string) => {
    await people.getByLabel('专家姓名').fill(name)
    await people.getByRole('button', { name: '加入专家' }).click()
    await expect(member(name)).toBeVisible()
  }
  const judgeAs = async (name: string, levels: Record<string, 0 | 1 | 2 | 3 | 4>) => {
    await people.getByRole('button', { name: `打开评审：${name}` }).click()
    await expect(banner).toContainText(`正在查看“${name}”的评审`)
    for (const [item, level] of Object.entries(levels)) {
      await review.openItem(item)
      await review.setLevel(level, `${name}对 ${item} 的理由`)
      await expect(
        page
          .getByText(`${item} 的评定已保存`)
          .or(page.getByText(/已保存/))
          .first(),
      ).toBeVisible()
    }
    await openPanel()
  }

  await test.step('two experts join and judge alone', async () => {
    await openPanel()
    await expect(people.getByText('评审组还没有专家')).toBeVisible()
    await join('周岚')
    await join('许诚')
    await judgeAs('周岚', { B06: 1, A04: 2, B01: 0 })
    await judgeAs('许诚', { B06: 4, A04: 3, B01: 2 })
  })

  await test.step('their differences stand by what hangs on them, with reasons side by side', async () => {
    const row = table.locator('tr[data-item="B06"]')
    await expect(row).toContainText('周岚')
    await expect(row.getByRole('button', { name: '1 级 1 人：周岚' })).toBeVisible()
    await row.getByRole('button', { name: '4 级 1 人：许诚' }).focus()
    await expect(page.getByRole('tooltip', { name: '4 级 1 人：许诚' })).toBeVisible()
    await row.getByRole('button', { name: /^B06/ }).click()
    await expect(table).toContainText('周岚对 B06 的理由')
    await expect(table).toContainText('许诚对 B06 的理由')
    await expect(people.getByText(/^κ /).first()).toBeVisible()
    await review.expectAccessible('the panel')
    await picture('zh-light')
  })

  await test.step('the map shows the features in dispute; one of them leads to its items', async () => {
    const map = page.getByRole('region', { name: '分歧地图' })
    await expect(map.getByRole('list', { name: '所涉分值之和' })).toBeVisible()
    await picture('map')
    await map.getByRole('region', { name: '分歧最集中的图斑' }).getByRole('button').first().click()
    await expect(table.getByText(/^只显示所选图斑涉及的条目：/)).toBeVisible()
    await expect(table.locator('tr[data-item="B06"]')).toBeHidden()
    await review.expectAccessible('the map of contention')
    await table.getByRole('button', { name: '显示全部条目' }).click()
    await table.locator('tr[data-item="B06"]').getByRole('button', { name: /^B06/ }).click()
  })

  await test.step('the lead settles one with a level of one’s own, the rest by the median', async () => {
    await table.getByRole('radio', { name: '组长裁定' }).click()
    await table.getByRole('radio', { name: '3', exact: true }).click()
    await table.getByRole('button', { name: '商定 B06' }).click()
    await expect(table.getByText('请写明理由。')).toBeVisible()
    await table.getByLabel('理由').fill('以说明书第三章为准')
    await table.getByRole('button', { name: '商定 B06' }).click()
    await expect(table.locator('tr[data-item="B06"]')).toContainText('组长裁定')
    await people.getByLabel('理由').fill('其余按中位数')
    await people.getByRole('button', { name: /^其余全部按中位数商定/ }).click()
    await expect(people.getByText('没有可按中位数商定的条目。')).toBeVisible()
    await expect(table.locator('tr[data-item="A04"]')).toContainText('取中位数')
  })

  await test.step('it reads as well in English and in the dark', async () => {
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('button', { name: /^Appearance/ }).click()
    await page.getByRole('button', { name: /^Appearance/ }).click()
    await expect(page.getByRole('heading', { name: 'Expert panel' })).toBeVisible()
    await review.expectAccessible('the panel in the dark')
    await picture('en-dark')
    await page.getByRole('button', { name: '中文' }).click()
  })

  await test.step('a level changed afterwards is told', async () => {
    await judgeAs('许诚', { B06: 2 })
    await expect(table.locator('tr[data-item="B06"]')).toContainText('商定后有变')
  })

  await test.step('a blind round hides the others, and a submitted review is locked', async () => {
    await people.getByRole('checkbox', { name: '首轮背靠背评审' }).click({ force: true })
    await expect(member('专家 1')).toContainText('未公开')
    await expect(people.getByText('周岚')).toHaveCount(0)
    await expect(table.getByText(/还有 2 位专家未提交/)).toBeVisible()
    await expect(table.locator('tr[data-item]')).toHaveCount(0)
    await review.expectAccessible('a blind round')
    await picture('blind')
    await people.getByRole('button', { name: '提交“专家 1”的评审' }).click()
    await people.getByRole('button', { name: '提交“专家 2”的评审' }).click()
    await expect(table.getByRole('button', { name: /人：专家 1/ }).first()).toBeVisible()
    await people.getByRole('button', { name: '打开评审：专家 1' }).click()
    await expect(banner).toContainText('已提交，只读')
    await review.openItem('B06')
    await expect(page.getByText('评审已提交，此处只读。')).toBeVisible()
    await expect(page.getByRole('button', { name: '保存评定' })).toBeHidden()
    await page.getByRole('button', { name: '返回组长评审' }).click()
    await expect(banner).toBeHidden()
  })

  await test.step('the memo lists what was settled', async () => {
    await review.openMemo()
    await expect(page.getByRole('heading', { name: /专家意见的商定/ })).toBeVisible()
    await expect(page.getByText('以说明书第三章为准').first()).toBeVisible()
  })
})
