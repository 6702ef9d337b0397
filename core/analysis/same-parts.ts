import type { EvidenceFeature, Measurement } from '../model/measurement.ts'
import type { ResultTable } from '../model/result-table.ts'

/**
 * A measurement whose parts are those of an earlier one wherever they are equal: after an edit nearly all evidence and rows are, and
 * what many states of a plan share is held once.
 */
export function withSameParts(before: Measurement, after: Measurement): Measurement {
  const tables = after.tables && sameTables(before.tables ?? [], after.tables)
  return {
    ...after,
    outcome: either(before.outcome, after.outcome),
    method: either(before.method, after.method),
    parameters: either(before.parameters, after.parameters),
    details: either(before.details, after.details),
    evidence: sameEvidence(before.evidence, after.evidence),
    notes: either(before.notes, after.notes),
    ...(tables ? { tables } : {}),
  }
}

const either = <T>(before: T, after: T): T => (isSame(before, after) ? before : after)

/** Lists are in order of size: what was added or has gone moves the rest by one. */
function sameEvidence(before: readonly EvidenceFeature[], after: readonly EvidenceFeature[]): EvidenceFeature[] {
  let ahead = 0
  return after.map((one, at) => {
    for (const shift of [ahead, ahead + 1, ahead - 1]) {
      const earlier = before[at + shift]
      if (earlier === undefined || earlier.fid !== one.fid || !isSame(earlier, one)) continue
      ahead = shift
      return earlier
    }
    return one
  })
}

const sameTables = (before: readonly ResultTable[], after: readonly ResultTable[]): ResultTable[] =>
  after.map((table) => {
    const earlier = before.find(({ id }) => id === table.id)
    if (!earlier) return table
    const rows = table.rows.map((row, at) => (earlier.rows[at] ? either(earlier.rows[at], row) : row))
    return either(earlier, { ...table, rows })
  })

/** Whether two plain values are equal to the last bit. */
function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one))
    return Array.isArray(other) && one.length === other.length && one.every((each, at) => isSame(each, other[at]))
  if (Object.getPrototypeOf(one) !== Object.prototype || Object.getPrototypeOf(other) !== Object.prototype) return false
  const keys = Object.keys(one)
  if (keys.length !== Object.keys(other).length) return false
  return keys.every((key) => Object.hasOwn(other, key) && isSame((one as Named)[key], (other as Named)[key]))
}

type Named = Readonly<Record<string, unknown>>
