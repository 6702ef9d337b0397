/** So many figures are looked at; of more, equally spaced ones in rising order stand for all. */
const MOST_FIGURES = 1500

/**
 * Lower limits of the second to the last class of Fisher's exact optimum (natural breaks: least sum of squared deviations from the
 * class means). `sorted` rises. Fewer limits come back where there are fewer different figures.
 *
 * Source: Fisher, W. D. (1958), On grouping for maximum homogeneity, JASA 53.
 */
export function naturalBreaks(sorted: readonly number[], classes: number): number[] {
  const figures = thinned(sorted)
  const n = figures.length
  const k = Math.min(classes, new Set(figures).size)
  if (k < 2) return []
  const cost = squaredDeviations(figures)
  let best = Float64Array.from({ length: n + 1 }, (_, end) => (end === 0 ? 0 : cost(0, end)))
  const starts: Int32Array[] = []
  for (let used = 2; used <= k; used++) {
    const next = new Float64Array(n + 1).fill(Infinity)
    const start = new Int32Array(n + 1)
    for (let end = used; end <= n; end++)
      for (let from = used - 1; from < end; from++) {
        const total = (best[from] ?? Infinity) + cost(from, end)
        if (total < (next[end] ?? Infinity)) {
          next[end] = total
          start[end] = from
        }
      }
    starts.push(start)
    best = next
  }
  const limits: number[] = []
  for (let end = n, at = starts.length - 1; at >= 0; at--) {
    end = starts[at]?.[end] ?? 0
    limits.push(figures[end] ?? 0)
  }
  return limits.toReversed()
}

function thinned(sorted: readonly number[]): readonly number[] {
  if (sorted.length <= MOST_FIGURES) return sorted
  const step = (sorted.length - 1) / (MOST_FIGURES - 1)
  return Array.from({ length: MOST_FIGURES }, (_, at) => sorted[Math.round(at * step)] ?? 0)
}

/** Sum of squared deviations of figures[from..end) from their mean, in constant time; shifted so that large figures keep their digits. */
function squaredDeviations(figures: readonly number[]): (from: number, end: number) => number {
  const origin = figures[Math.floor(figures.length / 2)] ?? 0
  const sums = new Float64Array(figures.length + 1)
  const squares = new Float64Array(figures.length + 1)
  for (const [at, value] of figures.entries()) {
    const shifted = value - origin
    sums[at + 1] = (sums[at] ?? 0) + shifted
    squares[at + 1] = (squares[at] ?? 0) + shifted * shifted
  }
  return (from, end) => {
    const sum = (sums[end] ?? 0) - (sums[from] ?? 0)
    return Math.max(0, (squares[end] ?? 0) - (squares[from] ?? 0) - (sum * sum) / (end - from))
  }
}
