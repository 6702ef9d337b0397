import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gaussian, gini, lorenz, twoStepAccess, within, type Ways } from './access.ts'

/** Groups in rows, supplies in columns. */
const waysOf = (costs: readonly (readonly number[])[]): Ways => {
  const all = costs.flatMap((row, from) => row.map((cost, to) => ({ from, to, cost })))
  return { from: all.map(({ from }) => from), to: all.map(({ to }) => to), cost: all.map(({ cost }) => cost) }
}
const total = (values: ArrayLike<number>, by: ArrayLike<number>) =>
  Array.from(values).reduce((sum, value, at) => sum + value * (by[at] ?? 0), 0)

const PEOPLE = [100, 200, 50]
const SUPPLY = [10, 5]
const WAYS = waysOf([
  [300, 900],
  [600, 400],
  [1200, 500],
])

describe('access of the worked example (three groups, two parks, 800 m)', () => {
  it('is what the plain catchment gives, and its Gini coefficient', () => {
    const { perSupply, perGroup } = twoStepAccess(SUPPLY, PEOPLE, WAYS, within(800))
    expect([...perSupply].map((value) => Number(value.toFixed(7)))).toEqual([0.0333333, 0.02])
    expect([...perGroup].map((value) => Number(value.toFixed(7)))).toEqual([0.0333333, 0.0533333, 0.02])
    expect(total(perGroup, PEOPLE)).toBeCloseTo(15, 9)
    expect(gini(perGroup, PEOPLE)).toBeCloseTo(0.152381, 6)
  })

  it('is what the Gaussian gives', () => {
    const decay = gaussian(800)
    expect([300, 600, 400, 500].map((cost) => Number(decay(cost).toFixed(4)))).toEqual([0.8274, 0.3769, 0.7014, 0.5491])
    expect(decay(801)).toBe(0)
    const { perGroup } = twoStepAccess(SUPPLY, PEOPLE, WAYS, decay)
    expect([...perGroup].map((value) => Number(value.toFixed(7)))).toEqual([0.0523268, 0.0447445, 0.0163683])
    expect(total(perGroup, PEOPLE)).toBeCloseTo(15, 9)
  })
})

const groups = fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 90 })), {
  minLength: 1,
  maxLength: 12,
})

describe('shares', () => {
  it('the Gini coefficient is the mean difference of two people, whatever the order of groups', () => {
    fc.assert(
      fc.property(groups, (list) => {
        const [has, people] = [list.map(([x]) => x), list.map(([, p]) => p)]
        const everyone = people.reduce((sum, p) => sum + p, 0)
        const mean = total(has, people) / everyone
        const difference = list.reduce((sum, [x, p]) => sum + list.reduce((part, [y, q]) => part + p * q * Math.abs(x - y), 0), 0)
        const expected = mean === 0 ? undefined : difference / (2 * everyone * everyone * mean)
        const found = gini(has, people)
        expect(found === undefined).toBe(expected === undefined)
        expect(found ?? 0).toBeCloseTo(expected ?? 0, 9)
        expect(gini(has.toReversed(), people.toReversed()) ?? 0).toBeCloseTo(found ?? 0, 12)
      }),
    )
  })

  it('there is no coefficient of nobody, nor of nothing', () => {
    expect(gini([], [])).toBeUndefined()
    expect(gini([3], [0])).toBeUndefined()
    expect(gini([0, 0], [4, 5])).toBeUndefined()
  })

  it('a Lorenz curve rises from nothing to all, never above the diagonal', () => {
    fc.assert(
      fc.property(groups, (list) => {
        const curve = lorenz(
          list.map(([x]) => x),
          list.map(([, p]) => p),
        )
        expect(curve[0]).toEqual({ people: 0, amount: 0 })
        expect(curve.at(-1)?.people).toBeCloseTo(1, 12)
        expect(curve.filter(({ people, amount }) => amount > people + 1e-12)).toEqual([])
      }),
    )
  })

  it('what is shared out is what was there', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 6 }),
        fc.array(fc.integer({ min: 0, max: 1500 }), { minLength: 36, maxLength: 36 }),
        (supply, people, costs) => {
          const ways = waysOf(people.map((_, group) => supply.map((__, at) => costs[6 * group + at] ?? 0)))
          const { perSupply, perGroup } = twoStepAccess(supply, people, ways, gaussian(1000))
          const reached = supply.filter((_, at) => (perSupply[at] ?? 0) > 0).reduce((sum, each) => sum + each, 0)
          expect(total(perGroup, people)).toBeCloseTo(reached, 6)
        },
      ),
    )
  })
})
