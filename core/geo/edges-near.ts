import { cross } from './orientation.ts'
import { RING_BLOCK, type RingSet } from './ring-set.ts'

/** Room for as many edges as a ring set can have. */
export function roomFor(edges: Int32Array, { ringOff, firstRing, endRing }: RingSet): Int32Array {
  const most = (ringOff[endRing] as number) - (ringOff[firstRing] as number)
  return edges.length >= most ? edges : new Int32Array(2 * most)
}

/** Edges (by their first vertex) whose boxes may meet a box. */
export function edgesNear(set: RingSet, minX: number, minY: number, maxX: number, maxY: number, found: Int32Array): number {
  const { xy, ringOff, blocks } = set
  let count = 0
  for (let ring = set.firstRing; ring < set.endRing; ring += 1) {
    const last = (ringOff[ring + 1] as number) - 1
    let block = blocks.first[ring] as number
    for (let from = ringOff[ring] as number; from < last;) {
      let end = last
      if (block >= 0) {
        end = from + RING_BLOCK < last ? from + RING_BLOCK : last
        const at = 4 * block
        block += 1
        const { boxes } = blocks
        if (
          (boxes[at] as number) > maxX ||
          (boxes[at + 2] as number) < minX ||
          (boxes[at + 1] as number) > maxY ||
          (boxes[at + 3] as number) < minY
        ) {
          from = end
          continue
        }
      }
      let fromX = xy[2 * from] as number
      let fromY = xy[2 * from + 1] as number
      for (; from < end; from += 1) {
        const toX = xy[2 * from + 2] as number
        const toY = xy[2 * from + 3] as number
        const isApart =
          (fromX < minX && toX < minX) ||
          (fromX > maxX && toX > maxX) ||
          (fromY < minY && toY < minY) ||
          (fromY > maxY && toY > maxY)
        if (!isApart) {
          found[count] = from
          count += 1
        }
        fromX = toX
        fromY = toY
      }
    }
  }
  return count
}

/** The ring that an edge belongs to. */
export function ringOf({ ringOff, firstRing, endRing }: RingSet, edge: number): number {
  let low = firstRing
  let high = endRing - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((ringOff[middle] as number) <= edge) low = middle
    else high = middle - 1
  }
  return low
}

/** The box around some edges, written as one block. */
export function boxOfEdges(boxes: Int32Array, block: number, xy: Int32Array, edges: Int32Array, from: number, end: number): void {
  let [minX, minY, maxX, maxY] = [0x7fffffff, 0x7fffffff, -0x80000000, -0x80000000]
  for (let i = from; i < end; i += 1) {
    for (const at of [2 * (edges[i] as number), 2 * (edges[i] as number) + 2]) {
      const x = xy[at] as number
      const y = xy[at + 1] as number
      if (x < minX) minX = x
      if (x > maxX) maxX = x
      if (y < minY) minY = y
      if (y > maxY) maxY = y
    }
  }
  boxes[4 * block] = minX
  boxes[4 * block + 1] = minY
  boxes[4 * block + 2] = maxX
  boxes[4 * block + 3] = maxY
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
