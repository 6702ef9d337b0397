import { closeSync, copyFileSync, existsSync, mkdtempSync, openSync, readSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import { makeOwn } from './own-copy.ts'
import { fileError } from './read-file.ts'

const LIMIT_MB = 8000
const MB = 1024 * 1024
/** Offsets 18 and 19 of the header: 2 means write-ahead log, which a read-only copy without its log cannot open. */
const VERSION_OFFSET = 18

/** Findings of quick_check that do not touch the rows themselves: broken search trees and broken promises of a schema. */
const HARMLESS =
  /^(In RTree|CHECK constraint failed|NULL value in|non-unique|NUMERIC value in|TEXT value in|row \d+ missing from index|wrong # of entries in index)/

const broken = (file: string, zh: string, en: string, cause?: unknown): AppError =>
  new AppError('import.geopackage-broken', { file, problem: bilingual(zh, en) }, { cause })

/** SQLite's own complaint as a typed error; anything else is handed on. */
export function sqliteError(error: unknown, file: string): unknown {
  if (!(error instanceof Database.SqliteError)) return error
  if (error.code === 'SQLITE_NOTADB') return broken(file, '不是 SQLite 数据库', 'it is not an SQLite database', error)
  return broken(file, `数据库已损坏（${error.code}）`, `the database is damaged (${error.code})`, error)
}

function stage(file: string, shown: string, folder: string): string {
  try {
    const { size } = statSync(file)
    if (size > LIMIT_MB * MB)
      throw new AppError('import.file-too-large', { file: shown, sizeMb: Math.ceil(size / MB), limitMb: LIMIT_MB })
    const copy = path.join(folder, 'copy.sqlite')
    copyFileSync(file, copy)
    makeOwn(copy)
    const descriptor = openSync(copy, 'r+')
    try {
      const versions = Buffer.alloc(2)
      readSync(descriptor, versions, 0, 2, VERSION_OFFSET)
      if (versions[0] === 2 || versions[1] === 2) writeSync(descriptor, Buffer.from([1, 1]), 0, 2, VERSION_OFFSET)
    } finally {
      closeSync(descriptor)
    }
    return copy
  } catch (error) {
    throw fileError(error, shown)
  }
}

function checked(db: Database.Database, shown: string): void {
  db.pragma('trusted_schema = OFF')
  db.pragma('cell_size_check = ON')
  db.pragma('mmap_size = 0')
  const findings = db.pragma('quick_check(20)') as { quick_check: string }[]
  const serious = findings.map((row) => row.quick_check).find((text) => text !== 'ok' && !HARMLESS.test(text))
  if (serious !== undefined)
    throw broken(shown, '数据库完整性检查未通过', `the integrity check of the database failed (${serious.slice(0, 120)})`)
}

export interface UntrustedDatabase {
  db: Database.Database
  /** True when a write-ahead log lay beside the file: what it held was not read. */
  hadUnsavedLog: boolean
  close: () => void
}

/** Opens someone else's SQLite file read-only, from a private copy of that single file, after a check of its pages. */
export function openUntrusted(file: string, shown: string, stagingDir: string | undefined): UntrustedDatabase {
  const folder = mkdtempSync(path.join(stagingDir ?? tmpdir(), 'greenprint-gpkg-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  let db: Database.Database | undefined
  try {
    db = new Database(stage(file, shown, folder), { readonly: true, fileMustExist: true })
    checked(db, shown)
  } catch (error) {
    db?.close()
    remove()
    throw sqliteError(error, shown)
  }
  const opened = db
  const log = `${file}-wal`
  return {
    db: opened,
    hadUnsavedLog: existsSync(log) && statSync(log).size > 0,
    close() {
      opened.close()
      remove()
    },
  }
}
