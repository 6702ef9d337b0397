import Database from 'better-sqlite3'
import { AppError } from '#core/errors.ts'
import type { Bilingual } from '#core/text.ts'

declare const readable: unique symbol
declare const writable: unique symbol

/** A prepared question. It has no `run`, so a reader cannot change anything. */
export interface ReadStatement<P extends unknown[], R> {
  get(...params: P): R | undefined
  all(...params: P): R[]
  iterate(...params: P): IterableIterator<R>
}

export interface WriteStatement<P extends unknown[], R> extends ReadStatement<P, R> {
  /** Number of rows changed. */
  run(...params: P): number
}

/** A catalogue that may be asked. Every `xReader` takes one. */
export interface ReadableDb {
  readonly [readable]: true
  prepare<P extends unknown[] = [], R = unknown>(sql: string): ReadStatement<P, R>
}

/** A catalogue that may be changed. Only the backend thread has one; a `ReadableDb` cannot stand in for it. */
export interface WritableDb extends ReadableDb {
  readonly [writable]: true
  prepare<P extends unknown[] = [], R = unknown>(sql: string): WriteStatement<P, R>
}

export type Open = () => Database.Database

/**
 * One connection that can be thrown away and opened again after a disk error. Statements are compiled when first used and
 * again after a reopening, so repositories never hold a handle that died.
 */
export class Connection implements WritableDb {
  declare readonly [readable]: true
  declare readonly [writable]: true
  /** Why nothing can be written, when nothing can. */
  readonly readOnly: Bilingual | null
  readonly #open: Open
  #database: Database.Database
  #generation = 0

  constructor(open: Open, readOnly: Bilingual | null = null) {
    this.#open = open
    this.#database = open()
    this.readOnly = readOnly
  }

  /** The live handle, for pragmas, backups and migrations; never keep it. */
  get raw(): Database.Database {
    return this.#database
  }

  prepare<P extends unknown[] = [], R = unknown>(sql: string): WriteStatement<P, R> {
    let compiled: Database.Statement<P, R> | undefined
    let generation = -1
    const statement = (): Database.Statement<P, R> => {
      if (compiled === undefined || generation !== this.#generation) {
        compiled = this.#database.prepare<P, R>(sql) as Database.Statement<P, R>
        generation = this.#generation
      }
      return compiled
    }
    return {
      get: (...params) => statement().get(...params),
      all: (...params) => statement().all(...params),
      iterate: (...params) => statement().iterate(...params),
      run: (...params) => statement().run(...params).changes,
    }
  }

  /** All of `work` or nothing of it. Refuses in a read-only catalogue, whatever `work` would do. */
  transaction<T>(work: () => T): T {
    if (this.readOnly) throw new AppError('catalogue.read-only', { reason: this.readOnly })
    if (this.#database.inTransaction) throw new Error('A change may not be started inside another change.')
    return this.#database.transaction(work).immediate()
  }

  /** After SQLITE_IOERR the handle's memory cannot be trusted: start again from what is on the disk. */
  reopen(): void {
    this.#database.close()
    this.#database = this.#open()
    this.#generation += 1
  }

  close(): void {
    this.#database.close()
  }
}

/** Lends a connection for reading: SQL that would write is refused when it is compiled, whoever typed it. */
export const forReading = (database: Database.Database): ReadableDb => {
  const prepare = <P extends unknown[], R>(sql: string): ReadStatement<P, R> => {
    const statement = database.prepare<P, R>(sql) as Database.Statement<P, R>
    if (!statement.readonly) throw new Error('A reader was given SQL that writes.')
    return {
      get: (...params) => statement.get(...params),
      all: (...params) => statement.all(...params),
      iterate: (...params) => statement.iterate(...params),
    }
  }
  return { prepare } as ReadableDb
}

/** SQLite's own result code ("SQLITE_FULL"), or null when the failure is not SQLite's. */
export const sqliteCode = (error: unknown): string | null => (error instanceof Database.SqliteError ? error.code : null)

/** Whether SQLite failed because file or folder are write-protected. */
export const saysUnwritable = (error: unknown): boolean => /^SQLITE_(CANTOPEN|READONLY|PERM)/.test(sqliteCode(error) ?? '')
