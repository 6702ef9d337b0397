import type { LayerColumns } from '../geo/columns.ts'
import { geometryOf, hasShape } from '../geo/edited.ts'
import { nearest } from '../geo/nearest.ts'
import { keptByObjects } from '../geo/per-objects.ts'
import type { Source } from '../network/attach.ts'
import { WALKING } from '../reference/walking.ts'
import type { WalkRoads } from './walk-roads.ts'

/** Where people enter parks from the network. */
export interface ParkGates {
  /** Owner of each is the index of its park. */
  sources: readonly Source[]
  /** Parks with drawn entrances, parks whose edge near roads stands for them, and parks far from any road. */
  drawn: number
  byEdge: number
  remote: number
}

const known = keptByObjects<ParkGates>()
const NONE = {}

/**
 * Gates of a polygon layer of parks: entrances drawn near a park; otherwise points along its edge that touch a road, or, where none
 * does, those that a road can be reached from. Found once for as long as parks, entrances and roads stay.
 */
export const parkGates = (parks: LayerColumns, entrances: LayerColumns | undefined, roads: WalkRoads): ParkGates =>
  known.of([geometryOf(parks), entrances ? geometryOf(entrances) : NONE, roads.layer], () => {
    const entrancesOf = entrancesByPark(parks, entrances)
    const gates = { sources: [] as Source[], drawn: 0, byEdge: 0, remote: 0 }
    for (let park = 0; park < parks.count; park += 1) {
      if (!hasShape(parks, park)) continue
      const atEntrances = attachedAt(roads, entrancesOf.get(park) ?? [], park)
      const found = atEntrances.length > 0 ? atEntrances : edgeGates(roads, parks, park)
      if (atEntrances.length > 0) gates.drawn += 1
      else if (found.length > 0) gates.byEdge += 1
      else gates.remote += 1
      gates.sources.push(...found)
    }
    return gates
  })

type Point = readonly [x: number, y: number]

function entrancesByPark(parks: LayerColumns, entrances: LayerColumns | undefined): Map<number, Point[]> {
  const of = new Map<number, Point[]>()
  if (!entrances || entrances.kind !== 'point') return of
  const { neighbour } = nearest(entrances, parks, {
    limitM: WALKING.entranceWithinM.value,
    selectTo: (park) => hasShape(parks, park),
  })
  for (const [entrance, park] of neighbour.entries()) {
    if (park < 0 || !hasShape(entrances, entrance)) continue
    const vertex = entrances.ringOff[entrances.partOff[entrances.featureOff[entrance] ?? 0] ?? 0] ?? 0
    of.set(park, [...(of.get(park) ?? []), [entrances.xy[2 * vertex] ?? 0, entrances.xy[2 * vertex + 1] ?? 0]])
  }
  return of
}

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
