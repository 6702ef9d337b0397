import type { LayerColumns } from '../geo/columns.ts'
import { featureOfPart } from '../geo/prepared.ts'
import { clipRing, clipRun } from '../tiles/clip.ts'
import { HIDDEN_CLASS } from '../tiles/cells.ts'
import { partsInWindow, type BoxMm } from '../tiles/parts-in-window.ts'

/** What of a layer lies in a window. */
export interface CutLayer {
  /** The layer with every feature in its place; those outside the window have no parts. */
  columns: LayerColumns
  /** Features with something in the window, by index, in the layer's order. */
  chosen: number[]
  vertices: number
}

/**
 * A layer cut to a window (millimetres of the frame): areas at its sides, lines where their segments come near, points if inside.
 * Features whose class is `HIDDEN_CLASS` are left out. Attributes and feature numbers stay as they are.
 */
export function cutLayer(layer: LayerColumns, classOf: Uint16Array, window: BoxMm): CutLayer {
  const owners = featureOfPart(layer)
  const rings = new Map<number, number[][][]>()
  for (const part of partsInWindow(layer, window)) {
    const feature = owners[part] ?? 0
    if (classOf[feature] === HIDDEN_CLASS) continue
    const pieces = piecesOf(layer, part, window)
    if (pieces.length === 0) continue
    const known = rings.get(feature)
    if (known === undefined) rings.set(feature, pieces)
    else known.push(...pieces)
  }
  const chosen = [...rings.keys()].sort((a, b) => a - b)
  return { ...assembled(layer, chosen, rings), chosen }
}

/** The parts that one part becomes, each a list of rings. */
function piecesOf(layer: LayerColumns, part: number, window: BoxMm): number[][][] {
  const [minX, minY, maxX, maxY] = window
  const own = ringsOf(layer, part)
  if (layer.kind === 'point')
    return own.filter(([x = 0, y = 0]) => x >= minX && x <= maxX && y >= minY && y <= maxY).map((at) => [at])
  const [left = 0, bottom = 0, right = 0, top = 0] = layer.partBox.subarray(4 * part, 4 * part + 4)
  if (left >= minX && right <= maxX && bottom >= minY && top <= maxY) return [own]
  // Cutting works on a square around the origin: the window is moved and stretched there, and what was cut is moved back.
  const [middleX, middleY] = [(minX + maxX) / 2, (minY + maxY) / 2]
  const [halfX, halfY] = [Math.max(1, (maxX - minX) / 2), Math.max(1, (maxY - minY) / 2)]
  const unit = (ring: readonly number[]) =>
    ring.map((value, at) => (at % 2 === 0 ? (value - middleX) / halfX : (value - middleY) / halfY))
  const back = (ring: readonly number[]) =>
    ring.map((value, at) => Math.round(at % 2 === 0 ? value * halfX + middleX : value * halfY + middleY))
  if (layer.kind === 'line')
    return own.flatMap((run) => clipRun(unit(run), -1, 1).map((piece) => [runInside(back(piece), window)]))
  const cut = own.map((ring) => back(clipRing(unit(ring), -1, 1))).filter((ring) => ring.length >= 8)
  return cut.length === 0 ? [] : [cut]
}

function ringsOf({ xy, ringOff, partOff }: LayerColumns, part: number): number[][] {
  const rings: number[][] = []
  for (let ring = partOff[part] ?? 0; ring < (partOff[part + 1] ?? 0); ring++)
    rings.push([...xy.subarray(2 * (ringOff[ring] ?? 0), 2 * (ringOff[ring + 1] ?? 0))])
  return rings
}

/** The first and the last segment of a run may begin or end far outside: they are shortened to the window's side, in their own direction. */
function runInside(run: number[], window: BoxMm): number[] {
  const shortened = [...run]
  shorten(shortened, 0, 2, window)
  shorten(shortened, shortened.length - 2, shortened.length - 4, window)
  return shortened
}

function shorten(run: number[], end: number, next: number, [minX, minY, maxX, maxY]: BoxMm): void {
  const [x, y, toX, toY] = [run[end] ?? 0, run[end + 1] ?? 0, run[next] ?? 0, run[next + 1] ?? 0]
  const enters = (from: number, to: number, low: number, high: number) =>
    from < low ? (low - from) / (to - from) : from > high ? (high - from) / (to - from) : 0
  const share = Math.max(enters(x, toX, minX, maxX), enters(y, toY, minY, maxY))
  if (!(share > 0 && share <= 1)) return
  run[end] = Math.round(x + (toX - x) * share)
  run[end + 1] = Math.round(y + (toY - y) * share)
}

function assembled(layer: LayerColumns, chosen: readonly number[], cut: ReadonlyMap<number, number[][][]>) {
  const xy: number[] = []
  const [ringOff, partOff, boxes] = [[0], [0], [] as number[]]
  const featureOff = new Uint32Array(layer.count + 1)
  let at = 0
  for (let feature = 0; feature < layer.count; feature++) {
    featureOff[feature] = partOff.length - 1
    if (chosen[at] !== feature) continue
    at++
    for (const rings of cut.get(feature) ?? []) {
      const box = [Infinity, Infinity, -Infinity, -Infinity] as [number, number, number, number]
      for (const ring of rings) {
        for (let i = 0; i < ring.length; i += 2) {
          const [x, y] = [ring[i] ?? 0, ring[i + 1] ?? 0]
          xy.push(x, y)
          box[0] = Math.min(box[0], x)
          box[1] = Math.min(box[1], y)
          box[2] = Math.max(box[2], x)
          box[3] = Math.max(box[3], y)
        }
        ringOff.push(xy.length / 2)
      }
      partOff.push(ringOff.length - 1)
      boxes.push(...box)
    }
  }
  featureOff[layer.count] = partOff.length - 1
  const columns: LayerColumns = {
    ...layer,
    xy: Int32Array.from(xy),
    ringOff: Uint32Array.from(ringOff),
    partOff: Uint32Array.from(partOff),
    partBox: Int32Array.from(boxes),
    featureOff,
  }
  return { columns, vertices: xy.length / 2 }
}
