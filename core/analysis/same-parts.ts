import type { EvidenceFeature, Measurement } from '../model/measurement.ts'
import type { ResultTable } from '../model/result-table.ts'
import { definedOnly } from '../without.ts'

/**
 * A measurement whose parts are those of an earlier one wherever they are equal: after an edit nearly all evidence and rows are, and
 * what many states of a plan share is held once.
 */
export function withSameParts(before: Measurement, after: Measurement): Measurement {
  const tables = after.tables && sameList(before.tables ?? [], sameTables(before.tables ?? [], after.tables))
  return {
    ...after,
    outcome: either(before.outcome, after.outcome),
    method: either(before.method, after.method),
    parameters: either(before.parameters, after.parameters),
    details: either(before.details, after.details),
    evidence: sameList(before.evidence, sameEvidence(before.evidence, after.evidence)),
    notes: either(before.notes, after.notes),
    ...(tables ? { tables } : {}),
  }
}

/** The earlier list where it holds the very same things. */
const sameList = <T>(before: T[], after: T[]): T[] =>
  before.length === after.length && after.every((one, at) => one === before[at]) ? before : after

/** The parts of a measurement that are not the very same as those of the one before; what it no longer has is undefined. */
export type ChangedParts = Pick<Measurement, 'id'> & { [part in keyof Measurement]?: Measurement[part] | undefined }

/** What has to be told of a measurement to somebody who knows the one before: `withChangedParts` makes it whole again. */
export function changedParts(before: Measurement, after: Measurement): ChangedParts {
  const parts = Object.keys({ ...before, ...after }) as (keyof Measurement)[]
  const changed = parts.filter((part) => before[part] !== after[part]).map((part) => [part, after[part]])
  return { ...Object.fromEntries(changed), id: after.id }
}

/** The measurement that `changedParts` was told of. */
export const withChangedParts = (before: Measurement, changed: ChangedParts): Measurement =>
  definedOnly({ ...before, ...changed })

const either = <T>(before: T, after: T): T => (isSame(before, after) ? before : after)

/** Lists are in order of size: what was added or has gone moves the rest by one. */
function sameEvidence(before: readonly EvidenceFeature[], after: readonly EvidenceFeature[]): EvidenceFeature[] {
  let ahead = 0
  return after.map((one, at) => {
    for (const shift of [ahead, ahead + 1, ahead - 1]) {
      const earlier = before[at + shift]
      // Nearly always the value alone tells: what differs in it needs no look at its words.
      if (earlier === undefined || earlier.fid !== one.fid || !Object.is(earlier.value, one.value) || !isSame(earlier, one))
        continue
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
  let keys = 0
  for (const key in one) {
    if (!Object.hasOwn(other, key) || !isSame((one as Named)[key], (other as Named)[key])) return false
    keys += 1
  }
  return keys === Object.keys(other).length
}

type Named = Readonly<Record<string, unknown>>
