import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import { differenceOf, isWriting, keepPicture, MOST_DIFFERENT, PICTURED } from './baselines.ts'
import type { ReviewPage } from './pages/review-page.ts'

/** Set to a folder to keep a picture of every screen (`npm run screenshots`). */
const shots = process.env['GREENPRINT_SHOTS']

/** What may differ between themes: every other rule reads names, roles and sizes, which are the same in all. */
const RULES_OF_COLOUR = ['color-contrast', 'link-in-text-block']

/** The system's wishes that lead to each theme. */
const THEMES = {
  light: { colorScheme: 'light', contrast: 'no-preference' },
  dark: { colorScheme: 'dark', contrast: 'no-preference' },
  contrast: { colorScheme: 'light', contrast: 'more' },
} as const

/**
 * Moving parts are brought to rest (what moves for ever, as a spinner does, goes on). Ended, not waited for: Chromium leaves a change of
 * colour of what is out of sight running without an end.
 */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    await frame()
    await frame()
    for (const one of document.getAnimations())
      if (one.playState === 'running' && Number.isFinite(one.effect?.getComputedTiming().endTime)) one.finish()
    await frame()
  })
}

/** Compares with the kept picture, which shows light and Chinese; dates and names may differ, panels may not. */
async function comparePicture(page: Page, name: string): Promise<void> {
  if (!PICTURED.includes(name)) return
  if (isWriting) return keepPicture(page, name)
  await expect
    .poll(() => differenceOf(page, name), { message: `${name} differs from e2e/baselines/${name}.png`, timeout: 10_000 })
    .toBeLessThan(MOST_DIFFERENT)
}

/**
 * Looks at what is shown, in light, in dark and in high contrast: a picture of light and dark where asked for, every rule of WCAG 2.2 A and AA
 * in light, and in the others the rules that read colours. One walk through the screens so shows all three.
 */
export function looking(page: Page, review: ReviewPage, lang: 'zh' | 'en', prefix = ''): (name: string) => Promise<void> {
  return async (name) => {
    for (const theme of ['light', 'dark', 'contrast'] as const) {
      await page.emulateMedia(THEMES[theme])
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
      await settled(page)
      if (shots !== undefined && theme !== 'contrast') {
        mkdirSync(shots, { recursive: true })
        await page.screenshot({ path: path.join(shots, `${prefix}${name}-${lang}-${theme}.png`) })
      }
      if (theme === 'light' && lang === 'zh') await comparePicture(page, `${prefix}${name}`)
      await review.expectAccessible(`${name} (${lang}, ${theme})`, theme === 'light' ? undefined : RULES_OF_COLOUR)
    }
    await page.emulateMedia(THEMES.light)
  }
}
