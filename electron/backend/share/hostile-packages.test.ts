import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PACKAGE_LIMITS } from '#core/share/manifest.ts'
import type { SharedOp } from '#core/share/operation.ts'
import type { Actor } from '#db/actor.ts'
import { removeTempDirs } from '#db/testing/fixtures.ts'
import { PACKAGE_BUDGETS } from './package-files.ts'
import { archive, fillOffice, forged, office, partsOf, quiet, type Office, type Parts } from './testing.ts'

const LEAD: Actor = { name: '林青', office: '' }

let lead: Office
let guest: Office
let filled: ReturnType<typeof fillOffice>
let file: string
let parts: Parts
const open: Office[] = []

/** An office that is closed when the tests are over. */
const opened = (...args: Parameters<typeof office>): Office => {
  const made = office(...args)
  open.push(made)
  return made
}

beforeAll(async () => {
  lead = opened(LEAD)
  guest = opened(LEAD)
  filled = fillOffice(lead, LEAD)
  file = path.join(lead.dir, 'x.greenprint')
  await lead.shares.export({ planId: filled.plan.id, withPlan: true, passphrase: null, target: lead.save(file) }, quiet)
  parts = await partsOf(file)
})
afterAll(async () => {
  for (const one of open) await one.close()
  removeTempDirs()
})

const problemOf = async (of: Office, at: string) =>
  (await of.shares.look({ files: of.choose(at), passphrase: null }, quiet))[0]?.problem

describe('a package is taken apart by a process that can be ended', () => {
  it('and one that needs more time or memory than it may is refused, while the next is read', { timeout: 60_000 }, async () => {
    const hurried = opened(LEAD, { budgets: { ...PACKAGE_BUDGETS, patienceMs: 1, bytesPerMs: 1e9 } })
    expect(await problemOf(hurried, file)).toEqual({ code: 'share.unreadable', params: { file: 'x.greenprint' } })
    expect(await problemOf(guest, file)).toBeUndefined()
    let seed = 1
    const many = Array.from({ length: 7_000_000 }, () => (seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0) % 90)
    const hungry = await forged(guest.dir, { ...parts, ops: [{ ...parts.ops[0], many } as never, ...parts.ops.slice(1)] })
    const cramped = opened(LEAD, { budgets: { ...PACKAGE_BUDGETS, memoryMb: 48 } })
    expect(await problemOf(cramped, hungry)).toMatchObject({ code: 'share.unreadable' })
    // With the memory that the program gives, it is read and refused for what is in it.
    expect(await problemOf(guest, hungry)).toMatchObject({ code: 'share.malformed' })
  })

  it('and cancelling ends the process, leaves nothing, and the next file is read', async () => {
    const controller = new AbortController()
    const call = { signal: controller.signal, progress: () => controller.abort() }
    const merging = guest.shares.merge({ files: guest.choose(file), passphrase: null }, call)
    await expect(merging).rejects.toMatchObject({ code: 'request.cancelled' })
    expect(guest.catalogue.plans.list()).toEqual([])
    expect(fs.readdirSync(guest.dir).filter((name) => name.startsWith('share-'))).toEqual([])
    expect(await problemOf(guest, file)).toBeUndefined()
  })

  it('and a file that is gone or cut to nothing is refused', async () => {
    expect(await problemOf(guest, path.join(guest.dir, 'gone.greenprint'))).toMatchObject({ code: 'import.file-missing' })
    const empty = path.join(guest.dir, 'empty.greenprint')
    fs.writeFileSync(empty, '')
    expect(await problemOf(guest, empty)).toMatchObject({ code: 'share.not-a-package' })
  })
})

describe('JSON that is made to exhaust', () => {
  const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`)
  const withFirst = (change: (op: SharedOp) => unknown): Parts => ({
    ...parts,
    ops: parts.ops.map((op, at) => (at === 0 ? (change(op) as SharedOp) : op)),
  })

  it('nests without an end: refused before it is parsed', async () => {
    const deep = withFirst((op) => ({ ...op, more: nested(3000) }))
    expect(await problemOf(guest, await forged(guest.dir, deep))).toMatchObject({
      code: 'share.malformed',
      params: { where: 'operations.jsonl:1', problem: 'it nests too deeply' },
    })
    const manifest = { ...parts, manifest: { ...parts.manifest, more: nested(3000) } }
    expect(await problemOf(guest, await forged(guest.dir, manifest))).toMatchObject({ code: 'share.malformed' })
  })

  it('has one line of many megabytes: refused without gathering it', { timeout: 60_000 }, async () => {
    const long = withFirst((op) => ({ ...op, more: 'x'.repeat(PACKAGE_LIMITS.operationBytes) }))
    const at = await forged(guest.dir, long)
    // It packs to far less than it holds, as a bomb does.
    expect(await problemOf(guest, at)).toMatchObject({ code: 'share.refused' })
    const noise = createHash('shake256', { outputLength: 2 ** 20 })
      .update('seed')
      .digest('base64')
    const mixed = withFirst((op) => ({ ...op, more: noise.repeat(Math.ceil(PACKAGE_LIMITS.operationBytes / noise.length)) }))
    expect(await problemOf(guest, await forged(guest.dir, mixed))).toMatchObject({
      code: 'share.refused',
      params: { entry: 'operations.jsonl:1' },
    })
  })

  it('carries keys that are code in a careless program: refused like every unknown member', async () => {
    for (const key of ['__proto__', 'constructor', 'toString']) {
      const line = JSON.stringify(parts.ops[0]).replace('{', `{"${key}":{"x":1},`)
      const lines = [line, ...parts.ops.slice(1).map((op) => JSON.stringify(op))].join('\n')
      const bytes = Buffer.from(`${lines}\n`)
      const members: [string, Buffer][] = [['operations.jsonl', bytes], ...parts.others]
      const table = members.map(([name, content]) => ({
        name,
        sizeBytes: content.length,
        sha256: createHash('sha256').update(content).digest('hex'),
      }))
      const manifest = Buffer.from(JSON.stringify({ members: table, ...parts.manifest }))
      expect(await problemOf(guest, await archive(guest.dir, [...members, ['manifest.json', manifest]]))).toMatchObject({
        code: 'share.malformed',
      })
    }
    expect(({} as { x?: unknown }).x).toBeUndefined()
  })
})

describe('plan data that does something instead of holding something', () => {
  /** The package with its GeoPackage changed, sound in every hash and name. */
  async function withData(change: (database: Database.Database) => void): Promise<string> {
    const raw = path.join(guest.dir, 'raw.gpkg')
    const [name, bytes] = parts.others.find(([member]) => member.startsWith('plans/')) ?? ['', Buffer.alloc(0)]
    fs.writeFileSync(raw, bytes)
    const database = new Database(raw)
    change(database)
    database.close()
    const data = fs.readFileSync(raw)
    const was = filled.plan.gpkgSha256
    const is = createHash('sha256').update(data).digest('hex')
    const renamed = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll(was, is)) as T
    return forged(guest.dir, {
      manifest: renamed(parts.manifest),
      ops: renamed(parts.ops),
      others: parts.others.map((one) => (one[0] === name ? [`plans/${is}.gpkg`, data] : one)),
    })
  }
  const refusal = async (change: (database: Database.Database) => void) => {
    const files = guest.choose(await withData(change))
    return guest.shares.merge({ files, passphrase: null }, quiet).then(
      () => 'merged',
      (error: { code?: string; params?: { problem?: { en: string } } }) => `${error.code}: ${error.params?.problem?.en}`,
    )
  }

  it.each<[string, string, (database: Database.Database) => void]>([
    [
      'a view that never ends',
      'it holds the view',
      (db) =>
        db.exec(`DROP TABLE green;
          CREATE VIEW green AS WITH RECURSIVE n(fid) AS (SELECT 1 UNION ALL SELECT fid + 1 FROM n) SELECT fid, NULL AS geom FROM n`),
    ],
    ['a view beside the layers', 'it holds the view', (db) => db.exec('CREATE VIEW other AS SELECT 1')],
    [
      'a table that is a program',
      'no table of rows',
      (db) => db.exec('DROP TABLE green; CREATE VIRTUAL TABLE green USING fts5(fid, geom)'),
    ],
    [
      'a computed column',
      'is computed',
      (db) => db.exec('DROP TABLE green; CREATE TABLE green (fid INTEGER PRIMARY KEY, geom AS (zeroblob(900000000)), x BLOB)'),
    ],
    ['no table of a layer', 'it lacks the table', (db) => db.exec('DROP TABLE green')],
    [
      'a geometry that is none',
      'its data is damaged',
      (db) => db.exec("INSERT INTO green (fid, geom) VALUES (1, x'47500001E61000000102030405')"),
    ],
  ])('%s is refused, and nothing is stored', async (_, words, change) => {
    expect(await refusal(change)).toMatch(new RegExp(`^share.refused: .*${words}`))
    expect(guest.catalogue.plans.list()).toEqual([])
    expect(fs.readdirSync(guest.catalogue.paths.plansDir)).toEqual([])
  })
})
