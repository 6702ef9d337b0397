import { mkdirSync, statSync } from 'node:fs'
import path from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { greenprint } from './command-line.ts'
import { expect, test } from './fixtures.ts'
import { judge, sharedReview } from './two-offices.ts'

/** Set to a folder to keep pictures of what was found. */
const shots = process.env['GREENPRINT_SHOTS']

test('a review leaves as a package; what comes back, a memo too, is merged, its conflict settled, and all of it undone', async ({
  page,
  host,
}, info) => {
  test.setTimeout(300_000)
  const at = (name: string): string => info.outputPath(name)
  const url = await host.restart(() => {
    sharedReview(at, host.catalogueDir)
    judge(host.catalogueDir, '1', '现场只见一处入口')
    greenprint('memo', '--memo', at('back.pdf'), '--catalogue', at('guest'))
  })
  await page.goto(url)
  const picture = async (name: string) => {
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
    if (shots === undefined) return
    mkdirSync(shots, { recursive: true })
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme })
      await page.screenshot({ path: path.join(shots, `share-${name}-${scheme}.png`) })
    }
    await page.emulateMedia({ colorScheme: 'light' })
  }

  await page.getByRole('button', { name: /的操作/ }).press('Enter')
  await page.getByRole('menuitem', { name: '导出评审包…' }).press('Enter')
  const exporting = page.getByRole('dialog', { name: '导出评审包' })
  await exporting.getByText('用口令加密').click()
  await exporting.getByLabel('口令', { exact: true }).fill('青岚 2035 绿楔')
  await picture('export')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    exporting.getByRole('button', { name: '导出' }).press('Enter'),
  ])
  expect(download.suggestedFilename()).toMatch(/\.greenprint$/)
  await download.saveAs(at('sealed.greenprint'))

  const dialog = page.getByRole('dialog', { name: '合并评审包' })
  const choose = async (...files: string[]) => {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      dialog.getByRole('button', { name: '选择文件' }).press('Enter'),
    ])
    await chooser.setFiles(files)
  }
  await page.getByRole('button', { name: '合并评审包' }).press('Enter')
  await picture('choose')
  await choose(at('back.pdf'), at('sealed.greenprint'))
  await expect(dialog.getByText('需要口令')).toBeVisible()
  await expect(dialog.getByRole('button', { name: '并入 2 个评审包' })).toBeDisabled()
  await dialog.getByText(/意见书所载/).click()
  await expect(dialog.getByText(/^封印 [0-9a-f]{64}$/)).toBeVisible()
  await picture('sealed')
  await dialog.getByLabel('口令（加密的评审包需要）').fill('青岚 2035 绿楔')
  await dialog.getByRole('button', { name: '用口令重新打开' }).press('Enter')
  await expect(dialog.getByText('需要口令')).toBeHidden()
  await picture('look')
  await dialog.getByRole('button', { name: '并入 2 个评审包' }).press('Enter')
  await expect(dialog.getByRole('region', { name: '合并回执' })).toContainText('丢失0')
  await expect(dialog.getByRole('heading', { name: '待处理的冲突（1）' })).toBeVisible()
  await expect(dialog.getByText('图纸标注三处入口')).toBeVisible()
  await picture('conflict')
  await dialog.getByRole('region', { name: /A04/ }).filter({ hasText: '图纸标注三处入口' }).getByRole('button').press('Enter')
  await expect(dialog.getByText('没有待处理的冲突')).toBeVisible()
  await dialog.getByRole('button', { name: '撤销整次合并' }).press('Enter')
  await expect(page.getByText('已撤销整次合并。')).toBeVisible()
  await page.getByRole('button', { name: '合并评审包' }).press('Enter')
  await expect(dialog.getByRole('button', { name: '选择文件' })).toBeVisible()
  await expect(dialog.getByText('待处理的冲突')).toBeHidden()
})

test.describe('answers of the applicant', () => {
  test.use({ prepared: 'two' })

  test('a finding leaves as a page, is answered in a browser without a network, comes back, is brought in and undone', async ({
    page,
    review,
    context,
  }, info) => {
    test.setTimeout(120_000)
    const at = (name: string): string => info.outputPath(name)
    await page.locator('.plan-link').filter({ hasNotText: '修改稿' }).click()
    await review.mapDrawn()
    await page.getByRole('tab', { name: /^意见/ }).click()
    await page.getByRole('button', { name: '新增意见' }).first().click()
    await page.getByRole('dialog').getByLabel('问题').fill('西北片区缺少公园')
    await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
    // Keys reach what is behind a dialog only when it is gone.
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await page.locator('.findings-table').getByRole('button', { name: '导出' }).press('Enter')
    await page.getByRole('menuitem', { name: '补正答复（发出、收回）…' }).press('Enter')
    const dialog = page.getByRole('dialog', { name: '补正答复' })
    await dialog.getByRole('radio', { name: '网页（离线填写）' }).click()
    await review.expectAccessible('the form that leaves')
    const [out] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: '导出答复表' }).press('Enter'),
    ])
    await out.saveAs(at('form.html'))

    const form = await context.newPage()
    const refused: string[] = []
    form.on('console', (message) => refused.push(message.text()))
    await form.goto(`file://${at('form.html')}`)
    await form.getByLabel('编制单位答复 1').fill('已在西北片区增加两处公园 <b>')
    await form.getByLabel('办理情况 1').selectOption('adopted')
    await form.getByLabel('答复单位').fill('青岚市规划设计院')
    await form.getByLabel('答复日期').fill('2026-03-20')
    const [answered] = await Promise.all([form.waitForEvent('download'), form.getByRole('button', { name: '保存答复' }).click()])
    await answered.saveAs(at('answered.html'))
    await form.goto(`file://${at('answered.html')}`)
    await expect(form.getByLabel('编制单位答复 1')).toHaveValue('已在西北片区增加两处公园 <b>')
    expect(refused).toEqual([])
    await form.close()

    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      dialog.getByRole('button', { name: '选择答复文件' }).press('Enter'),
    ])
    await chooser.setFiles(at('answered.html'))
    await expect(dialog.getByText('青岚市规划设计院 答复，2026-03-20')).toBeVisible()
    await expect(dialog.getByText('可带入', { exact: true })).toBeVisible()
    await review.expectAccessible('the answers that came')
    await dialog.getByRole('button', { name: '带入 1 条答复' }).press('Enter')
    await expect(dialog.getByText('已带入 1 条答复（意见 1）。')).toBeVisible()
    await expect(page.locator('.findings-table').getByText('已答复').first()).toBeVisible()
    await dialog.getByRole('button', { name: '撤销带入' }).press('Enter')
    await expect(page.getByText('已撤销带入的答复。')).toBeVisible()
    await expect(page.locator('.findings-table').getByText('待处理').first()).toBeVisible()
  })
})

test.describe('a memo with the plan inside', () => {
  test.use({ prepared: 'city' })

  test('is exported with one tick, says its size before, and restores plan and review where nobody had them', async ({
    review,
    page,
    host,
  }, info) => {
    test.setTimeout(240_000)
    const at = (name: string): string => info.outputPath(name)
    await review.openSample()
    await review.openItem('A04')
    await review.setLevel(2, '现场踏勘核对')
    await review.openMemo()
    const box = page.getByRole('checkbox', { name: /^随附规划数据（压缩前 [\d.]+ [KM]B）$/ })
    await expect(box).not.toBeChecked()
    const bare = await review.exportMemo()
    await bare.saveAs(at('bare.pdf'))
    await page.getByText(/^随附规划数据（压缩前/).click()
    await expect(box).toBeChecked()
    const whole = await review.exportMemo()
    await whole.saveAs(at('whole.pdf'))
    expect(statSync(at('whole.pdf')).size).toBeGreaterThan(statSync(at('bare.pdf')).size * 1.2)

    await host.restart(() => {
      expect(() => greenprint('merge', at('nobody'), at('bare.pdf'))).toThrow('缺少规划数据')
      greenprint('merge', at('elsewhere'), at('whole.pdf'))
      expect(greenprint('review', '--catalogue', at('elsewhere'))).toContain('现场踏勘核对')
    })
  })
})
