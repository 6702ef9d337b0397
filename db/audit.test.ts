import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chainHash, hashOf, type AuditRow } from './audit-chain.ts'
import { verifyChain, type Seal } from './audit-verify.ts'
import { forReading } from './connection.ts'
import { entryDraft, openForTest, removeTempDirs, REVIEWER, tempDir, withReview } from './testing/fixtures.ts'

const ENTRIES = 40
let file: string
let seal: Seal

beforeAll(async () => {
  const dir = tempDir()
  const catalogue = openForTest(dir)
  const { review } = withReview(catalogue)
  while (catalogue.audit.head().seq < ENTRIES - 1) {
    catalogue.commands.setEntry(review.id, entryDraft('A04', catalogue.audit.head().seq % 2 ? 1 : 2), REVIEWER)
  }
  seal = catalogue.audit.sealHead('memo 1')
  await catalogue.close()
  file = path.join(dir, 'catalogue.sqlite')
})
afterAll(removeTempDirs)

/** A copy in memory whose triggers were dropped, as an attacker with the file would do. */
const attacked = (attack: (database: Database.Database) => void, seals: readonly Seal[] = []) => {
  const image = fs.readFileSync(file)
  // A database in memory cannot be in WAL mode: say rollback journal in its header.
  image.fill(1, 18, 20)
  const database = new Database(image)
  const triggers = database.prepare<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`).all()
  for (const { name } of triggers) database.exec(`DROP TRIGGER ${name}`)
  attack(database)
  const verdict = verifyChain(forReading(database), seals)
  database.close()
  return verdict
}

describe('the audit log', () => {
  it('is intact as written', () => {
    expect(attacked(() => undefined, [seal])).toEqual({ intact: true, entries: ENTRIES, problem: null })
  })

  it('refuses changes while its triggers stand: update, delete, gap, duplicate, OR REPLACE', async () => {
    const { harden } = await import('./pragmas.ts')
    const copy = path.join(tempDir(), 'copy.sqlite')
    fs.copyFileSync(file, copy)
    const database = new Database(copy)
    harden(database)
    const row = database.prepare<[], AuditRow>('SELECT * FROM audit WHERE seq = 5').get()
    if (!row) throw new Error('no row')
    const insert = (verb: string, seq: number | null) =>
      database
        .prepare(`${verb} INTO audit VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)`)
        .run(...Object.values({ ...row, seq, hash: Buffer.alloc(32, 9) }))
    expect(() => database.exec('UPDATE audit SET actor = actor')).toThrow('append-only')
    expect(() => database.exec('DELETE FROM audit')).toThrow('append-only')
    expect(() => insert('INSERT', ENTRIES + 2)).toThrow('append-only')
    expect(() => insert('INSERT', 5)).toThrow('append-only')
    expect(() => insert('INSERT OR REPLACE', 5)).toThrow('append-only')
    expect(() => insert('INSERT', null)).toThrow('append-only')
    expect(() => database.exec(`INSERT OR REPLACE INTO audit_seal VALUES (${seal.seq}, zeroblob(32), NULL, 'x')`)).toThrow(
      'append-only',
    )
    database.close()
  })

  it('shows any edited field of any row', () => {
    const fields = ['at', 'mono', 'boot', 'actor', 'action', 'object', 'label', 'result', 'detail', 'prev', 'hash'] as const
    const change = {
      mono: 'mono + 1',
      prev: 'randomblob(32)',
      hash: 'randomblob(32)',
      detail: `json_set(detail, '$.x', 1)`,
    } as const
    fc.assert(
      fc.property(fc.constantFrom(...fields), fc.integer({ min: 1, max: ENTRIES }), (field, seq) => {
        const value = field in change ? change[field as keyof typeof change] : `coalesce(${field}, '') || 'x'`
        expect(attacked((database) => database.exec(`UPDATE audit SET ${field} = ${value} WHERE seq = ${seq}`)).intact).toBe(
          false,
        )
      }),
      { numRuns: 60 },
    )
  })

  it('shows deleted, inserted and reordered rows', () => {
    const row = fc.integer({ min: 1, max: ENTRIES - 1 })
    fc.assert(
      fc.property(row, fc.constantFrom('delete', 'insert', 'swap', 'renumber'), (seq, attack) => {
        const sql = {
          delete: `DELETE FROM audit WHERE seq = ${seq}`,
          renumber: `DELETE FROM audit WHERE seq = ${seq}; UPDATE audit SET seq = seq - 1 WHERE seq > ${seq}`,
          insert: `UPDATE audit SET seq = seq + 1000 WHERE seq > ${seq}; UPDATE audit SET seq = seq - 999 WHERE seq > 1000;
            INSERT INTO audit SELECT ${seq + 1}, at, mono, boot, actor, action, object, label, result, detail, alg, prev, randomblob(32)
            FROM audit WHERE seq = ${seq}`,
          swap: `UPDATE audit SET seq = 5000 WHERE seq = ${seq}; UPDATE audit SET seq = ${seq} WHERE seq = ${seq + 1};
            UPDATE audit SET seq = ${seq + 1} WHERE seq = 5000`,
        }[attack]
        expect(attacked((database) => database.exec(sql)).intact).toBe(false)
      }),
      { numRuns: 60 },
    )
  })

  it('shows a cut tail and a chain written anew by its seal, and only by its seal', () => {
    const cut = (database: Database.Database) => database.exec(`DELETE FROM audit WHERE seq > ${ENTRIES - 3}`)
    const rewrite = (database: Database.Database) => {
      const rows = database.prepare<[], AuditRow>('SELECT * FROM audit ORDER BY seq').all()
      let prev = Buffer.alloc(32)
      for (const row of rows) {
        const forged = { ...row, actor: 'someone else', prev }
        prev = Buffer.from(chainHash(forged))
        database
          .prepare('UPDATE audit SET actor = ?, prev = ?, hash = ? WHERE seq = ?')
          .run(forged.actor, forged.prev, prev, row.seq)
      }
    }
    expect(attacked(rewrite).intact).toBe(true)
    expect(attacked(rewrite, [seal]).problem).toEqual({ seq: seal.seq, kind: 'seal' })
    expect(attacked(cut, [seal])).toMatchObject({ intact: false, problem: { kind: 'seal', seq: seal.seq } })
  })

  it('shows an operation log that was edited afterwards', () => {
    const edit = `UPDATE op SET after = replace(after, '踏勘', '电话') WHERE entity = 'item_entry'`
    expect(attacked((database) => database.exec(edit)).problem?.kind).toBe('operations')
    const drop = 'DELETE FROM op WHERE seq = (SELECT max(seq) FROM op)'
    expect(attacked((database) => database.exec(drop)).problem?.kind).toBe('operations')
    const smuggle = `INSERT INTO op_txn VALUES (999, randomblob(16), 'command', NULL, 'x', 'x', 'x', 'x')`
    expect(attacked((database) => database.exec(smuggle)).problem?.kind).toBe('operations')
  })

  it('is checked against the seal file that lies outside the database', async () => {
    const dir = tempDir()
    const first = openForTest(dir)
    withReview(first)
    first.audit.sealHead('logs')
    await first.close()
    const database = new Database(path.join(dir, 'catalogue.sqlite'))
    const { seq } = database.prepare<[], { seq: number }>('SELECT max(seq) AS seq FROM audit').get() ?? { seq: 0 }
    database.exec('DROP TRIGGER audit_d; DROP TRIGGER audit_seal_d; DELETE FROM audit_seal')
    database.exec(`DELETE FROM audit WHERE seq = ${seq}`)
    database.close()
    const second = openForTest(dir)
    expect(second.audit.verify()).toMatchObject({ intact: false, problem: { seq, kind: 'seal' } })
    await second.close()
  })

  it('frames its fields, so that no two lists of values look alike', () => {
    const values = fc.array(fc.oneof(fc.string(), fc.integer(), fc.constant(null)), { maxLength: 5 })
    fc.assert(
      fc.property(values, values, (a, b) => {
        fc.pre(
          JSON.stringify(a.map((x) => (Object.is(x, -0) ? 0 : x))) !== JSON.stringify(b.map((x) => (Object.is(x, -0) ? 0 : x))),
        )
        expect(hashOf(a).equals(hashOf(b))).toBe(false)
      }),
    )
    expect(hashOf(['ab', 'c']).equals(hashOf(['a', 'bc']))).toBe(false)
    expect(hashOf(['1']).equals(hashOf([1]))).toBe(false)
  })

  it('is listed newest first, page by page, with acts from outside', async () => {
    const catalogue = openForTest(tempDir())
    catalogue.audit.record({ actor: REVIEWER, action: 'memo.printed', object: 'm1', detail: { pages: 8 } })
    const [newest] = catalogue.audit.list(null, 1)
    expect(newest).toMatchObject({ seq: 2, action: 'memo.printed', object: 'm1', actor: '林青 · 总体规划科', result: 'ok' })
    expect(catalogue.audit.list(2).map((entry) => entry.action)).toEqual(['catalogue.opened'])
    await catalogue.close()
  })
})
