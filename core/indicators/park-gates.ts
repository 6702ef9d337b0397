import type { LayerColumns } from '../geo/columns.ts'
import { geometryOf, hasShape, perGeometry, perLayer, rootOf } from '../geo/edited.ts'
import { nearestFinder } from '../geo/nearest.ts'
import { atPlaces } from '../geo/patched-places.ts'
import { keptByObjects } from '../geo/per-objects.ts'
import { shapeIds } from '../geo/shape-ids.ts'
import { NO_GATES, packedGates, type Gates } from '../network/packed-sources.ts'
import type { Attachment } from '../network/attach.ts'
import { WALKING } from '../reference/walking.ts'
import type { WalkRoads } from './walk-roads.ts'

/** Where people enter parks from the network. */
export interface ParkGates {
  /** Park by park; the very same gates for as long as the park and its entrances stay. */
  ofPark: readonly Gates[]
  /** Parks with drawn entrances, parks whose edge near roads stands for them, and parks far from any road. */
  drawn: number
  byEdge: number
  remote: number
}

const known = keptByObjects<ParkGates>()
const NOBODY = {}
const NO_IDS = new Float64Array(0)

/** What was found the last time for parks of one root, whatever was edited since. */
interface Last {
  ids: Float64Array
  entranceIds: Float64Array
  /** The park of every entrance. */
  parkOf: Int32Array
  own: readonly (OwnGates | undefined)[]
  found: ParkGates
}

type Now = Omit<Last, 'own' | 'found'>

const lasts = keptByObjects<{ last: Last | undefined }>()

/**
 * Gates of a polygon layer of parks: entrances drawn near a park; otherwise points along its edge that touch a road, or, where none
 * does, those that a road can be reached from. Found once for as long as parks, entrances and roads stay, and of an edited layer only
 * for what was edited.
 */
export const parkGates = (parks: LayerColumns, entrances: LayerColumns | undefined, roads: WalkRoads): ParkGates => {
  const points = entrances?.kind === 'point' ? entrances : undefined
  return known.of([geometryOf(parks), points ? geometryOf(points) : NOBODY, roads.layer], () => {
    const roots = [geometryOf(rootOf(parks)), points ? geometryOf(rootOf(points)) : NOBODY, roads.layer]
    const memory = lasts.of(roots, () => ({ last: undefined }))
    const now = {
      ids: shapeIds(parks),
      entranceIds: points ? shapeIds(points) : NO_IDS,
      parkOf: parksOfEntrances(parks, points),
    }
    const anew = parksToFind(parks, now, memory.last)
    const entrancesOf = pointsByPark(points, now.parkOf, anew)
    const own = memory.last ? memory.last.own.slice() : []
    const ofPark = memory.last ? memory.last.found.ofPark.slice() : []
    const { drawn = 0, byEdge = 0, remote = 0 } = memory.last?.found ?? {}
    const counts = { drawn, byEdge, remote }
    const put = (park: number, gates: OwnGates | undefined) => {
      const before = own[park]
      if (before) counts[before.kind] -= 1
      if (gates) counts[gates.kind] += 1
      own[park] = gates
      ofPark[park] = gates?.gates ?? NO_GATES
    }
    for (const park of anew)
      put(park, hasShape(parks, park) ? ownGates(roads, parks, park, entrancesOf.get(park) ?? []) : undefined)
    for (let gone = parks.count; gone < own.length; gone += 1) put(gone, undefined)
    own.length = ofPark.length = parks.count
    const found = { ofPark, ...counts }
    memory.last = { ...now, own, found }
    return found
  })
}

/** Parks that are another shape than the last time, or have other entrances; all of them the first time. Ascending. */
function parksToFind(parks: LayerColumns, now: Now, last: Last | undefined): ReadonlySet<number> {
  const found = new Set<number>()
  const other = last ? parksWithOtherEntrances(last, now) : new Set<number>()
  for (let park = 0; park < parks.count; park += 1) {
    if (last && park < last.ids.length && last.ids[park] === now.ids[park] && !other.has(park)) continue
    found.add(park)
  }
  return found
}

function parksWithOtherEntrances(last: Now, now: Now): Set<number> {
  const parks = new Set<number>()
  for (let entrance = 0; entrance < Math.max(last.parkOf.length, now.parkOf.length); entrance += 1) {
    if (last.parkOf[entrance] === now.parkOf[entrance] && last.entranceIds[entrance] === now.entranceIds[entrance]) continue
    parks.add(last.parkOf[entrance] ?? -1).add(now.parkOf[entrance] ?? -1)
  }
  return parks
}

/** What was found for a park. */
interface OwnGates {
  gates: Gates
  kind: 'drawn' | 'byEdge' | 'remote'
}

function ownGates(roads: WalkRoads, parks: LayerColumns, park: number, entrances: readonly Point[]): OwnGates {
  const drawn = attachedAt(roads, entrances)
  if (drawn.length > 0) return { gates: packedGates(drawn), kind: 'drawn' }
  const gates = packedGates(edgeGates(roads, parks, park))
  return { gates, kind: gates.length > 0 ? 'byEdge' : 'remote' }
}

type Point = readonly [x: number, y: number]

/** The park near enough to each entrance, below 0 where there is none. */
function parksOfEntrances(parks: LayerColumns, entrances: LayerColumns | undefined): Int32Array {
  if (!entrances) return new Int32Array(0)
  const limitM = WALKING.entranceWithinM.value
  const nearestTo = perLayer((layer) => nearestFinder(layer, { limitM, selectTo: (park) => hasShape(layer, park) }))
  return atPlaces(parks, geometryOf(entrances), 'park near an entrance', {
    places: pointsOf(entrances),
    withinMm: 1000 * limitM,
    at: (layer, entrance) => (hasShape(entrances, entrance) ? nearestTo(layer)(entrances, entrance) : -1),
  })
}

/** Where the entrances of some parks are, in the order of their layer; a search for each park would take the square of a city's size. */
function pointsByPark(
  entrances: LayerColumns | undefined,
  parkOf: Int32Array,
  wanted: ReadonlySet<number>,
): Map<number, Point[]> {
  const byPark = new Map<number, Point[]>()
  if (!entrances) return byPark
  const points = pointsOf(entrances)
  for (let entrance = 0; entrance < parkOf.length; entrance += 1) {
    const park = parkOf[entrance] ?? -1
    if (park < 0 || !wanted.has(park)) continue
    const own = byPark.get(park) ?? []
    byPark.set(park, own)
    own.push([points[2 * entrance] ?? 0, points[2 * entrance + 1] ?? 0])
  }
  return byPark
}

/** Where the points of a layer are. */
const pointsOf = perGeometry((layer) => {
  const points = new Float64Array(2 * layer.count)
  for (let feature = 0; feature < layer.count; feature += 1) {
    const vertex = layer.ringOff[layer.partOff[layer.featureOff[feature] ?? 0] ?? 0] ?? 0
    points[2 * feature] = layer.xy[2 * vertex] ?? 0
    points[2 * feature + 1] = layer.xy[2 * vertex + 1] ?? 0
  }
  return points
})

const attachedAt = (roads: WalkRoads, points: readonly Point[]): Attachment[] =>
  points.flatMap(([x, y]) => roads.attach(x, y) ?? [])

function edgeGates(roads: WalkRoads, parks: LayerColumns, park: number): Attachment[] {
  const all = attachedAt(roads, alongEdge(parks, park))
  const touching = all.filter(({ offM }) => offM <= WALKING.edgeToRoadM.value)
  return touching.length > 0 ? touching : all
}

/** Points along the outer edges of a park at even steps, from its first corner on. */
function alongEdge({ xy, ringOff, partOff, featureOff }: LayerColumns, park: number): Point[] {
  const stepMm = 1000 * WALKING.edgeSpacingM.value
  const points: Point[] = []
  for (let part = featureOff[park] ?? 0; part < (featureOff[park + 1] ?? 0); part += 1) {
    const shell = partOff[part] ?? 0
    let since = Infinity
    for (let at = 2 * (ringOff[shell] ?? 0); at + 2 < 2 * (ringOff[shell + 1] ?? 0); at += 2) {
      const [ax = 0, ay = 0, bx = 0, by = 0] = [xy[at], xy[at + 1], xy[at + 2], xy[at + 3]]
      const length = Math.hypot(bx - ax, by - ay)
      for (let along = Math.max(0, stepMm - since); along < length; along += stepMm) {
        points.push([ax + ((bx - ax) * along) / length, ay + ((by - ay) * along) / length])
        since = -along
      }
      since += length
    }
  }
  return points
}
