import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from './fixtures.ts'
import { Keyboard } from './pages/keyboard.ts'
import { POINTER } from './pages/pointer.ts'

test.use({ prepared: 'two-measured' })

test('the tasks by keyboard use no pointer', () => {
  for (const file of ['keyboard.spec.ts', 'pages/keyboard.ts']) {
    const source = readFileSync(path.join(import.meta.dirname, file), 'utf8')
    expect(source.match(POINTER), file).toBeNull()
  }
})

test('tasks of a review by keyboard alone, counted by name', async ({ page, review }) => {
  test.setTimeout(600_000)
  await expect(page.locator('.plan-link').first()).toBeVisible()
  const done: string[] = []
  /** One thing that a reviewer wants, by keys: shown, and counted. */
  const task = async (name: string, run: () => Promise<void>) => {
    const number = `K${String(done.length + 1).padStart(2, '0')}`
    await test.step(`${number} ${name}`, run)
    done.push(`${number} ${name}`)
  }
  const keys = new Keyboard(page)
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
  const back = page.locator('.topbar').getByRole('button').first()
  const tab = (name: RegExp) => page.getByRole('tab', { name })
  const dialog = page.getByRole('dialog')

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
  /** An action of the bar at the top, wherever its room puts it. */
  const fromBar = async (name: string) => {
    const [action, more] = [button(name), button('更多')]
    await expect(action.or(more).first()).toBeVisible()
    if (await action.isVisible()) return keys.pressOn(action)
    await keys.pressOn(more)
    await keys.pressOn(page.getByRole('menuitem', { name, exact: true }))
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

  await task('open a plan and go on from its overview to the map', () => openPlan(false))
  await task('run the analysis', async () => {
    await keys.pressOn(button('重新分析'))
    const begin = button('开始分析')
    const finished = page.getByText('分析完成')
    await expect(finished.or(begin)).toBeVisible({ timeout: 150_000 })
    if (await begin.isVisible()) await keys.pressOn(begin)
    await expect(finished).toBeVisible({ timeout: 150_000 })
  })
  await task('score an item with a reason', async () => {
    await judge('A04', 1, '公园统计含郊野公园')
    await expect(page.locator('.detail-head')).toContainText('1 级')
  })
  await task('say that an item does not apply', async () => {
    await openItem('B07')
    await keys.pressOn(page.getByRole('checkbox', { name: '本项不适用于该方案' }), 'Space')
    await keys.write(page.getByLabel('理由'), '任务书未要求')
    await keys.pressOn(button('保存评定'))
    await expect(page.getByRole('region', { name: '本项的历次评定' })).toContainText('不适用 · 任务书未要求')
  })
  await task('go to the next item', async () => {
    await keys.press('Alt+ArrowDown')
    await expect(page.getByRole('heading', { name: /^B08\b|^N01\b/ })).toBeVisible()
  })
  await task('see the score as charts, and be back at the button', async () => {
    await keys.pressOn(button('返回清单'))
    await keys.pressOn(button('得分图'))
    await keys.reach(dialog.getByRole('radio', { name: '权重敏感性' }))
    await keys.press('Space')
    await expect(dialog).toContainText('影响最大的是')
    await keys.press('Escape')
    await expect(button('得分图')).toBeFocused()
  })

  const detail = page.getByRole('article')
  await task('draw an area by typed coordinates', async () => {
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
  })
  await task('write the words of a finding', async () => {
    await keys.write(dialog.getByLabel('问题'), '绿楔被新增工业用地切断')
    await keys.pressOn(dialog.getByRole('button', { name: '保存', exact: true }))
    await expect(dialog).toBeHidden()
  })
  await task('answer a finding from the table', async () => {
    await keys.pressOn(page.getByRole('grid', { name: '审查意见' }).getByRole('row', { name: /绿楔被新增/ }))
    await keys.write(detail.getByRole('textbox', { name: '答复' }), '已保留 120 米')
    await keys.pressOn(detail.getByRole('button', { name: '提交答复' }))
  })
  await task('resolve a finding', async () => {
    await keys.pressOn(detail.getByRole('group', { name: '改为' }).getByRole('button', { name: '已解决' }))
    await expect(detail.getByText('待处理 → 已解决')).toBeVisible()
  })
  await task('take the last step back', async () => {
    await keys.press('Control+z')
    await expect(detail.getByText('待处理 → 已解决')).toBeHidden()
  })

  const people = page.getByRole('region', { name: '评审组', exact: true }).first()
  const table = page.getByRole('region', { name: '分歧', exact: true })
  await task('bring two experts into the panel', async () => {
    await fromBar('专家会审')
    for (const name of ['周岚', '许诚']) {
      await keys.write(people.getByLabel('专家姓名'), name)
      await keys.press('Enter')
      await expect(people.getByRole('listitem', { name, exact: true })).toBeVisible()
    }
  })
  await task('judge in the name of each expert', async () => {
    for (const [name, level] of [
      ['周岚', 1],
      ['许诚', 4],
    ] as const) {
      await keys.pressOn(people.getByRole('button', { name: `打开评审：${name}` }))
      await expect(page.getByRole('status').filter({ hasText: `正在查看“${name}”的评审` })).toBeVisible()
      await judge('B06', level, `${name}的理由`)
      await fromBar('专家会审')
    }
  })
  await task('settle what experts disagree on', async () => {
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

  const deltas = page.locator('.option-deltas')
  await task('make a what-if option and choose parcels by number', async () => {
    await keys.pressOn(tab(/^比选/))
    await keys.pressOn(button(/^新建/).first())
    await keys.reach(page.getByRole('radio', { name: '选择', exact: true }))
    await keys.press('Space')
    await keys.write(page.getByLabel('按编号选择'), '1, 2, 3, 4, 5, 6, 7, 8')
    await keys.press('Enter')
    await expect(page.getByText('已选 8 处')).toBeVisible()
  })
  await task('make the parcels a park, and see which item is better', async () => {
    const land = page.getByRole('combobox', { name: '改为用地用海分类' })
    await keys.write(land, '1401')
    await keys.press('ArrowDown', 'Enter')
    await expect(land).toHaveValue(/^1401/)
    await keys.pressOn(button('改类'))
    await expect(deltas.locator('[data-item]').filter({ hasText: '变好' }).first()).toBeVisible({ timeout: 150_000 })
  })
  await task('take a trial back', async () => {
    await keys.press('F6')
    await keys.press('Control+z')
    await expect(deltas.locator('[data-item]')).toHaveCount(0, { timeout: 60_000 })
  })

  await task('find an item by name and go to it', async () => {
    await keys.press('Control+k')
    await keys.write(page.getByRole('combobox', { name: '搜索一切' }), 'B01')
    await expect(page.getByRole('option', { selected: true })).toContainText('B01')
    await keys.press('Enter')
    await expect(page.getByRole('heading', { name: /^B01\b/ })).toBeVisible()
  })
  await task('hear what the map shows', async () => {
    await keys.press('Alt+m')
    await expect(page.locator('.map-words-card')).toContainText('地图显示东西')
  })
  await task('see the map as a table, and close it', async () => {
    const grid = page.getByRole('grid', { name: '属性表' })
    await keys.press('F6', 't')
    await expect(grid.getByRole('row').nth(3)).toBeVisible()
    await keys.press('F6', 't')
    await expect(grid).toBeHidden()
  })
  await task('hide a layer and show it again', async () => {
    const layer = page.getByRole('checkbox', { name: '显示“轨道站点”' })
    await keys.pressOn(layer, 'Space')
    await expect(layer).not.toBeChecked()
    await keys.press('Space')
    await expect(layer).toBeChecked()
  })
  await task('zoom the map', async () => {
    const scale = page.getByLabel('比例尺', { exact: true })
    const before = await scale.inputValue()
    await keys.reach(page.getByRole('application'))
    await keys.press('+')
    await expect(scale).not.toHaveValue(before)
  })
  await task('read messages again', async () => {
    await keys.press('Alt+j')
    await expect(dialog).toContainText('分析完成')
    await keys.press('Escape')
    await expect(dialog).toBeHidden()
  })
  await task('look at the memo and come back', async () => {
    await keys.press('Control+p')
    await expect(page.locator('.memo-sheet').first()).toBeVisible({ timeout: 60_000 })
    await keys.pressOn(back)
  })
  await task('reach in a narrow window what waits behind “More”', async () => {
    await page.setViewportSize({ width: 1024, height: 720 })
    await fromBar('对照')
    await expect(page.locator('.map-canvas')).toHaveCount(2)
    await keys.pressOn(back)
    await page.setViewportSize({ width: 1440, height: 900 })
  })
  await task('read in the other language, and back', async () => {
    await keys.pressOn(button('English'))
    await expect(page.getByRole('tab', { name: 'Layers' })).toBeVisible()
    await keys.press('Enter')
    await expect(page.getByRole('tab', { name: '图层' })).toBeVisible()
  })

  await task('go back to the plans and open the revised one', async () => {
    await backToPlans()
    await openPlan(true)
  })
  await task('name the earlier round and take its finding over', async () => {
    await fromBar('概览')
    await keys.pressOn(button('轮次与意见'))
    await keys.pressOn(page.getByRole('button', { name: /本方案答复的上一轮方案/ }))
    await keys.pressOn(page.getByRole('option', { name: /青岚/ }).first())
    await keys.pressOn(button('带入 1 条意见'))
    await expect(page.locator('.carried-row')).toContainText('绿楔被新增', { timeout: 60_000 })
  })
  await task('confirm that a finding is mended', async () => {
    await keys.pressOn(page.getByLabel('选择意见 1'), 'Space')
    await keys.pressOn(button('确认已改正（1）'))
    await expect(page.locator('.carried-row')).toContainText('已解决')
  })
  await task('read which findings were adopted', async () => {
    await keys.reach(page.getByRole('radio', { name: '采纳情况表' }))
    await keys.press('Space')
    await expect(page.getByRole('row', { name: /绿楔被新增/ })).toContainText('采纳')
    await keys.pressOn(back)
  })

  await task('start a draft of the checklist', async () => {
    await backToPlans()
    await openPlan(false)
    await keys.pressOn(page.getByRole('button', { name: /清单版本与编辑/ }))
    await keys.pressOn(button('以此版为底稿新建'))
    await expect(page.getByText('可以发布')).toBeVisible()
  })
  await task('change the order of dimensions', async () => {
    await keys.pressOn(
      button('维度 N 生态网络 上移')
        .or(page.getByRole('button', { name: /^维度 N .*上移$/ }))
        .first(),
    )
    await expect(page.locator('.editor-side')).toContainText('维度次序')
  })
  await task('change a weight and level the others', async () => {
    await keys.pressOn(page.getByRole('button', { name: /^A04/ }))
    await keys.write(page.getByLabel('权重', { exact: true }), '3')
    await expect(page.locator('.editor-side')).toContainText('全部权重合计 101，应为 100')
    await keys.pressOn(button('其余条目按比例调平'))
    await expect(page.getByText('可以发布')).toBeVisible()
  })
  await task('publish a version of the checklist', async () => {
    await keys.pressOn(button('发布 1.1.0-1'))
    await expect(page.getByRole('heading', { name: '1.1.0-1 版' })).toBeVisible()
  })
  await task('move a review to the newer checklist', async () => {
    await backToPlans()
    await openPlan(false)
    const notice = page.locator('.newer-checklist')
    await expect(notice).toContainText('本评审按 1.1.0 版评定，现行为 1.1.0-1 版')
    await keys.pressOn(notice.getByRole('button', { name: '改用 1.1.0-1 版' }))
    await expect(notice).toBeHidden()
  })
  await task('change a key, and use it', async () => {
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
  console.log(`by keyboard alone: ${done.length} tasks, ${keys.presses} keys\n${done.join('\n')}`)
  expect(done.length).toBeGreaterThanOrEqual(30)
  expect(review.complaints).toEqual([])
})
