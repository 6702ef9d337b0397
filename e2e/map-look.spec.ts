import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './fixtures.ts'

test.use({ prepared: 'city' })

test('colours, graticule, system and scale of the map are chosen and kept; nothing is asked of the network', async ({
  page,
  review,
  host,
}) => {
  const foreign: string[] = []
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url())
    if (protocol.startsWith('http') && hostname !== '127.0.0.1') foreign.push(request.url())
  })
  await review.openSample()
  await review.mapDrawn()
  const bar = page.getByRole('region', { name: '图面显示' })
  await bar.getByRole('button', { name: /^图面显示/ }).click()
  await bar.getByText('坐标网', { exact: true }).click()
  await bar.getByRole('button', { name: /用地配色/ }).click()
  await page.getByRole('option', { name: '色觉障碍友好' }).click()
  await bar.getByRole('button', { name: /坐标系/ }).click()
  await page.getByRole('option', { name: /度分秒/ }).click()
  await expect(page.locator('.statusbar')).toContainText(/\d+°\d\d′[\d.]+″E/)
  const scale = page.getByLabel('比例尺', { exact: true })
  await scale.fill('1:2.5万')
  await scale.press('Enter')
  await expect(scale).toHaveValue('1:25000')
  await page.getByRole('button', { name: '“生态廊道”的更多设置' }).click()
  const axe = await new AxeBuilder({ page }).setLegacyMode().include('.look-bar').include('.tree').include('.statusbar').analyze()
  expect(axe.violations).toEqual([])
  const rail = page.getByRole('checkbox', { name: '显示“轨道站点”' })
  await rail.press('Space')
  await page.getByRole('checkbox', { name: '显示“生态廊道”' }).press('Alt+ArrowUp')
  await expect(page.getByText('“生态廊道”现为第 1 位，共 2')).toBeAttached()
  // Columns of the table: one hidden, one moved, rows sorted by two.
  await page.locator('.map-canvas').press('t')
  const head = page.getByRole('grid', { name: '属性表' }).getByRole('columnheader')
  await head.getByRole('button', { name: '面积（量算）' }).press('Alt+ArrowLeft')
  await head.getByRole('button', { name: '面积（量算）' }).click()
  await head.getByRole('button', { name: '编号', exact: true }).click({ modifiers: ['Shift'] })
  // The same by mouse: a heading onto another, and its edge for a width.
  const titles = async () => (await head.allInnerTexts()).map((text) => text.replaceAll(/\s/g, ''))
  const before = await titles()
  await head.filter({ hasText: '地块编号' }).dragTo(head.filter({ hasText: '用地用海分类代码' }))
  await expect.poll(titles).not.toEqual(before)
  expect((await titles()).toSorted()).toEqual(before.toSorted())
  const wide = head.filter({ hasText: '地块编号' })
  const box = await wide.boundingBox()
  await wide.locator('.attribute-edge').hover()
  await page.mouse.down()
  await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) + 80, (box?.y ?? 0) + 8, { steps: 4 })
  await page.mouse.up()
  await expect.poll(async () => ((await wide.boundingBox())?.width ?? 0) - (box?.width ?? 0)).toBeGreaterThan(60)
  await page.getByRole('button', { name: '列设置' }).click()
  await page.getByRole('dialog').getByRole('checkbox').nth(1).press('Space')
  expect((await new AxeBuilder({ page }).setLegacyMode().include('.attributes').include('.dialog').analyze()).violations).toEqual(
    [],
  )
  await page.keyboard.press('Escape')
  const columns = await head.allInnerTexts()
  await expect(page.getByText('已全部保存')).toBeVisible()

  await review.reopenSample(await host.restart())
  await page.locator('.map-canvas').press('t')
  await expect(head.getByLabel('第 2 排序列')).toBeVisible()
  await expect(head).toHaveText(columns.map((text) => text.replaceAll(/\s/g, '')))
  await page.getByRole('button', { name: '关闭属性表' }).click()
  await bar.getByRole('button', { name: /^图面显示.*色觉障碍友好/ }).click()
  await expect(bar.getByRole('checkbox', { name: '坐标网' })).toBeChecked()
  await expect(rail).not.toBeChecked()
  await expect(page.locator('.tree-layer .tree-title').filter({ hasText: /生态廊道|机遇/ })).toHaveText([/生态廊道/, /机遇/])
  expect(foreign).toEqual([])
})

test('layers are ordered, faded, looked at alone and limited to scales; themes and bookmarks come back; the legend names what is seen', async ({
  page,
  review,
}) => {
  await review.openSample()
  const panel = page.getByRole('region', { name: '图层', exact: true })
  const rows = () =>
    panel.locator('[data-row]').evaluateAll((all) => all.map((row) => row.querySelector('.tree-title')?.textContent))
  const row = (title: string) => panel.locator('[data-row]').filter({ has: page.getByText(title, { exact: true }) })
  const scale = page.getByLabel('比例尺', { exact: true })
  const named = async (name: string) => {
    await page.getByRole('dialog').getByLabel('名称').fill(name)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }

  // Order by keys: of a layer in its group, and of a whole group, which the map draws.
  const corridor = page.getByRole('checkbox', { name: '显示“生态廊道”' })
  await corridor.focus()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(panel.getByText('“生态廊道”现为第 1 位，共 2')).toBeAttached()
  expect((await rows()).indexOf('生态廊道')).toBeLessThan((await rows()).indexOf('机遇（潜力）地区'))
  await expect(corridor).toBeFocused()
  const map = page.locator('.map-canvas')
  const usual = await map.screenshot()
  await page.getByRole('checkbox', { name: '显示“用地与分区”组的全部图层' }).focus()
  await page.keyboard.press('Alt+ArrowUp')
  await expect.poll(async () => (await map.screenshot()).equals(usual)).toBe(false)

  // The same by dragging: back below its neighbour.
  const grip = row('生态廊道').locator('.tree-grip')
  await grip.hover()
  const below = await row('机遇（潜力）地区').boundingBox()
  await page.mouse.down()
  await page.mouse.move((below?.x ?? 0) + 20, (below?.y ?? 0) + (below?.height ?? 0) - 4, { steps: 4 })
  await page.mouse.up()
  await expect(panel.getByText('“生态廊道”现为第 2 位，共 2')).toBeAttached()

  // Opacity, alone, scales.
  await row('生态廊道').getByRole('button', { name: '“生态廊道”的更多设置' }).click()
  await panel.getByRole('slider', { name: '不透明度' }).fill('40')
  await expect(row('生态廊道').getByText('40%')).toBeVisible()
  const filter = panel.getByLabel('筛选表达式')
  await filter.fill('area > 20 公顷 且')
  await filter.press('Enter')
  await expect(panel.getByText(/表达式已结束/)).toBeVisible()
  await filter.fill('area > 20 公顷')
  await filter.press('Enter')
  await expect(row('生态廊道').getByText('已筛选：area > 20 公顷')).toBeAttached()
  await panel.getByRole('button', { name: '只看此层' }).click()
  await expect(panel.getByText('只显示“生态廊道”')).toBeVisible()
  await expect(panel.getByText('1/24', { exact: true })).toBeVisible()
  await panel.getByRole('button', { name: '恢复', exact: true }).first().click()
  await expect(panel.getByText('11/24', { exact: true })).toBeVisible()
  await panel.getByLabel('不小于').fill('1:5000')
  await panel.getByLabel('不小于').press('Enter')
  await expect(panel.getByText('放大到 1:5,000 以上才显示')).toBeVisible()
  await panel.getByRole('button', { name: '恢复默认' }).click()
  await expect(row('生态廊道').getByText('40%')).toHaveCount(0)
  await row('生态廊道').getByRole('button', { name: '“生态廊道”的更多设置' }).click()

  // A theme, and a bookmark by keys alone.
  await panel.getByRole('button', { name: '主题' }).click()
  await page.getByRole('menuitem', { name: '保存当前显示为主题…' }).click()
  await named('控制线')
  await row('生态廊道').getByRole('checkbox').setChecked(false, { force: true })
  await expect(panel.getByText('10/24', { exact: true })).toBeVisible()
  await panel.getByRole('button', { name: '主题' }).click()
  await page.getByRole('menuitem', { name: '控制线' }).click()
  await expect(panel.getByText('11/24', { exact: true })).toBeVisible()
  await scale.fill('1:2.5万')
  await scale.press('Enter')
  await page.keyboard.press('Alt+b')
  await expect(page.getByRole('menuitem', { name: '把当前位置存为书签…' })).toBeFocused()
  await page.keyboard.press('Enter')
  await named('东岸')

  // The legend of what is seen, at one of the usual scales.
  const land = panel.getByRole('button', { name: '显示“规划用地用海”的图例' })
  await land.click()
  const classes = panel.locator('.tree-legend li')
  const all = await classes.count()
  await panel.getByText('图内', { exact: true }).click()
  await scale.press('ArrowDown')
  await page.getByRole('menuitemradio', { name: /^1:2000\b/ }).click()
  await expect(scale).toHaveValue('1:2000')
  await expect.poll(() => classes.count()).toBeLessThan(all)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('东岸')
  await page.keyboard.press('Enter')
  await expect(scale).toHaveValue('1:25000')
})

test('a layer is called as its owner named it: in the tree, by the search, on the card of a click and in the table', async ({
  page,
  review,
}) => {
  await review.openSample()
  const panel = page.getByRole('region', { name: '图层', exact: true })
  await panel.getByRole('button', { name: '“规划用地用海”的更多设置' }).click()
  await panel.getByLabel('名称', { exact: true }).fill('用地第三稿')
  await page.keyboard.press('Enter')
  await expect(panel.getByRole('checkbox', { name: '显示“用地第三稿”' })).toBeChecked()

  const search = page.getByRole('combobox', { name: '搜索一切' })
  await page.keyboard.press('Control+K')
  await search.fill('第三稿')
  await expect(page.getByRole('option', { name: /用地第三稿.*规划用地用海/ })).toBeVisible()
  await search.press('Escape')

  await page.locator('.map-canvas').press('Enter')
  await expect(page.getByRole('region', { name: '点选结果' })).toContainText('用地第三稿')
  await page.keyboard.press('t')
  await expect(page.getByRole('region', { name: '属性表' }).getByRole('button', { name: /用地第三稿/ })).toBeVisible()
})
