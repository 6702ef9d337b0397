import type { LayerColumns } from '../geo/columns.ts'
import { partsMeeting } from '../geo/prepared.ts'

/** A box in millimetres: minX, minY, maxX, maxY. */
export type BoxMm = readonly [number, number, number, number]

/** From this share of a layer's ground on, looking at every box once is quicker than asking the index and sorting. */
const SCAN_FROM_SHARE = 1 / 24

const extents = new WeakMap<LayerColumns, BoxMm>()

/** The parts whose boxes meet a box, in the order of the layer: what is drawn later lies on top, whatever the index says. */
export function partsInWindow(layer: LayerColumns, box: BoxMm): Uint32Array {
  if (shareCovered(layer, box) > SCAN_FROM_SHARE) return scanned(layer, box)
  return Uint32Array.from(partsMeeting(layer, ...box)).sort()
}

function scanned({ partBox }: LayerColumns, [minX, minY, maxX, maxY]: BoxMm): Uint32Array {
  const found = new Uint32Array(partBox.length / 4)
  let count = 0
  for (let at = 0; at < partBox.length; at += 4) {
    const meets =
      (partBox[at] ?? 0) <= maxX &&
      (partBox[at + 2] ?? 0) >= minX &&
      (partBox[at + 1] ?? 0) <= maxY &&
      (partBox[at + 3] ?? 0) >= minY
    if (meets) found[count++] = at / 4
  }
  return found.subarray(0, count)
}

function shareCovered(layer: LayerColumns, [minX, minY, maxX, maxY]: BoxMm): number {
  const [left, bottom, right, top] = extentOf(layer)
  const width = Math.min(maxX, right) - Math.max(minX, left)
  const height = Math.min(maxY, top) - Math.max(minY, bottom)
  return width < 0 || height < 0 ? 0 : (width * height) / Math.max(1, (right - left) * (top - bottom))
}

function extentOf(layer: LayerColumns): BoxMm {
  const known = extents.get(layer)
  if (known) return known
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let at = 0; at < layer.partBox.length; at += 4) {
    minX = Math.min(minX, layer.partBox[at] ?? minX)
    minY = Math.min(minY, layer.partBox[at + 1] ?? minY)
    maxX = Math.max(maxX, layer.partBox[at + 2] ?? maxX)
    maxY = Math.max(maxY, layer.partBox[at + 3] ?? maxY)
  }
  const extent: BoxMm = [minX, minY, maxX, maxY]
  extents.set(layer, extent)
  return extent
}
