import type { AttributeValue } from './condition.ts'

/** What a column comes to; figures only where its values are numbers. */
export interface ColumnTally {
  rows: number
  missing: number
  unique: number
  sum: number | null
  mean: number | null
  min: AttributeValue
  max: AttributeValue
  /** The most frequent values, the most frequent first; of equal ones the smaller. */
  values: { value: AttributeValue; count: number }[]
}

/**
 * Takes the values of a column one by one. Sums carry what rounding loses along (Neumaier), so that they do not depend on how rows are ordered
 * beyond the last digit.
 */
export function columnTally(isNumber: boolean, mostValues: number) {
  const counts = new Map<AttributeValue, number>()
  let [rows, missing, sum, lost] = [0, 0, 0, 0]
  let [min, max] = [Infinity, -Infinity]
  return {
    add(value: AttributeValue): void {
      rows += 1
      counts.set(value, (counts.get(value) ?? 0) + 1)
      if (value === null) missing += 1
      else if (isNumber) {
        const number = Number(value)
        const next = sum + number
        lost += Math.abs(sum) >= Math.abs(number) ? sum - next + number : number - next + sum
        sum = next
        if (number < min) min = number
        if (number > max) max = number
      }
    },
    result(): ColumnTally {
      const known = rows - missing
      const hasFigures = isNumber && known > 0
      return {
        rows,
        missing,
        unique: counts.size - (counts.has(null) ? 1 : 0),
        sum: hasFigures ? sum + lost : null,
        mean: hasFigures ? (sum + lost) / known : null,
        min: hasFigures ? min : null,
        max: hasFigures ? max : null,
        values: mostFrequent(counts, mostValues),
      }
    },
  }
}

/** Without sorting a million values of which each is there once: only what can still be among the first is compared. */
function mostFrequent(counts: ReadonlyMap<AttributeValue, number>, most: number): ColumnTally['values'] {
  const kept: ColumnTally['values'] = []
  const isBefore = (a: ColumnTally['values'][number], b: ColumnTally['values'][number]) =>
    a.count !== b.count ? a.count > b.count : isSmaller(a.value, b.value)
  for (const [value, count] of counts) {
    const one = { value, count }
    const last = kept.at(-1)
    if (kept.length >= most && last && !isBefore(one, last)) continue
    let at = kept.length
    while (at > 0 && isBefore(one, kept[at - 1] ?? one)) at--
    kept.splice(at, 0, one)
    if (kept.length > most) kept.pop()
  }
  return kept
}

/** No value before numbers, numbers before words. */
function isSmaller(one: AttributeValue, other: AttributeValue): boolean {
  const rank = (value: AttributeValue) => (value === null ? 0 : typeof value === 'number' ? 1 : 2)
  return rank(one) !== rank(other) ? rank(one) < rank(other) : one !== null && other !== null && one < other
}
