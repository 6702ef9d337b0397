import type { Measurement } from '../model/measurement.ts'
import type { Role } from '../model/roles.ts'
import type { Candidate, Change, ChangeSize } from './change.ts'
import type { Gain } from './result.ts'

/** At most so many of those who gain are listed. */
const MOST_GAINS = 100

/** The value of a measurement, where it has one. */
export const valueOf = ({ outcome }: Measurement): number | undefined => (outcome.kind === 'value' ? outcome.value : undefined)

/** Sizes of changes added up, unit by unit, in the order in which they occur. */
export function sizeTotals(changes: readonly Pick<Change, 'size'>[]): ChangeSize[] {
  const totals = new Map<ChangeSize['unit'], number>()
  for (const { size } of changes) totals.set(size.unit, (totals.get(size.unit) ?? 0) + size.value)
  return [...totals].map(([unit, value]) => ({ unit, value }))
}

/** Leaves out candidates that reshape, re-code or delete a feature that an earlier one edits: they could not both be made. */
export function withoutClashes(candidates: readonly Candidate[]): Candidate[] {
  const taken = new Set<string>()
  return candidates.filter(({ edits }) => {
    const names = edits.flatMap((edit) =>
      edit.change === 'add' ? [] : [`${edit.role} ${edit.kind ?? ''} ${edit.source ?? 0} ${edit.fid}`],
    )
    if (names.some((name) => taken.has(name))) return false
    names.forEach((name) => taken.add(name))
    return true
  })
}

/**
 * Who lacks less than before, by the evidence of two measurements. A feature that is no longer named lacks nothing, unless the later list
 * was cut off: then it lacks at most what the last one listed does, and that is said.
 */
export function gainsOf(before: Measurement, after: Measurement): { gains: Gain[]; gainedFeatures: number } {
  const isCut = after.evidenceTotal > after.evidence.length
  const least = isCut ? (after.evidence.at(-1)?.value ?? 0) : 0
  const now = new Map(after.evidence.map(({ layer, fid, value }) => [`${layer} ${fid}`, value ?? 0]))
  const gains = before.evidence
    .map(({ layer, fid, value = 0 }) => ({
      layer: layer as Role,
      fid,
      before: value,
      after: now.get(`${layer} ${fid}`) ?? Math.min(value, least),
    }))
    .filter((one) => one.before - one.after > 1e-6 * Math.max(1, one.before))
    .toSorted((one, other) => other.before - other.after - (one.before - one.after))
  return { gains: gains.slice(0, MOST_GAINS), gainedFeatures: gains.length }
}
