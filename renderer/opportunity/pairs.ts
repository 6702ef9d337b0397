/** Saaty's scale, from "far more important" down to "far less". */
export const SCALE: readonly number[] = [9, 8, 7, 6, 5, 4, 3, 2, 1, 1 / 2, 1 / 3, 1 / 4, 1 / 5, 1 / 6, 1 / 7, 1 / 8, 1 / 9]

/** "3", "1/3": a comparison as people write it. */
export const scaleWords = (value: number): string =>
  value >= 1 ? String(Math.round(value * 100) / 100) : `1/${Math.round(100 / value) / 100}`

/** The step of the scale that a figure lies nearest to, by ratio. */
export const nearestStep = (value: number): number =>
  SCALE.reduce((best, step) => (Math.abs(Math.log(step / value)) < Math.abs(Math.log(best / value)) ? step : best), 1)

/** A matrix with one comparison changed, and its mirror with it. */
export const withPair = (matrix: readonly (readonly number[])[], row: number, column: number, times: number): number[][] =>
  matrix.map((cells, r) =>
    cells.map((cell, c) => (r === row && c === column ? times : r === column && c === row ? 1 / times : cell)),
  )
