import path from 'node:path'
import fs from 'node:fs'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import { listBackups } from './backup-files.ts'
import { cataloguePaths } from './folder.ts'
import { headVersion, migrate, versionOf } from './migrate.ts'
import { migrations, type Migration } from './migrations/index.ts'
import { openFolder } from './open.ts'
import { removeTempDirs, tempDir } from './testing/fixtures.ts'

afterAll(removeTempDirs)

const [initial] = migrations
if (!initial) throw new Error('no migrations')

const addColour: Migration = {
  version: 2,
  name: 'add-colour',
  up: (db) => db.exec(`ALTER TABLE memos ADD COLUMN colour TEXT NOT NULL DEFAULT ''`),
}
const fails: Migration = {
  version: 2,
  name: 'fails',
  up: (db) => {
    addColour.up(db)
    throw new Error('half way')
  },
}
const orphans: Migration = {
  version: 2,
  name: 'orphans',
  up: (db) => db.exec(`INSERT INTO review_summaries VALUES ('nobody', NULL, 0)`),
}

/** A catalogue as the first version of the product left it, with one memo in it. */
const oldCatalogue = (): string => {
  const dir = tempDir()
  const database = new Database(path.join(dir, 'catalogue.sqlite'))
  migrate(database, [initial])
  database.prepare('INSERT INTO memos VALUES (?,?,?,?,?,?,?)').run('m', 'r', 'pdf', 'a'.repeat(64), 's', 'b', '2026-01-01')
  database.close()
  return dir
}

describe('migrations', () => {
  it('are numbered as listed', () => {
    expect(migrations.map((step) => step.version)).toEqual(migrations.map((_, index) => index + 1))
    expect(headVersion()).toBe(migrations.length)
  })

  it('bring every earlier version to the head', () => {
    for (let from = 1; from <= migrations.length; from += 1) {
      const database = new Database(':memory:')
      migrate(database, migrations.slice(0, from))
      expect(migrate(database)).toEqual(migrations.slice(from).map((step) => step.version))
      expect(versionOf(database)).toBe(headVersion())
      expect(database.pragma('foreign_keys', { simple: true })).toBe(1)
    }
  })

  it('keep what is stored, after a verified copy from before', () => {
    const dir = oldCatalogue()
    const { connection, migrated, release } = openFolder(dir, { clock: () => new Date(), steps: [initial, addColour] })
    expect(migrated).toEqual([2])
    expect(connection.prepare('SELECT id, colour FROM memos').all()).toEqual([{ id: 'm', colour: '' }])
    connection.close()
    release()
    const [backup] = listBackups(cataloguePaths(dir))
    expect(backup).toMatchObject({ seq: 1, kind: 'pre-migration', counts: { memos: 1 } })
    const copy = new Database(path.join(dir, 'backups', backup?.file ?? ''), { readonly: true })
    expect(versionOf(copy)).toBe(1)
    copy.close()
  })

  it.each([
    ['throws', fails, 'half way'],
    ['leaves rows without their parent', orphans, 'without their parent'],
  ])('leave the old version untouched when a step %s', (_, step, message) => {
    const dir = oldCatalogue()
    expect(() => openFolder(dir, { clock: () => new Date(), steps: [initial, step] })).toThrow(message)
    const { connection, migrated, release } = openFolder(dir, { clock: () => new Date(), steps: [initial] })
    expect(migrated).toEqual([])
    expect(versionOf(connection.raw)).toBe(1)
    expect(connection.prepare('SELECT * FROM memos').get()).not.toHaveProperty('colour')
    connection.close()
    release()
  })

  it('refuse a list out of order', () => {
    expect(() => migrate(new Database(':memory:'), [addColour])).toThrow('number 1')
    expect(fs.existsSync(':memory:')).toBe(false)
  })
})
