import type { LayerColumns } from '../geo/columns.ts'
import { TILE_PX, type TileGrid } from './grid.ts'

/** Below this mean size on the screen parcels are shown as overview cells, where a tile holds more than so many. */
const OVERVIEW_BELOW_PX = 9
const OVERVIEW_ABOVE_PARTS = 6000
/** So many parcels, evenly chosen, tell where a layer is dense. */
const SAMPLE = 100_000

/** By layer, whose boxes never change, then by the level's resolution and the grid's corner. */
const known = new WeakMap<Int32Array, Map<string, boolean>>()

/**
 * Whether a polygon layer's parcels are specks at a level of the pyramid: in one tile of it at least, more than 6,000 whose mean
 * size is below 9 px. Told for the level and not for a tile, so that neighbours in one picture are drawn the same way.
 */
export function isDenseLevel({ partBox }: LayerColumns, grid: TileGrid, z: number): boolean {
  const resolution = grid.resolutions[z]
  // The densest place cannot hold more than the whole layer.
  if (resolution === undefined || partBox.length / 4 <= OVERVIEW_ABOVE_PARTS) return false
  const levels = known.get(partBox) ?? new Map<string, boolean>()
  known.set(partBox, levels)
  const key = [grid.leftM, grid.topM, resolution].join(' ')
  const isDense = levels.get(key) ?? someTileIsDense(partBox, grid, resolution)
  levels.set(key, isDense)
  return isDense
}

function someTileIsDense(partBox: LayerColumns['partBox'], { leftM, topM }: TileGrid, resolution: number): boolean {
  const pxMm = resolution * 1000
  const stride = Math.max(1, Math.floor(partBox.length / 4 / SAMPLE))
  const tiles = new Map<number, { count: number; size: number }>()
  for (let at = 0; at < partBox.length; at += 4 * stride) {
    const [left = 0, bottom = 0, right = 0, top = 0] = [partBox[at], partBox[at + 1], partBox[at + 2], partBox[at + 3]]
    const column = Math.floor(((left + right) / 2 - leftM * 1000) / (pxMm * TILE_PX))
    const row = Math.floor((topM * 1000 - (bottom + top) / 2) / (pxMm * TILE_PX))
    const key = column * 0x400_0000 + row
    const tile = tiles.get(key)
    const size = Math.sqrt((right - left) * (top - bottom))
    if (tile === undefined) tiles.set(key, { count: 1, size })
    else {
      tile.count += 1
      tile.size += size
    }
  }
  for (const { count, size } of tiles.values())
    if (count * stride > OVERVIEW_ABOVE_PARTS && size / count / pxMm < OVERVIEW_BELOW_PX) return true
  return false
}
