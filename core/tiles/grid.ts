export const TILE_PX = 512

/** Tile coordinates are sixteenths of a pixel: fine enough that neighbours meet, small enough for integers. */
export const STEPS_PER_PX = 16

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
}

export function tileWindow(grid: TileGrid, z: number, x: number, y: number): TileWindow | null {
  const resolution = grid.resolutions[z]
  if (resolution === undefined) return null
  const sideMm = resolution * TILE_PX * 1000
  const minXMm = grid.leftM * 1000 + x * sideMm
  const maxYMm = grid.topM * 1000 - y * sideMm
  return { minXMm, maxXMm: minXMm + sideMm, minYMm: maxYMm - sideMm, maxYMm, scale: STEPS_PER_PX / (resolution * 1000) }
}
