import type { LayerColumns } from '../geo/columns.ts'
import { hasShape } from '../geo/edited.ts'
import { featurePlaces, walksFrom, type PlaceSpread } from './place-spread.ts'

/** A walk from some places, and how long it may be, m. */
export interface Walk {
  from: PlaceSpread
  walkM: number
}

const kept = new WeakMap<PlaceSpread, WeakMap<LayerColumns, Map<number, Float64Array>>>()

/** Of every feature of a layer the share within a walk along the roads, 0 … 1: points whole or not at all, areas by even places. Read only. */
export function shareWithinWalk(layer: LayerColumns, { from, walkM }: Walk): Float64Array {
  const ofLayer = kept.get(from) ?? new WeakMap<LayerColumns, Map<number, Float64Array>>()
  kept.set(from, ofLayer)
  const byWalk = ofLayer.get(layer) ?? new Map<number, Float64Array>()
  ofLayer.set(layer, byWalk)
  const found = byWalk.get(walkM) ?? shareWithinAll(layer, [{ from, walkM }])
  byWalk.set(walkM, found)
  return found
}

/** The same for several walks at once: a place counts when it is near enough in every one of them. */
export function shareWithinAll(layer: LayerColumns, walks: readonly Walk[]): Float64Array {
  const [first] = walks
  if (!first) return new Float64Array(layer.count)
  const placesOf = featurePlaces(layer, first.from.roads)
  const each = walks.map(({ from, walkM }) => ({ metresOf: walksFrom(layer, from), walkM }))
  return Float64Array.from({ length: layer.count }, (_, feature) => {
    if (!hasShape(layer, feature)) return 0
    const found = each.map(({ metresOf, walkM }) => ({ metres: metresOf(feature), walkM }))
    const isNear = (place: number) => found.every(({ metres, walkM }) => (metres[place] ?? Infinity) <= walkM)
    return Math.min(
      1,
      placesOf(feature).share.reduce((sum, share, place) => (isNear(place) ? sum + share : sum), 0),
    )
  })
}

/** Of every feature the share that stands near enough to a road, or in a place itself: of the rest nobody can say how far it walks. */
export function placedShare(layer: LayerColumns, from: PlaceSpread): Float64Array {
  const placesOf = featurePlaces(layer, from.roads)
  const metresOf = walksFrom(layer, from)
  return Float64Array.from({ length: layer.count }, (_, feature) => {
    const { share, at } = placesOf(feature)
    const metres = metresOf(feature)
    return Math.min(
      1,
      share.reduce((sum, part, place) => (at[place] || metres[place] === 0 ? sum + part : sum), 0),
    )
  })
}
