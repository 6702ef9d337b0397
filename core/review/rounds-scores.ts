import type { ChecklistResult, Level, Opinion } from '../checklist/result.ts'
import type { Checklist } from '../checklist/schema.ts'
import type { Measurement } from '../model/measurement.ts'
import type { BaseUnit, UnitId } from '../model/units.ts'
import type { Bilingual } from '../text.ts'

/** One side of a comparison of rounds. */
export interface RoundScores {
  checklist: Checklist
  result: ChecklistResult
  measurements: readonly Measurement[]
}

interface ItemStanding {
  level: Level | null
  /** In `base` units. */
  value: number | null
}

/** One item in both rounds. null: that round's version of the checklist does not have it. */
export interface ItemChange {
  item: string
  title: Bilingual
  unit: UnitId
  base: BaseUnit | null
  before: ItemStanding | null
  after: ItemStanding | null
}

export interface ScoreChange {
  before: { total: number | null; coverage: number; opinion: Opinion }
  after: { total: number | null; coverage: number; opinion: Opinion }
  /** Every applicable item of either round, in the newer checklist's order, then those that it does not have any more. */
  items: ItemChange[]
}

function standingOf({ checklist, result, measurements }: RoundScores, id: string) {
  const item = checklist.items.find((one) => one.id === id)
  const judged = result.items.find((one) => one.id === id)
  if (item === undefined || judged?.applicable !== true) return null
  const measured = measurements.find((one) => one.id === item.rule?.indicator)
  const outcome = measured?.outcome.kind === 'value' ? measured.outcome : null
  return { item, level: judged.level, value: outcome?.value ?? null, base: outcome?.unit ?? null }
}

const sumOf = ({ result: { total, coverage, opinion } }: RoundScores) => ({ total, coverage, opinion })

/** Scores of two rounds, item by item. */
export function compareScores(before: RoundScores, after: RoundScores): ScoreChange {
  const ids = new Set([...after.checklist.items, ...before.checklist.items].map(({ id }) => id))
  const items = [...ids].flatMap((id): ItemChange[] => {
    const [older, newer] = [standingOf(before, id), standingOf(after, id)]
    const item = newer?.item ?? older?.item
    if (item === undefined) return []
    const plain = (side: typeof older) => (side === null ? null : { level: side.level, value: side.value })
    const base = newer?.base ?? older?.base ?? null
    return [{ item: id, title: item.title, unit: item.unit, base, before: plain(older), after: plain(newer) }]
  })
  return { before: sumOf(before), after: sumOf(after), items }
}

/** True when level or value differ, or only one round has the item. */
export const hasMoved = ({ before, after }: ItemChange): boolean =>
  before?.level !== after?.level || before?.value !== after?.value
