/** What a full run took. */
export interface RunFigures {
  wallS: number
  cpuS: number
  peakMb: number
}

/** What a peer took for the overlays that the land part stands on. */
export interface PeerFigures extends RunFigures {
  name: string
}

/** What one size of the review benchmark came to. */
export interface ReviewFigures {
  parcels: number
  vertices: number
  /** On a thread for each core, as the application measures. */
  threads: RunFigures
  /** On one thread. */
  alone: RunFigures
  /** Seconds of each table of overlaps and of each indicator, on one thread. */
  steps: Record<string, number>
  /** Milliseconds from an edit to all measurements being right again but those of slow indicators, which wait. */
  edits: Record<string, { median: number; p95: number; worst: number; /** Of the session's own thread; median. */ cpu: number }>
}

/** The slope of log time over log parcels, by least squares; undefined for a single size. */
export function growthExponent(figures: readonly { parcels: number; wallS: number }[]): number | undefined {
  if (figures.length < 2) return undefined
  const points = figures.map(({ parcels, wallS }) => [Math.log(parcels), Math.log(wallS)] as const)
  const mean = (axis: 0 | 1) => points.reduce((sum, point) => sum + point[axis], 0) / points.length
  const [x, y] = [mean(0), mean(1)]
  const rise = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0)
  return rise / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0)
}
