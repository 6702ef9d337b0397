import { en } from '#renderer/i18n/en/index.ts'
import { zh } from '#renderer/i18n/zh/index.ts'
import { goTo, screenOf } from './every-screen.ts'
import { expect, test } from './fixtures.ts'
import { looking } from './looks.ts'

test.use({ viewport: { width: 1280, height: 720 }, prepared: 'shelved' })

test('the screens of a review are accessible in both languages and three themes', async ({ page, review }) => {
  test.setTimeout(900_000)
  page.setDefaultTimeout(60_000)
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
  const plan = (isRevision: boolean) =>
    page.locator('.plan-link').filter(isRevision ? { hasText: '修改稿' } : { hasNotText: '修改稿' })
  const idOf = async (isRevision: boolean) =>
    /#\/plan\/([\w-]+)/.exec((await plan(isRevision).getAttribute('href')) ?? '')?.[1] ?? ''
  const [firstId, secondId] = [await idOf(false), await idOf(true)]
  const go = (hash: string) => page.evaluate((to) => void (location.hash = to), hash)

  await test.step('a plan that was judged by several people, commented on and tried out', async () => {
    await plan(false).click()
    await review.mapDrawn()
    await review.openItem('A04')
    await review.setLevel(1, '公园统计含郊野公园')
    await page.getByRole('tab', { name: /^意见/ }).click()
    await page.keyboard.press('c')
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft']) {
      for (let count = 0; count < 5; count += 1) await page.keyboard.press(key)
      await page.keyboard.press('Enter')
    }
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByLabel('问题').fill('组团之间的绿楔被新增工业用地切断。')
    await page.getByRole('dialog').getByRole('button', { name: '保存', exact: true }).click()
    await expect(page.getByRole('dialog')).toBeHidden()
    await page.getByRole('tab', { name: '比选' }).click()
    await button('新建比选方案 A').click()
    await page.getByRole('radio', { name: '选择', exact: true }).click()
    await page.getByLabel('按编号选择').fill('1, 2, 3, 4, 5, 6')
    await page.keyboard.press('Enter')
    const land = page.getByRole('combobox', { name: '改为用地用海分类' })
    await land.click()
    await land.fill('1401')
    await page.getByRole('option', { name: /^1401/ }).click()
    await button('改类').click()
    await expect(page.getByRole('region', { name: '改动步骤' })).toContainText('1401', { timeout: 90_000 })
    await go(`#/plan/${firstId}/panel`)
    const people = page.getByRole('region', { name: '评审组', exact: true }).first()
    for (const [name, level] of [
      ['周岚', 1],
      ['许诚', 4],
    ] as const) {
      await people.getByLabel('专家姓名').fill(name)
      await people.getByRole('button', { name: '加入专家' }).click()
      await people.getByRole('button', { name: `打开评审：${name}` }).click()
      await page.getByRole('tab', { name: '清单' }).click()
      for (const item of ['B06', 'A02']) {
        await review.openItem(item)
        await review.setLevel(level, `${name}对 ${item} 的理由`)
        await expect(page.getByRole('region', { name: '本项的历次评定' })).toContainText(`${name}对 ${item} 的理由`)
      }
      await go(`#/plan/${firstId}/panel`)
    }
    // The lead's own review comes first in the list.
    await people
      .getByRole('button', { name: /^打开评审/ })
      .first()
      .click()
    await expect(page.getByText('正在查看“许诚”的评审')).toBeHidden()
    await go(`#/plan/${secondId}/round`)
    await page.getByRole('button', { name: /本方案答复的上一轮方案/ }).click()
    await page.getByRole('option', { name: /青岚/ }).first().click()
    await button('带入 1 条意见').click()
    await expect(page.locator('.carried-row')).toContainText('组团之间', { timeout: 60_000 })
    await go('#/checklist/green-low-carbon')
    await button('以此版为底稿新建').click()
    await expect(page.getByText('可以发布')).toBeVisible()
  })

  for (const lang of ['zh', 'en'] as const) {
    await test.step(lang, async () => {
      const words = lang === 'zh' ? zh : en
      const look = looking(page, review, lang, 'review-')
      const closeDialog = async () => {
        await page.keyboard.press('Escape')
        await expect(page.getByRole('dialog')).toBeHidden()
      }
      const tab = (name: string) => page.getByRole('tab', { name }).click()
      await go('#/checklist/green-low-carbon')
      const switchTo = button(lang === 'zh' ? '中文' : 'English')
      if (await switchTo.isVisible()) await switchTo.click()
      await expect(page.getByText(words.checklists.canPublish)).toBeVisible()
      await page.getByRole('button', { name: words.checklists.whole }).first().click()
      await look('editor-whole')
      await page.getByRole('button', { name: /^A04/ }).click()
      await look('editor-item')

      await go(`#/plan/${secondId}/orientation`)
      await expect(page.getByRole('heading', { name: words.orientation.needs })).toBeVisible({ timeout: 60_000 })
      await look('orientation')
      await go(`#/plan/${secondId}/round`)
      await expect(page.locator('.carried-row')).toBeVisible()
      await look('round-carried')
      for (const part of ['raised', 'scores', 'adoption'] as const) {
        await page.getByRole('radio', { name: words.rounds[part] }).click()
        await look(`round-${part}`)
      }

      await goTo(page, screenOf('compare', secondId))
      await look('compare')
      await goTo(page, screenOf('monitoring', secondId))
      await look('monitoring')
      await goTo(page, screenOf('library', secondId))
      await look('library')
      await goTo(page, screenOf('inbox', secondId))
      await look('inbox')
      await goTo(page, screenOf('window', firstId))
      await look('window')

      await go(`#/plan/${firstId}/panel`)
      await page.locator('tr[data-item="B06"]').getByRole('button', { name: /^B06/ }).click()
      await look('panel')
      await page.locator('.settle-form').scrollIntoViewIfNeeded()
      await look('panel-settle')

      await go(`#/plan/${firstId}`)
      await expect(page.locator('.map-canvas[data-drawn="yes"]')).toBeVisible({ timeout: 60_000 })
      await tab(words.workbench.checklistTab)
      const back = page.getByRole('button', { name: words.checklist.backToList })
      if (await back.isVisible()) await back.click()
      await look('checklist')
      await button(words.scoring.charts).click()
      for (const chart of ['radar', 'bars', 'tornado'] as const) {
        await page
          .getByRole('dialog')
          .getByRole('radio', { name: words.scoring[`chart_${chart}`] })
          .click()
        await look(`charts-${chart}`)
      }
      await closeDialog()
      await review.item('A04').click()
      await look('item')
      await tab(words.workbench.findingsTab)
      await look('findings')
      await page.getByRole('row', { name: /组团之间/ }).press('Enter')
      await expect(page.getByRole('article')).toBeVisible()
      await look('finding')
      await tab(words.options.tab)
      await expect(page.locator('.option-deltas')).toBeVisible({ timeout: 60_000 })
      await look('options')
      await tab(words.workbench.historyTab)
      await look('history')
      await button(words.catalogue.help).click()
      await page
        .getByRole('dialog')
        .getByRole('button', { name: new RegExp(`^${words.shortcuts.comment}`) })
        .click()
      await page.keyboard.press('s')
      await look('shortcuts')
      await page.keyboard.press('Escape')
      await closeDialog()
    })
  }
})
