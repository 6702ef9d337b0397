import { readFileSync } from 'node:fs'
import path from 'node:path'
import { cityFiles } from './catalogues.ts'
import { expect, test } from './fixtures.ts'

test.use({ prepared: 'two' })

test('a revised plan is compared with the one before, and each change is shown on the newer map', async ({ page, review }) => {
  test.setTimeout(180_000)
  const edits = JSON.parse(readFileSync(path.join(cityFiles('second'), 'edits.json'), 'utf8')) as {
    kind: string
    layer: string
    feature: string
  }[]
  const recoded = edits.filter(({ kind, layer }) => kind === 'recode' && layer === 'landuse_plan')

  await test.step('the catalogue leads to the comparison with the version before', async () => {
    await page.getByRole('button', { name: /修改稿1.*的操作/ }).click()
    await page.getByRole('menuitem', { name: '与另一版比较' }).click()
    await expect(page.getByRole('heading', { name: '版本比较' })).toBeVisible()
    await expect(page.getByRole('region', { name: '各图层变化' })).toBeVisible({ timeout: 60_000 })
  })

  await test.step('the table counts what the revision did, and no more', async () => {
    const row = page.getByRole('row', { name: /规划用地用海/ })
    await expect(row.getByRole('cell').first()).toContainText(new RegExp(`^${recoded.length}`))
    await expect(page.getByRole('row', { name: /现状/ }).getByRole('button')).toBeHidden()
    await review.mapDrawn()
    await review.expectAccessible('comparison')
  })

  await test.step('one change, and all of them, are marked on the newer plan’s map', async () => {
    await page.getByRole('radio', { name: /^改类/ }).click()
    await expect(page.locator('.compare-change')).toHaveCount(Math.min(30, recoded.length))
    await page.getByRole('button', { name: `在地图上显示 ${recoded[0]?.feature}`, exact: true }).click()
    await expect(page.getByText('已在新版图上标出 1 处变化')).toBeVisible()
    await page.getByRole('button', { name: `在地图上显示（${recoded.length}）` }).click()
    await expect(page.getByText(`已在新版图上标出 ${recoded.length} 处变化`)).toBeVisible()
    await review.mapDrawn()
  })

  await test.step('exchanged, what was added is removed', async () => {
    const cells = page.getByRole('row', { name: /规划用地用海/ }).getByRole('cell')
    const [added, removed] = [await cells.nth(1).innerText(), await cells.nth(2).innerText()]
    await page.getByRole('button', { name: '交换新旧版' }).click()
    await expect(cells.nth(2)).toHaveText(added, { timeout: 60_000, useInnerText: true })
    await expect(cells.nth(1)).toHaveText(removed, { useInnerText: true })
  })
})
