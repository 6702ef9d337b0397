import type { LayerColumns } from '../geo/columns.ts'
import { geometryOf, rootOf } from '../geo/edited.ts'
import { keptByObjects, type KeptByObjects } from '../geo/per-objects.ts'
import { startsOf, type OnLink, type Source } from '../network/attach.ts'
import { NO_GATES, packedGates, PackedByLink, sourcesAt, type Gates } from '../network/packed-sources.ts'
import { NO_OWNER, spread, type Spread } from '../network/spread.ts'
import type { PlanData } from './indicator.ts'
import { parkGates } from './park-gates.ts'
import { pointOf } from './service-places.ts'
import { changedSpread, type SpreadChange } from './spread-change.ts'
import type { WalkRoads } from './walk-roads.ts'

/** Walks along the roads from some places, as far as a limit. */
export interface PlaceSpread {
  roads: WalkRoads
  near: Spread
  onLink: OnLink
  /** Nobody is said to be farther than this, m. */
  limitM: number
  /** The places themselves: whoever stands in one has arrived. */
  places: readonly LayerColumns[]
  /** Which place an owner of the spread is. */
  placeOf(owner: number): { layer: LayerColumns; feature: number } | undefined
}

/** Where places step onto the roads, feature by feature; the very same gates for as long as the feature stays. */
export type PlaceGates = readonly Gates[]

/** Where the places of one layer step onto the roads. */
function gatesOf(plan: PlanData, layer: LayerColumns, roads: WalkRoads): PlaceGates {
  if (layer.kind === 'polygon')
    return parkGates(layer, layer.role === 'green' ? plan.layer('park_entrance') : undefined, roads).ofPark
  return pointGates.of([geometryOf(layer), roads.layer], () =>
    Array.from({ length: layer.count }, (_, feature): Gates => {
      const [x, y] = pointOf(layer, feature) ?? []
      const at = x === undefined || y === undefined ? undefined : roads.attach(x, y)
      return at ? packedGates([at]) : NO_GATES
    }),
  )
}

const pointGates = keptByObjects<PlaceGates>()

/** One memory for every number of layers: keys of one memory are always as many. */
const memories = new Map<number, KeptByObjects<PlaceSpread[]>>()

/**
 * Walks from the features of some layers (points, or polygons that are entered at gates) along the roads of a plan. Found once for as
 * long as places and roads stay; a spread that goes farther answers for a nearer one. After an edit of a single layer of polygons only
 * what lies near the edited places is walked again (`changesOf`).
 */
export function placeSpread(plan: PlanData, places: readonly LayerColumns[], roads: WalkRoads, limitM: number): PlaceSpread {
  const memory = memories.get(places.length) ?? keptByObjects<PlaceSpread[]>()
  memories.set(places.length, memory)
  const gates = places.map((layer) => gatesOf(plan, layer, roads))
  const kept = memory.of([roads.layer, ...gates], () => [])
  const found = kept.find((one) => one.limitM >= limitM)
  if (found) return found
  const made = changedFromLast(places, gates, roads, limitM) ?? wholeSpread(places, gates, roads, limitM)
  kept.push(made)
  return made
}

/** The last spread from a layer of polygons, whatever was edited since: the next is made of it. */
interface Last {
  made: PlaceSpread
  gates: PlaceGates
}

const lasts = keptByObjects<Map<number, Last>>()
const changes = new WeakMap<PlaceSpread, SpreadChange>()

/** From which earlier spread one was made, and what is another since; undefined for one that was made whole. */
export const changesOf = (from: PlaceSpread): SpreadChange | undefined => changes.get(from)

function changedFromLast(
  [layer, ...others]: readonly LayerColumns[],
  [gates]: readonly PlaceGates[],
  roads: WalkRoads,
  limitM: number,
): PlaceSpread | undefined {
  if (!layer || !gates || others.length > 0 || layer.kind !== 'polygon') return undefined
  const byLimit = lasts.of([geometryOf(rootOf(layer)), roads.layer], () => new Map<number, Last>())
  const last = byLimit.get(limitM)
  const change = last && changedSpread(last.made, last.gates, layer, gates)
  const made = change ? spreadOf([layer], [0], roads, limitM, change) : wholeSpread([layer], [gates], roads, limitM)
  if (change) changes.set(made, change)
  if (last) changes.delete(last.made)
  byLimit.set(limitM, { made, gates })
  return made
}

function wholeSpread(
  places: readonly LayerColumns[],
  gates: readonly PlaceGates[],
  roads: WalkRoads,
  limitM: number,
): PlaceSpread {
  const firsts = places.map((_, at) => places.slice(0, at).reduce((sum, { count }) => sum + count, 0))
  const sources = gates.flatMap((ofLayer, at): Source[] =>
    ofLayer.flatMap((own, feature) => sourcesAt(own, feature + (firsts[at] ?? 0))),
  )
  const near = spread(roads.network.graph, startsOf(roads.network, sources), limitM)
  return spreadOf(places, firsts, roads, limitM, { near, onLink: new PackedByLink(sources, roads.network.graph.links) })
}

const spreadOf = (
  places: readonly LayerColumns[],
  firsts: readonly number[],
  roads: WalkRoads,
  limitM: number,
  { near, onLink }: Pick<PlaceSpread, 'near' | 'onLink'>,
): PlaceSpread => ({
  roads,
  near,
  onLink,
  limitM,
  places,
  placeOf(owner) {
    if (owner === NO_OWNER) return undefined
    const at = firsts.findLastIndex((first) => first <= owner)
    const layer = places[at]
    return layer && { layer, feature: owner - (firsts[at] ?? 0) }
  },
})
