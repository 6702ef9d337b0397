import type { ChecklistResult, ItemResult, Level } from '../checklist/result.ts'

/** One expert's result; `name` is what is shown, which in a blind round is not the person's name. */
export interface ExpertResult {
  name: string
  result: ChecklistResult
}

export interface ExpertLevel {
  reviewer: string
  level: Level | null
  /** The expert says that the item does not apply. */
  notApplicable: boolean
  reason: string
}

/** How the experts stand on one item. */
export interface Disagreement {
  item: string
  levels: ExpertLevel[]
  /** Highest minus lowest level, 0 … 4; 4 also when only some say that the item does not apply. */
  spread: number
  /** Points of the total that hang on it: weight × spread / 4. */
  pointsAtStake: number
  /** Null where fewer than half of the experts gave a level. */
  median: Level | null
  /** The two who stand farthest apart, lower level first; null where nobody differs. */
  talkFirst: [string, string] | null
}

const TOP_LEVEL = 4

/**
 * Items by how much hangs on the experts' disagreement, most first; equal ones in the checklist's order. Items that nobody judged
 * and that nobody calls not applicable are left out. All results must be of the same checklist version.
 */
export function disagreements(experts: readonly ExpertResult[]): Disagreement[] {
  const [first] = experts
  if (first === undefined) return []
  return first.result.items
    .map(({ id, weight }) => standing(id, weight, experts))
    .filter(({ levels }) => levels.some(({ level, notApplicable }) => level !== null || notApplicable))
    .toSorted((a, b) => b.pointsAtStake - a.pointsAtStake)
}

function standing(item: string, weight: number, experts: readonly ExpertResult[]): Disagreement {
  const levels = experts.map(({ name, result }) =>
    levelOf(
      name,
      result.items.find(({ id }) => id === item),
    ),
  )
  const given = levels.flatMap(({ level }) => (level === null ? [] : [level]))
  const out = levels.filter(({ notApplicable }) => notApplicable).length
  const range = given.length === 0 ? 0 : Math.max(...given) - Math.min(...given)
  // Whether an item counts at all is a deeper difference than any between two levels.
  const spread = out > 0 && out < levels.length ? TOP_LEVEL : range
  return {
    item,
    levels,
    spread,
    pointsAtStake: (weight * spread) / TOP_LEVEL,
    median: given.length * 2 >= levels.length ? lowerMedian(given) : null,
    talkFirst: spread === 0 ? null : farthestApart(levels),
  }
}

const levelOf = (reviewer: string, item: ItemResult | undefined): ExpertLevel => ({
  reviewer,
  level: item?.level ?? null,
  notApplicable: item?.applicable === false && item.entry?.notApplicable === true,
  reason: item?.entry?.reason ?? '',
})

/** The middle of the levels; of two in the middle the lower one, because a doubt must not lift a score. Null for none. */
export function lowerMedian(levels: readonly Level[]): Level | null {
  const sorted = levels.toSorted((a, b) => a - b)
  return sorted[Math.ceil(sorted.length / 2) - 1] ?? null
}

function farthestApart(levels: readonly ExpertLevel[]): [string, string] | null {
  const out = levels.find(({ notApplicable }) => notApplicable)
  const sorted = levels.filter(({ level }) => level !== null).toSorted((a, b) => (a.level ?? 0) - (b.level ?? 0))
  const [low, high] = [sorted[0], sorted.at(-1)]
  if (out !== undefined && low !== undefined) return [low.reviewer, out.reviewer]
  return low === undefined || high === undefined || low === high ? null : [low.reviewer, high.reviewer]
}
