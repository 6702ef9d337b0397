import Flatbush from 'flatbush'
import type { LayerColumns } from '../geo/columns.ts'
import { geometryOf, hasShape, perGeometry } from '../geo/edited.ts'
import { boxOfFeature } from '../geo/feature-box.ts'
import { GrowingFloats, GrowingInts } from '../geo/growing.ts'
import { keptByObjects } from '../geo/per-objects.ts'
import type { DistanceMethod } from '../model/measurement.ts'
import { segmentIndex, toSegment } from '../network/walk-network.ts'
import { WALKING } from '../reference/walking.ts'
import type { PlanData } from './indicator.ts'
import { parkGates, type ParkGates } from './park-gates.ts'
import { parkOfPlaces } from './park-walk.ts'
import { alongRoads } from './road-ways.ts'
import { peoplePlaces, walkRoads } from './walk-roads.ts'

/** Every way from a place of people to a park within a limit, one entry per pair, park by park. */
export interface ParkWays {
  /** Index of the place among the places of the layer, of the park, and the walk in metres. */
  from: Int32Array
  to: Int32Array
  cost: Float64Array
  /** 1 for places that stand near enough to a road (all of them without a network). */
  placed: Uint8Array
}

const known = keptByObjects<Map<number, ParkWays>>()
const STRAIGHT = {}

/** Ways of one layer of people; kept for as long as people, parks, entrances and roads stay. */
export function parkWays(
  plan: PlanData,
  people: LayerColumns,
  parks: LayerColumns,
  limitM: number,
): { ways: ParkWays; distance: DistanceMethod; gates: ParkGates | undefined } {
  const roads = walkRoads(plan)
  const gates = roads && parkGates(parks, plan.layer('park_entrance'), roads)
  const byLimit = known.of([geometryOf(people), geometryOf(parks), gates ?? STRAIGHT], () => new Map<number, ParkWays>())
  const ways =
    byLimit.get(limitM) ?? (roads && gates ? alongRoads(people, parks, roads, gates, limitM) : straight(people, parks, limitM))
  byLimit.set(limitM, ways)
  return { ways, distance: roads ? 'network' : 'detour', gates }
}

class WayList {
  readonly from = new GrowingInts()
  readonly to = new GrowingInts()
  readonly cost = new GrowingFloats()
  add(place: number, park: number, metres: number): void {
    this.from.push(place)
    this.to.push(park)
    this.cost.push(metres)
  }
  finish(placed: Uint8Array): ParkWays {
    return { from: this.from.toSharedInts(), to: this.to.toSharedInts(), cost: this.cost.toShared(), placed }
  }
}

const placeIndex = perGeometry((people): Flatbush | null => {
  const { xy, share } = peoplePlaces(people)
  if (share.length === 0) return null
  const index = new Flatbush(share.length)
  for (let place = 0; place < share.length; place += 1) index.add(xy[2 * place] ?? 0, xy[2 * place + 1] ?? 0)
  index.finish()
  return index
})

function straight(people: LayerColumns, parks: LayerColumns, limitM: number): ParkWays {
  const { xy, share } = peoplePlaces(people)
  const index = placeIndex(people)
  const inPark = parkOfPlaces(people, parks)
  const radius = (1000 * limitM) / WALKING.detourFactor.value
  const list = new WayList()
  for (let park = 0; park < parks.count && index; park += 1) {
    if (!hasShape(parks, park)) continue
    const [minX, minY, maxX, maxY] = boxOfFeature(parks, park)
    const toEdge = edgeFinder(parks, park, radius)
    const near = index.search(minX - radius, minY - radius, maxX + radius, maxY + radius).sort((one, other) => one - other)
    for (const place of near) {
      const far = inPark[place] === park ? 0 : toEdge(xy[2 * place] ?? 0, xy[2 * place + 1] ?? 0)
      if (far <= radius) list.add(place, park, (far / 1000) * WALKING.detourFactor.value)
    }
  }
  return list.finish(new Uint8Array(share.length).fill(1))
}

/** Distance in mm from places to the outline of a feature; Infinity beyond a radius. */
function edgeFinder(layer: LayerColumns, feature: number, radius: number): (x: number, y: number) => number {
  const { xy, ringOff, partOff, featureOff } = layer
  const starts: number[] = []
  const end = partOff[featureOff[feature + 1] ?? 0] ?? 0
  for (let ring = partOff[featureOff[feature] ?? 0] ?? 0; ring < end; ring += 1) {
    for (let vertex = ringOff[ring] ?? 0; vertex + 1 < (ringOff[ring + 1] ?? 0); vertex += 1) starts.push(vertex)
  }
  const index = segmentIndex(xy, Uint32Array.from(starts))
  return (x, y) => {
    for (let within = Math.min(50_000, radius); ; within = Math.min(2 * within, radius)) {
      let least = Infinity
      for (const segment of index.search(x - within, y - within, x + within, y + within)) {
        least = Math.min(least, toSegment(xy, starts[segment] ?? 0, x, y).distance)
      }
      if (least <= within || within >= radius) return least
    }
  }
}
