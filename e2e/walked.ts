import type { Route } from '#renderer/state/route.ts'

/** Every page of the application. */
export type PageName = Route['page']

/**
 * In which journey each page is looked at with every rule of WCAG 2.2 A and AA, in both languages and three themes, and by which name. A page
 * that is added to the routes does not compile until it is named here; the house check looks whether the journey says so (build/checks.ts).
 */
export const WALKED: Readonly<Record<PageName, readonly [journey: string, look: string]>> = {
  catalogue: ['screens', 'catalogue'],
  plan: ['screens', 'workbench'],
  memo: ['screens', 'memo'],
  results: ['screens', 'results-flows'],
  opportunity: ['corridor-screens', 'opportunity'],
  sides: ['corridor-screens', 'side-by-side'],
  checklist: ['review-screens', 'editor-item'],
  orientation: ['review-screens', 'orientation'],
  round: ['review-screens', 'round-carried'],
  panel: ['review-screens', 'panel'],
  monitoring: ['review-screens', 'monitoring'],
  compare: ['review-screens', 'compare'],
  library: ['review-screens', 'library'],
  inbox: ['review-screens', 'inbox'],
  window: ['review-screens', 'window'],
}
