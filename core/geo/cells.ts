import { layerBuilder } from './build.ts'
import type { LayerColumns } from './columns.ts'

/** A grid never has more cells than this; a plan that needs more gets larger ones. */
const MOST_CELLS = 250_000

/** Cells over a layer, and the size used: larger than asked where the plan is vast. */
export interface Cells {
  cells: LayerColumns
  cellM: number
}

/** A way to tile the plane, on a lattice fixed to the frame's origin. */
interface Lattice {
  /** The cells whose own box meets a box in metres. */
  cellsIn(minX: number, minY: number, maxX: number, maxY: number, visit: (column: number, row: number) => boolean): void
  /** Corners x,y,x,y… in metres; neighbours get the very same numbers. */
  corners(column: number, row: number): number[]
}

/**
 * Square cells over the ground that a layer's parts touch, on whole multiples of the cell size from the frame's origin, so that
 * the same ground always falls into the same cells.
 */
export const squareCells = (layer: LayerColumns, wantedM: number): Cells => cellsOver(layer, wantedM, squares)

/**
 * Regular hexagons over the ground that a layer's parts touch, one corner up, `wantedM` from side to side: centres in a row lie
 * that far apart, and a cell covers √3 ⁄ 2 of its square. On a lattice fixed to the frame's origin.
 */
export const hexCells = (layer: LayerColumns, wantedM: number): Cells => cellsOver(layer, wantedM, hexagons)

function cellsOver(layer: LayerColumns, wantedM: number, latticeOf: (cellM: number) => Lattice): Cells {
  if (!(wantedM > 0)) throw new RangeError('a cell needs a size')
  let cellM = wantedM
  let found = touchedCells(layer, latticeOf(cellM))
  while (found === undefined) {
    cellM *= 2
    found = touchedCells(layer, latticeOf(cellM))
  }
  const lattice = latticeOf(cellM)
  const builder = layerBuilder({ role: 'other', name: 'cells', kind: 'polygon', frame: layer.frame }, {})
  for (const [column, row] of found.values()) builder.add(builder.size() + 1, [[lattice.corners(column, row)]], {})
  return { cells: builder.finish(''), cellM }
}

function touchedCells(layer: LayerColumns, lattice: Lattice): Map<string, [number, number]> | undefined {
  const cells = new Map<string, [number, number]>()
  const add = (column: number, row: number): boolean => {
    cells.set(`${column}/${row}`, [column, row])
    return cells.size <= MOST_CELLS
  }
  for (let box = 0; box + 3 < layer.partBox.length; box += 4) {
    const [minX = 0, minY = 0, maxX = 0, maxY = 0] = layer.partBox.subarray(box, box + 4)
    lattice.cellsIn(minX / 1000, minY / 1000, maxX / 1000, maxY / 1000, add)
    if (cells.size > MOST_CELLS) return undefined
  }
  return cells
}

function squares(cellM: number): Lattice {
  return {
    cellsIn(minX, minY, maxX, maxY, visit) {
      for (let column = Math.floor(minX / cellM); column * cellM < maxX; column += 1) {
        for (let row = Math.floor(minY / cellM); row * cellM < maxY; row += 1) if (!visit(column, row)) return
      }
    },
    corners(column, row) {
      const [x, y] = [column * cellM, row * cellM]
      return [x, y, x + cellM, y, x + cellM, y + cellM, x, y + cellM]
    },
  }
}

/** Corners of hexagons lie on a lattice of half widths and quarter heights; every odd row is half a width to the right. */
function hexagons(cellM: number): Lattice {
  const half = cellM / 2
  const quarter = cellM / Math.sqrt(3) / 2
  const middleOf = (column: number, row: number): [x: number, y: number] => [2 * column + (row % 2 === 0 ? 0 : 1), 3 * row]
  return {
    cellsIn(minX, minY, maxX, maxY, visit) {
      for (let row = Math.floor((minY / quarter - 2) / 3) + 1; (3 * row - 2) * quarter < maxY; row += 1) {
        const shift = row % 2 === 0 ? 0 : 1
        for (let column = Math.ceil((minX / half - 1 - shift) / 2); (2 * column + shift - 1) * half < maxX; column += 1) {
          if (!visit(column, row)) return
        }
      }
    },
    corners(column, row) {
      const [x, y] = middleOf(column, row)
      const around = [[0, -2], [1, -1], [1, 1], [0, 2], [-1, 1], [-1, -1]] as const // prettier-ignore
      return around.flatMap(([right, up]) => [(x + right) * half, (y + up) * quarter])
    },
  }
}
