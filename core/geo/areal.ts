import { numberAt, type LayerColumns } from './columns.ts'
import { hasShape } from './edited.ts'
import { featureAreas } from './feature-areas.ts'
import { tableAreasWithin } from './overlap-table.ts'
import { OUTSIDE, zoneOfPoints } from './within.ts'

/** How much of a counted quantity lies in a zone. */
export interface Apportioned {
  total: number
  within: number
  /** For every feature the share of it inside the zone, 0 … 1. */
  shares: Float64Array
  /** Features without a number, which are left out of both sums. */
  uncounted: number
}

/**
 * Apportions a counted attribute (persons, jobs) to a zone. Polygons by areal weighting: each is taken as evenly filled, so it
 * gives the share of its area inside; points count whole where the zone holds them. The zone's features must not overlap.
 */
export function apportion(layer: LayerColumns, field: string, zone: LayerColumns): Apportioned {
  const shares = layer.kind === 'point' ? pointShares(layer, zone) : areaShares(layer, zone)
  let total = 0
  let within = 0
  let uncounted = 0
  for (let feature = 0; feature < layer.count; feature += 1) {
    const amount = numberAt(layer, field, feature)
    if (amount === undefined) {
      if (hasShape(layer, feature)) uncounted += 1
      continue
    }
    total += amount
    within += amount * (shares[feature] ?? 0)
  }
  return { total, within, shares, uncounted }
}

/** Sum of a number attribute over a layer and how many features have none. */
export function sumOf(layer: LayerColumns, field: string): { total: number; uncounted: number } {
  let total = 0
  let uncounted = 0
  for (let feature = 0; feature < layer.count; feature += 1) {
    const amount = numberAt(layer, field, feature)
    if (amount !== undefined) total += amount
    else if (hasShape(layer, feature)) uncounted += 1
  }
  return { total, uncounted }
}

const pointShares = (layer: LayerColumns, zone: LayerColumns): Float64Array =>
  Float64Array.from(zoneOfPoints(layer, zone), (owner) => (owner === OUTSIDE ? 0 : 1))

function areaShares(layer: LayerColumns, zone: LayerColumns): Float64Array {
  const areas = featureAreas(layer)
  return tableAreasWithin(layer, zone).map((withinM2, feature) => {
    const areaM2 = areas[feature] ?? 0
    return areaM2 > 0 ? Math.min(1, withinM2 / areaM2) : 0
  })
}
