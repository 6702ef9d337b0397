import type { TileData } from '#core/contract/map-data.ts'

/** Memory that built tiles of a plan may take. */
const MOST_BYTES = 48 * 2 ** 20

const bytesOf = ({ xy, ringOff, featureOff, fid, classIndex, cells }: TileData): number =>
  [xy, ringOff, featureOff, fid, classIndex, cells].reduce((sum, { byteLength }) => sum + byteLength, 0)

/** Tiles that were built lately: a window that is opened again, a second window or a step back on the map asks for the same ones. */
export class TileStore {
  readonly #tiles = new Map<string, TileData>()
  #bytes = 0

  /** The tile of a name, built when it is not there. */
  get(name: string, build: () => TileData): TileData {
    const known = this.#tiles.get(name)
    const tile = known ?? build()
    this.#tiles.delete(name)
    this.#tiles.set(name, tile)
    if (known === undefined) this.#bytes += bytesOf(tile)
    for (const [oldest, one] of this.#tiles) {
      if (this.#bytes <= MOST_BYTES || oldest === name) break
      this.#tiles.delete(oldest)
      this.#bytes -= bytesOf(one)
    }
    return tile
  }
}
