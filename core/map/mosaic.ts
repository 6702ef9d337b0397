import type { LayerColumns } from '../geo/columns.ts'
import { EdgeSet } from './outline.ts'
import type { DrawnClass } from './generalise.ts'
import { PT_PER_MM, UNITS_PER_PT, type Paper } from './paper.ts'

/**
 * The class at the middle of each cell of a raster over the sheet, as merged outlines. Sampling at cell centres keeps the share
 * of every class: a thousand lots too small to draw appear as the pattern they make together.
 * `cell` is in hundredths of a point.
 */
export function mosaic(
  layer: LayerColumns,
  classOf: Uint16Array,
  chosen: readonly number[],
  paper: Paper,
  cell: number,
): DrawnClass[] {
  const columns = Math.ceil((paper.widthPt * UNITS_PER_PT) / cell)
  const rows = Math.ceil((paper.heightPt * UNITS_PER_PT) / cell)
  const cells = new Int32Array(columns * rows).fill(-1)
  const perMm = (PT_PER_MM * UNITS_PER_PT) / paper.denominator / cell
  const [minX, , , maxY] = paper.windowM
  const edges = new Float64Array(4096)
  for (const feature of chosen) {
    const firstPart = layer.featureOff[feature] ?? 0
    const lastPart = layer.featureOff[feature + 1] ?? 0
    for (let part = firstPart; part < lastPart; part++) {
      const box = layer.partBox.subarray(part * 4, part * 4 + 4)
      const top = Math.max(0, Math.floor((maxY * 1000 - (box[3] ?? 0)) * perMm - 0.5))
      const bottom = Math.min(rows - 1, Math.ceil((maxY * 1000 - (box[1] ?? 0)) * perMm - 0.5))
      for (let row = top; row <= bottom; row++) {
        const yMm = maxY * 1000 - (row + 0.5) / perMm
        const found = crossings(layer, part, yMm, edges)
        for (let at = 0; at + 1 < found; at += 2) {
          const from = Math.max(0, Math.ceil(((edges[at] ?? 0) - minX * 1000) * perMm - 0.5))
          const to = Math.min(columns - 1, Math.ceil(((edges[at + 1] ?? 0) - minX * 1000) * perMm - 0.5) - 1)
          if (from <= to) cells.fill(classOf[feature] ?? 0, row * columns + from, row * columns + to + 1)
        }
      }
    }
  }
  return tracedCells(cells, columns, rows, cell)
}

/** X coordinates (mm) where a horizontal line crosses the rings of a part, sorted; returns how many were written. */
function crossings(layer: LayerColumns, part: number, yMm: number, out: Float64Array): number {
  const { xy, ringOff, partOff } = layer
  let found = 0
  for (let ring = partOff[part] ?? 0; ring < (partOff[part + 1] ?? 0); ring++) {
    for (let vertex = ringOff[ring] ?? 0; vertex + 1 < (ringOff[ring + 1] ?? 0); vertex++) {
      const y1 = xy[vertex * 2 + 1] ?? 0
      const y2 = xy[vertex * 2 + 3] ?? 0
      if (y1 <= yMm === y2 <= yMm || found >= out.length) continue
      const x1 = xy[vertex * 2] ?? 0
      out[found++] = x1 + ((yMm - y1) / (y2 - y1)) * ((xy[vertex * 2 + 2] ?? 0) - x1)
    }
  }
  out.subarray(0, found).sort()
  return found
}

/** Merges runs of equal cells per row into rectangles and cancels their shared edges, one step per cell so that they match. */
function tracedCells(cells: Int32Array, columns: number, rows: number, cell: number): DrawnClass[] {
  const sets = new Map<number, EdgeSet>()
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns;) {
      const value = cells[row * columns + column] ?? -1
      let end = column + 1
      while (end < columns && cells[row * columns + end] === value) end++
      if (value >= 0) {
        const set = sets.get(value) ?? new EdgeSet()
        sets.set(value, set)
        set.addRing(cellRun(column, end, row, cell))
      }
      column = end
    }
  }
  return [...sets].sort(([a], [b]) => a - b).map(([classIndex, set]) => ({ classIndex, ...set.outlines() }))
}

function cellRun(from: number, to: number, row: number, cell: number): number[] {
  const ring: number[] = []
  for (let x = from; x <= to; x++) ring.push(x * cell, row * cell)
  for (let x = to; x >= from; x--) ring.push(x * cell, (row + 1) * cell)
  return ring
}
