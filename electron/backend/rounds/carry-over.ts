import type { Checklist } from '#core/checklist/schema.ts'
import type { LayerId } from '#core/model/ids.ts'
import type { EvidenceFeature, Measurement } from '#core/model/measurement.ts'
import { isVector, type Layer } from '#core/model/plan.ts'
import type { FeatureRef, FollowedFeature } from '#core/plan-diff/result.ts'
import { carryClassNow, carryFinding } from '#core/review/carry.ts'
import type { Finding } from '#core/review/finding.ts'
import type { Mark } from '#core/review/mark.ts'
import type { CarriedPair } from '#core/review/rounds-guard.ts'
import { isStillEvidence } from '#core/review/rounds-place.ts'

/** One side of a round as far as findings are concerned. */
export interface RoundSide {
  layers: readonly Layer[]
  measurements: readonly Measurement[]
  checklist: Checklist
}

/** The stored features that evidence names; a role may be of several layers. */
export const refsOf = (evidence: readonly EvidenceFeature[], layers: readonly Layer[]): FeatureRef[] =>
  evidence.flatMap(({ layer: role, fid }) =>
    layers.filter((layer) => layer.role === role && isVector(layer)).map(({ id }) => ({ layerId: id, fid })),
  )

const keyOf = ({ layerId, fid }: FeatureRef): string => `${layerId}/${fid}`

const measuredFor = ({ checklist, measurements }: RoundSide, item: string | null): Measurement | undefined => {
  const indicator = checklist.items.find(({ id }) => id === item)?.rule?.indicator
  return measurements.find(({ id }) => id === indicator)
}

/** Findings as they enter the next round: their features followed, their marks moved, their complaint looked for again. */
export function carryOver(
  findings: readonly { finding: Finding; mark?: { moved: Mark; changedShare: number } }[],
  followed: readonly FollowedFeature[],
  sides: { before: RoundSide; after: RoundSide },
  round: number,
): Omit<Finding, 'id' | 'reviewId'>[] {
  const fates = new Map(followed.map((one) => [keyOf(one.before), one]))
  const roles = new Map<LayerId, string>(sides.after.layers.map(({ id, role }) => [id, role]))
  const roleOf = (layerId: LayerId): string => roles.get(layerId) ?? 'other'
  return findings.map(({ finding, mark }) => {
    const mine = refsOf(finding.evidence, sides.before.layers).flatMap((ref) => fates.get(keyOf(ref)) ?? [])
    const places = mine
      .flatMap(({ after, onItsGround }) => (after === null ? onItsGround.map((one) => one.after) : [after]))
      .map(({ layerId, fid }) => ({ layer: roleOf(layerId), fid }))
    const fate = {
      followed: mine,
      changedShare: mark?.changedShare ?? null,
      isStillEvidence: isStillEvidence(
        { places: finding.evidence, measurement: measuredFor(sides.before, finding.item) },
        { places, measurement: measuredFor(sides.after, finding.item) },
      ),
    }
    const moved = mark === undefined ? finding : { ...finding, mark: mark.moved }
    return carryFinding(moved, fate, roleOf, round)
  })
}

/** Carried findings with their class as the measurements of both plans tell it now. */
export function classedNow(pairs: readonly CarriedPair[], sides: { before: RoundSide; after: RoundSide }): Map<string, Finding> {
  return new Map(
    pairs.flatMap(({ now, earlier }) => {
      if (now.carried === undefined) return []
      const still = isStillEvidence(
        { places: earlier.evidence, measurement: measuredFor(sides.before, earlier.item) },
        { places: now.evidence, measurement: measuredFor(sides.after, now.item) },
      )
      return [[now.id, { ...now, carried: { ...now.carried, class: carryClassNow(now.carried, still) } }] as const]
    }),
  )
}
