import type { LayerColumns } from '../geo/columns.ts'
import { geometryOf, hasShape, perGeometry, perLayer } from '../geo/edited.ts'
import { nearestFinder } from '../geo/nearest.ts'
import { atPlaces } from '../geo/patched-places.ts'
import { keptByObjects } from '../geo/per-objects.ts'
import { shapeIds } from '../geo/shape-ids.ts'
import type { Source } from '../network/attach.ts'
import { WALKING } from '../reference/walking.ts'
import type { WalkRoads } from './walk-roads.ts'

/** Where people enter parks from the network. */
export interface ParkGates {
  /** Owner of each is the index of its park. */
  sources: readonly Source[]
  /** The same park by park; the very same list for as long as the park and its entrances stay. */
  ofPark: readonly (readonly Source[])[]
  /** Parks with drawn entrances, parks whose edge near roads stands for them, and parks far from any road. */
  drawn: number
  byEdge: number
  remote: number
}

const known = keptByObjects<ParkGates>()
const NOBODY = {}

/**
 * Gates of a polygon layer of parks: entrances drawn near a park; otherwise points along its edge that touch a road, or, where none
 * does, those that a road can be reached from. Found once for as long as parks, entrances and roads stay, and of an edited layer only
 * for what was edited.
 */
export const parkGates = (parks: LayerColumns, entrances: LayerColumns | undefined, roads: WalkRoads): ParkGates =>
  known.of([geometryOf(parks), entrances ? geometryOf(entrances) : NOBODY, roads.layer], () => {
    const entrancesOf = entrancesByPark(parks, entrances)
    const kept = gatesKept.of([roads.layer], () => new Map<number, OwnGates>())
    const ids = shapeIds(parks)
    const counts = { drawn: 0, byEdge: 0, remote: 0 }
    const ofPark = Array.from({ length: parks.count }, (_, park): readonly Source[] => {
      if (!hasShape(parks, park)) return NO_SOURCES
      const own = entrancesOf.get(park) ?? NO_ENTRANCES
      const before = kept.get(ids[park] ?? 0)
      const gates = before?.park === park && isSame(before.entrances, own) ? before : ownGates(roads, parks, park, own)
      kept.set(ids[park] ?? 0, gates)
      counts[gates.kind] += 1
      return gates.sources
    })
    return { sources: ofPark.flat(), ofPark, ...counts }
  })

const NO_SOURCES: readonly Source[] = []
const NO_ENTRANCES: readonly Entrance[] = []

const isSame = (one: readonly Entrance[], other: readonly Entrance[]): boolean =>
  one.length === other.length && one.every(({ id }, at) => id === other[at]?.id)

/** What was found for a park, and what from. */
interface OwnGates {
  park: number
  entrances: readonly Entrance[]
  sources: readonly Source[]
  kind: 'drawn' | 'byEdge' | 'remote'
}

/** Gates of single parks by their shape. */
const gatesKept = keptByObjects<Map<number, OwnGates>>()

function ownGates(roads: WalkRoads, parks: LayerColumns, park: number, entrances: readonly Entrance[]): OwnGates {
  const drawn = attachedAt(
    roads,
    entrances.map(({ at }) => at),
    park,
  )
  if (drawn.length > 0) return { park, entrances, sources: drawn, kind: 'drawn' }
  const sources = edgeGates(roads, parks, park)
  return { park, entrances, sources, kind: sources.length > 0 ? 'byEdge' : 'remote' }
}

type Point = readonly [x: number, y: number]

interface Entrance {
  /** Names its geometry. */
  id: number
  at: Point
}

function entrancesByPark(parks: LayerColumns, entrances: LayerColumns | undefined): Map<number, Entrance[]> {
  const of = new Map<number, Entrance[]>()
  if (!entrances || entrances.kind !== 'point') return of
  const limitM = WALKING.entranceWithinM.value
  const points = pointsOf(entrances)
  const nearestTo = perLayer((layer) => nearestFinder(layer, { limitM, selectTo: (park) => hasShape(layer, park) }))
  const parkOf = atPlaces(parks, geometryOf(entrances), 'park near an entrance', {
    places: points,
    withinMm: 1000 * limitM,
    at: (layer, entrance) => nearestTo(layer)(entrances, entrance),
  })
  const ids = shapeIds(entrances)
  for (const [entrance, park] of parkOf.entries()) {
    if (park < 0 || !hasShape(entrances, entrance)) continue
    const own = of.get(park) ?? []
    own.push({ id: ids[entrance] ?? 0, at: [points[2 * entrance] ?? 0, points[2 * entrance + 1] ?? 0] })
    of.set(park, own)
  }
  return of
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

const attachedAt = (roads: WalkRoads, points: readonly Point[], owner: number): Source[] =>
  points.flatMap(([x, y]) => {
    const at = roads.attach(x, y)
    return at ? [{ at, owner }] : []
  })

function edgeGates(roads: WalkRoads, parks: LayerColumns, park: number): Source[] {
  const all = attachedAt(roads, alongEdge(parks, park), park)
  const touching = all.filter(({ at }) => at.offM <= WALKING.edgeToRoadM.value)
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
