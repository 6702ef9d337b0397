import { areProvenApart, isProvenPart } from './ring-proof.ts'

/**
 * A cheap proof that polygon parts are valid, so that the geometry library need not be asked: it answers for nearly every
 * parcel of a plan at a fraction of the cost.
 */

/** Coordinates further than this from the part's first vertex are not proven: products of their differences would not be exact. */
const WIDEST_STEPS = 2 ** 25
const MOST_PARTS = 32

/** One part on the grid, counted from its first vertex. */
let steps = new Int32Array(512)
const ringOff = new Uint32Array(MOST_PARTS + 2)

/**
 * True only where the parts are proven valid: finite, snapped to the grid, closed rings that neither cross nor touch
 * themselves or each other, holes in their shell, parts apart from each other. False means "not proven", not "invalid". Exact:
 * coordinates become whole steps, and orientation is computed without rounding.
 */
export function isPlainlyValid(parts: readonly (readonly Float64Array[])[], stepsPerUnit: number): boolean {
  if (parts.length > MOST_PARTS) return false
  for (const part of parts) {
    if (!isOnSteps(part, stepsPerUnit) || !isProvenPart(steps, ringOff, 0, part.length)) return false
  }
  if (parts.length === 1) return true
  const shells = parts.map(([shell]) => boxOf(shell ?? new Float64Array(0)))
  if (shells.every((box, i) => shells.every((other, j) => j <= i || areApart(box, other)))) return true
  // parts that reach around each other, as a parcel cut by a crooked line: all of their edges are looked at together
  const rings = parts.flat()
  if (!isOnSteps(rings, stepsPerUnit)) return false
  const firstRings: number[] = []
  let ring = 0
  for (const part of parts) {
    firstRings.push(ring)
    ring += part.length
  }
  return areProvenApart(steps, ringOff, rings.length, firstRings)
}

/** Writes a part as whole steps; false when it is too wide, has too many holes, or an open ring. */
function isOnSteps(part: readonly Float64Array[], stepsPerUnit: number): boolean {
  if (part.length > MOST_PARTS + 1) return false
  const originX = Math.round((part[0]?.[0] ?? NaN) * stepsPerUnit)
  const originY = Math.round((part[0]?.[1] ?? NaN) * stepsPerUnit)
  let length = 0
  for (const ring of part) length += ring.length
  if (length > steps.length) steps = new Int32Array(2 * length)
  let to = 0
  for (const [index, ring] of part.entries()) {
    if (ring[0] !== ring[ring.length - 2] || ring[1] !== ring[ring.length - 1]) return false
    for (let at = 0; at + 1 < ring.length; at += 2) {
      const x = Math.round((ring[at] as number) * stepsPerUnit) - originX
      const y = Math.round((ring[at + 1] as number) * stepsPerUnit) - originY
      if (!(Math.abs(x) < WIDEST_STEPS && Math.abs(y) < WIDEST_STEPS)) return false
      steps[to] = x
      steps[to + 1] = y
      to += 2
    }
    ringOff[index + 1] = to / 2
  }
  return true
}

type Box = readonly [minX: number, minY: number, maxX: number, maxY: number]

function boxOf(ring: Float64Array): Box {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let at = 0; at + 1 < ring.length; at += 2) {
    minX = Math.min(minX, ring[at] ?? 0)
    minY = Math.min(minY, ring[at + 1] ?? 0)
    maxX = Math.max(maxX, ring[at] ?? 0)
    maxY = Math.max(maxY, ring[at + 1] ?? 0)
  }
  return [minX, minY, maxX, maxY]
}

const areApart = (a: Box, b: Box): boolean => a[2] < b[0] || b[2] < a[0] || a[3] < b[1] || b[3] < a[1]
