import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Level } from '../checklist/result.ts'
import { fleissKappa, weightedKappa } from './agreement.ts'

const level = fc.constantFrom<Level>(0, 1, 2, 3, 4)

describe('agreement', () => {
  it('of fourteen raters is the published 0.210', () => {
    // The worked table of Fleiss' statistic with ten subjects and five categories.
    const table = [
      [0, 0, 0, 0, 14],
      [0, 2, 6, 4, 2],
      [0, 0, 3, 5, 6],
      [0, 3, 9, 2, 0],
      [2, 2, 8, 1, 1],
      [7, 7, 0, 0, 0],
      [3, 2, 6, 3, 0],
      [2, 5, 3, 2, 2],
      [6, 5, 2, 1, 0],
      [0, 2, 2, 3, 7],
    ]
    expect(fleissKappa(table).kappa).toBeCloseTo(0.21, 3)
    expect(fleissKappa(table).sameShare).toBeCloseTo(0.378, 3)
  })

  it('of two people who use two levels is Cohen’s unweighted kappa', () => {
    const pairs: [Level, Level][] = [
      ...Array.from({ length: 20 }, (): [Level, Level] => [4, 4]),
      ...Array.from({ length: 5 }, (): [Level, Level] => [4, 0]),
      ...Array.from({ length: 10 }, (): [Level, Level] => [0, 4]),
      ...Array.from({ length: 15 }, (): [Level, Level] => [0, 0]),
    ]
    expect(weightedKappa(pairs).kappa).toBeCloseTo(0.4, 12)
    expect(weightedKappa(pairs)).toMatchObject({ sameShare: 0.7, items: 50 })
  })

  it('says nothing where nothing can be said', () => {
    expect(weightedKappa([])).toEqual({ kappa: null, sameShare: null, items: 0 })
    expect(
      weightedKappa([
        [3, 3],
        [3, 3],
      ]),
    ).toEqual({ kappa: null, sameShare: 1, items: 2 })
    expect(fleissKappa([[1, 0]]).kappa).toBeNull()
    expect(
      fleissKappa([
        [3, 0],
        [3, 0],
      ]).kappa,
    ).toBeNull()
  })

  it('is at most 1, the same both ways, and 1 only in full agreement', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(level, level), { minLength: 2, maxLength: 40 }), (pairs) => {
        const { kappa, sameShare } = weightedKappa(pairs)
        const back = weightedKappa(pairs.map(([a, b]): [Level, Level] => [b, a])).kappa
        expect(back ?? 0).toBeCloseTo(kappa ?? 0, 12)
        expect(kappa ?? 0).toBeLessThanOrEqual(1 + 1e-12)
        expect(kappa === null || Math.abs(kappa - 1) > 1e-12 || sameShare === 1).toBe(true)
      }),
    )
  })
})
