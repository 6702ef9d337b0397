import { expect, type Page } from '@playwright/test'

const MAP = '.map-canvas[data-drawn="yes"]'
const OF_PLAN: Readonly<Record<string, string>> = {
  orientation: '.class-list li',
  round: '.topbar',
  opportunity: 'article',
  panel: '[role="grid"], table, .empty',
  sides: MAP,
  compare: '.topbar',
  results: '[role="grid"]',
  memo: '.memo-sheet',
}

/** The addresses of every screen for a plan, and what shows there when it is ready. */
export const everyScreen = (planId: string): readonly (readonly [name: string, hash: string, ready: string])[] => [
  ['catalogue', '#/', '.plan-link'],
  ['monitoring', '#/monitoring', '.topbar'],
  ['checklist', '#/checklist/green-low-carbon', '.topbar'],
  ...Object.entries(OF_PLAN).map(([name, ready]) => [name, `#/plan/${planId}/${name}`, ready] as const),
  ['plan', `#/plan/${planId}`, MAP],
]

/** Goes to a screen by its address, and waits until it is there and at rest. */
export async function goTo(page: Page, [name, hash, ready]: readonly [name: string, hash: string, ready: string]): Promise<void> {
  await page.evaluate((to) => void (location.hash = to), hash)
  await expect(page.locator(ready).first(), name).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText(/^⟦?(正在读取…|Loading…)/).first(), name).toBeHidden({ timeout: 60_000 })
}

/** The plan that stands first in the list of plans. */
export async function firstPlan(page: Page): Promise<string> {
  const address = await page.locator('.plan-link').first().getAttribute('href')
  return /plan\/([\w-]+)/.exec(address ?? '')?.[1] ?? ''
}
