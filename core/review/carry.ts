import type { FeatureRef, FollowedFeature } from '../plan-diff/result.ts'
import type { Carried, Finding } from './finding.ts'
import type { CarryClass } from './round.ts'
import { without } from '../without.ts'

/** What is known of a finding's place and complaint in the resubmitted plan. */
export interface Fate {
  /** What became of the features that it names; those of layers that were not submitted again are missing. */
  followed: readonly FollowedFeature[]
  /** Share of the drawn place whose ground changed, 0 … 1; null without a drawing. */
  changedShare: number | null
  /** Whether the item's measurement of the new plan still names one of these places; null where it cannot be told. */
  isStillEvidence: boolean | null
}

/**
 * How a finding fared: gone with its features; perhaps fixed, when what proved it no longer does; moved; edited; unchanged. The
 * strongest that holds for any of its features is said, because a reviewer must look at it. A finding without a place is unchanged.
 */
export function carryClass({ followed, changedShare, isStillEvidence }: Fate): CarryClass {
  if (followed.length > 0 && followed.every(({ after, onItsGround }) => after === null && onItsGround.length === 0))
    return 'deleted'
  if (isStillEvidence === false) return 'perhaps-fixed'
  if (followed.some(({ kind }) => kind === 'moved')) return 'moved'
  if (followed.some(({ kind }) => kind !== 'unchanged')) return 'edited'
  return changedShare !== null && changedShare > 0 ? 'edited' : 'unchanged'
}

/**
 * A finding as it enters the next round: same number, words, status and author; evidence under the ids of the new plan, on the same
 * ground where a feature was split or replaced.
 * @param roleOf the role that a layer's evidence is named by
 * @param round the number of the round that the finding was made in
 */
export function carryFinding(
  finding: Finding,
  fate: Fate,
  roleOf: (layerId: FeatureRef['layerId']) => string,
  round: number,
): Omit<Finding, 'id' | 'reviewId'> {
  const overlaps = fate.followed.flatMap(({ overlap }) => (overlap === null ? [0] : [overlap]))
  const moved = fate.followed.flatMap(({ movedM }) => (movedM === null ? [] : [movedM]))
  const [kind, placeClass] = [carryClass(fate), carryClass({ ...fate, isStillEvidence: null })]
  const carried: Carried = {
    from: finding.id,
    firstRound: finding.carried?.firstRound ?? round,
    class: kind,
    ...(placeClass === kind ? {} : { placeClass }),
    overlapShare: overlaps.length === 0 ? null : Math.min(...overlaps),
    movedM: moved.length === 0 ? null : Math.max(...moved),
  }
  const places = fate.followed.flatMap(({ after, onItsGround }) =>
    after === null ? onItsGround.map((one) => one.after) : [after],
  )
  const evidence = places.map(({ layerId, fid }) => ({ layer: roleOf(layerId), fid }))
  return { ...without(finding, 'id', 'reviewId'), evidence, carried }
}

/**
 * The class by what is measured now: plans are often analysed after findings were brought over, or again by another version. Where
 * nothing can be told any more, what was written down then holds.
 * @param isStillEvidence as in `Fate`, of the measurements that are stored now
 */
export function carryClassNow(carried: Carried, isStillEvidence: boolean | null): CarryClass {
  if (isStillEvidence === null) return carried.class
  // Written before places were kept apart: a place that moved says so itself, any other has to be looked at.
  const older = carried.movedM !== null && carried.movedM > 0 ? 'moved' : 'edited'
  const place = carried.placeClass ?? (carried.class === 'perhaps-fixed' ? older : carried.class)
  return place === 'deleted' || isStillEvidence ? place : 'perhaps-fixed'
}
