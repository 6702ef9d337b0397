import { AppError } from '#core/errors.ts'
import type { Ballast } from './ballast.ts'
import { sqliteCode } from './connection.ts'

/** Runs `work` in one transaction. `landed` tells, by looking at the disk again, whether it was committed after all. */
export type Transact = <T>(work: () => T, landed: () => boolean) => T

export interface TransactDeps {
  dir: string
  ballast: Ballast
  transaction: <T>(work: () => T) => T
  reopen: () => void
  committed: () => void
}

/**
 * A save that knows two bad days. Disk full: the ballast is released and the save tried once more. Disk error: SQLite cannot
 * say whether the commit reached the disk, so the file is opened again and asked; only then is the caller told.
 * @throws AppError 'catalogue.disk-full', 'catalogue.disk-error'; nothing was saved then
 */
export const transactWith =
  ({ dir, ballast, transaction, reopen, committed }: TransactDeps): Transact =>
  (work, landed) => {
    let result: { value: ReturnType<typeof work> } | undefined
    const attempt = () => {
      result = undefined
      transaction(() => void (result = { value: work() }))
    }
    try {
      retryWhenFull(attempt, ballast, dir)
    } catch (error) {
      const code = sqliteCode(error)
      if (code === null || !code.startsWith('SQLITE_IOERR')) throw error
      reopen()
      if (!result || !landed()) throw new AppError('catalogue.disk-error', { problem: code }, { cause: error })
    }
    if (!result) throw new Error('A committed change left no result')
    committed()
    return result.value
  }

function retryWhenFull(attempt: () => void, ballast: Ballast, dir: string): void {
  try {
    attempt()
  } catch (error) {
    if (sqliteCode(error) !== 'SQLITE_FULL') throw error
    if (!ballast.release()) throw new AppError('catalogue.disk-full', { dir }, { cause: error })
    try {
      attempt()
    } catch (again) {
      if (sqliteCode(again) !== 'SQLITE_FULL') throw again
      throw new AppError('catalogue.disk-full', { dir }, { cause: again })
    }
  }
}
