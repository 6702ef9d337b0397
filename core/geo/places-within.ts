import type { LayerColumns } from './columns.ts'
import { perGeometry } from './edited.ts'
import { featureAreas } from './feature-areas.ts'

/** Places that stand for features: those of feature f are `offset[f] … offset[f + 1]`, and their shares of it add up to 1. */
export interface Places {
  offset: Uint32Array
  /** x, y in mm. */
  xy: Float64Array
  share: Float64Array
}

/** A feature has about this many places at most, however large. */
const MOST_PLACES = 100

/**
 * Places of a layer of points (each its own) or polygons: on rows of a grid of `spacingM`, wider in large features, at even steps along
 * the stretches that lie inside, each weighted by the stretch it stands for. Of a feature without geometry there is none. Found once.
 */
export function placesWithin(layer: LayerColumns, spacingM: number): Places {
  const ofLayer = bySpacing(layer)
  const found = ofLayer.get(spacingM) ?? findPlaces(layer, spacingM)
  ofLayer.set(spacingM, found)
  return found
}

const bySpacing = perGeometry(() => new Map<number, Places>())

function findPlaces(layer: LayerColumns, spacingM: number): Places {
  const offset = new Uint32Array(layer.count + 1)
  const [xy, share]: [number[], number[]] = [[], []]
  const areas = layer.kind === 'polygon' ? featureAreas(layer) : new Float64Array(layer.count)
  for (let feature = 0; feature < layer.count; feature += 1) {
    if (layer.kind === 'polygon') addRows(layer, feature, stepOf(areas[feature] ?? 0, spacingM), xy, share)
    else if ((layer.featureOff[feature + 1] ?? 0) > (layer.featureOff[feature] ?? 0)) {
      addFirst(layer, feature, xy, share)
    }
    offset[feature + 1] = share.length
  }
  return { offset, xy: Float64Array.from(xy), share: Float64Array.from(share) }
}

/** The same places of one polygon, without asking for those of all others. */
export function placesOfPolygon(layer: LayerColumns, feature: number, spacingM: number): { xy: number[]; share: number[] } {
  const [xy, share]: [number[], number[]] = [[], []]
  addRows(layer, feature, stepOf(featureAreas(layer)[feature] ?? 0, spacingM), xy, share)
  return { xy, share }
}

const stepOf = (areaM2: number, spacingM: number): number => 1000 * Math.max(spacingM, Math.sqrt(areaM2 / MOST_PLACES))

function addFirst(layer: LayerColumns, feature: number, xy: number[], share: number[]): void {
  const vertex = layer.ringOff[layer.partOff[layer.featureOff[feature] ?? 0] ?? 0] ?? 0
  xy.push(layer.xy[2 * vertex] ?? 0, layer.xy[2 * vertex + 1] ?? 0)
  share.push(1)
}

function addRows(layer: LayerColumns, feature: number, stepMm: number, xy: number[], share: number[]): void {
  const { featureOff, partBox } = layer
  let [minY, maxY] = [Infinity, -Infinity]
  for (let part = featureOff[feature] ?? 0; part < (featureOff[feature + 1] ?? 0); part += 1) {
    minY = Math.min(minY, partBox[4 * part + 1] ?? 0)
    maxY = Math.max(maxY, partBox[4 * part + 3] ?? 0)
  }
  if (!(maxY > minY)) return
  const first = share.length
  const rows = Math.min(4 * MOST_PLACES, Math.ceil((maxY - minY) / stepMm))
  for (let row = 0; row < rows; row += 1) {
    const y = minY + ((row + 0.5) * (maxY - minY)) / rows
    const crossings = crossingsAt(layer, feature, y)
    for (let at = 0; at + 1 < crossings.length; at += 2) {
      const [from = 0, to = 0] = [crossings[at], crossings[at + 1]]
      const count = Math.min(4 * MOST_PLACES, Math.max(1, Math.round((to - from) / stepMm)))
      for (let step = 0; step < count && to > from; step += 1) {
        xy.push(from + ((step + 0.5) * (to - from)) / count, y)
        share.push((to - from) / count)
      }
    }
  }
  const whole = share.slice(first).reduce((sum, length) => sum + length, 0)
  for (let at = first; at < share.length; at += 1) share[at] = (share[at] ?? 0) / whole
  if (share.length === first) addFirst(layer, feature, xy, share)
}

/** Where a row meets the outline of a feature, from left to right. */
function crossingsAt({ xy, ringOff, partOff, featureOff }: LayerColumns, feature: number, y: number): number[] {
  const found: number[] = []
  const end = partOff[featureOff[feature + 1] ?? 0] ?? 0
  for (let ring = partOff[featureOff[feature] ?? 0] ?? 0; ring < end; ring += 1) {
    for (let at = 2 * (ringOff[ring] ?? 0); at + 2 < 2 * (ringOff[ring + 1] ?? 0); at += 2) {
      const [ax = 0, ay = 0, bx = 0, by = 0] = [xy[at], xy[at + 1], xy[at + 2], xy[at + 3]]
      if (ay > y !== by > y) found.push(ax + ((y - ay) / (by - ay)) * (bx - ax))
    }
  }
  return found.sort((one, other) => one - other)
}
