import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { searchChanges, type SearchInput } from './search.ts'

const run = (sizes: readonly number[], reached: SearchInput['reached'], evaluations = 10_000) =>
  searchChanges({ sizes, reached, budget: { evaluations, isOver: () => false }, report: () => {} })

/** Candidates that each bring an amount, and how much is wanted. */
const amounts = fc.array(fc.record({ size: fc.integer({ min: 1, max: 50 }), brings: fc.nat(20) }), { maxLength: 40 })

describe('a search for a small set of changes', () => {
  it('finds a set that reaches whenever all of them together do, and every one of it is needed', () => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 200 }), (list, wanted) => {
        const sum = (chosen: readonly number[]) => chosen.reduce((total, at) => total + (list[at]?.brings ?? 0), 0)
        const { chosen, isMinimal, hitBound } = run(
          list.map(({ size }) => size),
          (tried) => sum(tried) >= wanted,
        )
        expect(hitBound).toBe(false)
        expect(chosen !== undefined).toBe(sum([...list.keys()]) >= wanted)
        if (!chosen) return
        expect(isMinimal).toBe(true)
        expect(sum(chosen)).toBeGreaterThanOrEqual(wanted)
        for (const one of chosen) expect(sum(chosen.filter((other) => other !== one))).toBeLessThan(wanted)
      }),
    )
  })

  it('never claims what it did not try, however odd the judge', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.func(fc.boolean()),
        fc.integer({ min: 1, max: 60 }),
        (count, judge, most) => {
          const asked: string[] = []
          const { chosen, isMinimal, evaluations, hitBound } = run(
            Array.from({ length: count }, (_, at) => at + 1),
            (tried) => {
              asked.push(tried.join())
              return judge(tried.join())
            },
            most,
          )
          expect(evaluations).toBe(asked.length)
          expect(evaluations).toBeLessThanOrEqual(most)
          expect(new Set(asked).size).toBe(asked.length)
          if (!chosen) return
          expect(judge(chosen.join())).toBe(true)
          expect(asked).toContain(chosen.join())
          expect(isMinimal).toBe(!hitBound)
          if (!isMinimal || chosen.length === 1) return
          for (const one of chosen) expect(judge(chosen.filter((other) => other !== one).join())).toBe(false)
        },
      ),
    )
  })

  it('puts the smallest that will do in the place of the largest', () => {
    // 40 and 30 are taken in order for 45, both are needed; 20 is the smallest that does beside the 30
    const sizes = [40, 30, 20, 6, 5, 4]
    const sum = (chosen: readonly number[]) => chosen.reduce((total, at) => total + (sizes[at] ?? 0), 0)
    expect(run(sizes, (chosen) => sum(chosen) >= 45).chosen?.map((at) => sizes[at])).toEqual([30, 20])
  })

  it('stops when told, with the best so far', () => {
    let asked = 0
    const stopped = searchChanges({
      sizes: [1, 1, 1, 1, 1, 1, 1, 1],
      reached: (chosen) => chosen.length >= 5,
      budget: { evaluations: 100, isOver: () => (asked += 1) > 4 },
      report: () => {},
    })
    expect(stopped).toMatchObject({ hitBound: true, isMinimal: false, evaluations: 4 })
    expect(stopped.chosen).toHaveLength(8)
    expect(run([], () => true)).toMatchObject({ chosen: undefined, evaluations: 0 })
  })
})
