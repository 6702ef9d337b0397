import { fromFrame, type Frame, type PointMap } from './frame.ts'
import type { Role } from '../model/roles.ts'

/** Where the cells of a north-up grid lie, in units of its own coordinate system. Row 0 is the north. */
export interface RasterPlace {
  columns: number
  rows: number
  /** The grid's outer corner: west edge of column 0, north edge of row 0. */
  leftX: number
  topY: number
  /** Both positive. */
  cellX: number
  cellY: number
}

/** A grid of cells as analysis reads it: row by row from the north, NaN where there is no value. */
export interface RasterGrid extends RasterPlace {
  crs: string
  /** Over a SharedArrayBuffer, so that workers read it without a copy. */
  values: Float32Array
}

/** A grid of a plan, with the way to it from the plan's frame. */
export interface PlacedRaster {
  role: Role
  name: string
  sha256: string
  grid: RasterGrid
  /** Metres of the plan's frame → the grid's own coordinates. */
  toGrid: PointMap
}

/** minX, minY, maxX, maxY of a grid in its own system. */
export const rasterExtent = ({ columns, rows, leftX, topY, cellX, cellY }: RasterPlace): [number, number, number, number] => [
  leftX,
  topY - rows * cellY,
  leftX + columns * cellX,
  topY,
]

/** Metres of the frame → coordinates of a grid's system, by way of longitude and latitude (`toGrid`: degrees → the grid's). */
export function frameToGrid(frame: Frame, toGrid: PointMap): PointMap {
  const toEarth = fromFrame(frame)
  return (x, y) => toGrid(...toEarth(x, y))
}

/** The value of the cell that holds a point given in the grid's own system; NaN outside and where there is none. */
export function valueAt(grid: RasterGrid, x: number, y: number): number {
  const cell = cellAt(grid, x, y)
  return cell === -1 ? NaN : (grid.values[cell] ?? NaN)
}

/** Number of the cell that holds a point given in the grid's own system, row by row; -1 outside. */
export function cellAt(place: RasterPlace, x: number, y: number): number {
  const column = Math.floor((x - place.leftX) / place.cellX)
  const row = Math.floor((place.topY - y) / place.cellY)
  const inside = column >= 0 && column < place.columns && row >= 0 && row < place.rows
  return inside ? row * place.columns + column : -1
}
