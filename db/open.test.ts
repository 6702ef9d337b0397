import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { AppError } from '#core/errors.ts'
import type { Catalogue } from './catalogue.ts'
import { refuseNetworkFolder } from './filesystem.ts'
import { headVersion } from './migrate.ts'
import { openForTest, removeTempDirs, REVIEWER, samplePlan, tempDir, withReview } from './testing/fixtures.ts'

const open: Catalogue[] = []
const opened = (dir: string, options: Parameters<typeof openForTest>[1] = {}): Catalogue => {
  const catalogue = openForTest(dir, options)
  open.push(catalogue)
  return catalogue
}
afterEach(async () => {
  for (const catalogue of open.splice(0)) await catalogue.close()
})
afterAll(removeTempDirs)

const file = (dir: string): string => path.join(dir, 'catalogue.sqlite')
const closed = async (): Promise<string> => {
  const dir = tempDir()
  const catalogue = openForTest(dir)
  withReview(catalogue)
  await catalogue.close()
  return dir
}
const refusal = (act: () => unknown): AppError => {
  try {
    act()
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('was not refused')
}

describe('opening a catalogue', () => {
  it('makes the whole folder the first time', () => {
    const dir = path.join(tempDir(), 'new', 'catalogue')
    const catalogue = opened(dir)
    expect(fs.readdirSync(dir).toSorted()).toEqual(
      expect.arrayContaining(['backups', 'cache', 'catalogue.lock', 'catalogue.sqlite', 'logs', 'plans']),
    )
    expect(catalogue).toMatchObject({ dir, readOnly: null, notes: [] })
    expect(catalogue.paths.plansDir).toBe(path.join(dir, 'plans'))
  })

  it('writes a file that says what it is, in WAL mode, with STRICT tables and no column without a rule', async () => {
    const database = new Database(file(await closed()), { readonly: true })
    expect(database.pragma('application_id', { simple: true })).toBe(0x47504c4e)
    expect(database.pragma('user_version', { simple: true })).toBe(headVersion())
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal')
    const tables = database.pragma('table_list') as { name: string; type: string; strict: number }[]
    // An index of texts and the tables it is kept in are SQLite's own and cannot be strict.
    const ours = tables.filter(({ name, type }) => type === 'table' && !name.startsWith('sqlite_'))
    const loose = ours.filter(({ strict }) => strict === 0)
    expect(ours.length).toBeGreaterThan(20)
    expect(loose).toEqual([])
    database.close()
  })

  it('keeps synchronous=FULL through the first write and after a reopening', async () => {
    const { configureWriter } = await import('./pragmas.ts')
    const database = new Database(file(await closed()))
    configureWriter(database)
    expect(database.pragma('synchronous', { simple: true })).toBe(2)
    database.close()
    // What this guards against: without FULL by hand, the first write drops to NORMAL in silence.
    const careless = new Database(path.join(tempDir(), 'a.sqlite'))
    careless.pragma('journal_mode=WAL')
    careless.exec('CREATE TABLE t (a)')
    expect(careless.pragma('synchronous', { simple: true })).toBe(1)
    careless.close()
  })

  it.each([
    ['a trailing space', 'catalogue '],
    ['a NUL', 'cata\0logue'],
    ['memory', ':memory:'],
    ['nothing', ''],
  ])('refuses a path with %s', (_, name) => {
    const dir = name === ':memory:' || name === '' ? name : path.join(tempDir(), name)
    expect(refusal(() => openForTest(dir)).code).toBe('catalogue.bad-path')
  })

  it.each([
    ['NFS', 0x6969],
    ['CIFS', 0xff534d42],
    ['CIFS', 0xff534d42 - 2 ** 32],
    ['SMB2', 0xfe534d42],
    ['9p', 0x01021997],
    ['FUSE', 0x65735546],
  ])('refuses a folder on %s and frees the lock', (kind, type) => {
    const dir = tempDir()
    const error = refusal(() => openForTest(dir, { statfs: () => ({ type }) }))
    expect(error).toMatchObject({ code: 'catalogue.network-folder', params: { dir, kind } })
    expect(fs.existsSync(file(dir))).toBe(false)
    opened(dir)
  })

  it('takes a local file system and warns of a synchronised folder', () => {
    const dir = path.join(tempDir(), 'OneDrive', '目录库')
    expect(() => refuseNetworkFolder(tempDir(), () => ({ type: 0xef53 }))).not.toThrow()
    expect(opened(dir).notes).toMatchObject([{ severity: 'warning' }])
  })

  it('refuses a foreign file, an empty one and a cut one, and leaves them as they were', async () => {
    const foreign = tempDir()
    new Database(file(foreign)).exec('CREATE TABLE t (a)').close()
    expect(refusal(() => openForTest(foreign)).code).toBe('catalogue.not-a-catalogue')
    fs.writeFileSync(file(foreign), 'x'.repeat(5000))
    expect(refusal(() => openForTest(foreign)).code).toBe('catalogue.not-a-catalogue')
    fs.writeFileSync(file(foreign), '')
    expect(refusal(() => openForTest(foreign)).code).toBe('catalogue.damaged')
    expect(fs.statSync(file(foreign)).size).toBe(0)
    const cut = await closed()
    fs.truncateSync(file(cut), 8192)
    expect(refusal(() => openForTest(cut)).code).toBe('catalogue.damaged')
    expect(fs.statSync(file(cut)).size).toBe(8192)
  })

  it('never makes an empty catalogue where backups say that there was one', async () => {
    const dir = tempDir()
    const catalogue = openForTest(dir)
    await catalogue.backup.now()
    await catalogue.close()
    fs.rmSync(file(dir))
    expect(refusal(() => openForTest(dir))).toMatchObject({ code: 'catalogue.missing', params: { backups: 1 } })
    expect(fs.existsSync(file(dir))).toBe(false)
  })
})

describe('a catalogue that may only be read', () => {
  it('is opened from a newer version with the reason, and every command is refused', async () => {
    const dir = await closed()
    const database = new Database(file(dir))
    database.pragma('user_version=99')
    database.close()
    const catalogue = opened(dir)
    expect(catalogue.readOnly).toMatchObject({ code: 'catalogue.newer', reason: { zh: expect.stringContaining('99') } })
    expect(catalogue.plans.list()).toHaveLength(1)
    expect(catalogue.history().steps).toHaveLength(2)
    expect(refusal(() => catalogue.commands.addPlan(samplePlan(), [], REVIEWER)).code).toBe('catalogue.read-only')
    expect(refusal(() => catalogue.commands.undo(REVIEWER)).code).toBe('catalogue.read-only')
    expect(refusal(() => catalogue.commands.setSettings({ lang: 'en' }, REVIEWER)).code).toBe('catalogue.read-only')
  })

  it('is refused when the newer version moved its tables', async () => {
    const dir = await closed()
    const database = new Database(file(dir))
    database.exec('ALTER TABLE plans RENAME COLUMN crs TO reference_system')
    database.pragma('user_version=99')
    database.close()
    expect(refusal(() => openForTest(dir)).code).toBe('catalogue.newer-unreadable')
  })

  it('finds a newer version also in a write-ahead log that was never copied back', async () => {
    const dir = await closed()
    const newer = new Database(file(dir))
    newer.pragma('wal_autocheckpoint=0')
    newer.pragma('user_version=99')
    const kept = tempDir()
    for (const suffix of ['', '-wal']) fs.copyFileSync(file(dir) + suffix, file(kept) + suffix)
    newer.close()
    expect(fs.readFileSync(file(kept)).readInt32BE(60)).toBe(headVersion())
    expect(opened(kept).readOnly?.code).toBe('catalogue.newer')
  })

  it('is read from a private copy when only its file is write-protected', async () => {
    const dir = await closed()
    fs.chmodSync(dir, 0o777)
    for (const entry of fs.readdirSync(dir)) fs.chmodSync(path.join(dir, entry), entry.includes('.') ? 0o666 : 0o777)
    fs.chmodSync(file(dir), 0o444)
    withoutRoot(() => {
      const catalogue = opened(dir)
      expect(catalogue.readOnly).toMatchObject({ code: 'catalogue.unwritable' })
      expect(catalogue.plans.list()).toHaveLength(1)
      expect(refusal(() => openForTest(dir)).code).toBe('catalogue.locked')
    })
  })

  it('is read from a private copy when its folder cannot be written', async () => {
    const dir = await closed()
    for (const entry of fs.readdirSync(dir)) fs.chmodSync(path.join(dir, entry), entry.includes('.') ? 0o444 : 0o555)
    fs.chmodSync(dir, 0o555)
    withoutRoot(() => {
      const catalogue = opened(dir)
      expect(catalogue.readOnly).toMatchObject({ code: 'catalogue.unwritable' })
      expect(catalogue.plans.list()).toHaveLength(1)
      expect(refusal(() => catalogue.commands.addPlan(samplePlan(), [], REVIEWER)).code).toBe('catalogue.read-only')
      const nothing = path.join(dir, 'below')
      expect(refusal(() => openForTest(nothing)).code).toBe('catalogue.unwritable')
    })
    fs.chmodSync(dir, 0o755)
    for (const entry of fs.readdirSync(dir)) fs.chmodSync(path.join(dir, entry), entry.includes('.') ? 0o644 : 0o755)
  })
})

/** Root may write anywhere: act as nobody for a moment. */
function withoutRoot(act: () => void): void {
  const root = process.getuid?.() === 0
  if (root) process.seteuid?.(65_534)
  try {
    act()
  } finally {
    if (root) process.seteuid?.(0)
  }
}

describe('what a killed session left behind', () => {
  it('is checked whole and remembered', async () => {
    const dir = tempDir()
    const living = opened(dir)
    withReview(living)
    const copy = tempDir()
    for (const suffix of ['', '-wal']) fs.copyFileSync(file(dir) + suffix, file(copy) + suffix)
    const catalogue = opened(copy)
    expect(catalogue.plans.list()).toHaveLength(1)
    await catalogue.close()
    const { db, close } = (await import('./open.ts')).openForReading(file(copy))
    const detail = db.prepare<[], { detail: string }>('SELECT detail FROM audit ORDER BY seq DESC LIMIT 1').get()?.detail
    expect(JSON.parse(detail ?? '')).toMatchObject({ unclean: true, created: false })
    close()
  })

  it('is cleared: half-made files and plan files that no operation can bring back', async () => {
    const dir = tempDir()
    const first = openForTest(dir)
    const { plan } = withReview(first)
    first.commands.removePlan(plan.id, REVIEWER)
    await first.close()
    const needed = `${plan.gpkgSha256}.gpkg`
    for (const name of [needed, `${'0'.repeat(64)}.gpkg`, 'x.gpkg.tmp', 'note.txt'])
      fs.writeFileSync(path.join(dir, 'plans', name), '')
    fs.writeFileSync(path.join(dir, 'catalogue.sqlite.new'), 'half')
    fs.writeFileSync(path.join(dir, 'backups', 'unverified.tmp'), 'half')
    const catalogue = opened(dir)
    expect(fs.readdirSync(path.join(dir, 'plans')).toSorted()).toEqual([needed, 'note.txt'].toSorted())
    expect(fs.existsSync(path.join(dir, 'catalogue.sqlite.new'))).toBe(false)
    expect(fs.readdirSync(path.join(dir, 'backups'))).toEqual([])
    catalogue.commands.undo(REVIEWER)
    expect(catalogue.plans.get(plan.id).gpkgSha256).toBe(plan.gpkgSha256)
  })
})
