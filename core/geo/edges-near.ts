import { cross } from './orientation.ts'
import { isAway, RING_BLOCK, skipped, type RingSet } from './ring-set.ts'

/** Room for as many edges as a ring set can have. */
export function roomFor(edges: Int32Array, { ringOff, firstRing, endRing }: RingSet): Int32Array {
  const most = (ringOff[endRing] as number) - (ringOff[firstRing] as number)
  return edges.length >= most ? edges : new Int32Array(2 * most)
}

/**
 * Edges (by their first vertex) whose boxes may meet a box. Coordinates are compared in halves of a millimetre, rounded down, whose
 * differences fit 32 bits; what is apart in halves is apart.
 */
export function edgesNear(set: RingSet, minX: number, minY: number, maxX: number, maxY: number, found: Int32Array): number {
  const { xy, ringOff, blocks } = set
  const [left, bottom, right, top] = [minX >> 1, minY >> 1, maxX >> 1, maxY >> 1]
  let count = 0
  for (let ring = set.firstRing; ring < set.endRing; ring += 1) {
    const last = (ringOff[ring + 1] as number) - 1
    const first = ringOff[ring] as number
    const firstBlock = blocks.first[ring] as number
    for (let from = first; from < last;) {
      let end = last
      if (firstBlock >= 0) {
        const block = firstBlock + (from - first) / RING_BLOCK
        if (isAway(blocks.boxes, block, minX, minY, maxX, maxY)) {
          from = skipped(blocks, ring, block - firstBlock, minX, minY, maxX, maxY) * RING_BLOCK + first
          continue
        }
        end = from + RING_BLOCK < last ? from + RING_BLOCK : last
      }
      let x = (xy[2 * from] as number) >> 1
      let y = (xy[2 * from + 1] as number) >> 1
      // one bit for each side of the box that a vertex lies beyond: an edge with both ends beyond the same side is away
      let beyond = ((x - left) >>> 31) | (((right - x) >>> 31) << 1) | (((y - bottom) >>> 31) << 2) | (((top - y) >>> 31) << 3)
      for (; from < end; from += 1) {
        const before = beyond
        x = (xy[2 * from + 2] as number) >> 1
        y = (xy[2 * from + 3] as number) >> 1
        beyond = ((x - left) >>> 31) | (((right - x) >>> 31) << 1) | (((y - bottom) >>> 31) << 2) | (((top - y) >>> 31) << 3)
        // counted without a branch, which could not be foreseen
        found[count] = from
        count += ((beyond & before) - 1) >>> 31
      }
    }
  }
  return count
}

/** The ring that an edge belongs to. */
export function ringOf({ ringOff, firstRing, endRing }: RingSet, edge: number): number {
  if (endRing - firstRing === 1) return firstRing
  let low = firstRing
  let high = endRing - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((ringOff[middle] as number) <= edge) low = middle
    else high = middle - 1
  }
  return low
}

/**
 * Where along a → b an edge c → d of a polygon that is thought of as moved by (ε, ε²) crosses it: 0 … 1, or −1 when it does not.
 * Exact in its decision, as in `Crossings`.
 */
export function crossingShare(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  ex: number,
  ey: number,
): number {
  const [dx, dy, fx, fy] = [bx - ax, by - ay, ex - cx, ey - cy]
  const tieA = -dy || dx
  const begins = cross(dx, dy, cx - ax, cy - ay)
  const ends = cross(dx, dy, ex - ax, ey - ay)
  if ((begins || tieA) > 0 === (ends || tieA) > 0) return -1
  const starts = cross(fx, fy, ax - cx, ay - cy)
  const stops = cross(fx, fy, bx - cx, by - cy)
  const tieB = fy || -fx
  if ((starts || tieB) > 0 === (stops || tieB) > 0) return -1
  return starts / cross(dx, dy, fx, fy)
}
