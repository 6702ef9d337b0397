import type { ChecklistResult } from '#core/checklist/result.ts'
import type { PanelView } from '#core/contract/panel-procedures.ts'
import { fleissKappa, weightedKappa } from '#core/review/agreement.ts'
import type { Disagreement, ExpertResult } from '#core/review/consensus.ts'
import type { ReviewView } from '#core/review/review.ts'

const LEVELS = 5

/** What is written beside a settled item: who had given which level. */
export const levelsOf = ({ levels }: Disagreement) => levels.map(({ reviewer, level }) => ({ reviewer, level }))

/** What the lead's review says of what the experts think: what is settled, what is left, and what it comes to. */
export function consolidatedOf(
  lead: ReviewView | null,
  standings: readonly Disagreement[],
): Pick<PanelView, 'settled' | 'remaining' | 'consolidated'> {
  if (lead === null) return { settled: {}, remaining: [], consolidated: null }
  const settled = settledOf(lead, standings)
  const { total, coverage, opinion } = lead.result
  return { settled, remaining: remainingOf(lead, standings, settled), consolidated: { total, coverage, opinion } }
}

/** What the lead settled, and whether the experts' levels are still those that it was settled on. */
function settledOf({ entries }: ReviewView, standings: readonly Disagreement[]): PanelView['settled'] {
  const settled = entries.flatMap((entry) => (entry.settled === undefined ? [] : [{ ...entry, ...entry.settled }]))
  return Object.fromEntries(
    settled.map(({ item, level, reason, how, levels }) => {
      const now = standings.find((one) => one.item === item)
      const isStale =
        now !== undefined &&
        JSON.stringify(now.levels.map(({ level: given }) => given)) !== JSON.stringify(levels.map(({ level: given }) => given))
      return [item, { how, level, reason, isStale }]
    }),
  )
}

/** An item on which all agree is left only while the lead's review says something else. */
function remainingOf({ result }: ReviewView, standings: readonly Disagreement[], settled: PanelView['settled']): string[] {
  const levels = new Map(result.items.map(({ id, level }) => [id, level]))
  return standings
    .filter(({ item, median, spread }) => {
      if (median === null) return false
      const done = settled[item]
      return done === undefined ? spread > 0 || levels.get(item) !== median : done.isStale
    })
    .map(({ item }) => item)
}

/** How well all of them and every two of them agree, over the items that all who are compared have judged. */
export function agreementOf(experts: readonly ExpertResult[]): Pick<PanelView, 'agreement' | 'pairs'> {
  const levels = experts.map(({ result }) => new Map(result.items.map(({ id, level }) => [id, level])))
  const items = experts[0]?.result.items.map(({ id }) => id) ?? []
  const judgedByAll = items.filter((item) => levels.every((of) => of.get(item) != null))
  const counts = judgedByAll.map((item) => {
    const row = Array.from({ length: LEVELS }, () => 0)
    for (const of of levels) row[of.get(item) ?? 0] = (row[of.get(item) ?? 0] ?? 0) + 1
    return row
  })
  const pairs = experts.flatMap((first, at) =>
    experts.slice(at + 1).map((second) => ({
      first: first.name,
      second: second.name,
      agreement: calibrated(first.result, second.result).agreement,
    })),
  )
  return { agreement: fleissKappa(counts), pairs }
}

/** Two results of one checklist, item by item where both have a level; what differs comes in the order of weight. */
export function calibrated(mine: ChecklistResult, reference: ChecklistResult) {
  const theirs = new Map(reference.items.map(({ id, level }) => [id, level]))
  const both = mine.items.flatMap(({ id, level, weight }) => {
    const other = theirs.get(id)
    return level === null || other == null ? [] : [{ item: id, level, reference: other, weight }]
  })
  return {
    agreement: weightedKappa(both.map(({ level, reference: other }) => [level, other])),
    differing: both
      .filter(({ level, reference: other }) => level !== other)
      .toSorted((a, b) => b.weight - a.weight)
      .map(({ item, level, reference: other }) => ({ item, level, reference: other })),
  }
}
