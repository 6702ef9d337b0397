import type { ChecklistResult, ItemResult, Level, Opinion, ScoringInput } from '../checklist/result.ts'
import type { Checklist } from '../checklist/schema.ts'
import { scoreChecklist } from '../checklist/score.ts'

/** What the total and the opinion would be with one item at another level, all else as it is. */
export interface AtLevel {
  level: Level
  total: number | null
  opinion: Opinion
}

/** One item taken a level lower and a level higher; at the ends of the scale it stays where it is. */
export interface LevelSwing {
  /** Id of the item. */
  id: string
  level: Level
  low: AtLevel
  high: AtLevel
  /** Largest difference from the total as it is, points. */
  swing: number
  /** One of both would change the opinion. */
  flips: boolean
  /** The nearest level above (below) at which the opinion is a better (worse) one by this item alone; null where there is none. */
  better: AtLevel | null
  worse: AtLevel | null
}

/** Several items lifted one after the other, as far as a better opinion. */
export interface WayUp {
  steps: { id: string; from: Level; to: Level }[]
  total: number | null
  opinion: Opinion
}

export interface VerdictSwings {
  total: number | null
  opinion: Opinion
  /** Every judged item, the largest swing first. */
  swings: LevelSwing[]
  /** One way to a better opinion, failed gates first, then what gains most; null where the opinion is the best, or none is to be had. */
  wayUp: WayUp | null
}

/** Place of an opinion among all, the best is 0; without an opinion it is behind them. */
const rankOf = ({ opinions }: Checklist, { id }: Opinion): number => {
  const at = opinions.findIndex((opinion) => opinion.id === id)
  return at < 0 ? opinions.length : at
}

const LEVELS: readonly Level[] = [0, 1, 2, 3, 4]
const oneLevel = (level: Level, by: -1 | 1): Level => LEVELS[Math.min(4, Math.max(0, level + by))] ?? level

/**
 * What would have to change for the verdict to be another: each judged item moved along its levels by itself, and one way to a better
 * opinion by several. Levels only; what would bring an item there on the ground is for `flipItem`. Items that are not judged stay so.
 */
export function verdictSwings(checklist: Checklist, input: ScoringInput): VerdictSwings {
  const base = scoreChecklist(checklist, input)
  const judged = base.items.flatMap((item) => (item.level === null ? [] : [{ id: item.id, level: item.level }]))
  const swings = judged.map(({ id, level }) =>
    levelSwing(id, level, base, (to) => withLevels(checklist, input, { [id]: to }), checklist),
  )
  return {
    total: base.total,
    opinion: base.opinion,
    swings: swings.toSorted((a, b) => b.swing - a.swing),
    wayUp: wayUp(checklist, input, base),
  }
}

function levelSwing(
  id: string,
  level: Level,
  base: ChecklistResult,
  at: (level: Level) => ChecklistResult,
  checklist: Checklist,
): LevelSwing {
  const standing = (to: Level): AtLevel => {
    const { total, opinion } = to === level ? base : at(to)
    return { level: to, total, opinion }
  }
  const all = LEVELS.map(standing)
  const now = rankOf(checklist, base.opinion)
  const [low, high] = [standing(oneLevel(level, -1)), standing(oneLevel(level, 1))]
  const away = ({ total }: AtLevel) => Math.abs((total ?? 0) - (base.total ?? 0))
  return {
    id,
    level,
    low,
    high,
    swing: Math.max(away(low), away(high)),
    flips: [low, high].some(({ opinion }) => opinion.id !== base.opinion.id),
    better: all.find((one) => one.level > level && rankOf(checklist, one.opinion) < now) ?? null,
    worse: all.findLast((one) => one.level < level && rankOf(checklist, one.opinion) > now) ?? null,
  }
}

function wayUp(checklist: Checklist, input: ScoringInput, base: ChecklistResult): WayUp | null {
  const now = rankOf(checklist, base.opinion)
  if (now === 0) return null
  const lifted: Record<string, Level> = {}
  let result = base
  while (rankOf(checklist, result.opinion) >= now) {
    const next = nextStep(result)
    if (next === null) return null
    lifted[next.id] = oneLevel(next.level, 1)
    result = withLevels(checklist, input, lifted)
  }
  const from = new Map(base.items.map(({ id, level }) => [id, level]))
  const steps = Object.entries(lifted).map(([id, to]) => ({ id, from: from.get(id) ?? to, to }))
  return { steps, total: result.total, opinion: result.opinion }
}

/** The item to lift by one level: a gate that fails, else the heaviest that is not at the top; equals in the checklist's order. */
function nextStep({ items, gates }: ChecklistResult): { id: string; level: Level } | null {
  const open = items.flatMap((item) => (item.level === null || item.level === 4 ? [] : [{ ...item, level: item.level }]))
  const failed = gates.filter(({ state }) => state === 'failed').map(({ item }) => item)
  const gate = open.find(({ id }) => failed.includes(id))
  return (
    gate ??
    open.reduce<(ItemResult & { level: Level }) | null>(
      (best, item) => (best === null || item.weight > best.weight ? item : best),
      null,
    )
  )
}

/** The checklist's result as if some items had been judged at other levels. */
function withLevels(checklist: Checklist, input: ScoringInput, levels: Readonly<Record<string, Level>>): ChecklistResult {
  const known = new Map(input.entries.map((entry) => [entry.item, entry]))
  const tried = Object.entries(levels).map(([item, level]) => ({
    ...(known.get(item) ?? { item, notApplicable: false, document: null, page: null, by: '', at: '' }),
    level,
    reason: 'what if',
  }))
  return scoreChecklist(checklist, { ...input, entries: [...input.entries.filter(({ item }) => !(item in levels)), ...tried] })
}
