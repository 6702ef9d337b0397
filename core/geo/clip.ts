import { Crossings } from './crossings.ts'
import { cross } from './orientation.ts'
import type { RingBuffer } from './ring-buffer.ts'
import { RING_BLOCK, type RingSet } from './ring-set.ts'

/**
 * The clip kernel: what two polygons have in common, and what the first has alone, as rings. Both must be valid and have the
 * ground on the left of their rings. From crossing to crossing along the two boundaries in turn (Weiler and Atherton 1977), on
 * the exact crossings of `crossings.ts`, so that shared edges, shared vertices and holes need no special cases.
 *
 * What it promises holds for valid input: area and topology. For anything else it may say `false` or give rings of the wrong
 * area, but always ends; the caller compares with the area kernel.
 */
export class ClipKernel {
  readonly crossings = new Crossings()
  #a: RingSet | undefined
  #b: RingSet | undefined
  #visited = new Uint8Array(64)

  /** Reads two polygons. False when they are seen not to be valid. */
  read(a: RingSet, b: RingSet): boolean {
    this.#a = a
    this.#b = b
    return this.crossings.find(a, b)
  }

  /** Appends the rings of the ground in both polygons, counted from `out`'s origin, which it sets. False when the walk did not close. */
  intersection(out: RingBuffer): boolean {
    const { a, b } = this.#both(out)
    if (!this.#walk(a, b, out, true)) return false
    this.#addUncrossed(a, this.crossings.ringA, out, b, -1, true, false)
    this.#addUncrossed(b, this.crossings.ringB, out, a, 1, true, false)
    return true
  }

  /** Appends the rings of the ground in the first polygon but not in the second, likewise. False when the walk did not close. */
  difference(out: RingBuffer): boolean {
    const { a, b } = this.#both(out)
    if (!this.#walk(a, b, out, false)) return false
    this.#addUncrossed(a, this.crossings.ringA, out, b, -1, false, false)
    this.#addUncrossed(b, this.crossings.ringB, out, a, 1, true, true)
    return true
  }

  #both(out: RingBuffer): { a: RingSet; b: RingSet } {
    if (this.#a === undefined || this.#b === undefined) throw new RangeError('the kernel has not read polygons yet')
    out.originX = this.crossings.originX
    out.originY = this.crossings.originY
    return { a: this.#a, b: this.#b }
  }

  /**
   * Along the first boundary forwards and along the second forwards (`inside`) or backwards, beginning where the first one goes
   * into the wanted ground.
   */
  #walk(a: RingSet, b: RingSet, out: RingBuffer, inside: boolean): boolean {
    const { count, enters, x, y, orderA, orderB, placeA, placeB, ringA, ringB, edgeA, edgeB } = this.crossings
    if (this.#visited.length < count) this.#visited = new Uint8Array(2 * count)
    const visited = this.#visited.fill(0, 0, count)
    const begin = inside ? 1 : 0
    for (let start = 0; start < count; start += 1) {
      if (visited[start] === 1 || enters[start] !== begin) continue
      let here = start
      let steps = 0
      do {
        if (visited[here] === 1 || steps > count) return false
        visited[here] = 1
        out.push(x[here] as number, y[here] as number)
        const place = placeA[here] as number
        const nextPlace = following(orderA, place, ringA, count)
        const leaving = orderA[nextPlace] as number
        pushForwards(a, ringA[here] as number, edgeA[here] as number, edgeA[leaving] as number, nextPlace <= place, out)
        if (enters[leaving] === begin || visited[leaving] === 1) return false
        visited[leaving] = 1
        out.push(x[leaving] as number, y[leaving] as number)
        const placeOnB = placeB[leaving] as number
        const next = inside ? following(orderB, placeOnB, ringB, count) : preceding(orderB, placeOnB, ringB, count)
        here = orderB[next] as number
        const from = edgeB[leaving] as number
        const to = edgeB[here] as number
        if (inside) pushForwards(b, ringB[here] as number, from, to, next <= placeOnB, out)
        else pushBackwards(b, ringB[here] as number, from, to, next >= placeOnB, out)
        steps += 1
      } while (here !== start)
      out.endRing()
    }
    return true
  }

  /** Rings that no boundary crosses lie wholly inside the other polygon or wholly outside; those on the wanted side are added. */
  #addUncrossed(
    set: RingSet,
    crossed: Int32Array,
    out: RingBuffer,
    other: RingSet,
    side: 1 | -1,
    inside: boolean,
    backwards: boolean,
  ): void {
    const { count } = this.crossings
    for (let ring = set.firstRing; ring < set.endRing; ring += 1) {
      let isCrossed = false
      for (let at = 0; at < count && !isCrossed; at += 1) isCrossed = crossed[at] === ring
      if (isCrossed) continue
      const first = set.ringOff[ring] as number
      const last = (set.ringOff[ring + 1] as number) - 1
      if (holds(other, set.xy[2 * first] as number, set.xy[2 * first + 1] as number, side) !== inside) continue
      if (backwards) out.pushRun(set.xy, last, first, -1)
      else out.pushRun(set.xy, first, last, 1)
      out.endRing()
    }
  }
}

/** Place of the next crossing along the same ring; the ring's first after its last. */
function following(order: Int32Array, place: number, ring: Int32Array, count: number): number {
  const owner = ring[order[place] as number]
  if (place + 1 < count && ring[order[place + 1] as number] === owner) return place + 1
  let first = place
  while (first > 0 && ring[order[first - 1] as number] === owner) first -= 1
  return first
}

function preceding(order: Int32Array, place: number, ring: Int32Array, count: number): number {
  const owner = ring[order[place] as number]
  if (place > 0 && ring[order[place - 1] as number] === owner) return place - 1
  let last = place
  while (last + 1 < count && ring[order[last + 1] as number] === owner) last += 1
  return last
}

/** The vertices of a ring between a crossing on edge `from` and one on edge `to`; all round where `wraps` on the same edge. */
function pushForwards(set: RingSet, ring: number, from: number, to: number, wraps: boolean, out: RingBuffer): void {
  if (from < to) return out.pushRun(set.xy, from + 1, to + 1, 1)
  if (from === to && !wraps) return
  out.pushRun(set.xy, from + 1, (set.ringOff[ring + 1] as number) - 1, 1)
  out.pushRun(set.xy, set.ringOff[ring] as number, to + 1, 1)
}

function pushBackwards(set: RingSet, ring: number, from: number, to: number, wraps: boolean, out: RingBuffer): void {
  if (from > to) return out.pushRun(set.xy, from, to, -1)
  if (from === to && !wraps) return
  out.pushRun(set.xy, from, (set.ringOff[ring] as number) - 1, -1)
  out.pushRun(set.xy, (set.ringOff[ring + 1] as number) - 2, to, -1)
}

/**
 * True when a polygon holds a point that is thought of as moved by `side`·(ε, ε²): −1 for a vertex of the first polygon seen
 * from the second, 1 for one of the second seen from the first. Even-odd along a ray to the right; exact.
 */
export function holds(set: RingSet, x: number, y: number, side: 1 | -1): boolean {
  if (x < set.minX || x > set.maxX || y < set.minY || y > set.maxY) return false
  const { xy, ringOff, blocks } = set
  let isInside = false
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
        if ((boxes[at + 1] as number) > y || (boxes[at + 3] as number) < y || (boxes[at + 2] as number) < x) {
          from = end
          continue
        }
      }
      let fromY = xy[2 * from + 1] as number
      for (; from < end; from += 1) {
        const toY = xy[2 * from + 3] as number
        const startsAbove = side === 1 ? fromY > y : fromY >= y
        if (startsAbove !== (side === 1 ? toY > y : toY >= y)) {
          const fromX = xy[2 * from] as number
          const dx = (xy[2 * from + 2] as number) - fromX
          const dy = toY - fromY
          const turn = cross(dx, dy, x - fromX, y - fromY) || side * (-dy || dx)
          if (turn > 0 === dy > 0) isInside = !isInside
        }
        fromY = toY
      }
    }
  }
  return isInside
}
