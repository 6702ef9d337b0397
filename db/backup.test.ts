import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import { backupsOf, restoreCatalogue } from './restore.ts'
import { cataloguePaths } from './folder.ts'
import { nextQuarantine, writeIntent } from './restore-files.ts'
import { entryDraft, openForTest, removeTempDirs, REVIEWER, samplePlan, tempDir, withReview } from './testing/fixtures.ts'

afterAll(removeTempDirs)

const options = {
  ballastBytes: 0,
  automaticBackups: false,
  onFault: (fault: unknown) => {
    throw fault
  },
}

describe('a backup', () => {
  it('holds every committed row, opens alone and is logged', async () => {
    const dir = tempDir()
    const second = tempDir()
    const catalogue = openForTest(dir, { secondBackupDir: second })
    withReview(catalogue)
    expect(catalogue.backup.isDue()).toBe(true)
    const record = await catalogue.backup.now()
    expect(record).toMatchObject({
      seq: 1,
      kind: 'regular',
      file: 'catalogue-000001-regular.sqlite',
      counts: { plans: 1, layers: 3, op: 5 },
    })
    expect(catalogue.backup.isDue()).toBe(false)
    expect(catalogue.backup.list()).toEqual([record])
    expect(catalogue.audit.list(null, 1)[0]?.action).toBe('backup.made')
    const copy = path.join(dir, 'backups', record.file)
    expect(fs.readFileSync(path.join(second, record.file)).equals(fs.readFileSync(copy))).toBe(true)
    expect(fs.readFileSync(copy).readUInt8(18), 'not in WAL mode, so it opens on read-only media').toBe(1)
    expect(fs.readdirSync(path.join(dir, 'backups')).toSorted()).toEqual(['backups.log', record.file])
    await catalogue.close()
  })

  it('is one at a time, taken while edits go on', async () => {
    const dir = tempDir()
    const catalogue = openForTest(dir)
    const { review } = withReview(catalogue)
    const copying = catalogue.backup.now()
    expect(catalogue.backup.now()).toBe(copying)
    for (let n = 0; n < 50; n += 1) catalogue.commands.setEntry(review.id, entryDraft(`A${n}`), REVIEWER)
    const record = await copying
    const copy = new Database(path.join(dir, 'backups', record.file), { readonly: true })
    expect(copy.prepare('SELECT count(*) AS n FROM item_entries').get()).toEqual({ n: record.counts['item_entries'] })
    copy.close()
    await catalogue.close()
  })

  it('is made by itself at close when something changed, and not otherwise', async () => {
    const dir = tempDir()
    const first = openForTest(dir, { automaticBackups: true })
    withReview(first)
    await first.close()
    expect(backupsOf(dir)).toHaveLength(1)
    await openForTest(dir, { automaticBackups: true }).close()
    expect(backupsOf(dir)).toHaveLength(1)
  })

  it('rotates by sequence also when the clock jumps back', async () => {
    const times = ['2026-05-01T08:00:00Z', '2026-05-01T08:05:00Z', '2020-01-01T00:00:00Z', '2020-01-01T00:01:00Z']
    let now = new Date(0)
    const catalogue = openForTest(tempDir(), { clock: () => now })
    for (const time of times) {
      now = new Date(time)
      await catalogue.backup.now()
    }
    expect(catalogue.backup.list().map((record) => record.seq)).toEqual([2, 4])
    await catalogue.close()
  })

  it('reads its log past a line that a power loss tore', async () => {
    const dir = tempDir()
    const catalogue = openForTest(dir)
    await catalogue.backup.now()
    fs.appendFileSync(path.join(dir, 'backups', 'backups.log'), '{"event":"made","seq":2,"fi')
    withReview(catalogue)
    const record = await catalogue.backup.now()
    expect(record.seq).toBe(2)
    expect(catalogue.backup.list().at(-1)).toEqual(record)
    await catalogue.close()
  })
})

describe('a restore', () => {
  it('brings the copy back, puts the present catalogue aside and says so in the audit log', async () => {
    const dir = tempDir()
    const catalogue = openForTest(dir)
    const { plan } = withReview(catalogue)
    const record = await catalogue.backup.now()
    catalogue.commands.addPlan(samplePlan('later'), [], REVIEWER)
    catalogue.audit.sealHead('later memo')
    expect(() => restoreCatalogue(dir, record.file, REVIEWER, options)).toThrow('catalogue.locked')
    await catalogue.close()

    const restored = restoreCatalogue(dir, record.file, REVIEWER, options)
    expect(restored.plans.list().map((summary) => summary.id)).toEqual([plan.id])
    expect(restored.audit.list(null).map((entry) => entry.action)).toContain('catalogue.restored')
    expect(restored.audit.verify(), 'seals of what lies in quarantine are excused').toMatchObject({ intact: true })
    expect(restored.history().undo).not.toBeNull()
    await restored.close()
    expect(fs.readdirSync(path.join(dir, 'backups', 'quarantine-0001'))).toEqual(['catalogue.sqlite'])
    expect(fs.existsSync(path.join(dir, 'restore.json'))).toBe(false)
  })

  it('works on a damaged catalogue, which is refused with the number of copies', async () => {
    const dir = tempDir()
    const catalogue = openForTest(dir)
    withReview(catalogue)
    const record = await catalogue.backup.now()
    await catalogue.close()
    const file = path.join(dir, 'catalogue.sqlite')
    const bytes = fs.readFileSync(file)
    bytes.fill(0xa5, 4096, 4096 * 6)
    fs.writeFileSync(file, bytes)
    expect(() => openForTest(dir)).toThrow(/catalogue.damaged.*"backups":1/)
    const restored = restoreCatalogue(dir, record.file, REVIEWER, options)
    expect(restored.plans.list()).toHaveLength(1)
    await restored.close()
    expect(fs.readFileSync(path.join(dir, 'backups', 'quarantine-0001', 'catalogue.sqlite')).equals(bytes)).toBe(true)
  })

  it('refuses a copy that is not what the log says', async () => {
    const dir = tempDir()
    const catalogue = openForTest(dir)
    const record = await catalogue.backup.now()
    await catalogue.close()
    fs.truncateSync(path.join(dir, 'backups', record.file), 8192)
    expect(() => restoreCatalogue(dir, record.file, REVIEWER, options)).toThrow('catalogue.backup-failed')
    expect(() => restoreCatalogue(dir, 'other.sqlite', REVIEWER, options)).toThrow('catalogue.not-found')
    await openForTest(dir).close()
  })

  it.each([
    ['before any file was moved', 0],
    ['after the database was moved and its log was not', 1],
    ['after everything was moved', 2],
  ])('is finished at the next start when killed %s', async (_, moved) => {
    const dir = tempDir()
    const catalogue = openForTest(dir)
    const { plan } = withReview(catalogue)
    const record = await catalogue.backup.now()
    catalogue.commands.addPlan(samplePlan('later'), [], REVIEWER)
    await catalogue.close()
    const paths = cataloguePaths(dir)
    fs.writeFileSync(`${paths.database}-wal`, 'left by a kill')
    fs.copyFileSync(path.join(paths.backupsDir, record.file), paths.staged)
    const quarantine = nextQuarantine(paths)
    writeIntent(paths, { backup: record.file, quarantine, keptSeq: record.auditSeq, actor: REVIEWER })
    fs.mkdirSync(path.join(paths.backupsDir, quarantine))
    for (const suffix of ['', '-wal'].slice(0, moved))
      fs.renameSync(paths.database + suffix, path.join(paths.backupsDir, quarantine, `catalogue.sqlite${suffix}`))

    const next = openForTest(dir)
    expect(next.plans.list().map((summary) => summary.id)).toEqual([plan.id])
    expect(next.audit.list(null).filter((entry) => entry.action === 'catalogue.restored')).toHaveLength(1)
    expect(next.audit.verify().intact).toBe(true)
    await next.close()
    expect(fs.readdirSync(path.join(paths.backupsDir, quarantine)).toSorted()).toEqual([
      'catalogue.sqlite',
      'catalogue.sqlite-wal',
    ])
    const again = openForTest(dir)
    expect(again.audit.list(null).filter((entry) => entry.action === 'catalogue.restored')).toHaveLength(1)
    await again.close()
  })
})
