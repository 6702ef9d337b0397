import type { LayerColumns } from '../geo/columns.ts'
import { editedOf, geometryOf, hasShape, type Edited } from '../geo/edited.ts'
import { keptByObjects } from '../geo/per-objects.ts'
import { placesOfPolygon } from '../geo/places-within.ts'
import { WALKING } from '../reference/walking.ts'
import { pointOf } from './service-places.ts'
import type { WalkRoads } from './walk-roads.ts'

/** Where no road is near. */
export const NO_LINK = -1

/**
 * Places that stand for features of a layer, and where each steps onto the roads: those of feature f are `offset[f] … offset[f + 1]`.
 * Flat, because a city has millions of them.
 */
export interface PlaceColumns {
  offset: Uint32Array
  /** x, y in whole mm. */
  xy: Float64Array
  /** Share of its feature that each stands for. */
  share: Float64Array
  /** Link of the network, or `NO_LINK`; how far along it (0 … 1), and how far from it, m. */
  link: Int32Array
  along: Float64Array
  offM: Float64Array
}

/** Places of a layer that may be edited: those of its root, and of what was edited. */
export interface LayerPlaces {
  root: PlaceColumns
  present: PlaceColumns | undefined
  /** The places that stand for a feature, and as which feature of them. */
  of: (feature: number) => { places: PlaceColumns; row: number }
}

const known = keptByObjects<PlaceColumns>()

/** Even places inside polygons, or points themselves, on the roads of a plan. Found once; an edit costs what was edited. */
export function layerPlaces(layer: LayerColumns, roads: WalkRoads): LayerPlaces {
  const columnsOf = (one: LayerColumns) => known.of([geometryOf(one), roads.layer], () => placeColumns(one, roads))
  const edited = editedOf(layer)
  if (!edited) {
    const root = columnsOf(layer)
    return { root, present: undefined, of: (row) => ({ places: root, row }) }
  }
  return patchedPlaces(columnsOf(edited.root), columnsOf(edited.present), edited)
}

function patchedPlaces(root: PlaceColumns, present: PlaceColumns, { placeOf }: Edited): LayerPlaces {
  const of = (feature: number) => {
    const place = placeOf.get(feature)
    return place === undefined ? { places: root, row: feature } : { places: present, row: place }
  }
  return { root, present, of }
}

function placeColumns(layer: LayerColumns, roads: WalkRoads): PlaceColumns {
  const offset = new Uint32Array(layer.count + 1)
  const [xy, shares]: [number[], number[]] = [[], []]
  for (let feature = 0; feature < layer.count; feature += 1) {
    if (hasShape(layer, feature)) {
      const own = ownPlaces(layer, feature)
      for (const value of own.xy) xy.push(Math.round(value))
      for (const value of own.share) shares.push(value)
    }
    offset[feature + 1] = shares.length
  }
  const link = new Int32Array(shares.length).fill(NO_LINK)
  const [along, offM] = [new Float64Array(shares.length), new Float64Array(shares.length)]
  for (let place = 0; place < shares.length; place += 1) {
    const at = roads.attach(xy[2 * place] ?? 0, xy[2 * place + 1] ?? 0)
    if (!at) continue
    link[place] = at.link
    along[place] = at.share
    offM[place] = at.offM
  }
  return { offset, xy: Float64Array.from(xy), share: Float64Array.from(shares), link, along, offM }
}

const ownPlaces = (layer: LayerColumns, feature: number): { xy: readonly number[]; share: readonly number[] } =>
  layer.kind === 'polygon'
    ? placesOfPolygon(layer, feature, WALKING.sampleSpacingM.value)
    : { xy: pointOf(layer, feature) ?? [0, 0], share: [1] }
