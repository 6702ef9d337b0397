import { createHash } from 'node:crypto'
import { deflateSync, inflateSync } from 'node:zlib'
import Database from 'better-sqlite3'
import type { RasterGrid, RasterPlace } from '#core/geo/raster.ts'
import type { Layer } from '#core/model/plan.ts'
import { LAST_CHANGE, quoted } from './gpkg-schema.ts'
import type { LayerFiles } from './layer-columns.ts'

/** Where the grids of a plan lie; its rows name tables of cells. Absent from plans without grids. */
export const RASTERS_TABLE = 'greenprint_rasters'

/** Cells per stored row: a quarter of a million floats, a megabyte before compression. */
const CHUNK_CELLS = 1 << 18

/** The largest grid that a program on one machine can hold: as many bytes as one array may have. */
const MOST_CELLS = 2 ** 31

const RASTERS_DDL = `CREATE TABLE ${RASTERS_TABLE} (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, table_name TEXT NOT NULL UNIQUE, columns INTEGER NOT NULL,
  rows INTEGER NOT NULL, left_x DOUBLE NOT NULL, top_y DOUBLE NOT NULL, cell_x DOUBLE NOT NULL, cell_y DOUBLE NOT NULL,
  crs TEXT NOT NULL)`

/** The table of one grid: made by us from the role, so it is a plain identifier. */
export interface GpkgRaster {
  table: string
  name: string
  crs: string
  place: RasterPlace
}

export interface GpkgRasterWriter {
  /** Appends cells, row by row from the north, in any portions. */
  add(cells: Float32Array): void
  /** Writes the rest. `sha256` covers system, place and every cell; not the compression. */
  finish(): { sha256: string }
}

function register(db: Database.Database, table: string, name: string, description: string): void {
  db.prepare(
    `INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id)
     VALUES (?, 'attributes', ?, ?, ?, 0)`,
  ).run(table, name, description, LAST_CHANGE)
}

const exists = (db: Database.Database, table: string): boolean =>
  db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(table) !== undefined

/**
 * Writes a grid into a plan's GeoPackage that is being made: one row per run of whole rows, deflated little-endian 32-bit
 * floats, NaN where there is no value. The GeoPackage tiles of other tools hold pictures; cells must stay numbers.
 */
export function rasterWriter(db: Database.Database, { table, name, crs, place }: GpkgRaster): GpkgRasterWriter {
  if (!exists(db, RASTERS_TABLE)) {
    db.exec(RASTERS_DDL)
    register(db, RASTERS_TABLE, RASTERS_TABLE, 'Where the grids of a Greenprint plan lie')
  }
  db.exec(
    `CREATE TABLE ${quoted(table)} (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, first_row INTEGER NOT NULL, cells BLOB NOT NULL)`,
  )
  register(db, table, table, `${name}: cells of a grid, deflated 32-bit floats from the north`)
  const { columns, rows, leftX, topY, cellX, cellY } = place
  db.prepare(`INSERT INTO ${RASTERS_TABLE} VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)`).run(
    table,
    columns,
    rows,
    leftX,
    topY,
    cellX,
    cellY,
    crs,
  )
  const insert = db.prepare(`INSERT INTO ${quoted(table)} (first_row, cells) VALUES (?, ?)`)
  const hash = gridHash(crs, place)
  const chunkRows = Math.max(1, Math.floor(CHUNK_CELLS / columns))
  const chunk = new Float32Array(chunkRows * columns)
  let [filled, firstRow] = [0, 0]
  const flush = (): void => {
    if (filled === 0) return
    const bytes = littleEndian(chunk.subarray(0, filled))
    hash.update(bytes)
    insert.run(firstRow, deflateSync(bytes, { level: 6 }))
    firstRow += filled / columns
    filled = 0
  }
  return {
    add(cells) {
      for (let at = 0; at < cells.length;) {
        const count = Math.min(cells.length - at, chunk.length - filled)
        // Element by element, so that every NaN is stored with the same bits.
        for (let i = 0; i < count; i++) {
          const value = cells[at + i] ?? NaN
          chunk[filled + i] = value === value ? value : NaN
        }
        filled += count
        at += count
        if (filled === chunk.length) flush()
      }
    },
    finish() {
      flush()
      if (firstRow !== rows) throw new Error(`a grid of ${rows} rows was given ${firstRow}`)
      return { sha256: hash.digest('hex') }
    },
  }
}

/** SHA-256 over what the grid *is*; its cells follow the head. */
function gridHash(crs: string, { columns, rows, leftX, topY, cellX, cellY }: RasterPlace) {
  const head = { kind: 'raster', crs, columns, rows, leftX, topY, cellX, cellY }
  return createHash('sha256').update(JSON.stringify(head))
}

const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

function littleEndian(cells: Float32Array): Buffer {
  const bytes = Buffer.from(cells.buffer, cells.byteOffset, cells.byteLength)
  return isLittleEndian ? bytes : Buffer.from(bytes).swap32()
}

/** A grid as its row of the table of grids says where it lies. */
export type StoredGrid = RasterPlace & { crs: string }

function placeOf(db: Database.Database, table: string): StoredGrid {
  const place = db
    .prepare<[string], StoredGrid>(
      `SELECT columns, rows, left_x AS leftX, top_y AS topY, cell_x AS cellX, cell_y AS cellY, crs
       FROM ${RASTERS_TABLE} WHERE table_name = ?`,
    )
    .get(table)
  if (!place) throw new RangeError(`the plan's file has no grid ${table}`)
  return place
}

/** The stored runs of cells from the north, inflated; never more bytes than the grid has. */
function* cellsOf(db: Database.Database, table: string, { columns, rows }: RasterPlace): Generator<Buffer> {
  const stored = db.prepare(`SELECT first_row AS firstRow, cells FROM ${quoted(table)} ORDER BY first_row`)
  let left = columns * rows * 4
  for (const { firstRow, cells } of stored.iterate() as Iterable<{ firstRow: number; cells: Buffer }>) {
    if ((rows - firstRow) * columns * 4 !== left) throw new RangeError(`the grid ${table} has a gap`)
    const bytes = inflateSync(cells, { maxOutputLength: Math.max(1, Math.min(left, mostChunkBytes(columns))) })
    left -= bytes.length
    yield bytes
  }
  if (left !== 0) throw new RangeError(`the grid ${table} is incomplete`)
}

/** A run is of whole rows, and one at least. */
const mostChunkBytes = (columns: number): number => 4 * Math.max(CHUNK_CELLS, columns)

/**
 * The hash that `rasterWriter` gave a grid when it was written, from the cells that lie in it now, and where it lies.
 * @throws RangeError for a grid with gaps
 */
export function storedGridHash(db: Database.Database, table: string): { sha256: string; grid: StoredGrid } {
  const grid = placeOf(db, table)
  const { columns, rows, leftX, topY, cellX, cellY } = grid
  if (![columns, rows].every((count) => Number.isSafeInteger(count) && count > 0) || columns * rows > MOST_CELLS)
    throw new RangeError('a grid of no such size')
  if (![leftX, topY, cellX, cellY].every(Number.isFinite)) throw new RangeError('a grid that lies nowhere')
  const hash = gridHash(grid.crs, grid)
  for (const bytes of cellsOf(db, table, grid)) hash.update(bytes)
  return { sha256: hash.digest('hex'), grid }
}

/** A grid of a plan as analysis reads it, in shared memory. Opened read-only; nothing in the file is executed. */
export function loadRaster(files: Pick<LayerFiles, 'gpkg'>, { table }: Pick<Layer, 'table'>): RasterGrid {
  const db = new Database(files.gpkg, { readonly: true, fileMustExist: true })
  try {
    db.pragma('trusted_schema = OFF')
    const place = placeOf(db, table)
    const values = new Float32Array(new SharedArrayBuffer(place.columns * place.rows * 4))
    const bytes = Buffer.from(values.buffer)
    let filled = 0
    for (const cells of cellsOf(db, table, place)) filled += cells.copy(bytes, filled)
    if (!isLittleEndian) bytes.swap32()
    return { ...place, values }
  } finally {
    db.close()
  }
}
