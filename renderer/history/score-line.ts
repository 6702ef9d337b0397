export interface PastTotal {
  at: string
  total: number | null
}

/** More moments than a small line can show; the newest are kept. */
const MOST_MOMENTS = 24

/** When something was done, oldest first, each moment once. */
export const momentsOf = (steps: readonly { at: string }[]): string[] =>
  [...new Set(steps.map(({ at }) => at))].toSorted().slice(-MOST_MOMENTS)

/** Totals as a line in a field of 100 by 40; null where there is no change to show. */
export function lineOf(totals: readonly PastTotal[]): { points: string; first: number; last: number; count: number } | null {
  const judged = totals.flatMap(({ total }) => (total === null ? [] : [total]))
  const [first, last] = [judged[0], judged.at(-1)]
  if (first === undefined || last === undefined || judged.length < 2) return null
  const [least, most] = [Math.min(...judged), Math.max(...judged)]
  const span = Math.max(most - least, 1)
  const x = (at: number) => (100 * at) / (judged.length - 1)
  const y = (total: number) => 36 - (32 * (total - least)) / span
  return {
    points: judged.map((total, at) => `${x(at).toFixed(1)},${y(total).toFixed(1)}`).join(' '),
    first,
    last,
    count: judged.length,
  }
}
