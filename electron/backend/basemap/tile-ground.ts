import { decodeTile, type Pixels } from './decode-tile.ts'
import { cutSquare, wayTo, type GroundPicture, type Way } from './ground-picture.ts'
import type { TileArchive } from './tile-archive.ts'
import type { PictureLevel } from './tiff-picture.ts'

const TILE_PX = 256
/** Half of the side of the web-mercator square, metres. */
const HALF_M = Math.PI * 6_378_137
const MERCATOR = 'EPSG:3857'
/** Decoded tiles that are kept: neighbours share them. */
const MOST_KEPT = 200

/** A pyramid of tiles as a picture on the ground, for paper: each zoom is a level of it. */
export function tileGround(archive: Pick<TileArchive, 'facts' | 'tile'>, shown: string): Pick<GroundPicture, 'square'> {
  const { minZoom, maxZoom } = archive.facts
  const kept = new Map<string, Pixels | null>()
  const pixelsOf = async (z: number, x: number, y: number): Promise<Pixels | null> => {
    const key = `${z}/${x}/${y}`
    const known = kept.get(key)
    if (known !== undefined) return known
    const tile = await archive.tile(z, x, y)
    const pixels = tile && (await decodeTile(tile, shown))
    const [oldest] = kept.keys()
    if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest)
    kept.set(key, pixels)
    return pixels
  }
  const levels = Array.from({ length: maxZoom - minZoom + 1 }, (_, step): PictureLevel => {
    const z = maxZoom - step
    const side = TILE_PX * 2 ** z
    return { columns: side, rows: side, window: (...box) => windowOf((x, y) => pixelsOf(z, x, y), box) }
  })
  const cells = (TILE_PX * 2 ** maxZoom) / (2 * HALF_M)
  const toCell: Way = (x, y) => [(x + HALF_M) * cells, (HALF_M - y) * cells]
  const ways = new Map<string, Way>()
  return { square: (square) => cutSquare(square, levels, wayTo(square, MERCATOR, toCell, ways)) }
}

type Box = [left: number, top: number, right: number, bottom: number]

/** A part of a level, put together of its tiles; tiles that the file does not have stay see-through. */
async function windowOf(
  pixelsOf: (x: number, y: number) => Promise<Pixels | null>,
  [left, top, right, bottom]: Box,
): Promise<Uint8Array> {
  const width = right - left
  const out = new Uint8Array(width * (bottom - top) * 4)
  for (let y = Math.floor(top / TILE_PX); y * TILE_PX < bottom; y++)
    for (let x = Math.floor(left / TILE_PX); x * TILE_PX < right; x++) {
      const tile = await pixelsOf(x, y)
      if (tile === null) continue
      const source = new Uint32Array(tile.rgba.buffer)
      const target = new Uint32Array(out.buffer)
      for (let row = Math.max(top, y * TILE_PX); row < Math.min(bottom, (y + 1) * TILE_PX); row++) {
        const from = Math.floor(((row - y * TILE_PX) * tile.height) / TILE_PX) * tile.width
        for (let column = Math.max(left, x * TILE_PX); column < Math.min(right, (x + 1) * TILE_PX); column++)
          target[(row - top) * width + column - left] =
            source[from + Math.floor(((column - x * TILE_PX) * tile.width) / TILE_PX)] ?? 0
      }
    }
  return out
}
