import { layerBuilder, type FieldTypes } from '../geo/build.ts'
import { textAt, type LayerColumns } from '../geo/columns.ts'
import { partsOf } from '../geo/edit-layer.ts'
import { featureAreas } from '../geo/feature-areas.ts'
import { shapeCount } from '../geo/edited.ts'
import { chosenLayer } from '../geo/keyed-layer.ts'
import { reachZone } from '../geo/reach-zone.ts'
import type { DistanceMethod } from '../model/measurement.ts'
import type { Role } from '../model/roles.ts'
import { boxOf } from '../network/cell-mask.ts'
import { gatherPairs } from '../opportunity/gather.ts'
import { WALKING } from '../reference/walking.ts'
import type { Bilingual } from '../text.ts'
import { inGroup } from './by-class.ts'
import { countedLayers, sharesWithin, totalOf } from './counted.ts'
import type { PlanData } from './indicator.ts'
import { parksOf, parksOfSize } from './large-parks.ts'
import { metresPerMinute } from './park-walk.ts'
import { placeSpread } from './place-spread.ts'
import { nearestAlong, nearestStraight, type NearestPark, type WayToPark } from './nearest-park.ts'
import { walkRoads } from './walk-roads.ts'
import { shareWithinWalk } from './walk-shares.ts'
import { SMALLEST_PARK, WALK_SPEED } from './walk-speed.ts'

export interface UnservedOptions {
  /** A park farther than this walk is out of reach; 10 unless told. */
  minutes?: number
  speedKmh?: number
  minimumParkM2?: number
  /** Places this near to each other are one cluster; 400 m unless told. */
  clusterWithinM?: number
}

/** A place (a block, a cell, a residential parcel) whose people have no park within the walk. */
export interface UnservedPlace {
  /** Its number in `places`, 1, 2, 3 …: most people first. */
  number: number
  /** Its own feature in the plan. */
  layer: Role
  fid: number
  /** People (m² of housing land where the plan has no people) out of reach, and all who live there. */
  left: number
  all: number
  /** Whether a road passes near enough to judge by; without one nobody is said to be served. */
  isNearRoad: boolean
  /** The nearest park and the walk to it; undefined where no road leads to one. */
  nearest: { layer: Role; fid: number; title: Bilingual; distanceM: number } | undefined
  /** Number of its cluster. */
  cluster: number
}

/** Unserved places that lie together. */
export interface UnservedCluster {
  /** 1, 2, 3 …: most people first. */
  number: number
  left: number
  places: number[]
  /** Of all its places the longest and the shortest walk to a park, m; undefined where none can be walked to. */
  nearestM: number | undefined
  farthestM: number | undefined
  nearest: UnservedPlace['nearest']
  /** Where a label stands, mm of the frame: at the place with most people. */
  middle: [x: number, y: number]
}

/** Who is left out, and where. */
export interface Unserved {
  distance: DistanceMethod
  walkM: number
  /** What is counted: people, or m² of housing land that stand for them. */
  counts: 'persons' | 'housingM2'
  all: number
  served: number
  left: number
  places: UnservedPlace[]
  clusters: UnservedCluster[]
  /** Features parallel to `places`, one layer per kind of geometry; `fid` is the number. Attributes: left, distanceM, cluster. */
  placeLayers: LayerColumns[]
  /** One polygon feature per cluster; `fid` is its number. Attributes: left, places, nearestM, farthestM. */
  clusterLayer: LayerColumns | undefined
}

/** Fewer people than this, or m² of housing, are nobody: they come of rounding. */
const LEAST = { persons: 0.5, housingM2: 1 } as const

/**
 * Who has no park within a walk: every block, cell or residential parcel with the people (or housing land) left out, the nearest park
 * and the way to it, gathered into numbered clusters. Along the roads of the plan where people can walk on any, otherwise straight
 * with a detour. Served and left add up to all. Undefined without parks, or without people and housing land.
 */
export function unserved(plan: PlanData, options: UnservedOptions = {}): Unserved | undefined {
  const { minutes = 10, speedKmh = WALK_SPEED.default, minimumParkM2 = SMALLEST_PARK.default, clusterWithinM = 400 } = options
  const green = parksOf(plan)
  const dwellings = dwellingsOf(plan)
  if (!green || dwellings.parts.length === 0) return undefined
  const walkM = metresPerMinute(speedKmh) * minutes
  const { found, distance } = leftPlaces(plan, dwellings, parksOfSize(plan, green, minimumParkM2), walkM)
  const all = dwellings.parts.reduce((sum, { amounts }) => amounts.reduce((part, amount) => part + amount, sum), 0)
  const left = found.reduce((sum, one) => sum + one.left, 0)
  const members = clustersOf(found, clusterWithinM)
  const clusterAt = new Map(members.flatMap((list, at) => list.map((place) => [place, at + 1] as const)))
  const places = found.map(({ layer, feature, nearest, ...one }, at): UnservedPlace => ({
    number: at + 1,
    layer: layer.role,
    fid: layer.fid[feature] ?? 0,
    left: one.left,
    all: one.all,
    isNearRoad: one.isNearRoad,
    nearest: nearest && named(green.layer, nearest),
    cluster: clusterAt.get(at) ?? 0,
  }))
  const clusters = members.map((list, at) => clusterOf(at + 1, list, places, found))
  return {
    distance,
    walkM,
    counts: dwellings.counts,
    all,
    served: all - left,
    left,
    places,
    clusters,
    placeLayers: placeLayers(found, places),
    clusterLayer: clusterLayer(plan, found, clusters, clusterWithinM),
  }
}

const named = (parks: LayerColumns, { feature, distanceM }: NearestPark): UnservedPlace['nearest'] => {
  const [fid, name] = [parks.fid[feature] ?? 0, textAt(parks, 'name', feature)]
  return { layer: parks.role, fid, title: { zh: name ?? `绿地 ${fid}`, en: name ?? `park ${fid}` }, distanceM }
}

interface Dwellings {
  counts: Unserved['counts']
  /** `ground` has the geometry of those features of `layer` that count. */
  parts: { layer: LayerColumns; ground: LayerColumns; amounts: Float64Array }[]
}

/** People where the plan has them, otherwise the area of housing land. */
function dwellingsOf(plan: PlanData): Dwellings {
  const people = countedLayers(plan, 'population')
  if (totalOf(people) > 0)
    return { counts: 'persons', parts: people.map(({ layer, amounts }) => ({ layer, ground: layer, amounts })) }
  const parcels = plan.layer('landuse_plan')
  const homes = parcels && chosenLayer(parcels, 'residential', inGroup(parcels, 'residential'))
  const parts = parcels && homes && shapeCount(homes) > 0 ? [{ layer: parcels, ground: homes, amounts: featureAreas(homes) }] : []
  return { counts: 'housingM2', parts }
}

interface LeftPlace extends WayToPark {
  layer: LayerColumns
  feature: number
  left: number
  all: number
}

function leftPlaces(
  plan: PlanData,
  { parts, counts }: Dwellings,
  parks: LayerColumns,
  walkM: number,
): { found: LeftPlace[]; distance: DistanceMethod } {
  const roads = walkRoads(plan)
  const from = roads && placeSpread(plan, [parks], roads, Infinity)
  const found = parts.flatMap(({ ground, layer, amounts }) => {
    const shares = from
      ? shareWithinWalk(ground, { from, walkM })
      : sharesWithin(ground, reachZone(plan.geos, parks, walkM / WALKING.detourFactor.value))
    const left = amounts.map((amount, feature) => amount * (1 - (shares[feature] ?? 0)))
    const features = Array.from(left.keys()).filter((feature) => (left[feature] ?? 0) >= LEAST[counts])
    const wayOf = from ? nearestAlong(ground, from, walkM) : nearestStraight(ground, features, parks, walkM)
    return features.map((feature): LeftPlace => ({
      layer,
      feature,
      left: left[feature] ?? 0,
      all: amounts[feature] ?? 0,
      ...wayOf(feature),
    }))
  })
  return { found: found.toSorted((one, other) => other.left - one.left), distance: from ? 'network' : 'detour' }
}

/** Clusters as lists of places (by their order), most people first. */
function clustersOf(found: readonly LeftPlace[], withinM: number): number[][] {
  const [first] = found
  if (!first) return []
  const sumOf = (members: readonly number[]) => members.reduce((sum, at) => sum + (found[at]?.left ?? 0), 0)
  return gatherPairs(
    found.map(({ layer, feature }) => boxOf(layer, [feature])),
    withinM,
  ).toSorted((one, other) => sumOf(other) - sumOf(one))
}

function clusterOf(
  number: number,
  members: readonly number[],
  places: readonly UnservedPlace[],
  found: readonly LeftPlace[],
): UnservedCluster {
  const own = members.flatMap((at) => places[at] ?? [])
  const ways = own.flatMap(({ nearest }) => nearest ?? []).toSorted((one, other) => one.distanceM - other.distanceM)
  const largest = found[members[0] ?? -1]
  const [minX, minY, maxX, maxY] = (largest && boxOf(largest.layer, [largest.feature])) ?? [0, 0, 0, 0]
  return {
    number,
    left: own.reduce((sum, { left }) => sum + left, 0),
    places: own.map((place) => place.number),
    nearestM: ways[0]?.distanceM,
    farthestM: ways.at(-1)?.distanceM,
    nearest: ways[0],
    middle: [(minX + maxX) / 2, (minY + maxY) / 2],
  }
}

const PLACE_FIELDS: FieldTypes = { left: 'number', distanceM: 'number', cluster: 'number', park: 'text' }

function placeLayers(found: readonly LeftPlace[], places: readonly UnservedPlace[]): LayerColumns[] {
  const layers = [...new Set(found.map(({ layer }) => layer))]
  return layers.map((layer) => {
    const head = { role: 'other', name: 'unserved', kind: layer.kind, frame: layer.frame } as const
    const builder = layerBuilder(head, PLACE_FIELDS, 0.001)
    for (const [at, one] of found.entries()) {
      const place = places[at]
      if (one.layer !== layer || !place) continue
      const { number, left, cluster, nearest } = place
      builder.add(number, partsOf(layer, one.feature), { left, distanceM: nearest?.distanceM, cluster, park: nearest?.title.zh })
    }
    return builder.finish('')
  })
}

const CLUSTER_FIELDS: FieldTypes = { left: 'number', places: 'number', nearestM: 'number', farthestM: 'number' }

/** The ground of every cluster: its polygons; around points half of what gathers them. */
function clusterLayer(
  plan: PlanData,
  found: readonly LeftPlace[],
  clusters: readonly UnservedCluster[],
  withinM: number,
): LayerColumns | undefined {
  const frame = found[0]?.layer.frame
  if (!frame) return undefined
  const builder = layerBuilder({ role: 'other', name: 'unserved clusters', kind: 'polygon', frame }, CLUSTER_FIELDS, 0.001)
  for (const { number, left, places, nearestM, farthestM } of clusters) {
    const parts = places.flatMap((place): Float64Array[][] => {
      const { layer, feature } = found[place - 1] ?? {}
      if (!layer || feature === undefined) return []
      return layer.kind === 'polygon' ? loose(partsOf(layer, feature)) : plan.geos.buffer(layer, feature, withinM / 2)
    })
    builder.add(number, plan.geos.uniteParts(parts), { left, places: places.length, nearestM, farthestM })
  }
  return builder.finish('')
}

const loose = (parts: readonly (readonly Int32Array[])[]): Float64Array[][] =>
  parts.map((part) => part.map((ring) => Float64Array.from(ring)))
