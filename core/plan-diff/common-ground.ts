import type { LayerColumns } from '../geo/columns.ts'
import { areasM2, lengthsM } from '../geo/measure.ts'
import { overlapAreas, type Select } from '../geo/overlay-area.ts'
import { segmentKey } from './shape-key.ts'

/** What a newer and an older feature share, in the layer's unit. */
export interface Common {
  after: number
  before: number
  size: number
}

/** Area (m²) of each polygon, length (m) of each line, 1 for each point. */
export function sizesOf(layer: LayerColumns): Float64Array {
  if (layer.kind === 'polygon') return areasM2(layer)
  return layer.kind === 'line' ? lengthsM(layer) : new Float64Array(layer.count).fill(1)
}

/**
 * Every pair of the selected newer and older features that share ground: polygons by area of overlap (the area kernel), lines
 * by segments that are vertex for vertex the same. Points share nothing but their place, which is known before.
 */
export function commonGround(after: LayerColumns, before: LayerColumns, selectAfter: Select, selectBefore: Select): Common[] {
  const found: Common[] = []
  if (after.kind === 'polygon')
    overlapAreas(after, before, (a, b, size) => found.push({ after: a, before: b, size }), { a: selectAfter, b: selectBefore })
  if (after.kind === 'line') sharedSegments(after, before, selectAfter, selectBefore, found)
  return found
}

type VisitSegment = (feature: number, key: number, lengthM: number) => void

function eachSegment(layer: LayerColumns, select: Select, visit: VisitSegment): void {
  const { xy, featureOff, partOff, ringOff } = layer
  for (let feature = 0; feature < layer.count; feature += 1) {
    if (!select(feature)) continue
    const endRing = partOff[featureOff[feature + 1] ?? 0] ?? 0
    for (let ring = partOff[featureOff[feature] ?? 0] ?? 0; ring < endRing; ring += 1) {
      for (let at = 2 * (ringOff[ring] ?? 0); at + 2 < 2 * (ringOff[ring + 1] ?? 0); at += 2) {
        const [x0, y0, x1, y1] = [xy[at] ?? 0, xy[at + 1] ?? 0, xy[at + 2] ?? 0, xy[at + 3] ?? 0]
        visit(feature, segmentKey(x0, y0, x1, y1), Math.hypot(x1 - x0, y1 - y0) / 1000)
      }
    }
  }
}

function sharedSegments(
  after: LayerColumns,
  before: LayerColumns,
  selectAfter: Select,
  selectBefore: Select,
  found: Common[],
): void {
  const owners = new Map<number, number[]>()
  eachSegment(before, selectBefore, (feature, key) => {
    const known = owners.get(key)
    if (known === undefined) owners.set(key, [feature])
    else if (!known.includes(feature)) known.push(feature)
  })
  const shared = new Map<number, Map<number, number>>()
  eachSegment(after, selectAfter, (feature, key, lengthM) => {
    for (const owner of owners.get(key) ?? []) {
      const mine = shared.get(feature) ?? new Map<number, number>()
      shared.set(feature, mine)
      mine.set(owner, (mine.get(owner) ?? 0) + lengthM)
    }
  })
  for (const [feature, mine] of shared) for (const [owner, size] of mine) found.push({ after: feature, before: owner, size })
}
