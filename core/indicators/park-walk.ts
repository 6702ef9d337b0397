import type { LayerColumns } from '../geo/columns.ts'
import { geometryOf, hasShape } from '../geo/edited.ts'
import { keptByObjects } from '../geo/per-objects.ts'
import { placesOfPolygon } from '../geo/places-within.ts'
import { reachZone } from '../geo/reach-zone.ts'
import { shapeIds } from '../geo/shape-ids.ts'
import { OUTSIDE, zoneAt } from '../geo/within.ts'
import type { DistanceMethod } from '../model/measurement.ts'
import { byLink, reached, startsOf, type Source } from '../network/attach.ts'
import { spread, type Spread } from '../network/spread.ts'
import { WALKING } from '../reference/walking.ts'
import type { Bilingual } from '../text.ts'
import { countedLayers, sharesWithin, type CountedLayer } from './counted.ts'
import type { PlanData } from './indicator.ts'
import { parkGates, type ParkGates } from './park-gates.ts'
import { attachedPeople, peoplePlaces, walkRoads, type WalkRoads } from './walk-roads.ts'

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
 * Walks to the nearest park, along the roads of the plan where it draws any, otherwise straight with a detour. `limitM` is the
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
  const gates = parkGates(parks, plan.layer('park_entrance'), roads)
  const people = counted.map((one): PeopleWalk => {
    const { nearestM, placed, shares } = walkOf(one.layer, parks, roads, gates, limitM)
    const within = (walkM: number) => {
      const found = shares.get(walkM) ?? sharesOf(one.layer, nearestM, walkM)
      shares.set(walkM, found)
      return found
    }
    return { ...one, within, placed }
  })
  return { distance: 'network', people, gates }
}

interface Walk {
  /** From each place of the people to the nearest park, m; Infinity beyond the limit. */
  nearestM: Float64Array
  placed: Float64Array
  shares: Map<number, Float64Array>
}

const known = keptByObjects<Map<number, Walk>>()

function walkOf(people: LayerColumns, parks: LayerColumns, roads: WalkRoads, gates: ParkGates, limitM: number): Walk {
  const byLimit = known.of([geometryOf(people), geometryOf(parks), gates], () => new Map<number, Walk>())
  const found = byLimit.get(limitM) ?? findWalk(people, parks, roads, gates, limitM)
  byLimit.set(limitM, found)
  return found
}

interface Spreading {
  near: Spread
  onLink: ReadonlyMap<number, readonly Source[]>
}

const spreads = keptByObjects<Map<number, Spreading>>()

/** How far every node is from the nearest gate; found once for as long as the gates stay. */
function spreadOf({ network, layer }: WalkRoads, gates: ParkGates, limitM: number): Spreading {
  const byLimit = spreads.of([layer, gates], () => new Map<number, Spreading>())
  const found = byLimit.get(limitM) ?? {
    near: spread(network.graph, startsOf(network, gates.sources), limitM),
    onLink: byLink(gates.sources),
  }
  byLimit.set(limitM, found)
  return found
}

const landShares = keptByObjects<Map<number, Map<number, number>>>()

/**
 * Of every feature of a polygon layer (homes) the share within a walk of some parks, along the roads of the plan; undefined where
 * it draws none. Kept shape by shape, so that an edited parcel costs one parcel.
 */
export function landWithinWalk(plan: PlanData, land: LayerColumns, parks: LayerColumns, walkM: number): Float64Array | undefined {
  const roads = walkRoads(plan)
  if (!roads) return undefined
  const gates = parkGates(parks, plan.layer('park_entrance'), roads)
  const byWalk = landShares.of([geometryOf(parks), gates], () => new Map<number, Map<number, number>>())
  const byShape = byWalk.get(walkM) ?? new Map<number, number>()
  byWalk.set(walkM, byShape)
  const ids = shapeIds(land)
  return Float64Array.from({ length: land.count }, (_, feature) => {
    if (!hasShape(land, feature)) return 0
    const id = ids[feature] ?? 0
    const share = byShape.get(id) ?? shareOfLand(land, feature, parks, roads, spreadOf(roads, gates, walkM), walkM)
    byShape.set(id, share)
    return share
  })
}

function shareOfLand(
  land: LayerColumns,
  feature: number,
  parks: LayerColumns,
  roads: WalkRoads,
  { near, onLink }: Spreading,
  walkM: number,
): number {
  const { xy, share } = placesOfPolygon(land, feature, WALKING.sampleSpacingM.value)
  let inReach = 0
  for (const [place, part] of share.entries()) {
    const [x, y] = [Math.round(xy[2 * place] ?? 0), Math.round(xy[2 * place + 1] ?? 0)]
    const at = roads.attach(x, y)
    const isNear = at !== undefined && reached(roads.network, near, onLink, at, walkM).distance <= walkM
    if (isNear || zoneAt(parks, x, y) !== OUTSIDE) inReach += part
  }
  return Math.min(1, inReach)
}

function findWalk(people: LayerColumns, parks: LayerColumns, roads: WalkRoads, gates: ParkGates, limitM: number): Walk {
  const { near, onLink } = spreadOf(roads, gates, limitM)
  const { network } = roads
  const attached = attachedPeople(people, roads)
  const { offset, share } = peoplePlaces(people)
  const inPark = parkOfPlaces(people, parks)
  const nearestM = Float64Array.from(share, (_, place) => {
    if (inPark[place] !== OUTSIDE) return 0
    const link = attached.link[place] ?? -1
    if (link < 0) return Infinity
    const at = { link, share: attached.share[place] ?? 0, offM: attached.offM[place] ?? 0 }
    return reached(network, near, onLink, at, limitM).distance
  })
  const placed = new Float64Array(people.count)
  for (let feature = 0; feature < people.count; feature += 1) {
    for (let place = offset[feature] ?? 0; place < (offset[feature + 1] ?? 0); place += 1) {
      const isPlaced = (attached.link[place] ?? -1) >= 0 || inPark[place] !== OUTSIDE
      if (isPlaced) placed[feature] = Math.min(1, (placed[feature] ?? 0) + (share[place] ?? 0))
    }
  }
  return { nearestM, placed, shares: new Map() }
}

const knownInside = keptByObjects<Int32Array>()

/** The park that each place of people stands in, or `OUTSIDE`. */
export const parkOfPlaces = (people: LayerColumns, parks: LayerColumns): Int32Array =>
  knownInside.of([geometryOf(people), geometryOf(parks)], () => {
    const { xy, share } = peoplePlaces(people)
    return Int32Array.from(share, (_, place) => zoneAt(parks, Math.round(xy[2 * place] ?? 0), Math.round(xy[2 * place + 1] ?? 0)))
  })

function sharesOf(people: LayerColumns, nearestM: Float64Array, walkM: number): Float64Array {
  const { offset, share } = peoplePlaces(people)
  const shares = new Float64Array(people.count)
  for (let feature = 0; feature < people.count; feature += 1) {
    for (let place = offset[feature] ?? 0; place < (offset[feature + 1] ?? 0); place += 1) {
      if ((nearestM[place] ?? Infinity) <= walkM) shares[feature] = Math.min(1, (shares[feature] ?? 0) + (share[place] ?? 0))
    }
  }
  return shares
}

/** How walks were measured, as part of a method sentence. */
export const walkWords = (distance: DistanceMethod): Bilingual =>
  distance === 'network'
    ? {
        zh: '沿路网步行（道路端点相接，立体交叉不连通；公园以出入口为起点，没有出入口的以临路边界点代替；人口面按内部均匀取点分摊）',
        en: 'walks along the road network (roads meet at shared ends only; from park entrances, or points of the edge near roads where none is drawn; population polygons by even places inside)',
      }
    : {
        zh: `没有路网，按直线距离 × ${WALKING.detourFactor.value} 估算（人口面按面积比例分摊，人口点整点计入）`,
        en: `there is no road network: straight line × ${WALKING.detourFactor.value} (population polygons by area share, points whole)`,
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
