import Database from 'better-sqlite3'
import { closeSync, openSync, readSync } from 'node:fs'
import { AppError } from '#core/errors.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import { isVector } from '#core/model/plan.ts'
import { bilingual } from '#core/text.ts'
import { gpkgCrs } from '../import/plan-crs.ts'
import { columnPieces } from '../store/gpkg-columns.ts'
import { tableHash } from '../store/gpkg-content-hash.ts'
import { RASTERS_TABLE, storedGridHash } from '../store/gpkg-raster.ts'
import { quoted } from '../store/gpkg-schema.ts'

const SQLITE = 'SQLite format 3\0'
const GPKG = 0x4750_4b47
const IN_PIECES = { pieceOf: 20_000, withAttributes: true }

/** What a plan says of the tables of its GeoPackage. */
export interface PlanDataTables extends Pick<Plan, 'crs' | 'frame'> {
  layers: readonly Layer[]
}

/**
 * Refuses a GeoPackage from elsewhere that is not one, is damaged, computes instead of holding (views, generated columns, tables that
 * are programs), or lacks a table that the plan's layers name; then reads every feature once as the engine will, and once more to see
 * that each layer is what its hash says: the hash names the copies of a layer in the cache, and whoever could choose it freely could
 * put another plan's numbers, or have his own taken for another's. Opened for reading only. Runs only in the package process.
 * @throws AppError 'share.refused'
 */
export function assertPlanData(file: string, plan: PlanDataTables, of: { file: string; entry: string }): void {
  const refuse = (zh: string, en: string, cause?: unknown): AppError =>
    new AppError('share.refused', { ...of, problem: bilingual(zh, en) }, { cause })
  const head = beginningOf(file)
  if (head.length < 100 || head.toString('latin1', 0, SQLITE.length) !== SQLITE || head.readUInt32BE(68) !== GPKG)
    throw refuse('不是 GeoPackage', 'it is not a GeoPackage')
  let database: Database.Database | undefined
  try {
    database = new Database(file, { readonly: true, fileMustExist: true })
    database.pragma('trusted_schema = OFF')
    database.pragma('cell_size_check = ON')
    database.pragma('mmap_size = 0')
    assertHolds(database, plan.layers, refuse)
    if (database.pragma('quick_check', { simple: true }) !== 'ok') throw refuse('数据已损坏', 'its data is damaged')
    for (const layer of plan.layers.filter(isVector)) readThrough(columnPieces(file, layer, plan, IN_PIECES))
    for (const layer of plan.layers)
      if (layer.sha256 !== contentOf(database, layer, plan.crs))
        throw refuse(`图层 ${layer.table} 与其校验值不符`, `the layer ${layer.table} is not what its hash says`)
  } catch (error) {
    if (error instanceof AppError && error.code === 'share.refused') throw error
    throw refuse('数据已损坏', 'its data is damaged', error)
  } finally {
    database?.close()
  }
}

/** The hash of what a layer's table holds. @throws RangeError for a table that no import writes */
function contentOf(database: Database.Database, layer: Layer, crs: string): string | null {
  if (isVector(layer)) return tableHash(database, layer, gpkgCrs(crs))
  const { sha256, grid } = storedGridHash(database, layer.table)
  // What is said of a grid beside its cells is shown before they are read.
  const { columns, rows, cellX, cellY, crs: system } = layer.raster ?? {}
  const isSame = [grid.columns, grid.rows, grid.cellX, grid.cellY, grid.crs].every(
    (value, at) => value === [columns, rows, cellX, cellY, system][at],
  )
  return isSame ? sha256 : null
}

/** Each piece is let go before the next is read. */
function readThrough(pieces: Generator): void {
  while (pieces.next().done !== true);
}

type Refuse = (zh: string, en: string) => AppError

/** What is asked of a table must be rows that lie there, never something that runs when it is asked. */
function assertHolds(database: Database.Database, layers: readonly Layer[], refuse: Refuse): void {
  const schema = database.prepare<[], { type: string; name: string; sql: string | null }>(
    'SELECT type, name, sql FROM sqlite_schema',
  )
  const tables = new Map<string, string>()
  for (const { type, name, sql } of schema.all()) {
    if (type === 'view') throw refuse(`含有视图 ${name}`, `it holds the view ${name}`)
    if (type === 'table') tables.set(name, sql ?? '')
  }
  const named = layers.some((layer) => !isVector(layer)) ? [RASTERS_TABLE] : []
  for (const table of [...layers.map((layer) => layer.table), ...named]) {
    const sql = tables.get(table)
    if (sql === undefined) throw refuse(`缺少图层表 ${table}`, `it lacks the table ${table}`)
    if (/^\s*CREATE\s+VIRTUAL/i.test(sql)) throw refuse(`${table} 不是普通表`, `${table} is no table of rows`)
    const columns = database.pragma(`table_xinfo(${quoted(table)})`) as { name: string; hidden: number }[]
    const computed = columns.find(({ hidden }) => hidden !== 0)
    if (computed) throw refuse(`${table} 中的 ${computed.name} 是计算列`, `${computed.name} of ${table} is computed`)
  }
}

function beginningOf(file: string): Buffer {
  const handle = openSync(file, 'r')
  try {
    const buffer = Buffer.alloc(100)
    return buffer.subarray(0, readSync(handle, buffer, 0, buffer.length, 0))
  } finally {
    closeSync(handle)
  }
}
