import type { Geos } from './geos.ts'
import { isPlainlyValid } from './plain-rings.ts'
import { RingBuffer } from './ring-buffer.ts'
import { closedRing, partsOfRings } from './rings-to-parts.ts'

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
  // nearly every piece: one shell, seen to be simple where it stands
  if (snapped.rings === 1 && (snapped.area[0] as number) > 0 && snapped.length <= FEW_VERTICES && isSimple(snapped)) {
    return { parts: [[closedRing(snapped, 0)]], isMended: false }
  }
  return soundParts(partsOfRings(snapped), geos)
}

/** Edges of the ring on whole coordinates, vertex by vertex; room for the repeated first one. */
const FEW_VERTICES = 48
/** Edges up to this length that meet have exact products of their differences. */
const EXACT_SPAN = 2 ** 25

const isLong = (dx: number, dy: number): boolean => dx > EXACT_SPAN || dx < -EXACT_SPAN || dy > EXACT_SPAN || dy < -EXACT_SPAN

/** True where the only ring neither crosses nor touches itself; false means "not proven". Exact. */
function isSimple({ xy, length }: RingBuffer): boolean {
  const last = length - 1
  if (isLong((xy[0] as number) - (xy[2 * last] as number), (xy[1] as number) - (xy[2 * last + 1] as number))) return false
  for (let i = 0; i < last; i += 1) {
    const ax = xy[2 * i] as number
    const ay = xy[2 * i + 1] as number
    const bx = xy[2 * i + 2] as number
    const by = xy[2 * i + 3] as number
    const dx = bx - ax
    const dy = by - ay
    if (isLong(dx, dy)) return false
    // where the next edge goes straight back it covers this one
    const next = i === last - 1 ? 0 : 2 * i + 4
    const [nextX, nextY] = [(xy[next] as number) - bx, (xy[next + 1] as number) - by]
    if (dx * nextY - dy * nextX === 0 && dx * nextX + dy * nextY <= 0) return false
    const minX = ax < bx ? ax : bx
    const maxX = ax < bx ? bx : ax
    const minY = ay < by ? ay : by
    const maxY = ay < by ? by : ay
    for (let j = i + 2; j <= last; j += 1) {
      if (i === 0 && j === last) continue
      const to = j === last ? 0 : 2 * j + 2
      const cx = xy[2 * j] as number
      const ex = xy[to] as number
      if ((cx < minX && ex < minX) || (cx > maxX && ex > maxX)) continue
      const cy = xy[2 * j + 1] as number
      const ey = xy[to + 1] as number
      if ((cy < minY && ey < minY) || (cy > maxY && ey > maxY)) continue
      const begins = dx * (cy - ay) - dy * (cx - ax)
      const ends = dx * (ey - ay) - dy * (ex - ax)
      if ((begins > 0 && ends > 0) || (begins < 0 && ends < 0)) continue
      const fx = ex - cx
      const fy = ey - cy
      const starts = fx * (ay - cy) - fy * (ax - cx)
      const stops = fx * (by - cy) - fy * (bx - cx)
      if ((starts > 0 && stops > 0) || (starts < 0 && stops < 0)) continue
      return false
    }
  }
  // the last edge and its two neighbours
  const [lastX, lastY] = [(xy[0] as number) - (xy[2 * last] as number), (xy[1] as number) - (xy[2 * last + 1] as number)]
  const [firstX, firstY] = [(xy[2] as number) - (xy[0] as number), (xy[3] as number) - (xy[1] as number)]
  return lastX * firstY - lastY * firstX !== 0 || lastX * firstX + lastY * firstY > 0
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
