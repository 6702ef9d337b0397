import type { Level } from '#core/checklist/result.ts'
import type { PanelView } from '#core/contract/panel-procedures.ts'
import type { Disagreement } from '#core/review/consensus.ts'

/** Those who say the same of an item: a level, that it does not apply, or nothing yet. */
export interface Group {
  says: Level | 'out' | 'none'
  names: string[]
}

/** Who says what, levels from low to high, then not applicable, then those who have not judged. */
export function groupsOf({ levels }: Pick<Disagreement, 'levels'>): Group[] {
  const order: Group['says'][] = [0, 1, 2, 3, 4, 'out', 'none']
  const says = levels.map(({ reviewer, level, notApplicable }) => ({
    reviewer,
    says: notApplicable ? ('out' as const) : (level ?? ('none' as const)),
  }))
  return order
    .map((one) => ({ says: one, names: says.filter((each) => each.says === one).map(({ reviewer }) => reviewer) }))
    .filter(({ names }) => names.length > 0)
}

export const STANDING_FILTERS = ['differing', 'open', 'all'] as const
export type StandingFilter = (typeof STANDING_FILTERS)[number]

/** Whether an item is listed: those on which experts differ, of these the ones to settle (again), or all that anyone judged. */
export function isListed(standing: Disagreement, filter: StandingFilter, settled: PanelView['settled']): boolean {
  if (filter === 'all') return true
  if (standing.spread === 0) return false
  return filter === 'differing' || settled[standing.item]?.isStale !== false
}
