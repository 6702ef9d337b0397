import type { LayerColumns } from './columns.ts'
import type { Geos } from './geos.ts'
import { featureAreaM2 } from './measure.ts'
import { areasWithin, overlapAreas } from './overlay-area.ts'

export type Chosen = (feature: number, layer: LayerColumns) => boolean

/** Overlap of two features below this comes of rounding along a shared edge; a thousand such pairs add up to a square metre. */
const ROUNDING_M2 = 1e-3

/** What a feature is to the whole: counted as it is, united with what it overlaps, or adding nothing to what covers it. */
const COUNTED = 1
const UNITED = 2
const COVERED = 3

/**
 * Area in m² of a zone that is covered by any chosen feature of several polygon layers, overlaps counted once. Exact like a union,
 * but only features that really overlap are united: parcels that merely touch, which are nearly all, are added up, and a feature
 * that lies within others (the same park drawn in two layers) is left out. The zone's features must not overlap.
 */
export function coveredAreaM2(geos: Geos, layers: readonly LayerColumns[], chosen: Chosen, zone: LayerColumns): number {
  const states = new Map<LayerColumns, Uint8Array>()
  for (const layer of layers) states.set(layer, statesOf(layer, states, chosen))
  let areaM2 = 0
  for (const [layer, state] of states) {
    areaM2 += sum(areasWithin(layer, zone, { a: (feature) => state[feature] === COUNTED }))
  }
  const overlapping = layers.filter((layer) => states.get(layer)?.includes(UNITED))
  if (overlapping.length === 0) return areaM2
  const united = geos.union(overlapping, (feature, layer) => states.get(layer)?.[feature] === UNITED)
  return areaM2 + sum(areasWithin(united, zone))
}

/** Sorts the features of one layer, and moves those of earlier layers that they overlap to the united ones. */
function statesOf(layer: LayerColumns, earlier: ReadonlyMap<LayerColumns, Uint8Array>, chosen: Chosen): Uint8Array {
  const state = Uint8Array.from({ length: layer.count }, (_, feature) => (chosen(feature, layer) ? COUNTED : 0))
  const select = (feature: number) => state[feature] !== 0
  const overlapping = new Set<number>()
  const note = (one: number, other: number, areaM2: number) => {
    if (one !== other && areaM2 > ROUNDING_M2) overlapping.add(one).add(other)
  }
  overlapAreas(layer, layer, note, { a: select, b: select })
  const coveredM2 = new Float64Array(layer.count)
  const met: { feature: number; state: Uint8Array; below: number }[] = []
  for (const [other, below] of earlier) {
    const meet = (feature: number, under: number, areaM2: number) => {
      if (areaM2 <= ROUNDING_M2) return
      met.push({ feature, state: below, below: under })
      if (below[under] === COUNTED) coveredM2[feature] = (coveredM2[feature] ?? 0) + areaM2
    }
    overlapAreas(layer, other, meet, { a: select, b: (feature) => below[feature] === COUNTED || below[feature] === UNITED })
  }
  for (const feature of overlapping) state[feature] = UNITED
  for (const { feature, state: belowState, below } of met) {
    const isCovered = (coveredM2[feature] ?? 0) >= featureAreaM2(layer, feature) - ROUNDING_M2
    state[feature] = isCovered ? COVERED : UNITED
    if (!isCovered) belowState[below] = UNITED
  }
  return state
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0)
