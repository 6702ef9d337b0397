import type { LayerColumns } from '../geo/columns.ts'
import { geometryOf } from '../geo/edited.ts'
import { overlay } from '../geo/overlay.ts'
import { partsMeeting } from '../geo/prepared.ts'
import type { DistanceMethod } from '../model/measurement.ts'
import { WALKING } from '../reference/walking.ts'
import type { Bilingual } from '../text.ts'
import { sharesWithin } from './counted.ts'
import type { PlanData } from './indicator.ts'
import { placeSpread } from './place-spread.ts'
import { walkRoads } from './walk-roads.ts'
import { shareWithinAll, shareWithinWalk, type Walk } from './walk-shares.ts'

/** From where a place can be walked to, and how that was told. */
export interface Reach {
  /** Of every feature of a layer the share within reach, 0 … 1: points whole or not at all, areas by area (by even places on a network). */
  sharesOf(layer: LayerColumns): Float64Array
  distance: DistanceMethod
  /** Radius that was drawn, metres; for a network the walk itself. */
  drawnM: number
  /** The ground within reach, as features that do not overlap each other; only drawn when it is asked for. Not on a network. */
  zone?: () => LayerColumns
  /** The walk itself, on a network. */
  walk?: Walk
}

/** The one way to ask what lies within a walk of some places: callers ask for shares and say the method on. */
export type ReachOf = (plan: PlanData, places: readonly LayerColumns[], walkM: number) => Reach

/** A reach whose ground can be drawn. */
export type DrawnReach = Reach & Required<Pick<Reach, 'zone'>>

/** A walk along streets is longer than the straight line by a factor: the circle is drawn that much smaller. */
export const detourReach =
  (factor: number) =>
  (plan: PlanData, places: readonly LayerColumns[], walkM: number): DrawnReach => {
    const drawnM = walkM / factor
    const zone = () => plan.geos.bufferUnion(places, drawnM)
    const arePoints = places.every(({ kind }) => kind === 'point')
    const sharesOf = (layer: LayerColumns) =>
      arePoints && layer.kind === 'point' ? nearAny(layer, places, drawnM) : sharesWithin(layer, zone())
    return { sharesOf, zone, distance: factor === 1 ? 'straight' : 'detour', drawnM }
  }

/** As the crow flies, where a rule means a radius. */
export const straightReach = detourReach(1)

/** Along the roads of the plan where people can walk on any; otherwise circles of walk ÷ detour factor, and `distance` says so. */
export const walkReach =
  (detourFactor: number): ReachOf =>
  (plan, places, walkM) => {
    const roads = walkRoads(plan)
    if (!roads) return detourReach(detourFactor)(plan, places, walkM)
    const walk: Walk = { from: placeSpread(plan, places, roads, walkM), walkM }
    return { sharesOf: (layer) => shareWithinWalk(layer, walk), distance: 'network', drawnM: walkM, walk }
  }

/** How distances were measured, for a method sentence. */
export const REACH_WORDS: Record<DistanceMethod, Bilingual> = {
  straight: { zh: '直线', en: 'straight line' },
  network: {
    zh: '沿路网步行；道路端点相接，立体交叉不连通；面按内部均匀取点',
    en: 'walks along the roads, which meet at shared ends only; polygons by even places inside',
  },
  detour: {
    zh: `没有可步行的路网，按直线距离 × ${WALKING.detourFactor.value} 估算`,
    en: `no roads to walk along: straight line × ${WALKING.detourFactor.value}`,
  },
}

/** Of every feature the share within all of several reaches: a place must be near to each of them. All of it for none at all. */
export function sharesWithinAll(plan: PlanData, reaches: readonly Reach[], layer: LayerColumns): Float64Array {
  const walks = reaches.flatMap(({ walk }) => walk ?? [])
  if (walks.length === reaches.length && walks.length > 0) return shareWithinAll(layer, walks)
  if (layer.kind === 'point')
    return reaches.reduce((shares, reach) => {
      const own = reach.sharesOf(layer)
      return shares.map((share, feature) => share * (own[feature] ?? 0))
    }, new Float64Array(layer.count).fill(1))
  const common = commonGround(
    plan,
    reaches.flatMap(({ zone }) => zone?.() ?? []),
  )
  return common ? sharesWithin(layer, common) : new Float64Array(layer.count)
}

const knownNear = new WeakMap<object, WeakMap<object, Map<number, Float64Array>>>()

/** 1 for every point within a distance of any place, by exact distance: no circles are drawn. */
function nearAny(layer: LayerColumns, places: readonly LayerColumns[], distanceM: number): Float64Array {
  const ofLayer = knownNear.get(geometryOf(layer)) ?? new WeakMap<object, Map<number, Float64Array>>()
  knownNear.set(geometryOf(layer), ofLayer)
  const each = places.map((place) => {
    const ofPlace = ofLayer.get(geometryOf(place)) ?? new Map<number, Float64Array>()
    ofLayer.set(geometryOf(place), ofPlace)
    const near = ofPlace.get(distanceM) ?? pointsNear(layer, place, distanceM)
    ofPlace.set(distanceM, near)
    return near
  })
  const [first = new Float64Array(layer.count), ...rest] = each
  return rest.reduce((any, near) => any.map((is, point) => Math.max(is, near[point] ?? 0)), first)
}

function pointsNear(layer: LayerColumns, place: LayerColumns, distanceM: number): Float64Array {
  const reachMm = distanceM * 1000
  const near = new Float64Array(layer.count)
  for (let feature = 0; feature < layer.count; feature += 1) {
    for (let part = layer.featureOff[feature] ?? 0; part < (layer.featureOff[feature + 1] ?? 0); part += 1) {
      const [x, y] = [layer.partBox[4 * part] ?? 0, layer.partBox[4 * part + 1] ?? 0]
      for (const other of partsMeeting(place, x - reachMm, y - reachMm, x + reachMm, y + reachMm)) {
        const [dx, dy] = [(place.partBox[4 * other] ?? 0) - x, (place.partBox[4 * other + 1] ?? 0) - y]
        if (dx * dx + dy * dy <= reachMm * reachMm) near[feature] = 1
      }
    }
  }
  return near
}

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
