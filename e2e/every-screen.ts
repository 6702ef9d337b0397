import { expect, type Page } from '@playwright/test'
import type { PageName } from './walked.ts'

const MAP = '.map-canvas[data-drawn="yes"]'

/** Where each page is for a plan, and what shows there when it is ready. Pages of the memos that others made want a catalogue that has some. */
const SCREENS: Readonly<Record<PageName, readonly [hash: (planId: string) => string, ready: string]>> = {
  catalogue: [() => '#/', '.plan-link'],
  monitoring: [() => '#/monitoring', '.topbar'],
  library: [() => '#/library', '.library-card'],
  inbox: [() => '#/inbox', '.inbox-file'],
  checklist: [() => '#/checklist/green-low-carbon', '.topbar'],
  orientation: [(planId) => `#/plan/${planId}/orientation`, '.class-list li'],
  round: [(planId) => `#/plan/${planId}/round`, '.topbar'],
  opportunity: [(planId) => `#/plan/${planId}/opportunity`, 'article'],
  panel: [(planId) => `#/plan/${planId}/panel`, '[role="grid"], table, .empty'],
  sides: [(planId) => `#/plan/${planId}/sides`, MAP],
  compare: [(planId) => `#/plan/${planId}/compare`, '.topbar'],
  results: [(planId) => `#/plan/${planId}/results`, '[role="grid"]'],
  memo: [(planId) => `#/plan/${planId}/memo`, '.memo-sheet'],
  window: [(planId) => `#/plan/${planId}/window/checklist/shown-alone`, '.item-row'],
  plan: [(planId) => `#/plan/${planId}`, MAP],
}

export type Screen = readonly [name: string, hash: string, ready: string]

export const screenOf = (name: PageName, planId: string): Screen => [name, SCREENS[name][0](planId), SCREENS[name][1]]

/** The addresses of every screen for a plan, and what shows there when it is ready; for a catalogue with memos (`prepared: 'shelved'`). */
export const everyScreen = (planId: string): readonly Screen[] =>
  (Object.keys(SCREENS) as PageName[]).map((name) => screenOf(name, planId))

/** Goes to a screen by its address, and waits until it is there and at rest. */
export async function goTo(page: Page, [name, hash, ready]: Screen): Promise<void> {
  await page.evaluate((to) => void (location.hash = to), hash)
  await expect(page.locator(ready).first(), name).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText(/^⟦?(正在读取…|Loading…)/).first(), name).toBeHidden({ timeout: 60_000 })
}

/** The plan that stands first in the list of plans. */
export async function firstPlan(page: Page): Promise<string> {
  const address = await page.locator('.plan-link').first().getAttribute('href')
  return /plan\/([\w-]+)/.exec(address ?? '')?.[1] ?? ''
}
