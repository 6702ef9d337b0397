import type { LayerColumns } from '../geo/columns.ts'
import { geometryOf, hasShape } from '../geo/edited.ts'
import { keptByObjects, type KeptByObjects } from '../geo/per-objects.ts'
import { placesOfPolygon } from '../geo/places-within.ts'
import { shapeIds } from '../geo/shape-ids.ts'
import { OUTSIDE, zoneAt } from '../geo/within.ts'
import { byLink, reached, startsOf, type Attachment, type Source } from '../network/attach.ts'
import { NO_OWNER, spread, type Spread } from '../network/spread.ts'
import { WALKING } from '../reference/walking.ts'
import type { PlanData } from './indicator.ts'
import { parkGates } from './park-gates.ts'
import { pointOf } from './service-places.ts'
import type { WalkRoads } from './walk-roads.ts'

/** Walks along the roads from some places, as far as a limit. */
export interface PlaceSpread {
  roads: WalkRoads
  near: Spread
  onLink: ReadonlyMap<number, readonly Source[]>
  /** Nobody is said to be farther than this, m. */
  limitM: number
  /** The places themselves: whoever stands in one has arrived. */
  places: readonly LayerColumns[]
  /** Which place an owner of the spread is. */
  placeOf(owner: number): { layer: LayerColumns; feature: number } | undefined
}

/** Where the places of one layer step onto the roads; owners are its features. */
function gatesOf(plan: PlanData, layer: LayerColumns, roads: WalkRoads): readonly Source[] {
  if (layer.kind === 'polygon')
    return parkGates(layer, layer.role === 'green' ? plan.layer('park_entrance') : undefined, roads).sources
  return pointGates.of([geometryOf(layer), roads.layer], () =>
    Array.from({ length: layer.count }, (_, feature) => feature).flatMap((owner) => {
      const [x, y] = pointOf(layer, owner) ?? []
      const at = x === undefined || y === undefined ? undefined : roads.attach(x, y)
      return at ? [{ at, owner }] : []
    }),
  )
}

const pointGates = keptByObjects<readonly Source[]>()

/** One memory for every number of layers: keys of one memory are always as many. */
const memories = new Map<number, KeptByObjects<PlaceSpread[]>>()

/**
 * Walks from the features of some layers (points, or polygons that are entered at gates) along the roads of a plan. Found once for as
 * long as places and roads stay; a spread that goes farther answers for a nearer one.
 */
export function placeSpread(plan: PlanData, places: readonly LayerColumns[], roads: WalkRoads, limitM: number): PlaceSpread {
  const memory = memories.get(places.length) ?? keptByObjects<PlaceSpread[]>()
  memories.set(places.length, memory)
  const gates = places.map((layer) => gatesOf(plan, layer, roads))
  const kept = memory.of([roads.layer, ...gates], () => [])
  const found = kept.find((one) => one.limitM >= limitM)
  if (found) return found
  const firsts = places.map((_, at) => places.slice(0, at).reduce((sum, { count }) => sum + count, 0))
  const sources = gates.flatMap((list, at) =>
    list.map(({ at: where, owner }) => ({ at: where, owner: owner + (firsts[at] ?? 0) })),
  )
  const made: PlaceSpread = {
    roads,
    near: spread(roads.network.graph, startsOf(roads.network, sources), limitM),
    onLink: byLink(sources),
    limitM,
    places,
    placeOf(owner) {
      if (owner === NO_OWNER) return undefined
      const at = firsts.findLastIndex((first) => first <= owner)
      const layer = places[at]
      return layer && { layer, feature: owner - (firsts[at] ?? 0) }
    },
  }
  kept.push(made)
  return made
}

/** The places of one feature, and where each steps onto the roads. */
export interface FeaturePlaces {
  /** x, y in whole mm. */
  xy: readonly number[]
  /** Share of the feature that each stands for. */
  share: readonly number[]
  at: readonly (Attachment | undefined)[]
}

const placesKept = keptByObjects<Map<number, FeaturePlaces>>()

/** Even places inside a polygon, or the point itself, on the roads of a plan. Kept shape by shape: an edit costs what was edited. */
export function featurePlaces(layer: LayerColumns, roads: WalkRoads): (feature: number) => FeaturePlaces {
  const byShape = placesKept.of([roads.layer], () => new Map<number, FeaturePlaces>())
  const ids = shapeIds(layer)
  return (feature) => {
    const id = ids[feature] ?? 0
    const found = byShape.get(id) ?? findPlaces(layer, feature, roads)
    byShape.set(id, found)
    return found
  }
}

function findPlaces(layer: LayerColumns, feature: number, roads: WalkRoads): FeaturePlaces {
  if (!hasShape(layer, feature)) return { xy: [], share: [], at: [] }
  const point = pointOf(layer, feature) ?? [0, 0]
  const { xy, share } =
    layer.kind === 'polygon' ? placesOfPolygon(layer, feature, WALKING.sampleSpacingM.value) : { xy: point, share: [1] }
  const whole = xy.map(Math.round)
  return { xy: whole, share, at: share.map((_, place) => roads.attach(whole[2 * place] ?? 0, whole[2 * place + 1] ?? 0)) }
}

const nearestKept = new WeakMap<PlaceSpread, Map<number, Float64Array>>()

/** Walks in m from each place of a feature to the nearest of the places spread from: 0 inside one, Infinity beyond the limit. */
export function walksFrom(layer: LayerColumns, from: PlaceSpread): (feature: number) => Float64Array {
  const byShape = nearestKept.get(from) ?? new Map<number, Float64Array>()
  nearestKept.set(from, byShape)
  const placesOf = featurePlaces(layer, from.roads)
  const ids = shapeIds(layer)
  return (feature) => {
    const id = ids[feature] ?? 0
    const found = byShape.get(id) ?? findWalks(placesOf(feature), from)
    byShape.set(id, found)
    return found
  }
}

function findWalks({ xy, at }: FeaturePlaces, { roads, near, onLink, limitM, places }: PlaceSpread): Float64Array {
  const grounds = places.filter(({ kind }) => kind === 'polygon')
  return Float64Array.from(at, (where, place) => {
    const [x = 0, y = 0] = [xy[2 * place], xy[2 * place + 1]]
    if (grounds.some((ground) => zoneAt(ground, x, y) !== OUTSIDE)) return 0
    return where ? reached(roads.network, near, onLink, where, limitM).distance : Infinity
  })
}
