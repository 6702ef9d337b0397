import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import type { ReviewPage } from './pages/review-page.ts'

/** Set to a folder to keep a picture of every screen (`npm run screenshots`). */
const shots = process.env['GREENPRINT_SHOTS']

/** What may differ between light and dark: every other rule reads names, roles and sizes, which are the same in both. */
const RULES_OF_COLOUR = ['color-contrast', 'link-in-text-block']

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

/**
 * Looks at what is shown, in light and then in dark: a picture of both where asked for, every rule of WCAG 2.2 A and AA in light, and in
 * dark the rules that read colours. One walk through the screens so shows both.
 */
export function looking(page: Page, review: ReviewPage, lang: 'zh' | 'en', prefix = ''): (name: string) => Promise<void> {
  return async (name) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await settled(page)
      if (shots !== undefined) {
        mkdirSync(shots, { recursive: true })
        await page.screenshot({ path: path.join(shots, `${prefix}${name}-${lang}-${colorScheme}.png`) })
      }
      await review.expectAccessible(`${name} (${lang}, ${colorScheme})`, colorScheme === 'dark' ? RULES_OF_COLOUR : undefined)
    }
    await page.emulateMedia({ colorScheme: 'light' })
  }
}
