import { layerBuilder } from '../geo/build.ts'
import type { LayerColumns } from '../geo/columns.ts'
import { nearest } from '../geo/nearest.ts'
import { placesOfPolygon } from '../geo/places-within.ts'
import { OUTSIDE, zoneAt } from '../geo/within.ts'
import { reached } from '../network/attach.ts'
import { WALKING } from '../reference/walking.ts'
import type { PlaceSpread } from './place-spread.ts'
import { pointOf } from './service-places.ts'
import { layerPlaces, NO_LINK } from './walk-places.ts'

/** The park nearest to a place, by its index among parks, and the walk to it. */
export interface NearestPark {
  feature: number
  distanceM: number
}

/** What is known of the way from a feature; it has a road near where any of its places has. */
export interface WayToPark {
  nearest: NearestPark | undefined
  isNearRoad: boolean
}

const NOWHERE: WayToPark = { nearest: undefined, isNearRoad: false }

/** Of the places of a feature that are farther than a walk, the one nearest to a park: along the roads. */
export function nearestAlong(layer: LayerColumns, from: PlaceSpread, beyondM: number): (feature: number) => WayToPark {
  const placesOf = layerPlaces(layer, from.roads).of
  const { near, onLink, roads } = from
  return (feature) => {
    const { places, row } = placesOf(feature)
    const { offset, xy, link, along, offM } = places
    let best = NOWHERE
    for (let place = offset[row] ?? 0; place < (offset[row + 1] ?? 0); place += 1) {
      const where = { link: link[place] ?? NO_LINK, share: along[place] ?? 0, offM: offM[place] ?? 0 }
      if (
        where.link === NO_LINK ||
        from.places.some((parks) => zoneAt(parks, xy[2 * place] ?? 0, xy[2 * place + 1] ?? 0) !== OUTSIDE)
      )
        continue
      const { distance, owner } = reached(roads.network, near, onLink, where, Infinity)
      const park = from.placeOf(owner)
      if (distance <= beyondM) continue
      best = { ...best, isNearRoad: true }
      if (park && distance < (best.nearest?.distanceM ?? Infinity)) {
        best = { isNearRoad: true, nearest: { feature: park.feature, distanceM: distance } }
      }
    }
    return best
  }
}

/** The same as the crow flies times the detour factor; every place can be judged. */
export function nearestStraight(
  layer: LayerColumns,
  features: readonly number[],
  parks: LayerColumns,
  beyondM: number,
): (feature: number) => WayToPark {
  const builder = layerBuilder({ role: 'other', name: 'places', kind: 'point', frame: layer.frame }, {}, 0.001)
  const owners: number[] = []
  for (const feature of features) {
    const xy =
      layer.kind === 'polygon'
        ? placesOfPolygon(layer, feature, WALKING.sampleSpacingM.value).xy
        : (pointOf(layer, feature) ?? [])
    for (let at = 0; at + 1 < xy.length; at += 2) {
      builder.add(owners.length + 1, [[[xy[at] ?? 0, xy[at + 1] ?? 0]]], {})
      owners.push(feature)
    }
  }
  const { neighbour, distanceM } = nearest(builder.finish(''), parks)
  const best = new Map<number, NearestPark>()
  for (const [place, owner] of owners.entries()) {
    const walkM = (distanceM[place] ?? NaN) * WALKING.detourFactor.value
    if (Number.isNaN(walkM)) continue
    const known = best.get(owner)?.distanceM
    // the nearest of those beyond the walk; where places just miss the rest of a parcel, the farthest of all
    const isBetter =
      known === undefined || (walkM > beyondM ? known <= beyondM || walkM < known : known <= beyondM && walkM > known)
    if (isBetter) best.set(owner, { feature: neighbour[place] ?? -1, distanceM: walkM })
  }
  return (feature) => ({ nearest: best.get(feature), isNearRoad: true })
}
