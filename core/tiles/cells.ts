import type { LayerColumns } from '../geo/columns.ts'
import { STEPS_PER_PX, TILE_PX, type TileWindow } from './grid.ts'

/** Side of an overview cell in pixels: small enough to look like land, large enough to be few. */
export const CELL_PX = 4
const PER_TILE = TILE_PX / CELL_PX
const EMPTY = 0xffff

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
  const cells = new Uint16Array(PER_TILE * PER_TILE).fill(EMPTY)
  const perMm = window.scale / (STEPS_PER_PX * CELL_PX)
  for (const part of parts) {
    const box = 4 * part
    const left = Math.ceil(((layer.partBox[box] ?? 0) - window.minXMm) * perMm - 0.5)
    const right = Math.floor(((layer.partBox[box + 2] ?? 0) - window.minXMm) * perMm - 0.5)
    const first = Math.max(0, Math.ceil((window.maxYMm - (layer.partBox[box + 3] ?? 0)) * perMm - 0.5))
    const last = Math.min(PER_TILE - 1, Math.floor((window.maxYMm - (layer.partBox[box + 1] ?? 0)) * perMm - 0.5))
    // Most specks hold the middle of no cell.
    if (left > right || first > last) continue
    const classIndex = classOf[ownerOf[part] ?? 0] ?? 0
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
  const y = window.maxYMm - (row + 0.5) / perMm
  const cuts: number[] = []
  for (let ring = layer.partOff[part] ?? 0; ring < (layer.partOff[part + 1] ?? 0); ring++) {
    for (let v = layer.ringOff[ring] ?? 0; v + 1 < (layer.ringOff[ring + 1] ?? 0); v++) {
      const [x0, y0, x1, y1] = [
        layer.xy[2 * v] ?? 0,
        layer.xy[2 * v + 1] ?? 0,
        layer.xy[2 * v + 2] ?? 0,
        layer.xy[2 * v + 3] ?? 0,
      ]
      if (y0 > y !== y1 > y) cuts.push(x0 + ((x1 - x0) * (y - y0)) / (y1 - y0))
    }
  }
  cuts.sort((a, b) => a - b)
  for (let k = 0; k + 1 < cuts.length; k += 2) {
    const from = Math.max(0, Math.ceil(((cuts[k] ?? 0) - window.minXMm) * perMm - 0.5))
    const to = Math.min(PER_TILE - 1, Math.ceil(((cuts[k + 1] ?? 0) - window.minXMm) * perMm - 0.5) - 1)
    if (from <= to) cells.fill(classIndex, row * PER_TILE + from, row * PER_TILE + to + 1)
  }
}

/** Runs of like cells along each row, joined with the row above where a run repeats exactly. */
function merged(cells: Uint16Array): Int32Array {
  const rectangles: number[] = []
  let above = new Map<number, number>()
  for (let row = 0; row < PER_TILE; row++) {
    const here = new Map<number, number>()
    for (let column = 0; column < PER_TILE;) {
      const classIndex = cells[row * PER_TILE + column] ?? EMPTY
      let end = column + 1
      while (end < PER_TILE && cells[row * PER_TILE + end] === classIndex) end++
      if (classIndex !== EMPTY) {
        const key = (column * (PER_TILE + 1) + end) * (EMPTY + 1) + classIndex
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
