import type { LayerColumns } from '../geo/columns.ts'
import { STEPS_PER_PX, TILE_PX, type TileWindow } from './grid.ts'

/** Side of an overview cell in pixels: small enough to look like land, large enough to be few. */
export const CELL_PX = 2
const PER_TILE = TILE_PX / CELL_PX

/** The legend entry of a feature that a filter leaves out; also what a cell holds that nothing covers. */
export const HIDDEN_CLASS = 0xffff

/**
 * Parcels too small to draw, as the class at the middle of each cell, merged along rows: the same picture at a hundredth of
 * the vertices. Returns x, y, width, height (tile pixels) and class index, five numbers per rectangle.
 */
export function overviewCells(
  layer: LayerColumns,
  parts: Uint32Array,
  ownerOf: Uint32Array,
  classOf: Uint16Array,
  window: TileWindow,
): Int32Array {
  const cells = new Uint16Array(PER_TILE * PER_TILE).fill(HIDDEN_CLASS)
  const perMm = window.scale / (STEPS_PER_PX * CELL_PX)
  const { partBox } = layer
  const [left, top] = [window.minXMm * perMm + 0.5, window.maxYMm * perMm - 0.5]
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] ?? 0
    // Most specks hold the middle of no cell: told from their boxes, columns first.
    const box = 4 * part
    if (Math.floor((partBox[box + 2] ?? 0) * perMm - left) < Math.ceil((partBox[box] ?? 0) * perMm - left)) continue
    const first = Math.max(0, Math.ceil(top - (partBox[box + 3] ?? 0) * perMm))
    const last = Math.min(PER_TILE - 1, Math.floor(top - (partBox[box + 1] ?? 0) * perMm))
    if (first > last) continue
    const classIndex = classOf[ownerOf[part] ?? 0] ?? 0
    if (classIndex === HIDDEN_CLASS) continue
    for (let row = first; row <= last; row++) paintRow(layer, part, row, classIndex, cells, window, perMm)
  }
  return merged(cells)
}

function paintRow(
  layer: LayerColumns,
  part: number,
  row: number,
  classIndex: number,
  cells: Uint16Array,
  window: TileWindow,
  perMm: number,
): void {
  const count = crossings(layer, part, window.maxYMm - (row + 0.5) / perMm)
  for (let k = 0; k + 1 < count; k += 2) {
    const from = Math.max(0, Math.ceil(((cuts[k] ?? 0) - window.minXMm) * perMm - 0.5))
    const to = Math.min(PER_TILE - 1, Math.ceil(((cuts[k + 1] ?? 0) - window.minXMm) * perMm - 0.5) - 1)
    if (from <= to) cells.fill(classIndex, row * PER_TILE + from, row * PER_TILE + to + 1)
  }
}

/** Where a part's edges cross a row, from west to east; kept between calls, because a tile has tens of thousands of rows. */
let cuts = new Float64Array(64)

/** Fills `cuts` with the crossings of a part at height `y` (mm) and returns how many there are. */
function crossings({ xy, ringOff, partOff }: LayerColumns, part: number, y: number): number {
  let count = 0
  for (let ring = partOff[part] ?? 0; ring < (partOff[part + 1] ?? 0); ring++) {
    const last = 2 * (ringOff[ring + 1] ?? 0) - 2
    for (let at = 2 * (ringOff[ring] ?? 0); at < last; at += 2) {
      const y0 = xy[at + 1] ?? 0
      const y1 = xy[at + 3] ?? 0
      if (y0 > y === y1 > y) continue
      const x0 = xy[at] ?? 0
      if (count === cuts.length) cuts = widened(cuts)
      cuts[count++] = x0 + (((xy[at + 2] ?? 0) - x0) * (y - y0)) / (y1 - y0)
    }
  }
  if (count > 2) cuts.subarray(0, count).sort()
  else if (count === 2 && (cuts[0] ?? 0) > (cuts[1] ?? 0)) cuts.subarray(0, 2).reverse()
  return count
}

function widened(values: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const wider = new Float64Array(2 * values.length)
  wider.set(values)
  return wider
}

/** Runs of like cells along each row, joined with the row above where a run repeats exactly. */
function merged(cells: Uint16Array): Int32Array {
  const rectangles: number[] = []
  let above = new Map<number, number>()
  for (let row = 0; row < PER_TILE; row++) {
    const here = new Map<number, number>()
    for (let column = 0; column < PER_TILE;) {
      const classIndex = cells[row * PER_TILE + column] ?? HIDDEN_CLASS
      let end = column + 1
      while (end < PER_TILE && cells[row * PER_TILE + end] === classIndex) end++
      if (classIndex !== HIDDEN_CLASS) {
        const key = (column * (PER_TILE + 1) + end) * (HIDDEN_CLASS + 1) + classIndex
        const joined = above.get(key)
        if (joined === undefined) {
          here.set(key, rectangles.length)
          rectangles.push(column * CELL_PX, row * CELL_PX, (end - column) * CELL_PX, CELL_PX, classIndex)
        } else {
          rectangles[joined + 3] = (rectangles[joined + 3] ?? 0) + CELL_PX
          here.set(key, joined)
        }
      }
      column = end
    }
    above = here
  }
  return Int32Array.from(rectangles)
}
