import Flatbush from 'flatbush'
import type { LayerColumns } from '../geo/columns.ts'
import { geometryOf, hasShape, perGeometry } from '../geo/edited.ts'
import { boxOfFeature } from '../geo/feature-box.ts'
import { GrowingFloats, GrowingInts } from '../geo/growing.ts'
import { keptByObjects } from '../geo/per-objects.ts'
import { OUTSIDE } from '../geo/within.ts'
import type { DistanceMethod } from '../model/measurement.ts'
import type { Source } from '../network/attach.ts'
import { alongLink } from '../network/catchments.ts'
import { segmentIndex, toSegment } from '../network/walk-network.ts'
import { WALKING } from '../reference/walking.ts'
import type { PlanData } from './indicator.ts'
import { parkGates, type ParkGates } from './park-gates.ts'
import { parkOfPlaces } from './park-walk.ts'
import { attachedPeople, peoplePlaces, walkRoads, type WalkRoads } from './walk-roads.ts'

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
  addAll(places: Int32Array, park: number, metres: Float64Array): void {
    for (let at = 0; at < places.length; at += 1) this.add(places[at] ?? 0, park, metres[at] ?? 0)
  }
  finish(placed: Uint8Array): ParkWays {
    return { from: this.from.toSharedInts(), to: this.to.toSharedInts(), cost: this.cost.toShared(), placed }
  }
}

/** Ways to one park: places and metres, those inside it first. */
interface OwnWays {
  inside: readonly number[]
  from: Int32Array
  cost: Float64Array
}

/** By people, roads and the gates of a park, which are another list when they or the park are edited. */
const waysKept = keptByObjects<Map<number, OwnWays>>()

function alongRoads(
  people: LayerColumns,
  parks: LayerColumns,
  roads: WalkRoads,
  { ofPark }: ParkGates,
  limitM: number,
): ParkWays {
  const attached = attachedPeople(people, roads)
  const inPark = parkOfPlaces(people, parks)
  const placesIn = byNumber(inPark)
  const list = new WayList()
  for (let park = 0; park < parks.count; park += 1) {
    const inside = placesIn.get(park) ?? NOWHERE
    const gates = ofPark[park] ?? NOWHERE
    if (inside.length + gates.length === 0) continue
    const byLimit = waysKept.of([geometryOf(people), roads.layer, gates], () => new Map<number, OwnWays>())
    const kept = byLimit.get(limitM)
    const ways = kept && isSameList(kept.inside, inside) ? kept : waysTo(people, roads, gates, inside, limitM)
    if (gates.length > 0) byLimit.set(limitM, ways)
    list.addAll(ways.from, park, ways.cost)
  }
  return list.finish(Uint8Array.from(attached.link, (link, place) => (link >= 0 || inPark[place] !== OUTSIDE ? 1 : 0)))
}

const NOWHERE: readonly never[] = []

const isSameList = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((each, at) => each === other[at])

/** Ways from all places within a limit to one park: nobody inside it walks at all. */
function waysTo(
  people: LayerColumns,
  roads: WalkRoads,
  gates: readonly Source[],
  inside: readonly number[],
  limitM: number,
): OwnWays {
  const attached = attachedPeople(people, roads)
  const placesOn = placesByLink(people, roads)
  const isInside = new Set(inside)
  const from = [...inside]
  const cost = inside.map(() => 0)
  roads.search(gates, limitM, (link, first, second, onLink) => {
    for (const place of placesOn.get(link) ?? NOWHERE) {
      if (isInside.has(place)) continue
      const at = { share: attached.share[place] ?? 0, offM: attached.offM[place] ?? 0 }
      const metres = alongLink(roads.network, link, at, first, second, onLink)
      if (metres > limitM) continue
      from.push(place)
      cost.push(metres)
    }
  })
  return { inside, from: Int32Array.from(from), cost: Float64Array.from(cost) }
}

const onLinks = keptByObjects<Map<number, number[]>>()

const placesByLink = (people: LayerColumns, roads: WalkRoads): ReadonlyMap<number, readonly number[]> =>
  onLinks.of([geometryOf(people), roads.layer], () => byNumber(attachedPeople(people, roads).link))

/** Places by a number that each has; negative ones are nobody's. */
function byNumber(numbers: Int32Array): Map<number, number[]> {
  const found = new Map<number, number[]>()
  for (let place = 0; place < numbers.length; place += 1) {
    const number = numbers[place] ?? -1
    if (number < 0) continue
    const list = found.get(number)
    if (list) list.push(place)
    else found.set(number, [place])
  }
  return found
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
