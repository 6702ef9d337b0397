import type { LayerColumns } from '../geo/columns.ts'
import { atPlaces } from '../geo/patched-places.ts'
import { reachZone } from '../geo/reach-zone.ts'
import { zoneAt } from '../geo/within.ts'
import { geometryOf } from '../geo/edited.ts'
import type { DistanceMethod } from '../model/measurement.ts'
import { WALKING } from '../reference/walking.ts'
import type { Bilingual } from '../text.ts'
import { countedLayers, sharesWithin, type CountedLayer } from './counted.ts'
import type { PlanData } from './indicator.ts'
import { parkGates, type ParkGates } from './park-gates.ts'
import { placeSpread } from './place-spread.ts'
import { peoplePlaces, walkRoads } from './walk-roads.ts'
import { placedShare, shareWithinWalk } from './walk-shares.ts'

/** People and how much of each feature can walk to a park. */
export interface PeopleWalk extends CountedLayer {
  /** Share of each feature within a walk, 0 … 1. Read only. */
  within: (walkM: number) => Float64Array
  /** Share of each feature that stands near enough to a road; 1 without a network. */
  placed: Float64Array
}

/** Walks of all people of a plan to the nearest of some parks. */
export interface ParkWalk {
  distance: DistanceMethod
  people: PeopleWalk[]
  gates?: ParkGates
}

/** Metres per minute at a speed in km/h. */
export const metresPerMinute = (speedKmh: number): number => (speedKmh * 1000) / 60

/**
 * Walks to the nearest park, along the roads of the plan where people can walk on any, otherwise straight with a detour. `limitM` is the
 * longest walk that will be asked for. Folds what is remembered for as long as parks, entrances, roads and people stay.
 */
export function parkWalk(plan: PlanData, parks: LayerColumns, limitM: number): ParkWalk {
  const roads = walkRoads(plan)
  const counted = countedLayers(plan, 'population')
  if (!roads) {
    const people = counted.map((one): PeopleWalk => ({
      ...one,
      within: (walkM) => sharesWithin(one.layer, reachZone(plan.geos, parks, walkM / WALKING.detourFactor.value)),
      placed: new Float64Array(one.layer.count).fill(1),
    }))
    return { distance: 'detour', people }
  }
  const from = placeSpread(plan, [parks], roads, limitM)
  const people = counted.map((one): PeopleWalk => ({
    ...one,
    within: (walkM) => shareWithinWalk(one.layer, { from, walkM }),
    placed: placedShare(one.layer, from),
  }))
  return { distance: 'network', people, gates: parkGates(parks, plan.layer('park_entrance'), roads) }
}

/**
 * Of every feature of a polygon layer (homes) the share within a walk of some parks, along the roads of the plan; undefined where
 * people can walk on none. Kept shape by shape, so that an edited parcel costs one parcel.
 */
export function landWithinWalk(plan: PlanData, land: LayerColumns, parks: LayerColumns, walkM: number): Float64Array | undefined {
  const roads = walkRoads(plan)
  return roads && shareWithinWalk(land, { from: placeSpread(plan, [parks], roads, walkM), walkM })
}

/** The park that each place of people stands in, or `OUTSIDE`. */
export function parkOfPlaces(people: LayerColumns, parks: LayerColumns): Int32Array {
  const { xy } = peoplePlaces(people)
  const at = (layer: LayerColumns, place: number) =>
    zoneAt(layer, Math.round(xy[2 * place] ?? 0), Math.round(xy[2 * place + 1] ?? 0))
  return atPlaces(parks, geometryOf(people), 'park around people', { places: xy, withinMm: 1, at })
}

/** How walks were measured, as part of a method sentence. */
export const walkWords = (distance: DistanceMethod): Bilingual =>
  distance === 'network'
    ? {
        zh: '沿路网步行（道路端点相接，立体交叉不连通；公园以出入口为起点，没有出入口的以临路边界点代替；人口面按内部均匀取点分摊）',
        en: 'walks along the road network (roads meet at shared ends only; from park entrances, or points of the edge near roads where none is drawn; population polygons by even places inside)',
      }
    : {
        zh: `没有可步行的路网，按直线距离 × ${WALKING.detourFactor.value} 估算（人口面按面积比例分摊，人口点整点计入）`,
        en: `there are no roads to walk along: straight line × ${WALKING.detourFactor.value} (population polygons by area share, points whole)`,
      }

/** Parks whose gates had to be guessed, for `quality.proxies`. */
export const gateProxies = (gates: ParkGates | undefined): Bilingual[] =>
  gates && gates.byEdge + gates.remote > 0
    ? [
        {
          zh: `${gates.byEdge} 处公园没有出入口数据，以临路边界点代替；${gates.remote} 处附近没有道路`,
          en: `${gates.byEdge} parks have no drawn entrance: points of their edge near roads stand for it; ${gates.remote} have no road near`,
        },
      ]
    : []
