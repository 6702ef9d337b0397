import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CLASS_METHODS, classify } from './classes.ts'
import { naturalBreaks } from './natural-breaks.ts'

const figures = fc.array(fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { freq: 8 }), { maxLength: 80 })

describe.each(CLASS_METHODS)('classes of a map: %s', (method) => {
  it('holds every known figure in exactly one class, in order, and equal figures in the same', () => {
    fc.assert(
      fc.property(figures, fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true })), (values, threshold) => {
        const { classes, classOf, unknown } = classify(values, method, threshold)
        const known = values.filter((value) => value !== null)
        expect(classes.length).toBeLessThanOrEqual(threshold === null ? 5 : 6)
        expect(unknown).toBe(values.length - known.length)
        expect(classes.reduce((sum, { count }) => sum + count, 0)).toBe(known.length)
        for (const value of known) {
          const found = classes[classOf(value) ?? -1]
          expect(found !== undefined && value >= found.low && value <= found.high).toBe(true)
        }
        for (const [at, { low, high }] of classes.entries()) {
          expect(low).toBeLessThanOrEqual(high)
          expect(at === 0 || classes[at - 1]?.high === low).toBe(true)
        }
        expect(classOf(null)).toBeNull()
      }),
    )
  })
  it('never mixes figures of both sides of a threshold', () => {
    const { classes } = classify([1, 2, 3, 9, 10, 11, 30], method, 8)
    expect(classes.some(({ low, high }) => low < 8 && high > 8)).toBe(false)
    expect(classes.some(({ low }) => low === 8)).toBe(true)
  })
})

it('counts equally with quantiles and finds the gaps with natural breaks', () => {
  expect(classify([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 'quantile').classes.map(({ count }) => count)).toEqual([2, 2, 2, 2, 2])
  expect(naturalBreaks([1, 2, 2, 3, 40, 41, 42, 90, 91], 3)).toEqual([40, 90])
  expect(classify([5, 5, 5], 'natural').classes).toMatchObject([{ low: 5, high: 5, count: 3 }])
})

it('natural breaks are the best there are, for few figures tried one by one', () => {
  const cost = (sorted: readonly number[], cuts: readonly number[]) => {
    const bounds = [0, ...cuts, sorted.length]
    return bounds.slice(1).reduce((sum, end, at) => {
      const group = sorted.slice(bounds[at], end)
      const mean = group.reduce((total, value) => total + value, 0) / group.length
      return sum + group.reduce((total, value) => total + (value - mean) ** 2, 0)
    }, 0)
  }
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 500 }), { minLength: 4, maxLength: 9 }), (values) => {
      const sorted = values.toSorted((a, b) => a - b)
      let best = Infinity
      for (let a = 1; a < sorted.length - 1; a++)
        for (let b = a + 1; b < sorted.length; b++) best = Math.min(best, cost(sorted, [a, b]))
      const cuts = naturalBreaks(sorted, 3).map((limit) => sorted.indexOf(limit))
      expect(cost(sorted, cuts)).toBeCloseTo(best, 6)
    }),
  )
})
