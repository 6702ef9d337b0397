import type { LayerColumns } from '../geo/columns.ts'
import { geometryOf, rootOf } from '../geo/edited.ts'
import { keptByObjects } from '../geo/per-objects.ts'
import { OUTSIDE } from '../geo/within.ts'
import type { Source } from '../network/attach.ts'
import { alongLink } from '../network/catchments.ts'
import { NO_GATES, sourcesAt, type Gates } from '../network/packed-sources.ts'
import type { ParkGates } from './park-gates.ts'
import { parkOfPlaces } from './park-walk.ts'
import type { ParkWays } from './park-ways.ts'
import { attachedPeople, type WalkRoads } from './walk-roads.ts'

/** Ways to one park: places and metres, those inside it first. */
interface OwnWays {
  from: readonly number[]
  cost: readonly number[]
}

/** The ways that were found last for parks of one root, whatever was edited since, and what they were found from. */
interface LastWays {
  gates: readonly Gates[]
  /** The park that each place lies in. */
  inPark: Int32Array
  ways: ParkWays
  /** Ways to park p are `start[p] … start[p + 1]`. */
  start: Uint32Array
}

const lastWays = keptByObjects<Map<number, LastWays>>()

/** Ways along roads. Parks with other gates than the last time, or other people inside, are walked to anew; all other ways are copied. */
export function alongRoads(
  people: LayerColumns,
  parks: LayerColumns,
  roads: WalkRoads,
  { ofPark: gates }: ParkGates,
  limitM: number,
): ParkWays {
  const inPark = parkOfPlaces(people, parks)
  const byLimit = lastWays.of([geometryOf(people), roads.layer, geometryOf(rootOf(parks))], () => new Map<number, LastWays>())
  const last = byLimit.get(limitM)
  const changed = last ? changedParks(last, gates, inPark) : Array.from(gates.keys())
  const placesIn = placesOf(inPark, new Set(changed))
  const own = changed.map((park) =>
    waysTo(people, roads, sourcesAt(gates[park] ?? NO_GATES, park), placesIn.get(park) ?? NOWHERE, limitM),
  )
  const { start, ...ways } = joinedWays(last, changed, own, gates.length)
  const { link } = attachedPeople(people, roads)
  const placed = new Uint8Array(link.length)
  for (let place = 0; place < placed.length; place += 1) {
    if ((link[place] ?? -1) >= 0 || inPark[place] !== OUTSIDE) placed[place] = 1
  }
  const found = { ...ways, placed }
  byLimit.set(limitM, { gates, inPark, ways: found, start })
  return found
}

/** Ascending. */
function changedParks(last: LastWays, gates: readonly Gates[], inPark: Int32Array): number[] {
  const changed = new Set<number>()
  for (let park = 0; park < gates.length; park += 1) if (last.gates[park] !== gates[park]) changed.add(park)
  for (let place = 0; place < inPark.length; place += 1) {
    const [was, is] = [last.inPark[place] ?? OUTSIDE, inPark[place] ?? OUTSIDE]
    if (was !== is) changed.add(was).add(is)
  }
  changed.delete(OUTSIDE)
  return [...changed].sort((one, other) => one - other)
}

/** The ways to all parks, park by park: runs of unchanged parks from the last time, changed ones between them. */
function joinedWays(
  last: LastWays | undefined,
  changed: readonly number[],
  own: readonly OwnWays[],
  parks: number,
): Omit<ParkWays, 'placed'> & { start: Uint32Array } {
  const start = new Uint32Array(parks + 1)
  const countOf = (park: number) => (last?.start[park + 1] ?? 0) - (last?.start[park] ?? 0)
  for (let park = 0, next = 0; park < parks; park += 1) {
    const isChanged = changed[next] === park
    start[park + 1] = (start[park] ?? 0) + (isChanged ? (own[next]?.from.length ?? 0) : countOf(park))
    if (isChanged) next += 1
  }
  const ways = start[parks] ?? 0
  const from = new Int32Array(new SharedArrayBuffer(4 * ways))
  const to = new Int32Array(new SharedArrayBuffer(4 * ways))
  const cost = new Float64Array(new SharedArrayBuffer(8 * ways))
  let park = 0
  for (const [at, each] of [...changed, parks].entries()) {
    if (last && park < each) {
      const [first, end] = [last.start[park], last.start[each]]
      from.set(last.ways.from.subarray(first, end), start[park])
      to.set(last.ways.to.subarray(first, end), start[park])
      cost.set(last.ways.cost.subarray(first, end), start[park])
    }
    const ownWays = own[at]
    if (!ownWays) continue
    from.set(ownWays.from, start[each])
    to.fill(each, start[each], start[each + 1])
    cost.set(ownWays.cost, start[each])
    park = each + 1
  }
  return { from, to, cost, start }
}

const NOWHERE: readonly never[] = []
const NO_WAYS: OwnWays = { from: NOWHERE, cost: NOWHERE }

/** Ways from all places within a limit to one park: nobody inside it walks at all. */
function waysTo(
  people: LayerColumns,
  roads: WalkRoads,
  gates: readonly Source[],
  inside: readonly number[],
  limitM: number,
): OwnWays {
  if (gates.length + inside.length === 0) return NO_WAYS
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
  return { from, cost }
}

const onLinks = keptByObjects<Map<number, number[]>>()

const placesByLink = (people: LayerColumns, roads: WalkRoads): ReadonlyMap<number, readonly number[]> =>
  onLinks.of([geometryOf(people), roads.layer], () => placesOf(attachedPeople(people, roads).link))

/** Places by a number that each has, of the numbers that are wanted; negative ones are nobody's. */
function placesOf(numbers: Int32Array, wanted?: ReadonlySet<number>): Map<number, number[]> {
  const found = new Map<number, number[]>()
  for (let place = 0; place < numbers.length; place += 1) {
    const number = numbers[place] ?? -1
    if (number < 0 || (wanted && !wanted.has(number))) continue
    const list = found.get(number)
    if (list) list.push(place)
    else found.set(number, [place])
  }
  return found
}
