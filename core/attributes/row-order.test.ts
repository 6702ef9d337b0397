import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnTally } from './column-tally.ts'
import { rowOrder } from './row-order.ts'

const cell = fc.oneof(fc.constant(null), fc.integer({ min: -5, max: 5 }), fc.constantFrom('甲', '乙', 'a', 'B', ''))
const nothing = () => undefined

describe('the order of rows', () => {
  it('is that of one stable sort: numbers, words, then what is missing, whichever way', () => {
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 80 }), fc.boolean(), (values, down) => {
        const rank = (value: string | number | null) => (typeof value === 'number' ? 0 : 1)
        const places = values.map((_, at) => at).filter((at) => values[at] !== null)
        const wanted = places.toSorted((a, b) => {
          const [one, other] = [values[a] ?? 0, values[b] ?? 0]
          const by = rank(one) - rank(other) || (one < other ? -1 : one > other ? 1 : 0)
          return (down ? -by : by) || a - b
        })
        const missing = values.flatMap((value, at) => (value === null ? [at] : []))
        expect([...rowOrder(values, down, nothing)]).toEqual([...wanted, ...missing])
      }),
    )
  })

  it('is the same where runs have to be merged, tells how far it is, and stops when it is told to', () => {
    const values = Array.from({ length: 130_001 }, (_, at) => (at * 7919) % 50_021)
    const shares: number[] = []
    const order = rowOrder(values, true, (share) => shares.push(share))
    const sorted = Array.from(order, (at) => values[at] ?? 0)
    expect(sorted).toEqual(values.toSorted((a, b) => b - a))
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect([shares.length > 8, Math.max(...shares) < 1]).toEqual([true, true])
    const stop = () =>
      rowOrder(values, true, (share) => {
        if (share > 0.5) throw new Error('stopped')
      })
    expect(stop).toThrow('stopped')
  })
})

describe('what a column comes to', () => {
  const tallied = (values: readonly (string | number | null)[], isNumber: boolean, most = 3) => {
    const tally = columnTally(isNumber, most)
    for (const value of values) tally.add(value)
    return tally.result()
  }
  it('is counted, summed without loss, and has its most frequent values first', () => {
    expect(tallied([1e16, 1, null, -1e16, 1, 2], true)).toEqual({
      rows: 6,
      missing: 1,
      unique: 4,
      sum: 4,
      mean: 0.8,
      min: -1e16,
      max: 1e16,
      values: [
        { value: 1, count: 2 },
        { value: null, count: 1 },
        { value: -1e16, count: 1 },
      ],
    })
    expect(tallied(['b', 'a', 'b', null], false)).toMatchObject({ rows: 4, unique: 2, sum: null, min: null, mean: null })
    expect(tallied([], true)).toMatchObject({ rows: 0, unique: 0, sum: null, values: [] })
  })
})
