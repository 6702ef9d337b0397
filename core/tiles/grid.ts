export const TILE_PX = 512

/** Tile coordinates are sixteenths of a pixel: fine enough that neighbours meet, small enough for integers. */
export const STEPS_PER_PX = 16

/** Shapes keep to every second step, an eighth of a pixel: fewer vertices, and nobody sees it. */
const SNAP = 2

const FINEST_M_PER_PX = 0.05

/** The pyramid of tiles over a plan: level 0 shows it whole in one tile, each level halves the metres per pixel. */
export interface TileGrid {
  /** Top left corner in frame metres. */
  leftM: number
  topM: number
  resolutions: number[]
}

/** `extent`: minX, minY, maxX, maxY in frame metres. An empty extent still gets a grid, so that the map can open. */
export function tileGrid(extent: readonly [number, number, number, number]): TileGrid {
  const [minX, minY, maxX, maxY] = extent
  const side = Math.max(maxX - minX, maxY - minY, 1) * 1.02
  const resolutions: number[] = []
  for (let resolution = side / TILE_PX; resolution >= FINEST_M_PER_PX || resolutions.length === 0; resolution /= 2)
    resolutions.push(resolution)
  return { leftM: (minX + maxX) / 2 - side / 2, topM: (minY + maxY) / 2 + side / 2, resolutions }
}

/** The part of the frame that a tile shows, and how to get from millimetres to its sixteenths of pixels. */
export interface TileWindow {
  minXMm: number
  minYMm: number
  maxXMm: number
  maxYMm: number
  /** Tile steps per millimetre. */
  scale: number
  /** Top left corner of the grid in millimetres, and the steps from there to this tile. */
  gridLeftMm: number
  gridTopMm: number
  stepsRight: number
  stepsDown: number
}

/** The window of a tile; null where the grid has no such tile. */
export function tileWindow(grid: TileGrid, z: number, x: number, y: number): TileWindow | null {
  const resolution = grid.resolutions[z]
  const side = 2 ** z
  if (resolution === undefined || x < 0 || y < 0 || x >= side || y >= side) return null
  const sideMm = resolution * TILE_PX * 1000
  const gridLeftMm = grid.leftM * 1000
  const gridTopMm = grid.topM * 1000
  const minXMm = gridLeftMm + x * sideMm
  const maxYMm = gridTopMm - y * sideMm
  return {
    minXMm,
    maxXMm: minXMm + sideMm,
    minYMm: maxYMm - sideMm,
    maxYMm,
    scale: STEPS_PER_PX / (resolution * 1000),
    gridLeftMm,
    gridTopMm,
    stepsRight: x * TILE_PX * STEPS_PER_PX,
    stepsDown: y * TILE_PX * STEPS_PER_PX,
  }
}

/** Millimetres to steps right of the tile's edge: rounded on the grid, not on the tile, so that all tiles agree exactly. */
export const toStepsX = (window: TileWindow, xMm: number): number =>
  SNAP * Math.round(((xMm - window.gridLeftMm) * window.scale) / SNAP) - window.stepsRight

/** Millimetres to steps below the tile's top. */
export const toStepsY = (window: TileWindow, yMm: number): number =>
  SNAP * Math.round(((window.gridTopMm - yMm) * window.scale) / SNAP) - window.stepsDown
