import type { Geos } from './geos.ts'
import { isPlainlyValid } from './plain-rings.ts'
import { RingBuffer } from './ring-buffer.ts'
import { partsOfRings } from './rings-to-parts.ts'

const MM_STEPS = 1
const snapped = new RingBuffer()

export interface SnappedParts {
  /** Valid polygon parts on whole millimetres, rings closed; empty when nothing is left at that size. */
  parts: Float64Array[][]
  /** True when the rings were not valid on the grid and GEOS mended them. */
  isMended: boolean
}

/** Rings of a kernel (doubles, in mm from their origin) as valid parts on the millimetre grid. */
export function snappedParts(rings: RingBuffer, geos: Geos): SnappedParts {
  snapped.clear()
  for (let ring = 0; ring < rings.rings; ring += 1) {
    const end = rings.end[ring] as number
    for (let at = rings.first(ring); at < end; at += 1) {
      const x = Math.round(rings.xy[2 * at] as number) + rings.originX
      snapped.push(x, Math.round(rings.xy[2 * at + 1] as number) + rings.originY)
    }
    snapped.endRing()
  }
  return soundParts(partsOfRings(snapped), geos)
}

/** Loose parts (doubles, in mm) as valid parts on the millimetre grid, shells counter-clockwise and holes clockwise. */
export function snappedFromParts(parts: readonly (readonly Float64Array[])[], geos: Geos): Float64Array[][] {
  const snapped = geos.onGrid(parts)
  if (snapped === null) throw new Error('GEOS could not put polygons on the grid')
  for (const part of snapped) for (const [index, ring] of part.entries()) if (ringArea(ring) > 0 === index > 0) reverse(ring)
  return snapped
}

/** The same parts where they are valid together, else parts that are. */
export function soundParts(parts: Float64Array[][], geos: Geos): SnappedParts {
  if (parts.length === 0 || isPlainlyValid(parts, MM_STEPS) || geos.invalidReason(parts) === null)
    return { parts, isMended: false }
  return { parts: snappedFromParts(parts, geos), isMended: true }
}

function reverse(ring: Float64Array): void {
  for (let low = 0, high = ring.length - 2; low < high; low += 2, high -= 2) {
    const [x, y] = [ring[low] as number, ring[low + 1] as number]
    ring[low] = ring[high] as number
    ring[low + 1] = ring[high + 1] as number
    ring[high] = x
    ring[high + 1] = y
  }
}

/** Area of loose parts, shells minus holes, in their unit squared. */
export function areaOfParts(parts: readonly (readonly Float64Array[])[]): number {
  let area = 0
  for (const part of parts) for (const [index, ring] of part.entries()) area += (index === 0 ? 1 : -1) * Math.abs(ringArea(ring))
  return area
}

/** Signed area of a closed ring, taken about its first vertex so that no digits are lost. */
export function ringArea(ring: ArrayLike<number>): number {
  const originX = ring[0] ?? 0
  const originY = ring[1] ?? 0
  let twice = 0
  for (let at = 2; at + 3 < ring.length; at += 2) {
    twice +=
      ((ring[at] as number) - originX) * ((ring[at + 3] as number) - originY) -
      ((ring[at + 2] as number) - originX) * ((ring[at + 1] as number) - originY)
  }
  return twice / 2
}
