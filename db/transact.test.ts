import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import * as fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { auditWriter } from './audit.ts'
import { prepareBallast } from './ballast.ts'
import { checkpointer } from './checkpoint.ts'
import { commandRunner } from './commands.ts'
import { Connection } from './connection.ts'
import { hlcAfter, hlcMs } from './hlc.ts'
import { migrate } from './migrate.ts'
import { configureWriter } from './pragmas.ts'
import { removeTempDirs, REVIEWER, samplePlan, tempDir } from './testing/fixtures.ts'
import { findLoss } from './testing/oracle.ts'
import { transactWith, type TransactDeps } from './transact.ts'

afterAll(removeTempDirs)

/** A catalogue's commands over a file, with one part of its surroundings replaced. */
const rig = (replace: (connection: Connection) => Partial<TransactDeps>) => {
  const file = path.join(tempDir(), 'catalogue.sqlite')
  const fresh = new Database(file)
  migrate(fresh)
  fresh.close()
  let opened = 0
  const db = new Connection(() => {
    opened += 1
    const database = new Database(file)
    configureWriter(database)
    return database
  })
  const clock = () => new Date()
  const transact = transactWith({
    dir: '/catalogue',
    ballast: { release: () => false },
    transaction: (work) => db.transaction(work),
    reopen: () => db.reopen(),
    committed: () => undefined,
    ...replace(db),
  })
  const runner = commandRunner({ db, audit: auditWriter(db, clock), transact, clock })
  const add = () => runner.run({ zh: '导入', en: 'Import' }, REVIEWER, (changes) => changes.put('plan', samplePlan()))
  return { db, runner, add, opened: () => opened }
}

const plans = (db: Connection): unknown => db.prepare<[], { n: number }>('SELECT count(*) AS n FROM plans').get()?.n
const ioError = () => new Database.SqliteError('disk I/O error', 'SQLITE_IOERR_FSYNC')

/** Pages the database may have: the same SQLITE_FULL as from a full disk. */
const fill = (db: Connection): void =>
  void db.raw.pragma(`max_page_count=${Number(db.raw.pragma('page_count', { simple: true }))}`)
const hugePlan = () => ({ ...samplePlan(), nameZh: 'x'.repeat(100_000) })

describe('a save on a full disk', () => {
  it('is finished with the room of the ballast', () => {
    let released = 0
    const { db, runner } = rig((connection) => ({
      ballast: {
        release: () => {
          released += 1
          connection.raw.pragma('max_page_count=100000')
          return true
        },
      },
    }))
    fill(db)
    const { opIds } = runner.run({ zh: '导入', en: 'Import' }, REVIEWER, (changes) => changes.put('plan', hugePlan()))
    expect(released).toBe(1)
    expect(opIds.map(runner.outcomeOf)).toEqual(['committed'])
    expect(findLoss(db.raw, opIds)).toEqual([])
    expect(runner.history().steps).toHaveLength(1)
    db.close()
  })

  it.each([
    ['there is no ballast', false],
    ['the ballast is not enough', true],
  ])('is refused whole when %s', (_, given) => {
    const { db, runner, add } = rig(() => ({ ballast: { release: () => given } }))
    add()
    fill(db)
    const act = () => runner.run({ zh: '导入', en: 'Import' }, REVIEWER, (changes) => changes.put('plan', hugePlan()))
    expect(act).toThrow('catalogue.disk-full')
    expect(plans(db)).toBe(1)
    expect(runner.history().steps).toHaveLength(1)
    expect(findLoss(db.raw, [])).toEqual([])
    db.close()
  })

  it('is finished on a real disk of 3 MB', (context) => {
    const child = path.join(import.meta.dirname, 'testing', 'full-disk-child.ts')
    const script = 'mount -t tmpfs -o size=3m tmpfs "$1" && exec "$2" "$3" "$1"'
    if (process.platform !== 'linux' || spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', tempDir()]).status !== 0)
      return context.skip('no private mounts here: the full-disk test needs "unshare -rm"')
    const run = spawnSync('unshare', ['-rm', 'sh', '-c', script, 'sh', tempDir(), process.execPath, child], { encoding: 'utf8' })
    expect(run.stderr).toBe('')
    expect(JSON.parse(run.stdout)).toEqual({ savedOnFullDisk: true, refused: 'catalogue.disk-full', intact: true, problems: [] })
  })
})

describe('a save that ends in a disk error', () => {
  it('is a success when the file says that it was committed', () => {
    let fail = true
    const { db, runner, add, opened } = rig((connection) => ({
      transaction: (work) => {
        const value = connection.transaction(work)
        if (fail) throw ioError()
        return value
      },
    }))
    const { opIds } = add()
    expect(opened()).toBe(2)
    expect(opIds.map(runner.outcomeOf)).toEqual(['committed'])
    fail = false
    runner.undo(REVIEWER)
    expect(plans(db)).toBe(0)
    expect(findLoss(db.raw, opIds)).toEqual([])
    db.close()
  })

  it('is a typed failure when the file says that it was not', () => {
    const { db, runner, add, opened } = rig((connection) => ({
      transaction: (work) =>
        connection.transaction(() => {
          work()
          throw ioError()
        }),
    }))
    expect(add).toThrow('catalogue.disk-error')
    expect(opened()).toBe(2)
    expect(plans(db)).toBe(0)
    expect(runner.history().undo).toBeNull()
    db.close()
  })
})

describe('checkpoints', () => {
  it('run after 1,000 frames, when idle, and empty the log at close', async () => {
    const file = path.join(tempDir(), 'a.sqlite')
    const connection = new Connection(() => {
      const database = new Database(file)
      configureWriter(database)
      return database
    })
    const faults: unknown[] = []
    const checkpoints = checkpointer(connection, (fault) => faults.push(fault), 20)
    connection.raw.exec('CREATE TABLE t (a)')
    const insert = connection.prepare<[Buffer]>('INSERT INTO t VALUES (?)')
    connection.transaction(() => insert.run(Buffer.alloc(3_000_000)))
    expect(checkpoints.waiting()).toBeLessThan(1000)
    checkpoints.committed()
    expect(checkpoints.waiting()).toBeGreaterThan(0)
    await expect.poll(checkpoints.waiting).toBe(0)
    connection.transaction(() => insert.run(Buffer.alloc(6_000_000)))
    expect(checkpoints.waiting()).toBeGreaterThan(1000)
    checkpoints.committed()
    expect(checkpoints.waiting()).toBe(0)
    connection.transaction(() => insert.run(Buffer.alloc(10)))
    expect(checkpoints.atClose()).toBe(true)
    expect(fs.statSync(`${file}-wal`).size).toBe(0)
    expect(faults).toEqual([])
    connection.close()
  })
})

describe('the ballast', () => {
  it('takes its room once and gives it back once', () => {
    const file = path.join(tempDir(), 'ballast.bin')
    const ballast = prepareBallast(file, 100_000)
    expect(fs.statSync(file).size).toBe(100_000)
    const { mtimeMs } = fs.statSync(file)
    prepareBallast(file, 100_000)
    expect(fs.statSync(file).mtimeMs).toBe(mtimeMs)
    expect([ballast.release(), ballast.release()]).toEqual([true, false])
    expect(fs.existsSync(file)).toBe(false)
  })

  it('is not made on a disk that has no room for four of it', () => {
    const file = path.join(tempDir(), 'ballast.bin')
    expect(prepareBallast(file, Number.MAX_SAFE_INTEGER).release()).toBe(false)
    expect(fs.existsSync(file)).toBe(false)
  })
})

describe('the hybrid clock', () => {
  const DAY_MS = 86_400_000
  it('only grows while the wall clock is within a day, and lets a wild one go', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: DAY_MS * 2, max: 4e12 }),
        fc.integer({ min: -DAY_MS, max: DAY_MS * 400 }),
        (lastMs, aheadMs) => {
          const last = BigInt(lastMs) << 16n
          const nowMs = Math.max(0, lastMs - aheadMs)
          const next = hlcAfter(last, nowMs)
          expect(lastMs - nowMs > DAY_MS ? hlcMs(next) === nowMs : next > last).toBe(true)
          expect(next < 1n << 63n).toBe(true)
        },
      ),
    )
  })
})
