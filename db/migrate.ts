import type Database from 'better-sqlite3'
import { APPLICATION_ID } from './header.ts'
import { migrations, type Migration } from './migrations/index.ts'

export const versionOf = (database: Database.Database): number => Number(database.pragma('user_version', { simple: true }))

/** The version this program writes. */
export const headVersion = (steps: readonly Migration[] = migrations): number => steps.length

/**
 * Brings a catalogue to the head, each step in one transaction that also moves `user_version`: a kill leaves the old version
 * or the new one. Foreign keys are switched off outside the transaction (inside, SQLite ignores it) and checked before commit.
 * @returns the versions that were applied
 */
export function migrate(database: Database.Database, steps: readonly Migration[] = migrations): number[] {
  const applied: number[] = []
  for (const [index, step] of steps.entries()) {
    if (step.version !== index + 1) throw new Error(`Migration ${step.name} is number ${index + 1}, not ${step.version}`)
    if (step.version <= versionOf(database)) continue
    database.pragma('foreign_keys=OFF')
    try {
      applyStep(database, step)
    } finally {
      database.pragma('foreign_keys=ON')
    }
    applied.push(step.version)
  }
  return applied
}

function applyStep(database: Database.Database, step: Migration): void {
  const inOneTransaction = database.transaction(() => {
    step.up(database)
    const broken = database.pragma('foreign_key_check') as unknown[]
    if (broken.length > 0) throw new Error(`Migration ${step.name} left ${broken.length} rows without their parent`)
    database.pragma(`application_id=${APPLICATION_ID}`)
    database.pragma(`user_version=${step.version}`)
  })
  inOneTransaction.immediate()
}
