import Database from 'better-sqlite3'
import type { FieldType, GeometryKind, LayerKind } from '#core/model/roles.ts'
import type { SourceGeometry, SourceValue } from '../formats/format.ts'
import { contentHash, crsName, SQL_TYPE, storedValue } from './gpkg-content-hash.ts'
import { boxOf, encodedBytes, gpbEncoder, type Box } from './gpkg-geometry.ts'
import { rasterWriter, type GpkgRaster, type GpkgRasterWriter } from './gpkg-raster.ts'
import { packedRtree } from './packed-rtree.ts'
import {
  geometryTypeName,
  GPKG_APPLICATION_ID,
  GPKG_DDL,
  GPKG_USER_VERSION,
  LAST_CHANGE,
  LAYERS_TABLE,
  quoted,
  REGISTER_OWN_TABLES,
  REPAIRS_TABLE,
  REQUIRED_CRS,
  rtreeTriggers,
  type GpkgCrs,
} from './gpkg-schema.ts'

export interface GpkgField {
  name: string
  type: FieldType
}

export interface GpkgTable {
  /** Name of the table; made by us from the role, so it is a plain identifier. */
  table: string
  /** What people call the layer. */
  name: string
  kind: GeometryKind
  /** For points only: some feature has several. */
  multiPoint: boolean
  /** `fid` of the first feature; 1 unless told. Layers of one role go on counting, so that role and fid name one feature. */
  firstFid?: number
  fields: readonly GpkgField[]
}

export interface GpkgTableWriter {
  /** Stores one feature (its geometry in the plan's CRS, valid and closed) and returns its `fid`. */
  add(geometry: SourceGeometry, values: readonly SourceValue[]): number
  /** The same for a geometry that `gpbEncoder` wrote for this table's system and kind; `blob` must not change until `settle`. */
  addEncoded(blob: Buffer, box: Box, values: readonly SourceValue[]): number
  /** Writes what still waits for its turn. */
  settle(): void
  /** Writes extent, index triggers and hash. `sha256` covers the content as stored; see `contentHash`. */
  finish(): { features: number; box: Box; sha256: string }
}

/** One row of `greenprint_layers`. */
export interface GpkgLayerRecord {
  role: string
  table: string
  name: string
  kind: LayerKind
  sha256: string
  sourcePath: string
  sourceSha256: string
  sourceCrs: string
  crs: string
  encoding: string | null
}

/** One row of `greenprint_repairs`: what the import changed in one feature. */
export interface GpkgRepair {
  table: string
  /** null: nothing was left of the feature, so it is not in the table. */
  fid: number | null
  /** Row in the source, 1-based. */
  row: number
  reason: string
  detail: string
  areaDeltaM2: number
}

export interface GpkgWriter {
  addTable(table: GpkgTable): GpkgTableWriter
  addRaster(raster: GpkgRaster): GpkgRasterWriter
  /** Writes our own tables, in this order, and ends the file. */
  finish(layers: readonly GpkgLayerRecord[], repairs?: readonly GpkgRepair[]): void
  /** Gives up: the half-written file is closed, and the caller deletes it. */
  abandon(): void
}

/**
 * Writes a plan's GeoPackage at `path` (which must not exist). Equal calls give equal bytes, so the file can be named by
 * its hash. Not crash-safe while it is written: write under a temporary name, then rename.
 */
export function createGpkg(path: string, crs: GpkgCrs): GpkgWriter {
  const db = openFast(path)
  db.pragma(`application_id = ${GPKG_APPLICATION_ID}`)
  db.pragma(`user_version = ${GPKG_USER_VERSION}`)
  db.exec('BEGIN')
  db.exec(GPKG_DDL)
  const addCrs = db.prepare('INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, NULL)')
  const listed = REQUIRED_CRS.some((known) => known.srsId === crs.srsId) ? REQUIRED_CRS : [...REQUIRED_CRS, crs]
  for (const { name, srsId, organization, code, wkt } of listed) addCrs.run(name, srsId, organization, code, wkt)

  db.exec(REGISTER_OWN_TABLES)
  return writerOn(db, crs)
}

/** Opens a GeoPackage of our own to append tables; it must list `crs`. Same promises as `createGpkg`. */
export function extendGpkg(path: string, crs: GpkgCrs): GpkgWriter {
  const db = openFast(path)
  db.exec('BEGIN')
  return writerOn(db, crs)
}

/** Without journal and syncs: a file that fails half-way is thrown away, and a whole one is synced by who asked for it. */
function openFast(path: string): Database.Database {
  const db = new Database(path)
  db.pragma('journal_mode = OFF')
  db.pragma('synchronous = OFF')
  db.pragma('locking_mode = EXCLUSIVE')
  db.pragma('cache_size = -16384')
  registerEnvelopeFunctions(db)
  return db
}

function writerOn(db: Database.Database, crs: GpkgCrs): GpkgWriter {
  return {
    addTable: (table) => tableWriter(db, crs, table),
    addRaster: (raster) => rasterWriter(db, raster),
    finish(layers, repairs = []) {
      const add = db.prepare(
        `INSERT INTO ${LAYERS_TABLE} (role, table_name, name, kind, sha256, source_path, source_sha256, source_crs, crs, encoding)
         VALUES (@role, @table, @name, @kind, @sha256, @sourcePath, @sourceSha256, @sourceCrs, @crs, @encoding)`,
      )
      for (const layer of layers) add.run(layer)
      const addRepair = db.prepare(
        `INSERT INTO ${REPAIRS_TABLE} (table_name, feature_fid, source_row, reason, detail, area_delta_m2)
         VALUES (@table, @fid, @row, @reason, @detail, @areaDeltaM2)`,
      )
      for (const repair of repairs) addRepair.run(repair)
      db.exec('COMMIT')
      db.pragma('journal_mode = DELETE')
      db.close()
    },
    abandon: () => void db.close(),
  }
}

/** The triggers call these while we create them and when another tool edits the table through our connection. */
function registerEnvelopeFunctions(db: Database.Database): void {
  const ordinate = (offset: number) => (blob: unknown) => (Buffer.isBuffer(blob) ? blob.readDoubleLE(offset) : null)
  db.function('ST_MinX', { deterministic: true }, ordinate(8))
  db.function('ST_MaxX', { deterministic: true }, ordinate(16))
  db.function('ST_MinY', { deterministic: true }, ordinate(24))
  db.function('ST_MaxY', { deterministic: true }, ordinate(32))
  db.function('ST_IsEmpty', { deterministic: true }, (blob) => (Buffer.isBuffer(blob) ? 0 : null))
}

function tableWriter(db: Database.Database, crs: GpkgCrs, definition: GpkgTable): GpkgTableWriter {
  const { table, kind, multiPoint, fields } = definition
  const type = geometryTypeName(kind, multiPoint)
  const columns = fields.map((field) => `, ${quoted(field.name)} ${SQL_TYPE[field.type]}`).join('')
  db.exec(`CREATE TABLE ${quoted(table)} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom ${type}${columns})`)
  describeTable(db, crs, definition, type)
  const rows = rowInserter(db, table, 2 + fields.length)
  const index = packedRtree()
  const encode = gpbEncoder(crs.srsId)
  const hash = contentHash(definition, crsName(crs))
  const multi = kind !== 'point' || multiPoint
  const extent: Box = [Infinity, Infinity, -Infinity, -Infinity]
  const before = (definition.firstFid ?? 1) - 1
  const types = fields.map(({ type: declared }) => declared)
  const stored: (string | number | null)[] = types.map(() => null)
  let fid = before
  let [slab, used] = [Buffer.alloc(0), 0]

  const addEncoded = (blob: Buffer, box: Box, values: readonly SourceValue[]): number => {
    fid += 1
    for (let at = 0; at < types.length; at += 1) stored[at] = storedValue(values[at] ?? null, types[at] as FieldType)
    rows.add(fid, blob, stored)
    index.add(box)
    hash.add(blob, stored)
    extent[0] = Math.min(extent[0], box[0])
    extent[1] = Math.min(extent[1], box[1])
    extent[2] = Math.max(extent[2], box[2])
    extent[3] = Math.max(extent[3], box[3])
    return fid
  }
  return {
    addEncoded,
    settle: () => rows.flush(),
    add(geometry, values) {
      const box = boxOf(geometry)
      const bytes = encodedBytes(geometry)
      // Blobs share slabs: an array buffer of its own for every row costs more than filling it.
      if (slab.length - used < bytes) [slab, used] = [Buffer.allocUnsafeSlow(Math.max(SLAB_BYTES, bytes)), 0]
      const start = used
      used = encode(slab, start, geometry, multi, box)
      return addEncoded(slab.subarray(start, used), box, values)
    },
    finish() {
      rows.flush()
      if (fid > before)
        db.prepare('UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?').run(
          ...extent,
          table,
        )
      index.write(db, table, before + 1)
      db.exec(rtreeTriggers(table))
      return { features: fid - before, box: extent, sha256: hash.hex() }
    },
  }
}

/** A slab is never written twice: rows that wait and the hash may still read it. */
const SLAB_BYTES = 2 ** 18

/** Rows per statement: each call into the database has a price of its own. */
const ROWS_AT_ONCE = 8

/** Inserts rows several at a time; what is left waits for `flush`. */
function rowInserter(db: Database.Database, table: string, columns: number) {
  const marks = `(${Array.from({ length: columns }, () => '?').join(', ')})`
  const insertOf = (rows: number) =>
    db.prepare(`INSERT INTO ${quoted(table)} VALUES ${Array.from({ length: rows }, () => marks).join(', ')}`)
  const many = insertOf(ROWS_AT_ONCE)
  const waiting: (string | number | Uint8Array | null)[] = []
  return {
    add(fid: number, blob: Uint8Array, values: readonly (string | number | null)[]) {
      waiting.push(fid, blob)
      for (let at = 0; at < values.length; at += 1) waiting.push(values[at] as string | number | null)
      if (waiting.length < columns * ROWS_AT_ONCE) return
      many.run(waiting)
      waiting.length = 0
    },
    flush() {
      if (waiting.length > 0) insertOf(waiting.length / columns).run(waiting)
      waiting.length = 0
    },
  }
}

function describeTable(db: Database.Database, crs: GpkgCrs, { table, name }: GpkgTable, type: string): void {
  db.prepare(
    `INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id)
     VALUES (?, 'features', ?, ?, ?, ?)`,
  ).run(table, table, name, LAST_CHANGE, crs.srsId)
  db.prepare('INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, ?, 0, 0)').run(table, 'geom', type, crs.srsId)
  db.exec(`CREATE VIRTUAL TABLE ${quoted(`rtree_${table}_geom`)} USING rtree(id, minx, maxx, miny, maxy)`)
  db.prepare('INSERT INTO gpkg_extensions VALUES (?, ?, ?, ?, ?)').run(
    table,
    'geom',
    'gpkg_rtree_index',
    'http://www.geopackage.org/spec120/#extension_rtree',
    'write-only',
  )
}
