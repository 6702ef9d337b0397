import { createHash } from 'node:crypto'
import { deflateSync, inflateSync } from 'node:zlib'
import Database from 'better-sqlite3'
import type { RasterGrid, RasterPlace } from '#core/geo/raster.ts'
import type { Layer } from '#core/model/plan.ts'
import { LAST_CHANGE, quoted } from './gpkg-schema.ts'
import type { LayerFiles } from './layer-columns.ts'

/** Where the grids of a plan lie; its rows name tables of cells. Absent from plans without grids. */
const RASTERS_TABLE = 'greenprint_rasters'

/** Cells per stored row: a quarter of a million floats, a megabyte before compression. */
const CHUNK_CELLS = 1 << 18

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
  const head = { kind: 'raster', crs, columns, rows, leftX, topY, cellX, cellY }
  const hash = createHash('sha256').update(JSON.stringify(head))
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

const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

function littleEndian(cells: Float32Array): Buffer {
  const bytes = Buffer.from(cells.buffer, cells.byteOffset, cells.byteLength)
  return isLittleEndian ? bytes : Buffer.from(bytes).swap32()
}

type PlaceRow = RasterPlace & { crs: string }

/** A grid of a plan as analysis reads it, in shared memory. Opened read-only; nothing in the file is executed. */
export function loadRaster(files: Pick<LayerFiles, 'gpkg'>, layer: Pick<Layer, 'table'>): RasterGrid {
  const db = new Database(files.gpkg, { readonly: true, fileMustExist: true })
  try {
    db.pragma('trusted_schema = OFF')
    const place = db
      .prepare<[string], PlaceRow>(
        `SELECT columns, rows, left_x AS leftX, top_y AS topY, cell_x AS cellX, cell_y AS cellY, crs
         FROM ${RASTERS_TABLE} WHERE table_name = ?`,
      )
      .get(layer.table)
    if (!place) throw new Error(`the plan's file has no grid ${layer.table}`)
    const values = new Float32Array(new SharedArrayBuffer(place.columns * place.rows * 4))
    const bytes = Buffer.from(values.buffer)
    const rows = db.prepare(`SELECT first_row AS firstRow, cells FROM ${quoted(layer.table)} ORDER BY first_row`)
    let filled = 0
    for (const { firstRow, cells } of rows.iterate() as Iterable<{ firstRow: number; cells: Buffer }>) {
      if (firstRow * place.columns * 4 !== filled) throw new Error(`the grid ${layer.table} has a gap`)
      filled += inflateSync(cells).copy(bytes, filled)
    }
    if (filled !== bytes.length) throw new Error(`the grid ${layer.table} is incomplete`)
    if (!isLittleEndian) bytes.swap32()
    return { ...place, values }
  } finally {
    db.close()
  }
}
