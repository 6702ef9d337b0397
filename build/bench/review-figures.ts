/** What one size of the review benchmark came to. */
export interface ReviewFigures {
  parcels: number
  vertices: number
  wallS: number
  cpuS: number
  peakMb: number
  /** Seconds of each table of overlaps and of each indicator. */
  steps: Record<string, number>
  /** Milliseconds from an edit to all measurements being right again but those of slow indicators, which wait. */
  edits: Record<string, { median: number; p95: number; worst: number }>
}

/** The slope of log time over log parcels, by least squares; undefined for a single size. */
export function growthExponent(figures: readonly Pick<ReviewFigures, 'parcels' | 'wallS'>[]): number | undefined {
  if (figures.length < 2) return undefined
  const points = figures.map(({ parcels, wallS }) => [Math.log(parcels), Math.log(wallS)] as const)
  const mean = (axis: 0 | 1) => points.reduce((sum, point) => sum + point[axis], 0) / points.length
  const [x, y] = [mean(0), mean(1)]
  const rise = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0)
  return rise / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0)
}
