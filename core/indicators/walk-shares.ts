import type { LayerColumns } from '../geo/columns.ts'
import { geometryOf } from '../geo/edited.ts'
import type { PlaceSpread } from './place-spread.ts'
import { placeWalks, type PlaceWalks } from './place-walks.ts'
import { layerPlaces, NO_LINK, type PlaceColumns } from './walk-places.ts'

/** A walk from some places, and how long it may be, m. */
export interface Walk {
  from: PlaceSpread
  walkM: number
}

const kept = new WeakMap<PlaceSpread, WeakMap<object, Map<number, Float64Array>>>()

/** Of every feature of a layer the share within a walk along the roads, 0 … 1: points whole or not at all, areas by even places. Read only. */
export function shareWithinWalk(layer: LayerColumns, { from, walkM }: Walk): Float64Array {
  const ofLayer = kept.get(from) ?? new WeakMap<object, Map<number, Float64Array>>()
  kept.set(from, ofLayer)
  const byWalk = ofLayer.get(geometryOf(layer)) ?? new Map<number, Float64Array>()
  ofLayer.set(geometryOf(layer), byWalk)
  const found = byWalk.get(walkM) ?? shareWithinAll(layer, [{ from, walkM }])
  byWalk.set(walkM, found)
  return found
}

/** The same for several walks at once: a place counts when it is near enough in every one of them. */
export function shareWithinAll(layer: LayerColumns, walks: readonly Walk[]): Float64Array {
  const [first] = walks
  if (!first) return new Float64Array(layer.count)
  return sharesWhere(layer, first.from, (places) => {
    const each = walks.map(({ from, walkM }) => ({ metres: placeWalks(places, from).metres, walkM }))
    const [only] = each
    if (only && each.length === 1) return (place) => (only.metres[place] ?? Infinity) <= only.walkM
    return (place) => each.every(({ metres, walkM }) => (metres[place] ?? Infinity) <= walkM)
  })
}

const keptPlaced = new WeakMap<PlaceSpread, WeakMap<object, Float64Array>>()

/** Of every feature the share that stands near enough to a road, or in a place itself: of the rest nobody can say how far it walks. Read only. */
export function placedShare(layer: LayerColumns, from: PlaceSpread): Float64Array {
  const ofSpread = keptPlaced.get(from) ?? new WeakMap<object, Float64Array>()
  keptPlaced.set(from, ofSpread)
  const isPlaced = ({ link }: PlaceColumns, { metres }: PlaceWalks) => {
    return (place: number) => link[place] !== NO_LINK || metres[place] === 0
  }
  const found =
    ofSpread.get(geometryOf(layer)) ?? sharesWhere(layer, from, (places) => isPlaced(places, placeWalks(places, from)))
  ofSpread.set(geometryOf(layer), found)
  return found
}

/** Of every feature the sum of the shares of those of its places for which something holds; no more than all of it. */
function sharesWhere(
  layer: LayerColumns,
  { roads }: PlaceSpread,
  testFor: (places: PlaceColumns) => (place: number) => boolean,
): Float64Array {
  const { root, present, of } = layerPlaces(layer, roads)
  const [inRoot, inPresent] = [testFor(root), present && testFor(present)]
  const shares = new Float64Array(layer.count)
  for (let feature = 0; feature < layer.count; feature += 1) {
    const { places, row } = of(feature)
    const holds = places === present && inPresent ? inPresent : inRoot
    let sum = 0
    for (let place = places.offset[row] ?? 0; place < (places.offset[row + 1] ?? 0); place += 1) {
      if (holds(place)) sum += places.share[place] ?? 0
    }
    shares[feature] = Math.min(1, sum)
  }
  return shares
}
