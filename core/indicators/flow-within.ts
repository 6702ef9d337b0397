import type { LayerColumns } from '../geo/columns.ts'
import { editedOf, geometryOf, rootOf } from '../geo/edited.ts'
import { featureAreas } from '../geo/feature-areas.ts'
import { overlapTable } from '../geo/overlap-table.ts'
import { tripleOverlapM2 } from '../geo/triple-overlap.ts'
import { landUnder } from './b02-tables.ts'
import { flowOfPlanParcels, wantedPairs, type WantsFlow } from './land-transition.ts'

/** Below this a parcel counts as wholly inside or outside: what rounding to millimetres may cost along its edge. */
const ROUNDING_M2 = 0.5

/** A flow of land by planned parcel, m², and the part of it that lies in a zone. */
export interface FlowWithin {
  flowM2: Float64Array
  withinM2: Float64Array
}

/**
 * How much of a flow of land lies within the polygons of a zone, parcel by parcel. Exact: parcels that lie wholly on one side, or
 * that take part as a whole, need overlap tables only; for the few that the zone's edge cuts and that take part in pieces, base
 * parcel, planned parcel and zone are measured together.
 */
export function flowWithin(base: LayerColumns, planned: LayerColumns, zone: LayerColumns, wants: WantsFlow): FlowWithin {
  const flowM2 = flowOfPlanParcels(base, planned, wants)
  const insideM2 = landUnder(planned, zone)
  const ownM2 = featureAreas(planned)
  const withinM2 = new Float64Array(planned.count)
  const cut = new Uint8Array(planned.count)
  let isAnyCut = false
  for (let parcel = 0; parcel < planned.count; parcel += 1) {
    const flow = flowM2[parcel] ?? 0
    const inside = insideM2[parcel] ?? 0
    if (flow === 0 || inside <= ROUNDING_M2) continue
    const own = ownM2[parcel] ?? 0
    if (inside >= own - ROUNDING_M2) withinM2[parcel] = flow
    else if (flow >= own - ROUNDING_M2) withinM2[parcel] = Math.min(flow, inside)
    else {
      cut[parcel] = 1
      isAnyCut = true
    }
  }
  if (isAnyCut) addCutParcels(base, planned, zone, wants, cut, withinM2)
  for (let parcel = 0; parcel < planned.count; parcel += 1) {
    if ((withinM2[parcel] ?? 0) > (flowM2[parcel] ?? 0)) withinM2[parcel] = flowM2[parcel] ?? 0
  }
  return { flowM2, withinM2 }
}

function addCutParcels(
  base: LayerColumns,
  planned: LayerColumns,
  zone: LayerColumns,
  wants: WantsFlow,
  cut: Uint8Array,
  withinM2: Float64Array,
): void {
  const { offset, partner } = overlapTable(base, planned)
  const isWanted = wantedPairs(base, planned, wants)
  const common = commonGround(base, planned, zone)
  for (let before = 0; before < base.count; before += 1) {
    for (let pair = offset[before] ?? 0; pair < (offset[before + 1] ?? 0); pair += 1) {
      const after = partner[pair] ?? 0
      if (cut[after] === 1 && isWanted(before, after)) withinM2[after] = (withinM2[after] ?? 0) + common(before, after)
    }
  }
}

const known = new WeakMap<object, WeakMap<object, WeakMap<object, Map<number, number>>>>()
/** Parcels per layer that a pair's key can tell apart. */
const MOST_PARCELS = 2 ** 26

/**
 * Ground that a base parcel, a planned parcel and the zone share, m². Kept by geometry, so that after an edit of the plan only the
 * edited parcels are measured again.
 */
function commonGround(base: LayerColumns, planned: LayerColumns, zone: LayerColumns): (before: number, after: number) => number {
  const { offset, partner } = overlapTable(planned, zone)
  const kept = memoOf(base, rootOf(planned), zone)
  const edited = editedOf(planned)
  const measure = (before: number, after: number) => {
    let sum = 0
    for (let pair = offset[after] ?? 0; pair < (offset[after + 1] ?? 0); pair += 1) {
      sum += tripleOverlapM2(planned, after, base, before, zone, partner[pair] ?? 0)
    }
    return sum
  }
  return (before, after) => {
    if (edited?.placeOf.has(after)) return measure(before, after)
    const key = before * MOST_PARCELS + after
    const found = kept.get(key) ?? measure(before, after)
    kept.set(key, found)
    return found
  }
}

function memoOf(base: LayerColumns, planned: LayerColumns, zone: LayerColumns): Map<number, number> {
  const ofBase = known.get(geometryOf(base)) ?? new WeakMap<object, WeakMap<object, Map<number, number>>>()
  known.set(geometryOf(base), ofBase)
  const ofPlanned = ofBase.get(geometryOf(planned)) ?? new WeakMap<object, Map<number, number>>()
  ofBase.set(geometryOf(planned), ofPlanned)
  const kept = ofPlanned.get(geometryOf(zone)) ?? new Map<number, number>()
  ofPlanned.set(geometryOf(zone), kept)
  return kept
}
