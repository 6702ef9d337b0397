import type { LayerColumns } from '../geo/columns.ts'
import { placeInside } from '../geo/inside.ts'

/** Where the number of a shape stands, in mm of the frame: on the shape itself. Undefined for a shape without geometry. */
export function anchorOf(layer: LayerColumns, feature: number): [x: number, y: number] | undefined {
  const part = largestPart(layer, feature)
  if (part < 0) return undefined
  const [first, end] = [layer.partOff[part] ?? 0, layer.partOff[part + 1] ?? 0]
  if (layer.kind === 'polygon') return insideOf(layer, part, first, end)
  const [from, to] = [layer.ringOff[first] ?? 0, layer.ringOff[first + 1] ?? 0]
  return layer.kind === 'point' ? [layer.xy[2 * from] ?? 0, layer.xy[2 * from + 1] ?? 0] : halfway(layer.xy, from, to)
}

/** The part with the largest box; −1 where the feature has none. */
function largestPart({ featureOff, partBox }: LayerColumns, feature: number): number {
  let [best, size] = [-1, -1]
  for (let part = featureOff[feature] ?? 0; part < (featureOff[feature + 1] ?? 0); part += 1) {
    const own = boxSide(partBox, part, 0) + boxSide(partBox, part, 1)
    if (own > size) [best, size] = [part, own]
  }
  return best
}

const boxSide = (box: Int32Array, part: number, axis: 0 | 1): number =>
  (box[4 * part + 2 + axis] ?? 0) - (box[4 * part + axis] ?? 0)

/** A place inside a part, whole millimetres. */
function insideOf({ xy, ringOff, partBox }: LayerColumns, part: number, firstRing: number, endRing: number): [number, number] {
  // half a millimetre off the grid, so that the row never runs through a vertex
  const row = Math.floor(((partBox[4 * part + 1] ?? 0) + (partBox[4 * part + 3] ?? 0)) / 2) + 0.5
  const rings = Array.from({ length: endRing - firstRing }, (_, ring) =>
    xy.subarray(2 * (ringOff[firstRing + ring] ?? 0), 2 * (ringOff[firstRing + ring + 1] ?? 0)),
  )
  const [x, y] = placeInside(rings, row)
  return [Math.round(x), Math.round(y)]
}

/** The place halfway along a run of vertices. */
function halfway(xy: Int32Array, from: number, to: number): [number, number] {
  const stepOf = (vertex: number) =>
    Math.hypot((xy[2 * vertex + 2] ?? 0) - (xy[2 * vertex] ?? 0), (xy[2 * vertex + 3] ?? 0) - (xy[2 * vertex + 1] ?? 0))
  let left = 0
  for (let vertex = from; vertex + 1 < to; vertex += 1) left += stepOf(vertex) / 2
  for (let vertex = from; vertex + 1 < to; vertex += 1) {
    const step = stepOf(vertex)
    if (left > step || step === 0) {
      left -= step
      continue
    }
    const share = left / step
    const [ax, ay] = [xy[2 * vertex] ?? 0, xy[2 * vertex + 1] ?? 0]
    return [Math.round(ax + share * ((xy[2 * vertex + 2] ?? 0) - ax)), Math.round(ay + share * ((xy[2 * vertex + 3] ?? 0) - ay))]
  }
  return [xy[2 * from] ?? 0, xy[2 * from + 1] ?? 0]
}
