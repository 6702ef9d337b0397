import Database from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import { migrate, versionOf } from './migrate.ts'
import { initial } from './migrations/0001-initial.ts'
import { openForTest, removeTempDirs, REVIEWER, tempDir } from './testing/fixtures.ts'

afterAll(removeTempDirs)

const rule = (pattern: string) => ({
  pattern,
  kind: 'polygon' as const,
  role: 'landuse_plan' as const,
  encoding: 'GBK',
  fields: { class: 'YDYHFLDM' },
  classes: { 其他: '1701' },
})

describe('mapping profiles', () => {
  it('are kept under their names, the one saved last first', async () => {
    const dir = tempDir()
    let minute = 0
    const catalogue = openForTest(dir, { clock: () => new Date(Date.UTC(2026, 0, 1, 0, (minute += 1))) })
    catalogue.commands.saveProfile({ name: '县级总规', rules: [rule('GHYDYH*')] }, REVIEWER)
    const [first] = catalogue.commands.saveProfile({ name: '专项规划', rules: [rule('LD*')] }, REVIEWER)
    expect(first).toMatchObject({ name: '专项规划', by: REVIEWER.name })
    await catalogue.close()
    const again = openForTest(dir)
    expect(again.profiles.list().map(({ name, rules }) => [name, rules])).toEqual([
      ['专项规划', [rule('LD*')]],
      ['县级总规', [rule('GHYDYH*')]],
    ])
    await again.close()
  })

  it('are replaced by one of the same name, and removed', async () => {
    const catalogue = openForTest(tempDir())
    const [before] = catalogue.commands.saveProfile({ name: '县级总规', rules: [rule('A*')] }, REVIEWER)
    const after = catalogue.commands.saveProfile({ name: '县级总规', rules: [rule('B*'), rule('C*')] }, REVIEWER)
    expect(after.map(({ id, rules }) => [id, rules.length])).toEqual([[before?.id, 2]])
    expect(catalogue.commands.removeProfile(before?.id ?? '', REVIEWER)).toEqual([])
    expect(() => catalogue.commands.removeProfile(before?.id ?? '', REVIEWER)).toThrow(
      expect.objectContaining({ code: 'catalogue.not-found' }),
    )
    await catalogue.close()
  })

  it('are audited, each act once, and are no step of the history', async () => {
    const catalogue = openForTest(tempDir())
    const [saved] = catalogue.commands.saveProfile({ name: '县级总规', rules: [rule('A*')] }, REVIEWER)
    catalogue.commands.removeProfile(saved?.id ?? '', REVIEWER)
    const acts = catalogue.audit.list(null).filter(({ action }) => action.startsWith('profile.'))
    expect(acts.map(({ action, object, result }) => [action, object, result])).toEqual([
      ['profile.removed', saved?.id, 'ok'],
      ['profile.saved', saved?.id, 'ok'],
    ])
    expect(catalogue.audit.verify().intact).toBe(true)
    expect(catalogue.history().undo).toBeNull()
    await catalogue.close()
  })

  it('come with version 2 and leave a catalogue of version 1 as it was', () => {
    const database = new Database(':memory:')
    migrate(database, [initial])
    database.prepare('INSERT INTO settings VALUES (?,?)').run('lang', '"en"')
    migrate(database)
    expect(versionOf(database)).toBeGreaterThanOrEqual(2)
    expect(database.prepare('SELECT * FROM settings').all()).toEqual([{ key: 'lang', value: '"en"' }])
    expect(() => database.prepare(`INSERT INTO mapping_profiles VALUES ('a', '', '[]', '', '')`).run()).toThrow('CHECK')
    expect(() => database.prepare(`INSERT INTO mapping_profiles VALUES ('a', 'b', '[', '', '')`).run()).toThrow('CHECK')
  })
})
