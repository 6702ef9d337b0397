import Database from 'better-sqlite3'
import { closeSync, openSync, readSync } from 'node:fs'
import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'

const SQLITE = 'SQLite format 3\0'
const GPKG = 0x4750_4b47

/**
 * Refuses a GeoPackage from elsewhere that is not one, is damaged, or lacks a table that the plan's layers name. It is opened for
 * reading only and runs nothing of its own.
 * @throws AppError 'share.refused'
 */
export function assertPlanData(file: string, tables: readonly string[], of: { file: string; entry: string }): void {
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
    if (database.pragma('quick_check', { simple: true }) !== 'ok') throw refuse('数据已损坏', 'its data is damaged')
    const find = database.prepare<[string], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name = ?")
    const missing = tables.find((table) => find.get(table) === undefined)
    if (missing !== undefined) throw refuse(`缺少图层表 ${missing}`, `it lacks the table ${missing}`)
  } catch (error) {
    if (error instanceof AppError) throw error
    throw refuse('数据已损坏', 'its data is damaged', error)
  } finally {
    database?.close()
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
