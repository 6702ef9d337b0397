import type { LayerColumns } from '../geo/columns.ts'
import { featureOfPart } from '../geo/prepared.ts'
import { partHolds } from '../geo/within.ts'
import { HIDDEN_CLASS } from '../tiles/cells.ts'
import { partsInWindow, type BoxMm } from '../tiles/parts-in-window.ts'

/** How many features of each legend entry are at least partly inside a window (mm); `classes` is the legend's length. */
export function seenByClass(layer: LayerColumns, classOf: Uint16Array, window: BoxMm, classes: number): number[] {
  const counts = Array.from({ length: classes }, () => 0)
  const owners = featureOfPart(layer)
  let last = -1
  for (const part of partsInWindow(layer, window)) {
    const feature = owners[part] ?? 0
    const classIndex = classOf[feature] ?? HIDDEN_CLASS
    // Parts come in the order of the layer, so those of one feature follow each other.
    if (feature === last || classIndex === HIDDEN_CLASS || !reachesInto(layer, part, window)) continue
    counts[classIndex] = (counts[classIndex] ?? 0) + 1
    last = feature
  }
  return counts
}

function reachesInto(layer: LayerColumns, part: number, window: BoxMm): boolean {
  const { partBox } = layer
  const [minX, minY, maxX, maxY] = window
  const [left = 0, bottom = 0, right = 0, top = 0] = partBox.subarray(4 * part, 4 * part + 4)
  if (left >= minX && right <= maxX && bottom >= minY && top <= maxY) return true
  if (anySegmentMeets(layer, part, window)) return true
  return layer.kind === 'polygon' && partHolds(layer, part, Math.round((minX + maxX) / 2), Math.round((minY + maxY) / 2))
}

function anySegmentMeets({ xy, ringOff, partOff }: LayerColumns, part: number, window: BoxMm): boolean {
  for (let ring = partOff[part] ?? 0; ring < (partOff[part + 1] ?? 0); ring++)
    for (let at = 2 * (ringOff[ring] ?? 0); at + 3 < 2 * (ringOff[ring + 1] ?? 0); at += 2)
      if (segmentMeets(xy[at] ?? 0, xy[at + 1] ?? 0, xy[at + 2] ?? 0, xy[at + 3] ?? 0, window)) return true
  return false
}

/** Liang and Barsky: whether a stretch is left when a segment is cut at the window's four sides. */
function segmentMeets(x0: number, y0: number, x1: number, y1: number, [minX, minY, maxX, maxY]: BoxMm): boolean {
  let [from, to] = [0, 1]
  const sides = [
    [x0 - x1, x0 - minX],
    [x1 - x0, maxX - x0],
    [y0 - y1, y0 - minY],
    [y1 - y0, maxY - y0],
  ] as const
  for (const [p, q] of sides) {
    if (p === 0 && q < 0) return false
    if (p < 0) from = Math.max(from, q / p)
    if (p > 0) to = Math.min(to, q / p)
  }
  return from <= to
}
