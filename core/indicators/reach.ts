import type { LayerColumns } from '../geo/columns.ts'
import { geometryOf } from '../geo/edited.ts'
import { overlay } from '../geo/overlay.ts'
import type { DistanceMethod } from '../model/measurement.ts'
import type { PlanData } from './indicator.ts'

/** Ground from which a place can be walked to, and how that was told. Its features do not overlap each other. */
export interface Reach {
  zone: LayerColumns
  distance: DistanceMethod
  /** Radius that was drawn, metres; for a network the walk itself. */
  drawnM: number
}

/**
 * The one way to ask what lies within a walk of some places. Whoever knows a street network may answer with `distance: 'network'`;
 * callers only read the zone and say the method on.
 */
export type ReachOf = (plan: PlanData, places: readonly LayerColumns[], walkM: number) => Reach

/** A walk along streets is longer than the straight line by a factor: the circle is drawn that much smaller. */
export const detourReach =
  (factor: number): ReachOf =>
  (plan, places, walkM) => {
    const drawnM = walkM / factor
    return { zone: plan.geos.bufferUnion(places, drawnM), distance: factor === 1 ? 'straight' : 'detour', drawnM }
  }

/** As the crow flies, where a rule means a radius. */
export const straightReach: ReachOf = detourReach(1)

const knownCommon = new WeakMap<object, WeakMap<object, LayerColumns>>()

/** Ground that lies in every one of several zones. Undefined for no zones at all. */
export function commonGround(plan: PlanData, zones: readonly LayerColumns[]): LayerColumns | undefined {
  const [first, ...rest] = zones
  return first && rest.reduce((common, zone) => both(plan, common, zone), first)
}

function both(plan: PlanData, one: LayerColumns, other: LayerColumns): LayerColumns {
  const ofOne = knownCommon.get(geometryOf(one)) ?? new WeakMap<object, LayerColumns>()
  knownCommon.set(geometryOf(one), ofOne)
  const found = ofOne.get(geometryOf(other))
  if (found) return found
  const { layer } = overlay(plan.geos, one, other, 'intersection')
  ofOne.set(geometryOf(other), layer)
  return layer
}
