import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ChecklistResult, ItemResult, Level } from '../checklist/result.ts'
import { disagreements, lowerMedian, type ExpertResult } from './consensus.ts'

const item = (id: string, level: Level | null, weight: number, out = false): ItemResult => ({
  id,
  dimension: 'A',
  applicable: !out,
  notApplicableReason: null,
  level: out ? null : level,
  source: 'reviewer',
  autoLevel: null,
  entry: { item: id, level, notApplicable: out, reason: '理由', document: null, page: null, by: 'x', at: '' },
  weight,
  score: null,
  gate: false,
  gap: null,
})
const expert = (name: string, items: ItemResult[]): ExpertResult => ({
  name,
  result: {
    id: 'c',
    version: '1',
    items,
    dimensions: [],
    gates: [],
    total: null,
    coverage: 0,
    opinion: { id: 'x', title: { zh: '', en: '' }, cappedByGate: false },
  } satisfies ChecklistResult,
})

describe('a panel', () => {
  it('talks first about what most points hang on, and names the two who stand farthest apart', () => {
    const experts = [
      expert('甲', [item('A01', 1, 2), item('A02', 3, 3), item('A03', 2, 1), item('A04', null, 1)]),
      expert('乙', [item('A01', 4, 2), item('A02', 3, 3), item('A03', 2, 1, true), item('A04', null, 1)]),
      expert('丙', [item('A01', 3, 2), item('A02', 2, 3), item('A03', 3, 1), item('A04', null, 1)]),
    ]
    expect(
      disagreements(experts).map(({ item: id, spread, pointsAtStake, median, talkFirst }) => [
        id,
        spread,
        pointsAtStake,
        median,
        talkFirst,
      ]),
    ).toEqual([
      ['A01', 3, 1.5, 3, ['甲', '乙']],
      ['A03', 4, 1, 2, ['甲', '乙']],
      ['A02', 1, 0.75, 3, ['丙', '乙']],
    ])
  })

  it('is of one mind when all give the same levels, whoever they are', () => {
    const levels = fc.array(fc.constantFrom<Level>(0, 1, 2, 3, 4), { minLength: 1, maxLength: 10 })
    fc.assert(
      fc.property(levels, fc.integer({ min: 1, max: 6 }), (given, people) => {
        const items = given.map((level, at) => item(`A${at}`, level, 1))
        const all = disagreements(Array.from({ length: people }, (_, n) => expert(`专家 ${n}`, items)))
        expect(all.map(({ spread, talkFirst }) => [spread, talkFirst])).toEqual(given.map(() => [0, null]))
        expect(all.map(({ median }) => median)).toEqual(given)
      }),
    )
  })

  it('takes the lower of two middle levels, and one that half of the levels do not exceed', () => {
    expect(lowerMedian([1, 4])).toBe(1)
    expect(lowerMedian([4, 2, 3])).toBe(3)
    expect(lowerMedian([])).toBeNull()
    fc.assert(
      fc.property(fc.array(fc.constantFrom<Level>(0, 1, 2, 3, 4), { minLength: 1 }), (levels) => {
        const median = lowerMedian(levels) ?? -1
        expect(levels.filter((level) => level < median).length).toBeLessThan(levels.length / 2)
        expect(levels.filter((level) => level > median).length).toBeLessThanOrEqual(levels.length / 2)
      }),
    )
  })
})
