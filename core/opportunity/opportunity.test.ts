import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sensitivity, topsis, weightedSum } from './rank.ts'
import { comparisonFault, equalWeights, normalised, weightsFromComparisons } from './weights.ts'

const share = fc.float({ min: 0, max: 1, noNaN: true })
const weightsOf = (count: number) =>
  fc.array(fc.integer({ min: 1, max: 9 }), { minLength: count, maxLength: count }).map((list) => normalised(list) ?? [])
const cases = fc.integer({ min: 1, max: 5 }).chain((criteria) =>
  fc.record({
    weights: weightsOf(criteria),
    figures: fc.array(
      fc.array(share, { minLength: criteria, maxLength: criteria }).map((row) => Float64Array.from(row)),
      {
        minLength: 2,
        maxLength: 8,
      },
    ),
  }),
)

describe('weights', () => {
  it('come from comparisons: 3 : 2 : 1 without contradiction', () => {
    const found = weightsFromComparisons([
      [1, 1.5, 3],
      [2 / 3, 1, 2],
      [1 / 3, 0.5, 1],
    ])
    expect(found.weights.map((weight) => Number(weight.toFixed(9)))).toEqual([0.5, 0.333333333, 0.166666667])
    expect(found.consistencyRatio).toBeCloseTo(0, 9)
    expect(found.isConsistent).toBe(true)
  })

  it('of judgements that go in a circle are not consistent', () => {
    const circle = weightsFromComparisons([
      [1, 3, 1 / 3],
      [1 / 3, 1, 3],
      [3, 1 / 3, 1],
    ])
    // by symmetry all weigh the same, and every row sums to 13/3
    expect(circle.weights.map((weight) => Number(weight.toFixed(9)))).toEqual([0.333333333, 0.333333333, 0.333333333])
    expect(circle.largestEigenvalue).toBeCloseTo(13 / 3, 9)
    expect(circle.consistencyRatio).toBeCloseTo((13 / 3 - 3) / 2 / 0.58, 9)
    expect(circle.isConsistent).toBe(false)
  })

  it('are found again from the ratios they have', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }).chain(weightsOf), (weights) => {
        const matrix = weights.map((one) => weights.map((other) => one / other))
        const found = weightsFromComparisons(matrix)
        found.weights.forEach((weight, at) => expect(weight).toBeCloseTo(weights[at] ?? NaN, 9))
        expect(found.isConsistent).toBe(true)
      }),
    )
  })

  it('say which comparison is wrong', () => {
    expect(comparisonFault([[1]])).toBeUndefined()
    expect(
      comparisonFault([
        [1, 2],
        [0.4, 1],
      ]),
    ).toEqual({ row: 0, column: 1, kind: 'not-reciprocal' })
    expect(
      comparisonFault([
        [1, -2],
        [-0.5, 1],
      ]),
    ).toEqual({ row: 0, column: 1, kind: 'not-positive' })
    expect(comparisonFault([[2]])).toEqual({ row: 0, column: 0, kind: 'diagonal' })
    expect(normalised([1, -1, 2])).toBeUndefined()
    expect(normalised([0, 0])).toBeUndefined()
    expect(normalised([1, 3])).toEqual([0.25, 0.75])
    expect(equalWeights(4)).toEqual([0.25, 0.25, 0.25, 0.25])
  })
})

describe('scores', () => {
  it('of a worked example: three places, two criteria that weigh 0.6 and 0.4', () => {
    const figures = [
      [0.9, 0.2],
      [0.5, 0.5],
      [0.1, 1],
    ].map((row) => Float64Array.from(row))
    expect([...weightedSum(figures, [0.6, 0.4])].map((value) => Number(value.toFixed(6)))).toEqual([0.62, 0.5, 0.46])
    // columns are √1.07 and √1.29 long
    const [first = NaN] = topsis(figures, [0.6, 0.4])
    const toBest = (0.4 * 0.8) / Math.sqrt(1.29)
    const toWorst = (0.6 * 0.8) / Math.sqrt(1.07)
    expect(first).toBeCloseTo(toWorst / (toBest + toWorst), 9)
  })

  it('rise when a place gets better in one criterion and nothing else changes', () => {
    fc.assert(
      fc.property(cases, ({ figures, weights }) => {
        const better = figures.map((row, place) => (place === 0 ? row.map((figure) => Math.min(1, figure + 0.1)) : row))
        const gain = (weightedSum(better, weights)[0] ?? 0) - (weightedSum(figures, weights)[0] ?? 0)
        expect(gain).toBeGreaterThanOrEqual(-1e-12)
      }),
    )
  })

  it('are between nothing and one, and a place that is best in everything is best', () => {
    fc.assert(
      fc.property(cases, ({ figures, weights }) => {
        const ideal = Float64Array.from(weights, (_, criterion) => Math.max(...figures.map((row) => row[criterion] ?? 0)))
        for (const score of [weightedSum, topsis]) {
          const scores = [...score([ideal, ...figures], weights)]
          expect(scores.every((value) => value >= -1e-12 && value <= 1 + 1e-12)).toBe(true)
          expect(scores[0]).toBeGreaterThanOrEqual(Math.max(...scores) - 1e-12)
        }
      }),
    )
  })

  it('do not move when the weight of the only criterion is changed: there is nothing that could make up for it', () => {
    const figures = [[0.9], [0.6], [0.3]].map((row) => Float64Array.from(row))
    expect(sensitivity(figures, [1], 0.2, 0.5)).toEqual({
      chosen: Float64Array.of(1, 1, 0),
      low: Float64Array.of(0.9, 0.6, 0.3),
      high: Float64Array.of(0.9, 0.6, 0.3),
      trials: 3,
    })
    const beside = figures.map((row) => Float64Array.of(row[0] ?? 0, 1))
    expect(sensitivity(beside, [1, 0], 0.2, 0.5).low).toEqual(Float64Array.of(0.9, 0.6, 0.3))
  })

  it('vary with the weights around what they are, and a place that is always above the cut is always chosen', () => {
    fc.assert(
      fc.property(cases, share, ({ figures, weights }, cut) => {
        const { chosen, low, high, trials } = sensitivity(figures, weights, 0.2, cut)
        expect(trials).toBe(1 + 2 * weights.length)
        weightedSum(figures, weights).forEach((score, place) => {
          expect(score).toBeGreaterThanOrEqual((low[place] ?? 0) - 1e-12)
          expect(score).toBeLessThanOrEqual((high[place] ?? 0) + 1e-12)
          expect(chosen[place] === 1).toBe((low[place] ?? 0) >= cut)
        })
      }),
    )
  })
})
