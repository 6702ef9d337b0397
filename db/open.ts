import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { AppError, describeError, type ErrorCode } from '#core/errors.ts'
import type { Note } from '#core/model/plan.ts'
import type { Bilingual } from '#core/text.ts'
import { copyNow, listBackups, unverifiedPath } from './backup-files.ts'
import { Connection, forReading, saysUnwritable, sqliteCode, type ReadableDb } from './connection.ts'
import { noteSyncedFolder, refuseNetworkFolder, type StatFs } from './filesystem.ts'
import { cataloguePaths, checkedDir, makeFolders, publishFile, type CataloguePaths } from './folder.ts'
import { readHeader } from './header.ts'
import { takeLock } from './lock.ts'
import { headVersion, migrate, versionOf } from './migrate.ts'
import { migrations, type Migration } from './migrations/index.ts'
import { configureWriter, findDamage, harden } from './pragmas.ts'
import { applyPendingRestore } from './restore-files.ts'

/** Why a catalogue can only be looked at. */
export interface ReadOnlyReason {
  code: ErrorCode
  reason: Bilingual
}

export interface OpenOptions {
  statfs?: StatFs
  clock: () => Date
  /** Only tests give other steps than the list's. */
  steps?: readonly Migration[]
}

export interface OpenedFolder {
  paths: CataloguePaths
  connection: Connection
  readOnly: ReadOnlyReason | null
  /** The last session did not close: the whole file was checked. */
  unclean: boolean
  created: boolean
  /** Versions that were brought in now. */
  migrated: number[]
  notes: Note[]
  /** Frees the lock and deletes a private copy; the connection is closed first. */
  release: () => void
}

const readOnlyBecause = (error: AppError): ReadOnlyReason => {
  const wire = error.toWire()
  return { code: error.code, reason: { zh: describeError(wire, 'zh').cause, en: describeError(wire, 'en').cause } }
}

/**
 * The open sequence: lock, file system, header, settings, check, migrations. A catalogue is opened whole, opened for reading
 * with the reason, or refused with a typed error; never replaced by one in memory.
 */
export function openFolder(dir: string, options: OpenOptions): OpenedFolder {
  const paths = cataloguePaths(checkedDir(dir))
  const writable = makeFolders(paths)
  if (!writable && !fs.existsSync(paths.database)) throw new AppError('catalogue.unwritable', { dir: paths.dir })
  const lock = takeLock(paths)
  try {
    refuseNetworkFolder(paths.dir, options.statfs)
    const notes = noteSyncedFolder(paths.dir)
    const forReadingOnly = () => ({ ...openPrivateCopy(paths, options.steps ?? migrations, () => lock?.release()), notes })
    if (!lock || !writable) return forReadingOnly()
    try {
      return { ...openLocked(paths, options), notes, release: () => lock.release() }
    } catch (error) {
      // The folder can be written and the file cannot.
      if (!saysUnwritable(error) || !fs.existsSync(paths.database)) throw error
      return forReadingOnly()
    }
  } catch (error) {
    lock?.release()
    throw error
  }
}

/** A connection for analysis workers and checks: it cannot write, by type and by file mode. The caller closes it. */
export function openForReading(file: string): { db: ReadableDb; close: () => void } {
  const database = new Database(file, { readonly: true, fileMustExist: true })
  harden(database)
  return { db: forReading(database), close: () => void database.close() }
}

type Locked = Omit<OpenedFolder, 'notes' | 'release'>

function openLocked(paths: CataloguePaths, options: OpenOptions): Locked {
  const steps = options.steps ?? migrations
  const known = headVersion(steps)
  applyPendingRestore(paths)
  removeLeftovers(paths)
  const backups = listBackups(paths).length
  const created = !fs.existsSync(paths.database)
  if (created) {
    if (backups > 0) throw new AppError('catalogue.missing', { dir: paths.dir, backups })
    createDatabase(paths, steps)
  }
  const unclean = (fs.statSync(`${paths.database}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0
  const base = { paths, unclean, created }
  const openNewer = (found: number): Locked => {
    const readOnly = readOnlyBecause(new AppError('catalogue.newer', { found, known }))
    return { ...base, readOnly, migrated: [], connection: new Connection(() => openReadOnly(paths.database), readOnly.reason) }
  }
  const header = readHeader(paths.database, backups)
  if (header.userVersion > known) return openNewer(header.userVersion)
  return reportingDamage(backups, () => {
    const { damage, version } = lookFirst(paths.database, unclean ? 'full' : 'quick')
    if (damage !== null) throw new AppError('catalogue.damaged', { problem: damage, backups })
    if (version > known) return openNewer(version)
    const connection = new Connection(() => openWriter(paths.database))
    try {
      if (version < known) copyNow(paths, connection.raw, 'pre-migration', options.clock())
      return { ...base, readOnly: null, migrated: migrate(connection.raw, steps), connection }
    } catch (error) {
      connection.close()
      throw error
    }
  })
}

/**
 * Checks the file before anything is written to it, so that a damaged one stays as it was found. The version is asked again:
 * the header may be older than the write-ahead log that a killed newer program left behind.
 */
function lookFirst(file: string, depth: 'quick' | 'full'): { damage: string | null; version: number } {
  const database = openReadOnly(file)
  try {
    return { damage: findDamage(database, depth), version: versionOf(database) }
  } finally {
    database.close()
  }
}

function openWriter(file: string): Database.Database {
  const database = new Database(file, { timeout: 5000, fileMustExist: true })
  configureWriter(database)
  return database
}

function openReadOnly(file: string): Database.Database {
  const database = new Database(file, { readonly: true, fileMustExist: true })
  harden(database)
  return database
}

function reportingDamage<T>(backups: number, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const code = sqliteCode(error)
    if (code !== 'SQLITE_NOTADB' && code?.startsWith('SQLITE_CORRUPT') !== true) throw error
    throw new AppError('catalogue.damaged', { problem: code, backups }, { cause: error })
  }
}

/** Built under another name: under its own name a catalogue is always complete. */
function createDatabase(paths: CataloguePaths, steps: readonly Migration[]): void {
  const database = new Database(paths.staged)
  try {
    migrate(database, steps)
  } finally {
    database.close()
  }
  publishFile(paths.staged, paths.database)
}

/** What an interrupted creation or backup left behind. */
function removeLeftovers(paths: CataloguePaths): void {
  for (const file of [paths.staged, unverifiedPath(paths)])
    for (const suffix of ['', '-journal', '-wal', '-shm']) fs.rmSync(file + suffix, { force: true })
}

type PrivateCopy = Omit<OpenedFolder, 'notes'>

/**
 * A folder that cannot be written: SQLite cannot open a WAL database there at all, so a private copy is read. Safe to copy with
 * plain file calls because the lock told that nobody is writing.
 */
function openPrivateCopy(paths: CataloguePaths, steps: readonly Migration[], releaseLock: () => void): PrivateCopy {
  const readOnly = readOnlyBecause(new AppError('catalogue.unwritable', { dir: paths.dir }))
  const staging = fs.mkdtempSync(path.join(os.tmpdir(), 'greenprint-reading-'))
  const copy = path.join(staging, 'catalogue.sqlite')
  const release = (): void => {
    fs.rmSync(staging, { recursive: true, force: true })
    releaseLock()
  }
  try {
    const header = readHeader(paths.database, 0)
    for (const suffix of ['', '-wal'])
      if (fs.existsSync(paths.database + suffix)) fs.copyFileSync(paths.database + suffix, copy + suffix)
    for (const suffix of ['', '-wal']) if (fs.existsSync(copy + suffix)) fs.chmodSync(copy + suffix, 0o600)
    return reportingDamage(0, () => {
      const connection = new Connection(() => new Database(copy), readOnly.reason)
      connection.raw.pragma('journal_mode=DELETE')
      harden(connection.raw)
      const damage = findDamage(connection.raw, 'quick')
      if (damage === null && header.userVersion < headVersion(steps)) migrate(connection.raw, steps)
      connection.close()
      if (damage !== null) throw new AppError('catalogue.damaged', { problem: damage, backups: 0 })
      const reading = new Connection(() => openReadOnly(copy), readOnly.reason)
      return { paths, readOnly, unclean: false, created: false, migrated: [], connection: reading, release }
    })
  } catch (error) {
    release()
    throw error
  }
}
