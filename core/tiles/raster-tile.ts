import { NO_CLASS, type RasterTile } from '../contract/map-data.ts'
import type { PointMap } from '../geo/frame.ts'
import { cellAt, type RasterGrid } from '../geo/raster.ts'
import { stepOf } from '../map/ramp.ts'
import { TILE_PX, type TileGrid } from './grid.ts'

/** The exact transform is computed at this spacing and drawn straight in between: off by millimetres in a tile of a city. */
export const MESH_PX = 16

/**
 * One tile of a grid: the step of the cell under the middle of each pixel (nearest, nothing is smoothed).
 * @param toGrid frame metres → the grid's own coordinates
 */
export function buildRasterTile(
  raster: RasterGrid,
  limits: Float64Array,
  grid: TileGrid,
  [z, x, y]: readonly [number, number, number],
  toGrid: PointMap,
): RasterTile {
  const classes = new Uint8Array(TILE_PX * TILE_PX).fill(NO_CLASS)
  eachPixel(grid, [z, x, y], toGrid, (pixel, gridX, gridY) => {
    const cell = cellAt(raster, gridX, gridY)
    const value = cell === -1 ? NaN : (raster.values[cell] ?? NaN)
    if (value === value) classes[pixel] = stepOf(limits, value)
  })
  return { sizePx: TILE_PX, classes }
}

/** Calls back with every pixel's number (row by row) and where its middle lies in another system. */
export function eachPixel(
  grid: TileGrid,
  [z, x, y]: readonly [number, number, number],
  toOther: PointMap,
  visit: (pixel: number, otherX: number, otherY: number) => void,
): void {
  const resolution = grid.resolutions[z] ?? 1
  const left = grid.leftM + x * TILE_PX * resolution
  const top = grid.topM - y * TILE_PX * resolution
  const at = (column: number, row: number) => toOther(left + column * resolution, top - row * resolution)
  for (let meshRow = 0; meshRow < TILE_PX; meshRow += MESH_PX)
    for (let meshColumn = 0; meshColumn < TILE_PX; meshColumn += MESH_PX) {
      const [x00, y00] = at(meshColumn, meshRow)
      const [x10, y10] = at(meshColumn + MESH_PX, meshRow)
      const [x01, y01] = at(meshColumn, meshRow + MESH_PX)
      const [x11, y11] = at(meshColumn + MESH_PX, meshRow + MESH_PX)
      for (let row = 0; row < MESH_PX; row++) {
        const v = (row + 0.5) / MESH_PX
        const [fromX, fromY] = [x00 + (x01 - x00) * v, y00 + (y01 - y00) * v]
        const [stepX, stepY] = [(x10 + (x11 - x10) * v - fromX) / MESH_PX, (y10 + (y11 - y10) * v - fromY) / MESH_PX]
        const first = (meshRow + row) * TILE_PX + meshColumn
        for (let column = 0; column < MESH_PX; column++)
          visit(first + column, fromX + stepX * (column + 0.5), fromY + stepY * (column + 0.5))
      }
    }
}
