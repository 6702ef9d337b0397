import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Checklist } from '#core/checklist/schema.ts'
import { cliFolder } from './testing.ts'

const { at, greenprint, importedCity } = cliFolder('checklists')
const shipped = path.resolve(import.meta.dirname, '../../resources/checklists/green-low-carbon.json')

/** The shipped checklist with one item changed, as an office would write it into a file. */
function written(name: string, version: string, change: (item: Checklist['items'][number]) => object): string {
  const checklist = JSON.parse(readFileSync(shipped, 'utf8')) as Checklist
  const items = checklist.items.map((item) => (item.id === 'A04' ? { ...item, ...change(item) } : item))
  writeFileSync(at(name), JSON.stringify({ ...checklist, version, items }))
  return at(name)
}

describe('greenprint checklists', { timeout: 120_000 }, () => {
  beforeAll(() => {
    importedCity('cat')
  }, 120_000)

  it('lists them and their versions', () => {
    expect(greenprint<{ id: string }[]>('checklists').document.map(({ id }) => id)).toEqual(['green-low-carbon'])
    const versions = greenprint<{ version: string; isCurrent: boolean }[]>('checklists', '--versions').document
    expect(versions.map(({ version, isCurrent }) => [version, isCurrent])).toEqual([
      ['1.1.0', true],
      ['1.0.0', false],
    ])
  })

  it('checks a file with its test cases: one that fails is named, and the exit code says so', () => {
    const good = greenprint(
      'checklists',
      '--check',
      written('good.json', '1.1.0-1', () => ({ gate: true })),
    )
    expect(good).toMatchObject({ status: 0, document: { problem: null, failedTests: [] } })
    const untrue = written('bad.json', '1.1.0-2', ({ rule }) => ({ rule: { ...rule, edges: [6, 9, 10, 12] } }))
    const bad = greenprint<{ failedTests: { item: string }[] }>('checklists', '--check', untrue)
    expect(bad.status).toBe(4)
    expect(new Set(bad.document.failedTests.map(({ item }) => item))).toEqual(new Set(['A04']))
  })

  it('publishes a version into a catalogue, tells what it changes, and refuses it a second time', () => {
    const file = written('office.json', '1.1.0-局', () => ({ gate: true }))
    const into = ['--catalogue', at('cat')]
    expect(greenprint('checklists', '--publish', file).status).toBe(2)
    expect(greenprint('checklists', '--publish', file, ...into).status).toBe(0)
    expect(greenprint('checklists', '--publish', file, ...into).status).toBe(3)
    const { document } = greenprint('checklists', '--compare', '1.1.0..1.1.0-局', ...into)
    expect(document).toMatchObject({ changes: [{ item: 'A04', path: 'gate', affectsScore: true }] })
    expect(greenprint('checklists', '--compare', '1.1.0', ...into).status).toBe(2)
  })

  it('the score of a day: nothing yet before, the entry after it', () => {
    const review = ['review', '--catalogue', at('cat')]
    type Past = { result: { total: number | null } }
    const now = greenprint<Past>(...review, '--item', 'B06', '--level', '0', '--reason', '文本未提及').document.result.total
    expect(now).toBeGreaterThan(0)
    expect(greenprint<Past>(...review, '--as-of', '2001-01-01').document.result.total).toBeNull()
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString()
    expect(greenprint<Past>(...review, '--as-of', tomorrow).document.result.total).toBe(now)
    expect(greenprint(...review, '--as-of', 'yesterday').status).toBe(2)
  })
})
