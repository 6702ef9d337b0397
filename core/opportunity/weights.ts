import * as z from 'zod'
import json from '../../resources/reference/ahp-random-index.json' with { type: 'json' }
import { bilingualText, provenance } from '../reference/provenance.ts'

/** Consistency of random comparison matrices, by order. */
export const randomIndexSchema = z.strictObject({
  greenprint: z.literal('ahp-random-index/1'),
  title: bilingualText,
  remark: bilingualText,
  byOrder: z.array(z.number().nonnegative()).min(3),
  acceptableBelow: z.number().positive(),
  ...provenance,
})

const RANDOM_INDEX = randomIndexSchema.parse(json)

/** Weights of criteria that come from comparing them in pairs. */
export interface ComparedWeights {
  /** In the order of the matrix; they sum to 1. */
  weights: number[]
  /** λmax of the matrix, at least its order. */
  largestEigenvalue: number
  /** CI ÷ RI: 0 for judgements that never contradict each other; undefined beyond the table of random matrices. */
  consistencyRatio: number | undefined
  isConsistent: boolean
}

/** Comparisons have at most this many criteria; the table of random matrices ends there. */
export const MOST_CRITERIA = RANDOM_INDEX.byOrder.length

/** Equal weights for a number of criteria. */
export const equalWeights = (criteria: number): number[] => Array.from({ length: criteria }, () => 1 / criteria)

/** Weights as given, made to sum to 1. Undefined when one is negative or none is positive. */
export function normalised(weights: readonly number[]): number[] | undefined {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  if (!(sum > 0) || weights.some((weight) => !(weight >= 0))) return undefined
  return weights.map((weight) => weight / sum)
}

/** Why a comparison matrix is not one: which pair is wrong. */
export interface ComparisonFault {
  row: number
  column: number
  kind: 'not-positive' | 'not-reciprocal' | 'diagonal'
}

/** A matrix of comparisons has ones on its diagonal, positive figures, and each pair is the reciprocal of its mirror. */
export function comparisonFault(matrix: readonly (readonly number[])[]): ComparisonFault | undefined {
  for (const [row, figures] of matrix.entries()) {
    for (let column = 0; column < matrix.length; column += 1) {
      const figure = figures[column] ?? NaN
      if (!(figure > 0 && Number.isFinite(figure))) return { row, column, kind: 'not-positive' }
      if (row === column && figure !== 1) return { row, column, kind: 'diagonal' }
      if (Math.abs(figure * (matrix[column]?.[row] ?? NaN) - 1) > 1e-6) return { row, column, kind: 'not-reciprocal' }
    }
  }
  return undefined
}

/**
 * Weights by the analytic hierarchy process (Saaty 1980): the principal eigenvector of a reciprocal comparison matrix, found by
 * power iteration to 1e-12, with the consistency ratio CR = ((λmax − n) ÷ (n − 1)) ÷ RI.
 * `matrix[i][j]` says how much more criterion i matters than j; check it with `comparisonFault` first.
 */
export function weightsFromComparisons(matrix: readonly (readonly number[])[]): ComparedWeights {
  const order = matrix.length
  let weights = equalWeights(order)
  let largestEigenvalue = order
  for (let round = 0; round < 1000; round += 1) {
    const turned = matrix.map((row) => row.reduce((sum, figure, column) => sum + figure * (weights[column] ?? 0), 0))
    largestEigenvalue = turned.reduce((sum, value) => sum + value, 0)
    const next = turned.map((value) => value / largestEigenvalue)
    const moved = next.reduce((most, value, at) => Math.max(most, Math.abs(value - (weights[at] ?? 0))), 0)
    weights = next
    if (moved < 1e-12) break
  }
  const randomIndex = RANDOM_INDEX.byOrder[order - 1]
  const index = order > 1 ? Math.max(0, largestEigenvalue - order) / (order - 1) : 0
  const consistencyRatio = randomIndex === undefined ? undefined : randomIndex === 0 ? 0 : index / randomIndex
  const isConsistent = consistencyRatio !== undefined && consistencyRatio < RANDOM_INDEX.acceptableBelow
  return { weights, largestEigenvalue, consistencyRatio, isConsistent }
}
