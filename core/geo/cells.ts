import { layerBuilder } from './build.ts'
import type { LayerColumns } from './columns.ts'

/** A grid never has more cells than this; a plan that needs more gets larger ones. */
const MOST_CELLS = 250_000

/**
 * Square cells over the ground that a layer's parts touch, on whole multiples of the cell size from the frame's origin, so that
 * the same ground always falls into the same cells. Returns the size used: larger than asked where the plan is vast.
 */
export function squareCells(layer: LayerColumns, wantedM: number): { cells: LayerColumns; cellM: number } {
  let cellM = wantedM
  let found = touchedCells(layer, cellM)
  while (found === undefined) {
    cellM *= 2
    found = touchedCells(layer, cellM)
  }
  const builder = layerBuilder({ role: 'other', name: 'cells', kind: 'polygon', frame: layer.frame }, {})
  for (const [column, row] of found.values()) {
    const [x, y] = [column * cellM, row * cellM]
    builder.add(builder.size() + 1, [[[x, y, x + cellM, y, x + cellM, y + cellM, x, y + cellM]]], {})
  }
  return { cells: builder.finish(''), cellM }
}

function touchedCells(layer: LayerColumns, cellM: number): Map<string, [number, number]> | undefined {
  const cells = new Map<string, [number, number]>()
  const sizeMm = cellM * 1000
  for (let box = 0; box + 3 < layer.partBox.length; box += 4) {
    const [minX = 0, minY = 0, maxX = 0, maxY = 0] = layer.partBox.subarray(box, box + 4)
    for (let column = Math.floor(minX / sizeMm); column * sizeMm < maxX; column += 1) {
      for (let row = Math.floor(minY / sizeMm); row * sizeMm < maxY; row += 1) {
        cells.set(`${column}/${row}`, [column, row])
        if (cells.size > MOST_CELLS) return undefined
      }
    }
  }
  return cells
}
