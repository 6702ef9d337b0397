import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hillNumber } from './hill.ts'

describe('Hill numbers', () => {
  it('agree with the published test vector', () => {
    expect(hillNumber([0.5, 0.3, 0.2], 0)).toBe(3)
    expect(hillNumber([50, 30, 20], 1)).toBeCloseTo(2.8000941, 6)
    expect(hillNumber([0.5, 0.3, 0.2], 2)).toBeCloseTo(2.6315789, 6)
    for (const q of [0, 1, 2] as const) expect(hillNumber([0, 0], q)).toBe(0)
  })

  it('fall with q, lie between one and the number of uses, and are that number for equal parts', () => {
    const amounts = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 9 })
    fc.assert(
      fc.property(amounts, (list) => {
        fc.pre(list.some((amount) => amount > 1e-3))
        const [all, shannon, simpson] = [hillNumber(list, 0), hillNumber(list, 1), hillNumber(list, 2)]
        expect(shannon).toBeLessThanOrEqual(all * (1 + 1e-9))
        expect(simpson).toBeLessThanOrEqual(shannon * (1 + 1e-9))
        expect(simpson).toBeGreaterThanOrEqual(1 - 1e-9)
        const equal = list.map(() => 3)
        for (const q of [0, 1, 2] as const) expect(hillNumber(equal, q)).toBeCloseTo(list.length, 9)
      }),
    )
  })
})
