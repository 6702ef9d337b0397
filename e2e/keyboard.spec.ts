import { expect, test } from './fixtures.ts'
import { Keyboard } from './pages/keyboard.ts'
import { openTwoSubmissions } from './two-submissions.ts'

// Nothing here may use a pointer: no click, hover, drag, check or fill.
test('a review by keyboard alone: judge, comment, settle, second round, what-if, checklist', async ({ page, review, host }) => {
  test.setTimeout(600_000)
  const keys = new Keyboard(page)
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
  const back = page.locator('.topbar').getByRole('button').first()
  const tab = (name: RegExp) => page.getByRole('tab', { name })
  const dialog = page.getByRole('dialog')
  await openTwoSubmissions({ page, review, host })

  const planLink = (isRevision: boolean) =>
    page.locator('.plan-link').filter(isRevision ? { hasText: '修改稿' } : { hasNotText: '修改稿' })
  const openPlan = async (isRevision: boolean) => {
    await keys.pressOn(planLink(isRevision))
    const map = page.locator('.map-canvas[data-drawn="yes"]')
    const onwards = button('进入评审')
    await expect(map.or(onwards).first()).toBeVisible({ timeout: 150_000 })
    if (await onwards.isVisible()) await keys.pressOn(onwards)
    await expect(map).toBeVisible({ timeout: 150_000 })
  }
  const backToPlans = async () => {
    await keys.pressOn(back)
    await expect(planLink(true)).toBeVisible()
  }
  const openItem = async (id: string) => {
    await keys.reach(tab(/^清单/))
    if (await button('返回清单').isVisible()) await keys.pressOn(button('返回清单'))
    await keys.pressOn(page.locator(`.item-row[data-item="${id}"]`))
    await expect(page.getByRole('heading', { name: new RegExp(`^${id}\\b`) })).toBeVisible()
  }
  const judge = async (id: string, level: 0 | 1 | 2 | 3 | 4, reason: string) => {
    await openItem(id)
    const radio = page.locator('.level-radio').nth(level)
    await keys.reach(page.getByRole('radiogroup').filter({ has: page.locator('.level-radio') }))
    await keys.press('Space')
    await keys.reach(radio)
    await keys.write(page.getByLabel('理由'), reason)
    await keys.pressOn(button('保存评定'))
    await expect(page.getByRole('region', { name: '本项的历次评定' })).toContainText(`${level} 级 · ${reason}`)
  }

  await test.step('a plan is scored, with a level of one’s own and an item that does not apply', async () => {
    await openPlan(false)
    await keys.pressOn(button('运行分析'))
    const begin = button('开始分析')
    const done = page.getByText('分析完成')
    await expect(done.or(begin)).toBeVisible({ timeout: 150_000 })
    if (await begin.isVisible()) await keys.pressOn(begin)
    await expect(done).toBeVisible({ timeout: 150_000 })
    await judge('A04', 1, '公园统计含郊野公园')
    await expect(page.locator('.detail-head')).toContainText('1 级')
    await openItem('B07')
    await keys.pressOn(page.getByRole('checkbox', { name: '本项不适用于该方案' }), 'Space')
    await keys.write(page.getByLabel('理由'), '任务书未要求')
    await keys.pressOn(button('保存评定'))
    await expect(page.getByRole('region', { name: '本项的历次评定' })).toContainText('不适用 · 任务书未要求')
    await keys.press('Alt+ArrowDown')
    await expect(page.getByRole('heading', { name: /^B08\b|^N01\b/ })).toBeVisible()
  })

  await test.step('the score is seen as charts, and the focus comes back to the button', async () => {
    await keys.pressOn(button('返回清单'))
    await keys.pressOn(button('得分图'))
    await keys.reach(dialog.getByRole('radio', { name: '权重敏感性' }))
    await keys.press('Space')
    await expect(dialog).toContainText('影响最大的是')
    await keys.press('Escape')
    await expect(button('得分图')).toBeFocused()
  })

  await test.step('an area is drawn by typed coordinates, its words are written, and it is resolved', async () => {
    await keys.pressOn(tab(/^意见/))
    await keys.press('c')
    const bar = page.getByRole('region', { name: '新增标注' })
    await expect(page.getByRole('application')).toBeFocused()
    const typed = bar.getByRole('textbox')
    for (const [count, place] of ['500400, 3374000', '500900, 3374000', '500700, 3374400'].entries()) {
      await keys.write(typed, place)
      await keys.press('Enter')
      await expect(bar.getByRole('status')).toHaveText(`面：已落 ${count + 1} 点`)
    }
    await keys.pressOn(bar.getByRole('button', { name: '完成' }))
    await expect(dialog.getByText('图上标注：面，3 点')).toBeVisible()
    await keys.write(dialog.getByLabel('问题'), '绿楔被新增工业用地切断')
    await keys.pressOn(dialog.getByRole('button', { name: '保存', exact: true }))
    await expect(dialog).toBeHidden()
    const row = page.getByRole('grid', { name: '审查意见' }).getByRole('row', { name: /绿楔被新增/ })
    await keys.pressOn(row)
    const detail = page.getByRole('article')
    await keys.write(detail.getByRole('textbox', { name: '答复' }), '已保留 120 米')
    await keys.pressOn(detail.getByRole('button', { name: '提交答复' }))
    await keys.pressOn(detail.getByRole('group', { name: '改为' }).getByRole('button', { name: '已解决' }))
    await expect(detail.getByText('待处理 → 已解决')).toBeVisible()
    await keys.press('Control+z')
    await expect(detail.getByText('待处理 → 已解决')).toBeHidden()
  })

  await test.step('two experts disagree, and the lead settles it', async () => {
    const people = page.getByRole('region', { name: '评审组', exact: true }).first()
    const table = page.getByRole('region', { name: '分歧', exact: true })
    await keys.pressOn(button('专家会审'))
    for (const name of ['周岚', '许诚']) {
      await keys.write(people.getByLabel('专家姓名'), name)
      await keys.press('Enter')
      await expect(people.getByRole('listitem', { name, exact: true })).toBeVisible()
    }
    for (const [name, level] of [
      ['周岚', 1],
      ['许诚', 4],
    ] as const) {
      await keys.pressOn(people.getByRole('button', { name: `打开评审：${name}` }))
      await expect(page.getByRole('status').filter({ hasText: `正在查看“${name}”的评审` })).toBeVisible()
      await judge('B06', level, `${name}的理由`)
      await keys.pressOn(button('专家会审'))
    }
    await keys.pressOn(table.locator('tr[data-item="B06"]').getByRole('button', { name: /^B06/ }))
    await keys.reach(table.getByRole('radio', { name: '组长裁定' }))
    await keys.press('Space')
    await keys.reach(table.getByRole('radio', { name: '3', exact: true }))
    await keys.press('Space')
    await keys.write(table.getByLabel('理由'), '以说明书第三章为准')
    await keys.pressOn(table.getByRole('button', { name: '商定 B06' }))
    await expect(table.locator('tr[data-item="B06"]')).toContainText('组长裁定')
    await keys.pressOn(back)
  })

  await test.step('what if: parcels become a park, an item is better, and undo takes it back', async () => {
    const deltas = page.locator('.option-deltas')
    await keys.pressOn(tab(/^比选/))
    await keys.pressOn(button(/^新建/).first())
    await keys.reach(page.getByRole('radio', { name: '选择', exact: true }))
    await keys.press('Space')
    await keys.write(page.getByLabel('按编号选择'), '1, 2, 3, 4, 5, 6, 7, 8')
    await keys.press('Enter')
    await expect(page.getByText('已选 8 处')).toBeVisible()
    const land = page.getByRole('combobox', { name: '改为用地用海分类' })
    await keys.write(land, '1401')
    await keys.press('ArrowDown', 'Enter')
    await expect(land).toHaveValue(/^1401/)
    await keys.pressOn(button('改类'))
    await expect(deltas.locator('[data-item]').filter({ hasText: '变好' }).first()).toBeVisible({ timeout: 150_000 })
    await keys.press('F6')
    await keys.press('Control+z')
    await expect(deltas.locator('[data-item]')).toHaveCount(0, { timeout: 60_000 })
  })

  await test.step('the second round carries the finding over with its number', async () => {
    await backToPlans()
    await openPlan(true)
    await keys.pressOn(button('概览'))
    await keys.pressOn(button('轮次与意见'))
    await keys.pressOn(page.getByRole('button', { name: /本方案答复的上一轮方案/ }))
    await keys.pressOn(page.getByRole('option', { name: /青岚/ }).first())
    await keys.pressOn(button('带入 1 条意见'))
    await expect(page.locator('.carried-row')).toContainText('绿楔被新增', { timeout: 60_000 })
    await keys.pressOn(page.getByLabel('选择意见 1'), 'Space')
    await keys.pressOn(button('确认已改正（1）'))
    await expect(page.locator('.carried-row')).toContainText('已解决')
    await keys.reach(page.getByRole('radio', { name: '采纳情况表' }))
    await keys.press('Space')
    await expect(page.getByRole('row', { name: /绿楔被新增/ })).toContainText('采纳')
    await keys.pressOn(back)
  })

  await test.step('the checklist is edited and published, and the review says that it is judged by the older one', async () => {
    await backToPlans()
    await openPlan(false)
    await keys.pressOn(page.getByRole('button', { name: /清单版本与编辑/ }))
    await keys.pressOn(button('以此版为底稿新建'))
    await expect(page.getByText('可以发布')).toBeVisible()
    await keys.pressOn(
      button('维度 N 生态网络 上移')
        .or(page.getByRole('button', { name: /^维度 N .*上移$/ }))
        .first(),
    )
    await expect(page.locator('.editor-side')).toContainText('维度次序')
    await keys.pressOn(page.getByRole('button', { name: /^A04/ }))
    await keys.write(page.getByLabel('权重', { exact: true }), '3')
    await expect(page.locator('.editor-side')).toContainText('全部权重合计 101，应为 100')
    await keys.pressOn(button('其余条目按比例调平'))
    await expect(page.getByText('可以发布')).toBeVisible()
    await keys.pressOn(button('发布 1.1.0-1'))
    await expect(page.getByRole('heading', { name: '1.1.0-1 版' })).toBeVisible()
    await backToPlans()
    await openPlan(false)
    const notice = page.locator('.newer-checklist')
    await expect(notice).toContainText('本评审按 1.1.0 版评定，现行为 1.1.0-1 版')
    await keys.pressOn(notice.getByRole('button', { name: '改用 1.1.0-1 版' }))
    await expect(notice).toBeHidden()
  })

  await test.step('a key is changed in the sheet of keys, and does its work', async () => {
    await keys.press('F1')
    await keys.pressOn(dialog.getByRole('button', { name: /^新增标注意见：C/ }))
    await keys.press('s')
    await expect(dialog.getByRole('alert')).toContainText('已用于“吸附开/关”')
    await keys.press('j')
    await expect(dialog.getByRole('button', { name: /^新增标注意见：J/ })).toBeFocused()
    await keys.press('Escape')
    await keys.press('j')
    await expect(page.getByRole('region', { name: '新增标注' })).toBeVisible()
    await keys.press('Escape')
    await expect(page.getByRole('region', { name: '新增标注' })).toBeHidden()
  })
  console.log(`by keyboard alone: ${keys.presses} keys`)
})
