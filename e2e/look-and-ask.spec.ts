import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

test.use({ prepared: 'city' })

/** What axe finds wrong with the screen as it is. */
async function faults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
}

/** A busy machine takes a minute and a half to make and open the sample city. */
test.beforeEach(() => test.setTimeout(300_000))

const tools = (page: Page) => page.getByRole('toolbar', { name: '量测与选择工具' })

/**
 * From now on questions to the backend that hold these words get no answer, as behind a scan that takes minutes, until one of them is
 * called off: they end as the backend ends them, and later ones pass.
 */
async function holdUntilCalledOff(page: Page, words: string): Promise<void> {
  await page.routeWebSocket(/.*/, (socket) => {
    const server = socket.connectToServer()
    let held: number[] | null = []
    socket.onMessage((message) => {
      const text = String(message)
      const [, id] = /"id":(\d+)/.exec(text) ?? []
      if (held === null) server.send(message)
      else if (text.includes(words)) held.push(Number(id))
      else if (text.includes('"t":"cancel"') && held.includes(Number(id))) {
        const cancelled = { t: 'error', code: 'request.cancelled', params: { procedure: 'attributes.page' } }
        for (const one of held) socket.send(JSON.stringify({ ...cancelled, id: one }))
        held = null
      } else server.send(message)
    })
  })
  await page.reload()
}

test('a planner looks into the table, selects by expression and box, and takes the rows away', async ({ page, review }) => {
  await review.openSample()
  await holdUntilCalledOff(page, 'area > 1.23')
  await page.locator('.map-canvas').focus()
  await page.keyboard.press('t')
  const grid = page.getByRole('grid', { name: '属性表' })
  await expect(grid.getByRole('row').nth(3)).toBeVisible()
  const panel = page.getByRole('region', { name: '属性表' })

  // A mistake is named with what was probably meant.
  const filter = page.getByLabel('筛选表达式')
  await filter.fill("clas = '0701'")
  await filter.press('Enter')
  await expect(panel.getByText('是否要写“class”？')).toBeVisible()

  await test.step('a scan that takes long is stopped, and begun again', async () => {
    await filter.fill('area > 1.23 公顷')
    await filter.press('Enter')
    await expect(panel.getByText(/^… \/ [\d,]+ 行$/)).toBeVisible()
    await panel.getByRole('button', { name: '取消', exact: true }).click()
    await expect(panel.getByText('已停止读取，表格未完成。')).toBeVisible()
    await panel.getByRole('button', { name: '重新读取' }).click()
    await expect(panel.getByText(/^[\d,]+ \/ [\d,]+ 行$/)).toBeVisible()
    await expect(grid.getByRole('row').nth(1)).toBeVisible()
  })

  await filter.fill("class = '0301' 且 area > 2 公顷")
  await filter.press('Enter')
  await expect(panel.getByText(/^\d[\d,]* \/ [\d,]+ 行$/)).not.toHaveText(/^([\d,]+) \/ \1 行$/)
  await page.getByRole('button', { name: '按表达式选择' }).click()
  await expect(panel.getByText(/^已选 [\d,]+ 个图斑$/)).toBeVisible()
  await expect(grid.locator('tr[aria-selected="true"]').first()).toBeVisible()
  await page.getByRole('button', { name: '统计', exact: true }).click()
  await expect(page.getByRole('region', { name: '统计：面积（量算）' }).getByText('合计')).toBeVisible()
  expect(await faults(page)).toEqual([])

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: '导出', exact: true }).click()
  await page.getByRole('menuitem', { name: 'CSV' }).click()
  const lines = readFileSync(await (await download).path(), 'utf8').split('\r\n')
  expect(lines[0]).toContain('面积（量算） [area] (m²)')
  expect(lines.slice(1, -1).every((line) => line.includes('0301'))).toBe(true)

  // What lies under the cross: step by step with all its attributes, and selected in the table.
  await page.locator('.map-canvas').press('Enter')
  const card = page.getByRole('region', { name: '点选结果' })
  await expect(card.getByText(/^此处有 \d+ 个要素$/)).toBeVisible()
  await expect(panel.getByText('已选 1 个图斑')).toBeVisible()
  await page.locator('.map-canvas').press('PageDown')
  await expect(card.locator('[aria-current="true"] dl[aria-label="全部属性"]')).toContainText('编号')
  expect(await faults(page)).toEqual([])
  await card.getByRole('button', { name: '关闭' }).click()

  // The two corners of a box, by keys alone.
  await page.keyboard.press('Control+Shift+A')
  await expect(panel.getByText('未选择')).toBeVisible()
  await tools(page).getByRole('button', { name: '矩形选择' }).press('Enter')
  for (const key of ['ArrowLeft', 'ArrowUp', 'Space', 'ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowDown', 'Space'])
    await page.keyboard.press(key)
  await expect(panel.getByText(/^已选 [\d,]+ 个图斑$/)).toBeVisible()

  // The corners of a polygon, the same way.
  await page.keyboard.press('Control+Shift+A')
  await expect(panel.getByText('未选择')).toBeVisible()
  await tools(page).getByRole('button', { name: '多边形选择' }).press('Enter')
  for (const key of ['Space', 'ArrowRight', 'ArrowRight', 'Space', 'ArrowDown', 'ArrowDown', 'Space', 'Enter'])
    await page.keyboard.press(key)
  await expect(panel.getByText(/^已选 [\d,]+ 个图斑$/)).toBeVisible()
})

test('the map moves to a second window, follows what is selected here, outlives a reload, and comes back', async ({
  page,
  context,
  review,
  complaints,
}) => {
  await review.openSample()
  const opening = context.waitForEvent('page')
  await page.keyboard.press('Alt+w')
  const second = await opening
  second.on('pageerror', (error) => complaints.push(String(error)))
  await expect(second.locator('.map-canvas')).toHaveAttribute('data-drawn', 'yes')
  // A token of its own, which does not stay in the address.
  expect(new URL(second.url()).hash).toMatch(/^#\/plan\/[\w-]+\/window\/map\/[\w-]+$/)
  const bar = page.getByRole('region', { name: '第二个窗口' })
  await expect(bar).toContainText('地图在第二个窗口中。')
  await expect(page.locator('.map-canvas')).toHaveCount(0)
  expect(await faults(page)).toEqual([])
  expect(await faults(second)).toEqual([])

  // What is selected in one is selected in the other, both ways.
  await page.keyboard.press('t')
  await page.getByLabel('筛选表达式').fill("class = '0301'")
  await page.getByRole('button', { name: '按表达式选择' }).click()
  const count = page.getByText(/^已选 [\d,]+ 个图斑$/)
  await expect(count).toBeVisible()
  await second.locator('.map-canvas').focus()
  await second.keyboard.press('t')
  await expect(second.getByText((await count.textContent()) ?? '', { exact: true })).toBeVisible()
  await second.keyboard.press('Control+Shift+A')
  await expect(page.getByText('未选择')).toBeVisible()

  await second.reload()
  await expect(second.locator('.map-canvas')).toHaveAttribute('data-drawn', 'yes')
  await expect(bar).toBeVisible()
  const closed = second.waitForEvent('close')
  await bar.getByRole('button', { name: '移回本窗口' }).click()
  await closed
  await expect(page.locator('.map-canvas')).toHaveCount(1)
  await expect(bar).toBeHidden()

  // A browser that opens no pop-ups: said clearly, and the map stays.
  await page.evaluate(() => (window.open = () => null))
  await page.locator('.map-canvas').focus()
  await page.keyboard.press('Alt+w')
  await expect(page.getByText('浏览器拦截了弹出窗口。')).toBeVisible()
  await expect(page.locator('.map-canvas')).toHaveCount(1)
})

test('a distance, an area and an angle are measured with the keyboard and stay in a list until cleared', async ({
  page,
  review,
}) => {
  await review.openSample()
  await page.locator('.map-canvas').focus()
  const list = page.getByRole('region', { name: '量测结果' })
  await page.keyboard.press('m')
  for (const key of ['Space', 'ArrowRight', 'ArrowRight', 'Space', 'Enter']) await page.keyboard.press(key)
  await expect(list.getByRole('listitem')).toHaveCount(1)
  await page.keyboard.press('g')
  for (const key of ['Space', 'ArrowRight', 'ArrowRight', 'Space', 'ArrowUp', 'Space', 'Enter']) await page.keyboard.press(key)
  await expect(list.getByRole('listitem')).toHaveCount(2)
  await expect(list.getByText(/周长/)).toBeVisible()
  await expect(list.getByText(/测地线/)).toBeVisible()
  // Typed coordinates instead of the pointer.
  await tools(page).getByRole('button', { name: '量测角度' }).press('Enter')
  const typed = page.getByPlaceholder(/EPSG/)
  for (const place of ['500100, 3400000', '500000, 3400000', '500000, 3400100']) {
    await typed.fill(place)
    await typed.press('Enter')
    await expect(typed).toHaveValue('')
  }
  await expect(list.getByText(/^(89\.9\d|90\.0\d)°$/)).toBeVisible()
  expect(await faults(page)).toEqual([])
  await list.getByRole('button', { name: '全部清除' }).click()
  await expect(list).toBeHidden()
})

test('one field finds a feature, an item, a command and a place, from anywhere and without a mouse', async ({ page, review }) => {
  await review.openSample()
  const search = page.getByRole('combobox', { name: '搜索一切' })
  await page.keyboard.press('Control+K')
  await search.fill('A04')
  await expect(page.getByRole('option', { selected: true })).toContainText('A04')
  expect(await faults(page)).toEqual([])
  await search.press('Enter')
  await expect(page.getByRole('heading', { name: /^A04\b/ })).toBeVisible()

  await page.keyboard.press('Control+K')
  await search.fill('公园')
  await expect(page.getByRole('group', { name: '图斑' }).getByRole('option').first()).toBeVisible()
  await search.press('ArrowUp')
  await search.press('Enter')
  await page.keyboard.press('t')
  await expect(page.getByText('已选 1 个图斑')).toBeVisible()

  await page.keyboard.press('Control+K')
  await search.fill('意见书')
  await search.press('Enter')
  await expect(page.locator('.memo-sheet').first()).toBeVisible({ timeout: 60_000 })

  await page.keyboard.press('Control+K')
  await search.fill('zzqqx')
  await expect(page.getByText(/没有找到“zzqqx”/)).toBeVisible()
  await search.press('Escape')
  await expect(search).toBeHidden()

  // The map on paper: the dialog opens by keys alone, shows the sheet first, and saves it as a PDF of one page.
  await page.keyboard.press('Control+K')
  await search.fill('打印地图')
  await search.press('Enter')
  const dialog = page.getByRole('dialog', { name: '打印地图' })
  const preview = dialog.getByRole('img', { name: /^图幅预览，1:\d+$/ })
  await expect(preview).toHaveJSProperty('complete', true)
  await expect.poll(() => preview.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
  expect(await faults(page)).toEqual([])
  const printed = page.waitForEvent('download')
  await dialog.getByRole('button', { name: '保存 PDF' }).press('Enter')
  expect(readFileSync(await (await printed).path(), 'latin1')).toMatch(/^%PDF-1\.[^]*%%EOF\s*$/)
  await expect(dialog).toBeHidden()
})
