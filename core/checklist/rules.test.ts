import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toBase } from '../model/units.ts'
import { levelFromEdges, levelFromRule } from './rules.ts'
import type { LevelRule } from './schema.ts'

type Edges = Extract<LevelRule, { kind: 'edges' }>
const edges = (more: Partial<Edges>): Edges => ({
  kind: 'edges',
  indicator: 'X',
  unit: 'percent',
  better: 'higher',
  edges: [20, 40, 60, 80],
  open: [],
  ...more,
})
const measured = (value: number, unit: 'ratio' | 'm_per_person') => ({
  id: 'X',
  version: 1,
  outcome: { kind: 'value' as const, value, unit },
  method: { zh: '', en: '' },
  basis: 'planar' as const,
  parameters: {},
  details: { share: 0.5, flag: true },
  evidence: [],
  evidenceTotal: 0,
  inputs: {},
  notes: [],
})

describe('levels from edges', () => {
  it('includes the edge, and excludes it where the level is open', () => {
    expect([19.9, 20, 79.9, 80, 200].map((value) => levelFromEdges(edges({}), value))).toEqual([0, 1, 3, 4, 4])
    const growth = edges({ edges: [0, 5, 10, 20], open: [1] })
    expect([-1, 0, 0.1, 5].map((value) => levelFromEdges(growth, value))).toEqual([0, 0, 1, 2])
  })

  it('reads upper edges where lower is better', () => {
    const rule = edges({ better: 'lower', edges: [1.3, 1.25, 1.15, 1.05] })
    expect([1.31, 1.3, 1.25, 1.2, 1.15, 1].map((value) => levelFromEdges(rule, value))).toEqual([0, 1, 2, 2, 3, 4])
  })

  it('skips a level without an edge', () => {
    const rule = edges({ edges: [null, 1, 1.005, 1.01] })
    expect([0.99, 1, 1.01].map((value) => levelFromEdges(rule, value))).toEqual([0, 2, 4])
  })

  it('never falls as the value improves', () => {
    const finite = fc.double({ min: -200, max: 200, noNaN: true })
    fc.assert(
      fc.property(finite, finite, fc.constantFrom('higher', 'lower'), (a, b, better) => {
        const rule = edges({ better, edges: better === 'higher' ? [20, 40, 60, 80] : [80, 60, 40, 20] })
        const [worse, best] = (better === 'higher' ? a <= b : a >= b) ? [a, b] : [b, a]
        expect(levelFromEdges(rule, best)).toBeGreaterThanOrEqual(levelFromEdges(rule, worse))
      }),
    )
  })

  it('keeps a value on its edge through the conversion of units', () => {
    const rule = edges({ unit: 'km_per_10k_persons', edges: [0.2, 0.5, 0.85, 1] })
    for (const [i, edge] of [0.2, 0.5, 0.85, 1].entries()) {
      expect(levelFromRule('N06', rule, measured(edge / 10, 'm_per_person'))).toBe(i + 1)
      expect(levelFromRule('N06', rule, measured(toBase(edge, 'km_per_10k_persons'), 'm_per_person'))).toBe(i + 1)
    }
  })

  it('refuses a unit that cannot express the value', () => {
    expect(() => levelFromRule('N07', edges({}), measured(1, 'm_per_person'))).toThrow(
      expect.objectContaining({ code: 'checklist.unit-mismatch' }),
    )
  })
})

describe('levels from cases', () => {
  const decide = (...all: Extract<LevelRule, { kind: 'cases' }>['cases'][number]['all']) =>
    levelFromRule('X01', { kind: 'cases', indicator: 'X', cases: [{ level: 3, all }] }, measured(0.2, 'ratio'))

  it('reads the value and the details, and calls a missing fact absent, not false or zero', () => {
    expect(decide({ path: 'value', is: '>=', than: 0.2 }, { path: 'details.flag', is: 'true' })).toBe(3)
    expect(decide({ path: 'details.share', is: '<', than: 0.5 })).toBeNull()
    expect(decide({ path: 'details.share', is: '!=', than: 0 }, { path: 'details.share', is: '<=', than: 0.5 })).toBe(3)
    expect(decide({ path: 'details.other', is: 'false' })).toBeNull()
    expect(decide({ path: 'details.other', is: '=', than: 0 })).toBeNull()
    expect(decide({ path: 'details.other', is: 'absent' })).toBe(3)
  })
})
