import type { Level } from '#core/checklist/result.ts'
import type { Checklist } from '#core/checklist/schema.ts'
import type { Settings } from '#core/contract/procedures.ts'
import type { Measurement } from '#core/model/measurement.ts'
import type { Standing } from '#core/review/option.ts'
import { UNITS } from '#core/model/units.ts'
import type { Lang } from '#core/text.ts'
import { formatMeasured } from '../format/format.ts'

/** `changed`: the value is another, and the rule is told in cases, so that nobody can say which way is better. */
export type Direction = 'better' | 'worse' | 'changed' | 'same'

/** Whether an item became better or worse: by its level, and within a level by its value. */
export function directionOf(checklist: Checklist, item: string, before: Standing, after: Standing): Direction {
  if (before.level !== after.level) return (after.level ?? -1) > (before.level ?? -1) ? 'better' : 'worse'
  if (before.value === null || after.value === null || before.value === after.value) return 'same'
  const higherIsBetter = risesWithValue(checklist, item)
  if (higherIsBetter === null) return 'changed'
  return after.value > before.value === higherIsBetter ? 'better' : 'worse'
}

/** Null where the rule is told in cases: nobody can say which way is better. */
function risesWithValue(checklist: Checklist, id: string): boolean | null {
  const rule = checklist.items.find((item) => item.id === id)?.rule
  return rule?.kind === 'edges' ? rule.better === 'higher' : null
}

export interface ValueReader {
  measurements: readonly Measurement[]
  checklist: Checklist
  areaUnit: Settings['areaUnit']
  lang: Lang
}

/** The value of an item in its own unit; a dash where there is none. */
export function valueWords(item: string, value: number | null, { checklist, measurements, areaUnit, lang }: ValueReader): string {
  const found = checklist.items.find(({ id }) => id === item)
  if (value === null || !found) return '—'
  const outcome = measurements.find(({ id }) => id === found.rule?.indicator)?.outcome
  return formatMeasured(value, outcome?.kind === 'value' ? outcome.unit : UNITS[found.unit].base, found.unit, areaUnit, lang)
}

export const levelWords = (level: Level | null): string => (level === null ? '—' : String(level))
