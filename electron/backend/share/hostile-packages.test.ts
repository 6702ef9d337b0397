import { createHash, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { deflateSync, inflateSync } from 'node:zlib'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import { PACKAGE_LIMITS } from '#core/share/manifest.ts'
import type { SharedOp } from '#core/share/operation.ts'
import type { Actor } from '#db/actor.ts'
import { PACKAGE_BUDGETS } from './package-files.ts'
import { archive, forged, quiet, sentPackage, type Office, type Parts } from './testing.ts'

const LEAD: Actor = { name: '林青', office: '' }

const sent = await sentPackage(LEAD, LEAD)
const { guest, filled, file, parts, opened } = sent
afterAll(() => sent.close())

const problemOf = async (of: Office, at: string) =>
  (await of.shares.look({ files: of.choose(at), passphrase: null }, quiet))[0]?.problem

describe('a package is taken apart by a process that can be ended', () => {
  it('and one that needs more time or memory than it may is refused, while the next is read', { timeout: 60_000 }, async () => {
    const hurried = opened(LEAD, { budgets: { ...PACKAGE_BUDGETS, patienceMs: 1, bytesPerMs: 1e9 } })
    expect(await problemOf(hurried, file)).toEqual({ code: 'share.unreadable', params: { file: '评审.greenprint' } })
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

type Change = (database: Database.Database) => void

/** The package with its GeoPackage or its operations changed, sound in every hash and name of a file. */
async function withData(change: Change, ofOp: (op: SharedOp) => SharedOp = (op) => op): Promise<string> {
  const raw = path.join(guest.dir, 'raw.gpkg')
  const [name, bytes] = parts.others.find(([member]) => member.startsWith('plans/')) ?? ['', Buffer.alloc(0)]
  fs.writeFileSync(raw, bytes)
  const database = new Database(raw)
  // Triggers are for the tools of others; who changes a row on purpose has them out of the way.
  const triggers = database.prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all()
  for (const trigger of triggers) database.exec(`DROP TRIGGER "${trigger.name}"`)
  change(database)
  database.close()
  const data = fs.readFileSync(raw)
  const was = filled.plan.gpkgSha256
  const is = createHash('sha256').update(data).digest('hex')
  const renamed = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll(was, is)) as T
  return forged(guest.dir, {
    manifest: renamed(parts.manifest),
    ops: renamed(parts.ops).map(ofOp),
    others: parts.others.map((one) => (one[0] === name ? [`plans/${is}.gpkg`, data] : one)),
  })
}
const refusalOf = async (at: string) =>
  guest.shares.merge({ files: guest.choose(at), passphrase: null }, quiet).then(
    () => 'merged',
    (error: { code?: string; params?: { problem?: { en: string } | string } }) => {
      const problem = error.params?.problem
      return `${error.code}: ${typeof problem === 'object' ? problem.en : problem}`
    },
  )
const nothingIsStored = () => {
  expect(guest.catalogue.plans.list()).toEqual([])
  expect(fs.readdirSync(guest.catalogue.paths.plansDir)).toEqual([])
}

describe('plan data that does something instead of holding something', () => {
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
      (db) => db.exec("INSERT INTO green (fid, geom) VALUES (7, x'47500001E61000000102030405')"),
    ],
  ])('%s is refused, and nothing is stored', async (_, words, change) => {
    expect(await refusalOf(await withData(change))).toMatch(new RegExp(`^share.refused: .*${words}`))
    nothingIsStored()
  })
})

describe('a layer that is not what its hash says', () => {
  const layerOp = (role: string, change: (body: Record<string, unknown>) => object) => (op: SharedOp) =>
    op.entity === 'layer' && op.after?.['role'] === role ? { ...op, after: { ...op.after, ...change({ ...op.after }) } } : op
  const none: Change = () => undefined
  const inflated = (db: Database.Database) => inflateSync(db.prepare<[], Buffer>('SELECT cells FROM canopy').pluck().get() ?? '')

  it.each<[string, Change]>([
    [
      'a geometry in another’s place',
      (db) => db.exec('UPDATE green SET geom = (SELECT geom FROM green WHERE fid = 2) WHERE fid = 1'),
    ],
    ['another value', (db) => db.exec('UPDATE green SET gp_area = 7 WHERE fid = 4')],
    ['a value where there was none', (db) => db.exec("UPDATE green SET 名称 = '' WHERE fid = 3")],
    ['another name of a field', (db) => db.exec('ALTER TABLE green RENAME COLUMN gp_area TO gp_height')],
    ['one more field', (db) => db.exec('ALTER TABLE green ADD COLUMN gp_class TEXT')],
    ['a feature less', (db) => db.exec('DELETE FROM green WHERE fid = 6')],
    ['no feature at all', (db) => db.exec('DELETE FROM green')],
    ['rows in another order', (db) => db.exec('UPDATE green SET fid = fid + 100 WHERE fid = 1')],
    [
      'another cell',
      (db) => {
        const cells = inflated(db)
        cells.writeFloatLE(9, 8)
        db.prepare('UPDATE canopy SET cells = ?').run(deflateSync(cells))
      },
    ],
    ['a grid that lies elsewhere', (db) => db.exec('UPDATE greenprint_rasters SET left_x = left_x + 1000')],
  ])('%s is refused, and nothing is stored', async (_, change) => {
    expect(await refusalOf(await withData(change))).toMatch(
      /^share.refused: the layer \w+ is not what its hash says|its data is damaged/,
    )
    nothingIsStored()
  })

  it.each<[string, (op: SharedOp) => SharedOp]>([
    ['the hash of another layer', layerOp('green', () => ({ sha256: hashOf('landuse_plan') }))],
    ['the hash of a layer of another plan', layerOp('green', () => ({ sha256: 'a'.repeat(64) }))],
    ['another kind', layerOp('green', () => ({ kind: 'line' }))],
    ['other figures of a grid', layerOp('canopy', ({ raster }) => ({ raster: { ...(raster as object), cellX: 1 } }))],
    ['another system of the plan', (op) => (op.entity === 'plan' ? { ...op, after: { ...op.after, crs: 'EPSG:4548' } } : op)],
  ])('%s is refused, and nothing is stored', async (_, ofOp) => {
    expect(await refusalOf(await withData(none, ofOp))).toMatch(/^share.refused: the layer \w+ is not what its hash says/)
    nothingIsStored()
  })

  it('bombs of cells are ended at the size of the grid', async () => {
    const bomb: Change = (db) => db.prepare('UPDATE canopy SET cells = ?').run(deflateSync(Buffer.alloc(64 * 2 ** 20)))
    expect(await refusalOf(await withData(bomb))).toMatch(/^share.refused: its data is damaged/)
  })

  it('no later operation gives it another content: not in one package, and not in what is known already', async () => {
    const made = parts.ops.find(({ entity }) => entity === 'layer')
    if (made?.after == null) throw new Error('no layer')
    const other = {
      ...made.after,
      sha256: hashOf('landuse_plan') === made.after['sha256'] ? hashOf('green') : hashOf('landuse_plan'),
    }
    const id = randomUUID()
    const update: SharedOp = { ...made, id, kind: 'update', before: made.after, after: other, parents: [made.id] }
    const again: SharedOp = { ...made, id, after: other, parents: [made.id] }
    for (const op of [update, again])
      expect(await refusalOf(await forged(guest.dir, { ...parts, ops: [...parts.ops, op] }))).toMatch(
        /^share.malformed: the data of a layer/,
      )
    nothingIsStored()
    const knowing = opened(LEAD)
    await knowing.shares.merge({ files: knowing.choose(file), passphrase: null }, quiet)
    const alone = await forged(knowing.dir, { ...parts, ops: parts.ops.map((op) => (op.id === made.id ? again : op)) })
    await expect(knowing.shares.merge({ files: knowing.choose(alone), passphrase: null }, quiet)).rejects.toMatchObject({
      code: 'share.malformed',
    })
    const plan = parts.ops.find(({ entity }) => entity === 'plan')
    if (plan?.after == null) throw new Error('no plan')
    const moved: SharedOp = { ...plan, id, kind: 'update', before: plan.after, after: { ...plan.after, crs: 'EPSG:4548' } }
    expect(await refusalOf(await forged(guest.dir, { ...parts, ops: [...parts.ops, moved] }))).toMatch(
      /^share.malformed: the crs of a plan/,
    )
  })
})

/** What the package says that a layer's hash is. */
const hashOf = (role: string): string =>
  String(parts.ops.find(({ entity, after }) => entity === 'layer' && after?.['role'] === role)?.after?.['sha256'])
