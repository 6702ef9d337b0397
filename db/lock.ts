import Database from 'better-sqlite3'
import { AppError } from '#core/errors.ts'
import { saysUnwritable, sqliteCode } from './connection.ts'
import type { CataloguePaths } from './folder.ts'

export interface Lock {
  release: () => void
}

/**
 * One writer: a small SQLite file held with BEGIN EXCLUSIVE, because the system frees that at once when a process dies.
 * @returns null when the folder cannot be written (and nobody else is writing)
 * @throws AppError 'catalogue.locked' when another program holds it
 */
export function takeLock(paths: CataloguePaths): Lock | null {
  let holder: Database.Database | undefined
  try {
    holder = new Database(paths.lock, { timeout: 0 })
    holder.exec('BEGIN EXCLUSIVE')
    // SQLite opens a write-protected file for reading without a word and then locks nothing; a write tells.
    holder.pragma('user_version=1')
    const held = holder
    return { release: () => void held.close() }
  } catch (error) {
    holder?.close()
    const code = sqliteCode(error)
    if (code === 'SQLITE_BUSY') throw new AppError('catalogue.locked', { dir: paths.dir }, { cause: error })
    if (!saysUnwritable(error)) throw error
    refuseIfHeld(paths)
    return null
  }
}

/** In a folder that may not be written, another account may still be writing: ask the lock by reading it. */
function refuseIfHeld(paths: CataloguePaths): void {
  let asker: Database.Database | undefined
  try {
    asker = new Database(paths.lock, { readonly: true, timeout: 0 })
    asker.prepare('SELECT count(*) FROM sqlite_schema').get()
  } catch (error) {
    const code = sqliteCode(error)
    if (code === 'SQLITE_BUSY') throw new AppError('catalogue.locked', { dir: paths.dir }, { cause: error })
    // No lock file was ever made here: nobody can be holding it.
    if (code !== 'SQLITE_CANTOPEN') throw error
  } finally {
    asker?.close()
  }
}
