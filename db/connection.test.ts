import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import { Connection, forReading, type ReadableDb, type WritableDb } from './connection.ts'
import { openForReading } from './open.ts'
import { plansWriter } from './plans.ts'
import { openForTest, removeTempDirs, tempDir } from './testing/fixtures.ts'

afterAll(removeTempDirs)

describe('a reader', () => {
  it('does not compile where a writer is asked for', () => {
    const reading = forReading(new Database(':memory:'))
    // @ts-expect-error a ReadableDb has no way to write, so it is not a WritableDb
    const wrong: WritableDb = reading
    const right: ReadableDb = wrong
    expect(right).toBe(reading)
    // @ts-expect-error a writer of plans asks for a WritableDb, and a ReadableDb is none; at run time nothing is there to write to
    expect(() => plansWriter(reading)).toThrow('no such table')
    // @ts-expect-error statements of a ReadableDb only answer: their type has no run(), so naming it does not compile
    expect(reading.prepare('SELECT 1').run).toBeUndefined()
  })

  it('refuses SQL that writes, also when it answers', () => {
    const database = new Database(':memory:')
    database.exec('CREATE TABLE t (a)')
    expect(() => forReading(database).prepare('INSERT INTO t VALUES (1) RETURNING a')).toThrow('writes')
  })

  it('reads a live catalogue beside its writer', async () => {
    const catalogue = openForTest(tempDir())
    const { db, close } = openForReading(path.join(catalogue.dir, 'catalogue.sqlite'))
    expect(db.prepare<[], { n: number }>('SELECT count(*) AS n FROM audit').get()).toEqual({ n: 1 })
    close()
    await catalogue.close()
  })
})

describe('a connection', () => {
  it('compiles its statements again after it was reopened', () => {
    const file = path.join(tempDir(), 'a.sqlite')
    const connection = new Connection(() => new Database(file))
    connection.raw.exec('CREATE TABLE t (a)')
    const insert = connection.prepare<[number]>('INSERT INTO t VALUES (?)')
    expect(insert.run(1)).toBe(1)
    connection.reopen()
    expect(insert.run(2)).toBe(1)
    expect(connection.prepare('SELECT a FROM t').all()).toEqual([{ a: 1 }, { a: 2 }])
    connection.close()
  })

  it('rolls back the whole change when it fails', () => {
    const connection = new Connection(() => new Database(':memory:'))
    connection.raw.exec('CREATE TABLE t (a)')
    const change = (): void => {
      connection.prepare('INSERT INTO t VALUES (1)').run()
      throw new Error('half way')
    }
    expect(() => connection.transaction(change)).toThrow('half way')
    expect(connection.prepare('SELECT a FROM t').all()).toEqual([])
  })
})
