import { expect, test } from './fixtures.ts'

test.use({ prepared: 'two' })

test('a second round carries findings over, compares scores and says what was adopted', async ({ page, review }) => {
  test.setTimeout(240_000)

  await test.step('a finding is raised on the first submission', async () => {
    await page.locator('.plan-link').filter({ hasNotText: '修改稿' }).click()
    await review.mapDrawn()
    await page.getByRole('tab', { name: /^意见/ }).click()
    await page.getByRole('button', { name: '新增意见' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('问题').fill('西北片区缺少公园')
    await dialog.getByRole('button', { name: '保存' }).click()
    await expect(page.getByText('西北片区缺少公园').first()).toBeVisible()
  })

  await test.step('the revised plan says on one page what it is, and leads to its round', async () => {
    await page.getByRole('button', { name: '返回' }).click()
    await page.locator('.plan-link').filter({ hasText: '修改稿' }).click()
    await expect(page.getByRole('heading', { name: '待办' })).toBeVisible({ timeout: 60_000 })
    await expect(page.getByText('首轮提交，没有上一轮。')).toBeVisible()
    await expect(page.locator('.class-list li').first()).toBeVisible()
    await review.expectAccessible('orientation')
    await page.getByRole('button', { name: '轮次与意见' }).click()
  })

  await test.step('the earlier plan is chosen and the finding comes over with its number', async () => {
    await page.getByRole('button', { name: /本方案答复的上一轮方案/ }).click()
    await page.getByRole('option', { name: /青岚/ }).first().click()
    await page.getByRole('button', { name: '带入 1 条意见' }).click()
    await expect(page.getByText('已带入 1 条意见，编号不变。')).toBeVisible({ timeout: 60_000 })
    await expect(page.locator('.carried-row')).toContainText('西北片区缺少公园')
    await page.getByRole('button', { name: '看位置：意见 1' }).click()
    await review.expectAccessible('round')
  })

  await test.step('it is confirmed fixed, and the adoption table says so', async () => {
    await page.getByText('选择意见 1').or(page.getByLabel('选择意见 1')).first().check({ force: true })
    await page.getByRole('button', { name: '确认已改正（1）' }).click()
    await expect(page.locator('.carried-row')).toContainText('已解决')
    await page.getByRole('radio', { name: '采纳情况表' }).click()
    await expect(page.getByRole('row', { name: /西北片区缺少公园/ })).toContainText('采纳')
    await page.getByRole('button', { name: '填写意见 1 的采纳情况' }).click()
    await page.getByRole('radio', { name: '部分采纳' }).click()
    await page.getByRole('dialog').getByLabel('说明').fill('只增加了一处')
    await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
    await expect(page.getByRole('row', { name: /西北片区缺少公园/ })).toContainText('只增加了一处')
    await review.expectAccessible('adoption')
    await page.getByRole('radio', { name: '评分对比' }).click()
    await expect(page.getByText('上一轮', { exact: true }).first()).toBeVisible()
  })

  await test.step('the plan opens with the page that knows what changed, and then with whichever was chosen last', async () => {
    const revised = page.locator('.plan-link').filter({ hasText: '修改稿' })
    await page.getByRole('button', { name: '返回' }).click()
    await review.mapDrawn()
    await page.getByRole('button', { name: '返回' }).click()
    await expect(page.getByText('第 2 轮')).toBeVisible()
    await revised.click()
    await expect(page.getByText(/第 2 轮：.*已带入 1 条意见/)).toBeVisible({ timeout: 60_000 })
    // The way on has the focus: one key leads to the map.
    await expect(page.getByRole('button', { name: '进入评审' })).toBeFocused()
    await page.keyboard.press('Enter')
    await review.mapDrawn()
    await page.getByRole('button', { name: '返回' }).click()
    await revised.click()
    await expect(page.locator('.map-canvas[data-drawn="yes"]')).toBeVisible({ timeout: 60_000 })
  })
})
