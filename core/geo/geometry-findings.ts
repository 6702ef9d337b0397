/** What was odd about the rings of a layer, counted while they are repaired; most of it is mended by snapping and closing. */
export interface GeometryFindings {
  /** Vertices that repeat the one before. */
  duplicatePoints: number
  unclosedRings: number
  /** Holes that run in the same direction as their shell. */
  turnedHoles: number
  /** Vertices at which a ring turns back within a degree. */
  spikes: number
  /** Polygon parts narrower than half a metre on average. */
  slivers: number
}

export const noFindings = (): GeometryFindings => ({
  duplicatePoints: 0,
  unclosedRings: 0,
  turnedHoles: 0,
  spikes: 0,
  slivers: 0,
})

/** sin² of one degree. */
const SHARPEST = Math.sin(Math.PI / 180) ** 2
/** Mean width of a sliver, in steps of the grid: a step is a millimetre, or about one in degrees. */
const SLIVER_STEPS = 500

/** Vertices at which a closed ring turns back on itself within a degree. */
export function spikesOf(ring: Float64Array): number {
  let spikes = 0
  const last = ring.length - 4
  for (let at = 0; at <= last; at += 2) {
    const before = at === 0 ? last : at - 2
    const x = ring[at] ?? 0
    const y = ring[at + 1] ?? 0
    const inX = x - (ring[before] ?? 0)
    const inY = y - (ring[before + 1] ?? 0)
    const outX = (ring[at + 2] ?? 0) - x
    const outY = (ring[at + 3] ?? 0) - y
    if (inX * outX + inY * outY >= 0) continue
    const cross = inX * outY - inY * outX
    if (cross * cross < SHARPEST * (inX * inX + inY * inY) * (outX * outX + outY * outY)) spikes += 1
  }
  return spikes
}

/** True for a part that is thin everywhere: twice its area over its perimeter is its mean width. */
export function isSliver(part: readonly Float64Array[], area: number, stepsPerUnit: number): boolean {
  let edge = 0
  for (const ring of part)
    for (let at = 0; at + 3 < ring.length; at += 2) {
      const x = (ring[at + 2] ?? 0) - (ring[at] ?? 0)
      const y = (ring[at + 3] ?? 0) - (ring[at + 1] ?? 0)
      edge += Math.sqrt(x * x + y * y)
    }
  return area > 0 && ((2 * area) / edge) * stepsPerUnit < SLIVER_STEPS
}
