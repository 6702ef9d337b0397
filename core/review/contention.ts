import type { Checklist } from '../checklist/schema.ts'
import type { Measurement } from '../model/measurement.ts'
import type { Disagreement } from './consensus.ts'

/** A feature that proves items on which the experts differ. */
export interface ContestedFeature {
  /** Role of its layer, as evidence names it. */
  layer: string
  fid: number
  /** Points of the total at stake, summed over the items that it proves. */
  points: number
  /** Those items, most at stake first. */
  items: string[]
}

/**
 * Where on the map the experts' disagreement lies: the evidence of every item that they judge differently, with the points at stake
 * summed per feature. Most contested first; equal ones by layer and number. Items that are judged without a measurement, and those
 * on which nobody differs, have no place.
 */
export function contention(
  standings: readonly Disagreement[],
  checklist: Pick<Checklist, 'items'>,
  measurements: readonly Measurement[],
): ContestedFeature[] {
  const evidence = new Map(measurements.map(({ id, evidence: features }) => [id, features]))
  const indicators = new Map(checklist.items.map(({ id, rule }) => [id, rule?.indicator]))
  const features = new Map<string, ContestedFeature>()
  for (const { item, pointsAtStake } of standings.toSorted((a, b) => b.pointsAtStake - a.pointsAtStake)) {
    if (pointsAtStake === 0) continue
    // An indicator may name a feature twice (two faults of it): it is still one place of this item.
    const seen = new Set<string>()
    for (const { layer, fid } of evidence.get(indicators.get(item) ?? '') ?? []) {
      const key = `${layer}/${fid}`
      if (seen.has(key)) continue
      seen.add(key)
      const found = features.get(key) ?? { layer, fid, points: 0, items: [] }
      features.set(key, { ...found, points: found.points + pointsAtStake, items: [...found.items, item] })
    }
  }
  return [...features.values()].toSorted((a, b) => b.points - a.points || a.layer.localeCompare(b.layer) || a.fid - b.fid)
}
