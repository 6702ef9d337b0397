import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

test.use({ prepared: 'city' })

/** Set to a folder to keep a picture of every screen (`npm run screenshots`). */
const shots = process.env['GREENPRINT_SHOTS']

async function picture(page: Page, name: string): Promise<void> {
  if (shots === undefined) return
  mkdirSync(shots, { recursive: true })
  await page.screenshot({ path: path.join(shots, `findings-${name}.png`) })
}

/** Moves the cross-hair and sets a place, with keys alone. */
async function place(page: Page, key: string, times: number): Promise<void> {
  for (let count = 0; count < times; count++) await page.keyboard.press(key)
  await page.keyboard.press('Enter')
}

test('a finding is drawn by keyboard, answered, let pass with a reason, verified, and taken back', async ({ page, review }) => {
  await review.openSample()
  await page.getByRole('tab', { name: /^意见/ }).click()
  await expect(page.getByText('尚无意见')).toBeVisible()
  const grid = page.getByRole('grid', { name: '审查意见' })
  const detail = page.getByRole('article')

  await test.step('an area is drawn with keys alone, and its words are asked for', async () => {
    await page.keyboard.press('c')
    const bar = page.getByRole('region', { name: '新增标注' })
    await expect(bar).toBeVisible()
    await expect(page.getByRole('application')).toBeFocused()
    await page.keyboard.press('s')
    await expect(bar.getByRole('button', { name: '吸附' })).toHaveAttribute('aria-pressed', 'false')
    await place(page, 'ArrowRight', 4)
    await place(page, 'ArrowDown', 6)
    await place(page, 'ArrowLeft', 8)
    await expect(bar.getByRole('status')).toHaveText('面：已落 3 点')
    await page.keyboard.press('Backspace')
    await expect(bar.getByRole('status')).toHaveText('面：已落 2 点')
    await place(page, 'ArrowLeft', 7)
    await picture(page, 'drawing-zh-light')
    await review.expectAccessible('drawing a mark')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: '新增意见' })
    await expect(dialog.getByText('图上标注：面，3 点')).toBeVisible()
    await dialog.getByLabel('问题').fill('组团之间的绿楔被新增工业用地切断。')
    await dialog.getByLabel(/^修改要求/).fill('退让不少于 200 米。')
    await dialog.getByRole('button', { name: '引用文本依据' }).click()
    await dialog.getByLabel('文件').fill('规划文本.pdf')
    await dialog.getByLabel('页码').fill('十二')
    await dialog.getByRole('button', { name: '保存' }).click()
    await expect(dialog.getByText('页码应为正整数')).toBeVisible()
    await dialog.getByLabel('页码').fill('12')
    await dialog.getByRole('button', { name: '存为常用意见' }).click()
    await dialog.getByLabel('常用意见名称').fill('绿楔切断')
    await dialog.getByRole('button', { name: '保存' }).first().click()
    await expect(dialog.getByText('选用常用意见')).toBeVisible()
    await picture(page, 'dialog-zh-light')
    await review.expectAccessible('the dialog of a finding')
    await dialog.getByRole('button', { name: '保存', exact: true }).click()
    await expect(grid.getByRole('row', { name: /组团之间/ })).toBeVisible()
  })

  await test.step('a frequent remark fills in the next one, and a point takes typed coordinates', async () => {
    await page.keyboard.press('c')
    const bar = page.getByRole('region', { name: '新增标注' })
    await bar.getByRole('radio', { name: '点', exact: true }).click()
    const typed = bar.getByRole('textbox')
    await typed.fill('十万')
    await bar.getByRole('button', { name: '落点' }).click()
    await expect(bar.getByText(/^请输入两个数字/)).toBeVisible()
    await typed.fill('500600, 3374000')
    await typed.press('Enter')
    const dialog = page.getByRole('dialog', { name: '新增意见' })
    await dialog
      .getByRole('button', { name: /常用意见/ })
      .first()
      .click()
    await page.getByRole('option', { name: '绿楔切断' }).click()
    await expect(dialog.getByLabel('问题')).toHaveValue('组团之间的绿楔被新增工业用地切断。')
    await dialog.getByRole('radio', { name: '建议' }).click()
    await dialog.getByLabel('问题').fill('此处宜设社区公园。')
    await dialog.getByRole('button', { name: '保存', exact: true }).click()
    await expect(grid.getByRole('row', { name: /社区公园/ })).toBeVisible()
    await expect(page.getByText('2 条，待办 2')).toBeVisible()
  })

  await test.step('arrows walk the table, space picks, Enter opens', async () => {
    await grid.getByRole('row', { name: /组团之间/ }).focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    const bulk = page.getByRole('toolbar', { name: '批量修改' })
    await expect(bulk.getByText('已选 2 条')).toBeVisible()
    await bulk.getByRole('button', { name: '审查要点' }).click()
    await page.getByRole('menuitem', { name: '通风廊道' }).click()
    await expect(page.getByText('已修改 2 条意见。')).toBeVisible()
    await bulk.getByRole('button', { name: '取消选择' }).click()
    await grid.getByRole('row', { name: /组团之间/ }).focus()
    await page.keyboard.press('Enter')
    await expect(detail.getByRole('heading', { name: '第 1 条' })).toBeVisible()
    await expect(detail.getByText('通风廊道')).toBeVisible()
    await expect(detail.getByText('第 12 页')).toBeVisible()
  })

  await test.step('a file that proves it is attached, and saved again as it was', async () => {
    const chooser = page.waitForEvent('filechooser')
    await detail.getByRole('button', { name: '添加附件…' }).click()
    await (await chooser).setFiles({ name: '会议纪要.txt', mimeType: 'text/plain', buffer: Buffer.from('保留 120 米。') })
    const download = page.waitForEvent('download')
    await detail.getByRole('button', { name: '另存附件“会议纪要.txt”' }).click()
    expect((await download).suggestedFilename()).toBe('会议纪要.txt')
    expect(readFileSync(await (await download).path(), 'utf8')).toBe('保留 120 米。')
  })

  await test.step('it is answered, let pass only with a reason, verified and locked', async () => {
    await detail.getByRole('textbox', { name: '答复' }).fill('已调整方案，保留 120 米。')
    await detail.getByRole('button', { name: '提交答复' }).click()
    await expect(detail.getByRole('list').getByText('已调整方案，保留 120 米。')).toBeVisible()
    await detail.getByRole('group', { name: '改为' }).getByRole('button', { name: '例外' }).click()
    const dialog = page.getByRole('dialog', { name: '改为“例外”' })
    await dialog.getByRole('button', { name: '保存' }).click()
    await expect(dialog.getByText('请说明理由')).toBeVisible()
    await dialog.getByLabel('理由').fill('地形所限，经专家会议同意。')
    await dialog.getByRole('button', { name: '保存' }).click()
    await expect(detail.getByText('待处理 → 例外')).toBeVisible()
    await picture(page, 'detail-zh-light')
    await review.expectAccessible('the detail of a finding')
    await detail.getByRole('group', { name: '改为' }).getByRole('button', { name: '已核实' }).click()
    await expect(detail.getByText(/^已核实，内容锁定/)).toBeVisible()
    await expect(detail.getByRole('button', { name: '编辑第 1 条意见' })).toHaveCount(0)
  })

  await test.step('undo takes the last step back, and an earlier wording can be looked at', async () => {
    await page
      .getByRole('button', { name: /^撤销：/ })
      .first()
      .click()
    await expect(detail.getByText(/^已核实，内容锁定/)).toHaveCount(0)
    await expect(detail.getByRole('button', { name: '编辑第 1 条意见' })).toBeVisible()
    await detail.getByRole('button', { name: '查看以往文字' }).click()
    await expect(detail.getByRole('list', { name: '以往文字' }).getByRole('listitem').first()).toBeVisible()
  })

  await test.step('a click on the mark opens its finding', async () => {
    await detail.getByRole('button', { name: '图上标注：面' }).click()
    await page.getByRole('button', { name: '返回意见表' }).click()
    await review.mapDrawn()
    await page.getByRole('application').click()
    await expect(detail.getByRole('heading', { name: '第 1 条' })).toBeVisible()
  })

  await test.step('the table lies wide under the map, grouped, and leaves as CSV', async () => {
    await page.getByRole('button', { name: '返回意见表' }).click()
    await page.getByRole('button', { name: '在地图下方展开' }).click()
    await page.getByRole('button', { name: /分组/ }).click()
    await page.getByRole('option', { name: '按类别' }).click()
    await expect(grid.getByRole('rowheader', { name: /必须修改/ })).toBeVisible()
    await picture(page, 'docked-zh-light')
    await review.expectAccessible('the docked table of findings')
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: '导出', exact: true }).click()
    await page.getByRole('menuitem', { name: /CSV/ }).click()
    const words = readFileSync(await (await download).path(), 'utf8')
    expect(words).toContain('编号,意见,状态')
    expect(words).toContain('组团之间的绿楔被新增工业用地切断。,例外,必须修改')
  })

  await test.step('the table is filtered', async () => {
    await page.getByPlaceholder('搜索编号、文字、清单项、提出人').fill('社区')
    await expect(page.getByText('列出 1 / 2 条')).toBeVisible()
    await expect(grid.getByRole('row', { name: /组团之间/ })).toHaveCount(0)
  })

  if (shots !== undefined)
    await test.step('in English and in the dark', async () => {
      await page.getByPlaceholder('搜索编号、文字、清单项、提出人').fill('')
      await page.getByRole('button', { name: '设置', exact: true }).click()
      await page.getByText('English').click()
      await page.keyboard.press('Escape')
      await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'dark'))
      await page.getByRole('row', { name: /组团之间/ }).click()
      await picture(page, 'docked-en-dark')
      await page.getByRole('button', { name: 'Back to the side' }).click()
      await page.getByRole('button', { name: 'Back to the table' }).click()
      await picture(page, 'table-en-dark')
    })
})
