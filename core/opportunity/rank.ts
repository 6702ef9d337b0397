/** Places in rows, criteria in columns; every figure 0 … 1 and the higher the better. */
export type Figures = readonly Float64Array[]

/** Σ w · x for every place: 0 … 1 when the weights sum to 1. */
export const weightedSum = (figures: Figures, weights: readonly number[]): Float64Array =>
  Float64Array.from(figures, (row) => row.reduce((sum, figure, criterion) => sum + figure * (weights[criterion] ?? 0), 0))

/**
 * TOPSIS (Hwang & Yoon 1981): columns are scaled by their Euclidean length and weighted; the score of a place is its distance to the worst
 * place that could be, divided by its distances to the worst and the best. 0 … 1; 0.5 for all when no criterion tells places apart.
 */
export function topsis(figures: Figures, weights: readonly number[]): Float64Array {
  const lengths = weights.map((_, criterion) => Math.sqrt(figures.reduce((sum, row) => sum + (row[criterion] ?? 0) ** 2, 0)))
  const scaled = figures.map((row) =>
    row.map((figure, criterion) =>
      (lengths[criterion] ?? 0) > 0 ? ((weights[criterion] ?? 0) * figure) / (lengths[criterion] ?? 1) : 0,
    ),
  )
  const best = weights.map((_, criterion) => scaled.reduce((most, row) => Math.max(most, row[criterion] ?? 0), -Infinity))
  const worst = weights.map((_, criterion) => scaled.reduce((least, row) => Math.min(least, row[criterion] ?? 0), Infinity))
  const away = (row: Float64Array, from: readonly number[]) =>
    Math.sqrt(row.reduce((sum, figure, criterion) => sum + (figure - (from[criterion] ?? 0)) ** 2, 0))
  return Float64Array.from(scaled, (row) => {
    const [toBest, toWorst] = [away(row, best), away(row, worst)]
    return toBest + toWorst === 0 ? 0.5 : toWorst / (toBest + toWorst)
  })
}

/** How sure a choice is when weights are not: for every place, in how many trials it stays among the chosen. */
export interface Sensitivity {
  /** Share of trials in which each place is chosen, 0 … 1. */
  chosen: Float64Array
  /** Least and greatest score of each place in any trial. */
  low: Float64Array
  high: Float64Array
  trials: number
}

/**
 * Changes one weight after the other by ± a share, the others making up for it in proportion, and scores all places anew; a
 * place is chosen when its score is at least `cut`.
 */
export function sensitivity(
  figures: Figures,
  weights: readonly number[],
  change: number,
  cut: number,
  score: (figures: Figures, weights: readonly number[]) => Float64Array = weightedSum,
): Sensitivity {
  const trials = [weights, ...weights.flatMap((_, at) => [changed(weights, at, 1 + change), changed(weights, at, 1 - change)])]
  const scores = trials.map((trial) => score(figures, trial))
  const over = (pick: (values: number[]) => number) =>
    Float64Array.from(figures, (_, place) => pick(scores.map((values) => values[place] ?? 0)))
  return {
    chosen: over((values) => values.filter((value) => value >= cut).length / trials.length),
    low: over((values) => Math.min(...values)),
    high: over((values) => Math.max(...values)),
    trials: trials.length,
  }
}

/** One weight times a factor; what is left of 1 is shared by the others as they shared it before. Without others it stays. */
function changed(weights: readonly number[], at: number, factor: number): readonly number[] {
  const own = Math.min(1, (weights[at] ?? 0) * factor)
  const others = weights.reduce((sum, weight, criterion) => (criterion === at ? sum : sum + weight), 0)
  return others > 0 ? weights.map((weight, criterion) => (criterion === at ? own : (weight * (1 - own)) / others)) : weights
}
