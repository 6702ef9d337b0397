import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { greenprint } from './command-line.ts'
import { expect, test } from './fixtures.ts'
import { judge, sharedReview } from './two-offices.ts'

/** Set to a folder to keep pictures of what was found. */
const shots = process.env['GREENPRINT_SHOTS']

test('memos of other offices are put into the library, found by a word and read without their plan; one in the inbox is merged', async ({
  page,
  host,
}, info) => {
  test.setTimeout(300_000)
  const at = (name: string): string => info.outputPath(name)
  const url = await host.restart(() => {
    sharedReview(at, host.catalogueDir)
    // Another office has a plan that nobody here has.
    greenprint('import', at('city/plan.json'), '--catalogue', at('other'))
    judge(at('other'), '1', '北侧绿楔被工业地块切断')
    for (const folder of ['inbox', 'shelf']) mkdirSync(at(folder))
    greenprint('memo', '--memo', at('inbox/back.pdf'), '--catalogue', at('guest'))
    greenprint('memo', '--memo', at('shelf/other.pdf'), '--catalogue', at('other'))
    writeFileSync(at('shelf/broken.pdf'), '%PDF-1.7 and nothing else')
    greenprint('inbox', 'choose', at('inbox'), '--catalogue', host.catalogueDir)
  })
  await page.goto(url)
  const picture = async (name: string) => {
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
    if (shots === undefined) return
    mkdirSync(shots, { recursive: true })
    await page.screenshot({ path: path.join(shots, `library-${name}.png`) })
  }

  await test.step('files are added: the sound one stands in the library, the broken one with its reason', async () => {
    await page.getByRole('button', { name: '资料库' }).press('Enter')
    // The package that left stands there by itself.
    await expect(page.locator('.library-card')).toContainText('本处导出')
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: '加入文件…' }).press('Enter'),
    ])
    await chooser.setFiles([at('shelf/other.pdf'), at('shelf/broken.pdf')])
    const receipt = page.getByRole('status').filter({ hasText: '无法读取 1 份' })
    await expect(receipt).toContainText('新加入 1 份')
    await expect(receipt).toContainText('broken.pdf')
    await picture('added')
  })

  await test.step('a memo is found by a word of its reasons, and read without its plan', async () => {
    const search = page.getByRole('searchbox').or(page.getByLabel('在标题、意见、理由与答复中查找')).first()
    await search.fill('绿楔 工业')
    const hit = page.locator('.library-hit')
    await expect(hit).toHaveCount(1)
    await expect(hit).toContainText('A04')
    await picture('found')
    await hit.press('Enter')
    await expect(page.getByText('只读查阅')).toBeVisible()
    await expect(page.getByText('北侧绿楔被工业地块切断')).toBeVisible()
    await picture('read')
    await page.getByRole('button', { name: '返回' }).press('Enter')
    await search.fill('海绵城市')
    await expect(page.getByText('没有符合条件的意见书')).toBeVisible()
    await page.getByRole('button', { name: '清除筛选' }).first().press('Enter')
    await expect(page.locator('.library-open').first()).toBeVisible()
  })

  await test.step('what lies in the inbox is looked at, merged with one click, and stands in the library then', async () => {
    await page.getByRole('button', { name: '返回' }).press('Enter')
    await page.getByRole('button', { name: '收件夹（1 个新文件）' }).press('Enter')
    const file = page.getByRole('list', { name: '收件夹中的文件' }).getByRole('listitem').filter({ hasText: 'back.pdf' })
    await expect(file).toContainText('新文件')
    await expect(file).toContainText('为本库所无')
    await picture('inbox')
    await page.getByRole('button', { name: '并入“back.pdf”' }).press('Enter')
    await expect(file).toContainText('已并入')
    await expect(file).not.toContainText('为本库所无')
    await picture('merged')
    await page.getByRole('button', { name: '返回' }).press('Enter')
    await page.getByRole('button', { name: '资料库' }).press('Enter')
    await page.getByLabel('在标题、意见、理由与答复中查找').fill('三处入口')
    // Until the next list is there the one before stays: one card is what the words left over.
    await expect(page.locator('.library-card')).toHaveCount(1)
    await expect(page.locator('.library-card')).toContainText('已收到并入')
  })
})
