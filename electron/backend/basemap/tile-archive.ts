import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { PMTiles, TileType, type RangeResponse, type Source } from 'pmtiles'
import type { BasemapInfo, BasemapTile } from '#core/contract/basemap.ts'
import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import { readHead } from '../formats/read-file.ts'
import { openUntrusted } from '../formats/untrusted-sqlite.ts'

export type ArchiveFacts = Pick<BasemapInfo, 'kind' | 'minZoom' | 'maxZoom' | 'attribution'>

/** A file of picture tiles, opened. Tiles count from the north-west. */
export interface TileArchive {
  facts: ArchiveFacts
  tile(z: number, x: number, y: number): Promise<BasemapTile | null>
  close(): void
}

const MOST_TILE_BYTES = 8 * 2 ** 20
const MOST_ZOOM = 24
const MOST_TEXT = 300

const unreadable = (file: string, zh: string, en: string, cause?: unknown): AppError =>
  new AppError('basemap.unreadable', { file, problem: bilingual(zh, en) }, { cause })

/**
 * Opens MBTiles or PMTiles, judged by their first bytes. Runs only in the basemap process.
 * @throws AppError `basemap.unreadable`, `basemap.vector-tiles`
 */
export async function openTileArchive(file: string, shown: string): Promise<TileArchive> {
  const head = readHead(file, shown).toString('latin1', 0, 16)
  try {
    if (head.startsWith('SQLite format 3\0')) return guarded(openMbtiles(file, shown), shown)
    if (head.startsWith('PMTiles')) return guarded(await openPmtiles(file, shown), shown)
  } catch (error) {
    if (error instanceof AppError && error.code !== 'import.geopackage-broken') throw error
    throw unreadable(shown, '文件已损坏', 'it is damaged', error)
  }
  throw unreadable(shown, '不是 MBTiles、PMTiles 或 GeoTIFF', 'it is none of MBTiles, PMTiles and GeoTIFF')
}

/** Damage that shows only at one tile is told like damage at the start. */
const guarded = (archive: TileArchive, shown: string): TileArchive => ({
  ...archive,
  async tile(z, x, y) {
    try {
      return await archive.tile(z, x, y)
    } catch (error) {
      throw unreadable(shown, '瓦片已损坏', 'one of its tiles is damaged', error)
    }
  },
})

/** What a tile's first bytes say it is; null for vector tiles and anything else. */
export function imageTypeOf(bytes: Uint8Array): BasemapTile['type'] | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(12, bytes.length)).toString('latin1')
  if (head.startsWith('\x89PNG')) return 'image/png'
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  return head.startsWith('RIFF') && head.slice(8) === 'WEBP' ? 'image/webp' : null
}

function asTile(bytes: Uint8Array): BasemapTile | null {
  const type = bytes.length <= MOST_TILE_BYTES ? imageTypeOf(bytes) : null
  // A copy of its own: what leaves the process must not drag a whole file's buffer along.
  return type === null ? null : { type, bytes: Uint8Array.from(bytes) }
}

function openMbtiles(file: string, shown: string): TileArchive {
  const { db, close } = openUntrusted(file, shown, undefined)
  try {
    const select = db.prepare<[number, number, number], { data: Buffer | null }>(
      'SELECT tile_data AS data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ? LIMIT 1',
    )
    const said = db
      .prepare<[], { name: unknown; value: unknown }>('SELECT name, value FROM metadata LIMIT 500')
      .all()
      .flatMap(({ name, value }) => (typeof name === 'string' && typeof value === 'string' ? [[name, value] as const] : []))
    const metadata = new Map(said)
    const [first] = db.prepare<[], { data: unknown }>('SELECT tile_data AS data FROM tiles LIMIT 1').all()
    if (!Buffer.isBuffer(first?.data)) throw unreadable(shown, '其中没有瓦片', 'it holds no tiles')
    if (imageTypeOf(first.data) === null) throw new AppError('basemap.vector-tiles', { file: shown })
    const range = db
      .prepare<[], { low: number; high: number }>('SELECT min(zoom_level) AS low, max(zoom_level) AS high FROM tiles')
      .get()
    const [minZoom, maxZoom] = zooms(range?.low, range?.high, shown)
    return {
      facts: { kind: 'mbtiles', minZoom, maxZoom, attribution: plainWords(metadata.get('attribution')) },
      tile(z, x, y) {
        const data: unknown = select.get(z, x, 2 ** z - 1 - y)?.data
        return Promise.resolve(Buffer.isBuffer(data) ? asTile(data) : null)
      },
      close,
    }
  } catch (error) {
    close()
    throw error
  }
}

function zooms(low: unknown, high: unknown, shown: string): [number, number] {
  if (typeof low !== 'number' || typeof high !== 'number' || !(low >= 0 && low <= high && high <= MOST_ZOOM))
    throw unreadable(shown, '瓦片级别无效', 'its zoom levels cannot be')
  return [low, high]
}

/** Attributions come as HTML; only their words are shown. */
export function plainWords(text: unknown): string | null {
  const words =
    typeof text === 'string'
      ? text
          .replace(/<[^>]*>/g, '')
          .replace(/\s+/g, ' ')
          .trim()
          .slice(0, MOST_TEXT)
      : ''
  return words === '' ? null : words
}

/** Byte ranges of one file, for the PMTiles reader; it never asks for more than a directory or a tile. */
class LocalSource implements Source {
  readonly #descriptor: number
  readonly #size: number

  constructor(file: string) {
    this.#descriptor = openSync(file, 'r')
    this.#size = fstatSync(this.#descriptor).size
  }

  getKey(): string {
    return 'basemap'
  }

  getBytes(offset: number, length: number): Promise<RangeResponse> {
    const count = Math.min(length, this.#size - offset)
    if (!(offset >= 0 && count >= 0 && count <= 4 * MOST_TILE_BYTES))
      return Promise.reject(new RangeError('a range beyond the file'))
    const data = new ArrayBuffer(count)
    readSync(this.#descriptor, new Uint8Array(data), 0, count, offset)
    return Promise.resolve({ data })
  }

  close(): void {
    closeSync(this.#descriptor)
  }
}

async function openPmtiles(file: string, shown: string): Promise<TileArchive> {
  const source = new LocalSource(file)
  try {
    const archive = new PMTiles(source)
    const header = await archive.getHeader()
    if (header.tileType === TileType.Mvt || header.tileType === TileType.Mlt)
      throw new AppError('basemap.vector-tiles', { file: shown })
    const [minZoom, maxZoom] = zooms(header.minZoom, header.maxZoom, shown)
    const metadata = (await archive.getMetadata()) as { attribution?: unknown } | null
    return {
      facts: { kind: 'pmtiles', minZoom, maxZoom, attribution: plainWords(metadata?.attribution) },
      async tile(z, x, y) {
        const found = await archive.getZxy(z, x, y)
        return found ? asTile(new Uint8Array(found.data)) : null
      },
      close: () => source.close(),
    }
  } catch (error) {
    source.close()
    throw error
  }
}
