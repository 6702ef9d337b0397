import type { PlanId } from '#core/model/ids.ts'
import type { PlanSummary } from '#core/model/plan.ts'
import type { Route } from '../state/route.ts'

/** The two pages that a plan can open with. */
export type FrontPage = 'orientation' | 'plan'

/** What is kept of a plan: the last of the two pages that was looked at, and the round that the overview told of. */
interface Kept {
  page: FrontPage
  round: number
}

const REMEMBERED = 'greenprint.front-page'
/** Plans that are remembered; the one that was not opened for longest is forgotten first. */
const MOST = 300

function kept(): Map<string, Kept> {
  const text = globalThis.localStorage?.getItem(REMEMBERED) ?? null
  if (text === null) return new Map()
  try {
    const read = JSON.parse(text) as unknown
    if (!Array.isArray(read)) return new Map()
    return new Map(read.flatMap((entry: unknown) => (isKept(entry) ? [entry] : [])))
  } catch {
    // Written by hand or by another version: every plan opens as if for the first time.
    return new Map()
  }
}

const isKept = (entry: unknown): entry is [string, Kept] =>
  Array.isArray(entry) &&
  typeof entry[0] === 'string' &&
  ['orientation', 'plan'].includes((entry[1] as Kept | null)?.page ?? '') &&
  typeof (entry[1] as Kept).round === 'number'

/** Where opening a plan leads: its overview when there is something new to say, else the page that was chosen last. */
export function openingRoute({ id, round = 1 }: Pick<PlanSummary, 'id' | 'round'>): Route {
  const known = kept().get(id)
  return { page: known === undefined || known.round < round ? 'orientation' : known.page, planId: id }
}

/** Remembers which of the two a plan was left at; the overview also which round it told of. */
export function rememberFrontPage(planId: PlanId, page: FrontPage, round?: number): void {
  const all = kept()
  const before = all.get(planId)
  // A review that was opened by its address has not been introduced by an overview yet.
  if (before === undefined && page === 'plan') return
  all.delete(planId)
  all.set(planId, { page, round: round ?? before?.round ?? 1 })
  globalThis.localStorage?.setItem(REMEMBERED, JSON.stringify([...all].slice(-MOST)))
}

/** The plan that is likely opened next: the one that was open last, else the first of the list; null where there is none. */
export function likelyNext(plans: readonly Pick<PlanSummary, 'id'>[]): PlanId | null {
  const here = new Set<string>(plans.map(({ id }) => id))
  const last = [...kept().keys()].findLast((id) => here.has(id))
  return plans.find(({ id }) => id === last)?.id ?? plans[0]?.id ?? null
}
