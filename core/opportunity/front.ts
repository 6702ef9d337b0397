import { sensitivity, topsis, weightedSum, type Figures } from './rank.ts'

/**
 * How often each area stands among the first `front` when weights are changed by ± `change` in turn: share of trials, 0 … 1. Areas are
 * compared by their mean figures, which for a weighted sum is exact. Equals share a place in front.
 */
export function staysInFront(
  figures: Figures,
  weights: readonly number[],
  { change, front, method }: { change: number; front: number; method: 'sum' | 'topsis' },
): Float64Array {
  const score = method === 'topsis' ? topsis : weightedSum
  const isInFront = (rows: Figures, trial: readonly number[]): Float64Array => {
    const scores = score(rows, trial)
    const last = scores.toSorted().toReversed()[Math.min(front, scores.length) - 1] ?? 0
    return scores.map((value) => (value >= last - 1e-12 ? 1 : 0))
  }
  return sensitivity(figures, weights, change, 0.5, isInFront).chosen
}
