import { en } from '#renderer/i18n/en/index.ts'
import { zh } from '#renderer/i18n/zh/index.ts'
import { expect, test } from './fixtures.ts'
import { looking } from './looks.ts'

for (const lang of ['zh', 'en'] as const) {
  test(`overlays, score cards and side by side are accessible: ${lang}, in three themes`, async ({ page, review }) => {
    test.setTimeout(400_000)
    const words = lang === 'zh' ? zh : en
    const button = (name: string) => page.getByRole('button', { name, exact: true })
    const look = looking(page, review, lang)
    if (lang === 'en') await button('English').click()
    await button(words.catalogue.sample).click()
    // A plan that is opened for the first time shows its overview.
    const [toolbar, onwards] = [page.getByRole('toolbar', { name: words.workbench.toolbar }), button(words.orientation.toReview)]
    await expect(toolbar.or(onwards).first()).toBeVisible({ timeout: 120_000 })
    if (await onwards.isVisible()) await onwards.click()
    await expect(toolbar).toBeVisible()
    await review.mapDrawn()

    await test.step('overlays', async () => {
      await page.getByRole('tab', { name: words.overlays.title }).click()
      await look('overlays')
      const names =
        lang === 'zh'
          ? { gaps: '廊道与绿楔断点', unserved: '服务不到的人口' }
          : { gaps: 'Gaps of corridors and wedges', unserved: 'Unserved population' }
      for (const [id, name] of Object.entries(names)) {
        await button(words.overlays.open.replace('{{name}}', name)).click()
        await button(words.overlays.draw).click()
        const row = page.getByRole('listbox').first().getByRole('option').first()
        await expect(row).toBeVisible({ timeout: 120_000 })
        await row.click()
        await review.mapDrawn()
        await look(`overlay-${id}`)
        await button(words.overlays.back).click()
      }
      await button(words.overlays.hideAll).click()
    })

    await test.step('score cards of opportunity areas', async () => {
      await review.openFromBar(words.opportunity.title)
      await expect(page.getByRole('article').first()).toBeVisible({ timeout: 120_000 })
      await review.mapDrawn()
      await look('opportunity')
      await button(words.results.backToReview).click()
      await review.mapDrawn()
    })

    await test.step('base year and plan side by side', async () => {
      await review.openFromBar(words.sides.title)
      const maps = page.locator('.map-canvas')
      await expect(maps).toHaveCount(2)
      for (const at of [0, 1]) await expect(maps.nth(at)).toHaveAttribute('data-drawn', 'yes', { timeout: 120_000 })
      await look('side-by-side')
    })
  })
}
