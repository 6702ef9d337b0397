import { describe, expect, it } from 'vitest'
import type { Measurement } from '../model/measurement.ts'
import { without } from '../without.ts'
import { changedParts, withChangedParts, withSameParts } from './same-parts.ts'

const feature = (fid: number) => ({ layer: 'pbf', fid, value: 10 * fid, note: { zh: `甲 ${fid}`, en: `a ${fid}` } })
const measurement = (fids: readonly number[], cell: number): Measurement => ({
  id: 'B01',
  version: 1,
  outcome: { kind: 'value', value: cell, unit: 'm2' },
  method: { zh: '法', en: 'method' },
  basis: 'planar',
  parameters: {},
  details: { parts: { one: 1 } },
  evidence: fids.map(feature),
  evidenceTotal: fids.length,
  inputs: {},
  notes: [],
  tables: [
    {
      id: 'lines',
      kind: 'list',
      title: { zh: '表', en: 'table' },
      rowTitle: { zh: '行', en: 'row' },
      columns: [],
      rows: [1, cell].map((value) => ({ key: String(value), title: { zh: '行', en: 'row' }, cells: [value] })),
    },
  ],
})

describe('withSameParts', () => {
  it('changes no value, and takes what is equal from before', () => {
    const before = measurement([9, 7, 5, 3, 1], 2)
    const after = measurement([9, 8, 7, 5, 1], 3)
    const shared = withSameParts(before, after)
    expect(shared).toEqual(measurement([9, 8, 7, 5, 1], 3))
    expect(shared.evidence.map((one) => before.evidence.includes(one))).toEqual([true, false, true, true, true])
    expect(shared.details).toBe(before.details)
    expect(shared.outcome).toBe(after.outcome)
    expect(shared.tables?.[0]?.rows[0]).toBe(before.tables?.[0]?.rows[0])
    expect(withSameParts(before, measurement([9, 7, 5, 3, 1], 2)).tables?.[0]).toBe(before.tables?.[0])
  })

  it('keeps whole lists that are equal', () => {
    const before = measurement([9, 7], 2)
    const shared = withSameParts(before, measurement([9, 7], 2))
    expect([shared.evidence, shared.tables]).toEqual([before.evidence, before.tables])
    expect(shared.evidence).toBe(before.evidence)
    expect(shared.tables).toBe(before.tables)
    // One more or one less is another list, whatever they share.
    expect(withSameParts(before, measurement([9], 2)).evidence).toHaveLength(1)
    expect(withSameParts(before, measurement([9, 7, 5], 2)).evidence).toHaveLength(3)
  })
})

describe('changedParts', () => {
  const before = measurement([9, 7, 5], 2)
  it('tells what is another, and nothing else', () => {
    const after = withSameParts(before, measurement([9, 7, 5], 3))
    expect(Object.keys(changedParts(before, after)).toSorted()).toEqual(['id', 'inputs', 'outcome', 'tables'])
    expect(changedParts(before, before)).toEqual({ id: 'B01' })
  })
  it('make the measurement whole again, also where a part comes or goes', () => {
    const noted: Measurement = { ...without(measurement([3, 1], 4), 'tables'), quality: { seenShare: 0.5 } }
    for (const [one, other] of [
      [before, noted],
      [noted, before],
      [before, measurement([9], 5)],
    ] as const) {
      // prettier-ignore
      const told = structuredClone(changedParts(one, withSameParts(one, other)))
      expect(withChangedParts(structuredClone(one), told)).toStrictEqual(other)
    }
  })
})
