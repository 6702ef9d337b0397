import type { LayerColumns } from '../geo/columns.ts'
import { OUTSIDE, zoneAt } from '../geo/within.ts'
import { alongLink } from '../network/catchments.ts'
import { changesOf, type PlaceSpread } from './place-spread.ts'
import { NO_LINK, type PlaceColumns } from './walk-places.ts'

/** How far places are from the nearest of the places spread from, in their order. */
export interface PlaceWalks {
  /** m; 0 inside one, Infinity beyond the limit. */
  metres: Float64Array
  /** 1 for places inside the ground of one. */
  isInside: Uint8Array
}

const kept = new WeakMap<PlaceSpread, WeakMap<PlaceColumns, PlaceWalks>>()

/** Walks of places; after an edit only those that may have become others are found anew. Read only. */
export function placeWalks(places: PlaceColumns, from: PlaceSpread): PlaceWalks {
  const ofSpread = kept.get(from) ?? new WeakMap<PlaceColumns, PlaceWalks>()
  kept.set(from, ofSpread)
  const found = ofSpread.get(places) ?? findWalks(places, from)
  ofSpread.set(places, found)
  return found
}

function findWalks(places: PlaceColumns, from: PlaceSpread): PlaceWalks {
  const change = changesOf(from)
  const before = change && kept.get(change.before)?.get(places)
  const count = places.link.length
  const grounds = from.places.filter(({ kind }) => kind === 'polygon')
  if (!change || !before) {
    const walks = { metres: new Float64Array(count), isInside: new Uint8Array(count) }
    for (let place = 0; place < count; place += 1) {
      lookAround(places, place, grounds, walks)
      walk(places, place, from, walks)
    }
    return walks
  }
  const walks = { metres: before.metres.slice(), isInside: before.isInside.slice() }
  for (let place = 0; place < count; place += 1) {
    const isNear = isInAny(change.boxes, places.xy[2 * place] ?? 0, places.xy[2 * place + 1] ?? 0)
    if (isNear) lookAround(places, place, grounds, walks)
    const link = places.link[place] ?? NO_LINK
    if (isNear || (link !== NO_LINK && change.isLinkChanged[link] === 1)) walk(places, place, from, walks)
  }
  return walks
}

function lookAround({ xy }: PlaceColumns, place: number, grounds: readonly LayerColumns[], { isInside }: PlaceWalks): void {
  const [x, y] = [xy[2 * place] ?? 0, xy[2 * place + 1] ?? 0]
  isInside[place] = grounds.some((ground) => zoneAt(ground, x, y) !== OUTSIDE) ? 1 : 0
}

function walk(places: PlaceColumns, place: number, from: PlaceSpread, { metres, isInside }: PlaceWalks): void {
  metres[place] = isInside[place] === 1 ? 0 : walkOf(places, place, from)
}

function walkOf({ link, along, offM }: PlaceColumns, place: number, { roads, near, onLink, limitM }: PlaceSpread): number {
  const on = link[place] ?? NO_LINK
  if (on === NO_LINK) return Infinity
  const { network } = roads
  const at = { share: along[place] ?? 0, offM: offM[place] ?? 0 }
  const [first, second] = [network.ends[2 * on] ?? 0, network.ends[2 * on + 1] ?? 0]
  const [toFirst, toSecond] = [near.distance[first] ?? Infinity, near.distance[second] ?? Infinity]
  const metres = alongLink(network, on, at, toFirst, toSecond, onLink.get(on) ?? NOBODY)
  return metres <= limitM ? metres : Infinity
}

const NOBODY: readonly never[] = []

function isInAny(boxes: Float64Array, x: number, y: number): boolean {
  for (let at = 0; at < boxes.length; at += 4) {
    if (x >= (boxes[at] ?? 0) && y >= (boxes[at + 1] ?? 0) && x <= (boxes[at + 2] ?? 0) && y <= (boxes[at + 3] ?? 0)) return true
  }
  return false
}
