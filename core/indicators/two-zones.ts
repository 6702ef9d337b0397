import type { LayerColumns } from '../geo/columns.ts'
import { geometryOf } from '../geo/edited.ts'
import { featureAreas } from '../geo/feature-areas.ts'
import { overlapTable, tableAreasWithin } from '../geo/overlap-table.ts'
import { keptByObjects } from '../geo/per-objects.ts'
import { shapeIds } from '../geo/shape-ids.ts'
import { tripleOverlapM2 } from '../geo/triple-overlap.ts'

/** A parcel inside a zone but for this much is inside: what is left comes of rounding. */
const ROUNDING_M2 = 1e-3

const known = keptByObjects<Map<number, number>>()

/**
 * Of every feature the area (m²) that lies in both of two zones, exact. Neither zone overlaps itself. Only features that both zones
 * cut are looked at closer, and each shape once.
 */
export function withinBoth(layer: LayerColumns, one: LayerColumns, other: LayerColumns): Float64Array {
  const [inOne, inOther] = [tableAreasWithin(layer, one), tableAreasWithin(layer, other)]
  const areas = featureAreas(layer)
  const ids = shapeIds(layer)
  const common = known.of([geometryOf(one), geometryOf(other)], () => new Map<number, number>())
  return areas.map((areaM2, feature) => {
    const [first, second] = [inOne[feature] ?? 0, inOther[feature] ?? 0]
    if (first === 0 || second === 0) return 0
    if (Math.max(first, second) >= areaM2 - ROUNDING_M2) return Math.min(first, second)
    const id = ids[feature] ?? 0
    const both = common.get(id) ?? commonM2(layer, feature, one, other)
    common.set(id, both)
    return both
  })
}

/** The area inside at least one of two zones, which may overlap each other. */
export function withinEither(layer: LayerColumns, one: LayerColumns, other: LayerColumns): Float64Array {
  const [inOne, inOther] = [tableAreasWithin(layer, one), tableAreasWithin(layer, other)]
  const both = withinBoth(layer, one, other)
  return featureAreas(layer).map((areaM2, feature) =>
    Math.min(areaM2, (inOne[feature] ?? 0) + (inOther[feature] ?? 0) - (both[feature] ?? 0)),
  )
}

function commonM2(layer: LayerColumns, feature: number, one: LayerColumns, other: LayerColumns): number {
  const [first, second] = [overlapTable(layer, one), overlapTable(layer, other)]
  let sum = 0
  for (let i = first.offset[feature] ?? 0; i < (first.offset[feature + 1] ?? 0); i += 1) {
    for (let j = second.offset[feature] ?? 0; j < (second.offset[feature + 1] ?? 0); j += 1) {
      sum += tripleOverlapM2(layer, feature, one, first.partner[i] ?? 0, other, second.partner[j] ?? 0)
    }
  }
  return sum
}
