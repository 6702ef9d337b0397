import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from './canonical.ts'
import { compareResults } from './compare.ts'
import { exampleChecklist, exampleHash as sha256, exampleInput, exampleRecord } from './fixture.ts'
import { buildResult } from './result.ts'
import { sealedResultSchema } from './result-schema.ts'
import { sealedJson, sealOf, type SealedResult } from './seal.ts'
import { verifyResult } from './verify-result.ts'

const record = (): SealedResult => JSON.parse(sealedJson(exampleInput(sha256).result, sha256)) as SealedResult

describe('canonical JSON', () => {
  it('reads back as the same value and does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = canonicalJson(value)
        expect(canonicalJson(JSON.parse(text))).toBe(text)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value).replaceAll(/(?<![\d.eE])-0(?![\d.])/g, '0')))
      }),
    )
    expect(canonicalJson({ b: 1, a: { d: [], c: null } })).toBe('{"a":{"c":null,"d":[]},"b":1}')
  })

  it('writes -0 as 0 and refuses what JSON cannot hold, by its path', () => {
    expect(canonicalJson([-0, 1e21, 0.1])).toBe('[0,1e+21,0.1]')
    expect(() => canonicalJson({ a: [1, Number.NaN] })).toThrow('$.a[1] is NaN')
    expect(() => canonicalJson({ a: 1n })).toThrow('$.a is a bigint')
  })
})

describe('the seal', () => {
  it('does not depend on itself nor on the digests', () => {
    const sealed = record()
    expect(sealOf(sealed, sha256)).toBe(sealed.seal)
    expect(sealOf({ ...sealed, seal: 'x', digests: {} }, sha256)).toBe(sealed.seal)
  })

  it('has a record that fits the schema of files', () => {
    expect(sealedResultSchema.parse(record())).toEqual(record())
  })

  it('matches an untouched record, with its levels derived again', () => {
    expect(verifyResult(record(), exampleChecklist, sha256)).toMatchObject({ match: true, rescored: true, differences: [] })
  })

  it('names a checklist that says something else under the same id and version, though every level is the same', () => {
    const [first, ...more] = exampleChecklist.items
    if (!first) throw new Error('the example has items')
    const other = { ...exampleChecklist, items: [{ ...first, title: { zh: '另一项', en: 'Another' } }, ...more] }
    const { plan, layers, view } = exampleRecord()
    const result = buildResult({ engineVersion: '0.1.0', plan, layers, view, checklist: exampleChecklist, sha256 })
    const sealed = JSON.parse(sealedJson(result, sha256)) as SealedResult
    expect(sealedResultSchema.parse(sealed)).toEqual(sealed)
    expect(verifyResult(sealed, exampleChecklist, sha256).match).toBe(true)
    const { match, differences } = verifyResult(sealed, other, sha256)
    expect([match, differences.map(({ path }) => path)]).toEqual([false, ['checklistSha256']])
    // A record of an earlier version names the checklist alone.
    expect(verifyResult(record(), other, sha256).match).toBe(true)
  })

  it('names the one number that was changed, whichever it is', () => {
    const paths = numberPaths(record())
    expect(paths.length).toBeGreaterThan(50)
    for (const path of paths) {
      const changed = record()
      changeNumber(changed, path)
      const check = verifyResult(changed, exampleChecklist, sha256)
      expect({ path, match: check.match, named: check.differences.length > 0 }).toEqual({ path, match: false, named: true })
    }
    const changed = record()
    const [first] = changed.indicators
    if (first?.outcome.kind === 'value') first.outcome.value = 0
    const check = verifyResult(changed, exampleChecklist, sha256)
    expect(check.differences.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['indicators[control-lines].outcome.value', 'checklist.items[B01].level', 'checklist.total']),
    )
  })

  it('finds a level that does not follow from the measurements, even under a seal made anew', () => {
    const changed = record()
    const item = changed.checklist.items.find(({ id }) => id === 'A03')
    if (item) Object.assign(item, { level: 3, autoLevel: 3 })
    const forged = JSON.parse(sealedJson({ ...changed, seal: sealOf(changed, sha256) }, sha256)) as SealedResult
    const check = verifyResult(forged, exampleChecklist, sha256)
    expect(check.sealStored).toBe(check.sealRecomputed)
    expect(check.match).toBe(false)
    expect(check.differences).toContainEqual({ path: 'checklist.items[A03].level', stored: '3', recomputed: '4' })
  })

  it('checks the seal alone where the checklist is not known', () => {
    expect(verifyResult(record(), undefined, sha256)).toMatchObject({ match: true, rescored: false })
  })
})

describe('comparing results', () => {
  it('names members by id, item or number, else by place', () => {
    const a = { items: [{ id: 'A1', level: 1 }], findings: [{ id: 'x', number: 7, text: 'a' }], plain: [{ v: 1 }, { v: 2 }] }
    const b = { items: [{ id: 'A1', level: 2 }], findings: [{ id: 'x', number: 7, text: 'b' }], plain: [{ v: 1 }] }
    expect(compareResults(a, b)).toEqual([
      { path: 'items[A1].level', stored: '1', recomputed: '2' },
      { path: 'findings[7].text', stored: '"a"', recomputed: '"b"' },
      { path: 'plain[1].v', stored: '2', recomputed: '' },
    ])
  })
})

/** Places of all numbers in a record, except in its digests. */
function numberPaths(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value === 'number') return [path]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) => (key === 'digests' ? [] : numberPaths(member, [...path, key])))
}

function changeNumber(target: unknown, path: readonly (string | number)[]): void {
  let at = target as Record<string, unknown>
  for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>
  const last = path.at(-1) ?? ''
  at[last] = Number(at[last]) === 4 ? 3 : Number(at[last]) + 1
}
