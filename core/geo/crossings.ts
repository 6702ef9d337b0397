import { boxOfBoxes } from './box-of-boxes.ts'
import { compareRatios, cross } from './orientation.ts'
import { edgesNear, ringOf, roomFor } from './edges-near.ts'
import type { RingSet } from './ring-set.ts'

/** Below this difference two places along an edge are compared with exact numbers. */
const CLOSE = 1e-13
/** Pairs of edges above which they are looked at block by block. */
const MANY_PAIRS = 4096
const BLOCK = 16
/** Crossings above which they are not sorted by insertion. */
const FEW = 48
/** Ways along edges are rounded to this fraction of a millimetre, so that they do not depend on what they are added to. */
const STEPS_PER_MM = 2 ** 30

/**
 * The places where the boundaries of two polygons cross, in their order along each boundary.
 *
 * The second polygon is thought of as moved by (ε, ε²), with ε smaller than any number: no vertex lies on an edge then, no two
 * edges coincide and no three meet, so that shared edges and vertices need no cases of their own (simulation of simplicity,
 * Edelsbrunner and Mücke 1990). All decisions are exact for whole millimetres (`orientation.ts`); only the coordinates of a
 * crossing are rounded, to a billionth of a millimetre. A crossing has the very same coordinates whichever polygons its two
 * edges are taken from and in whatever direction.
 */
export class Crossings {
  count = 0
  /** Corner of the first polygon's box, from which places are counted: near it a double has digits to spare. */
  originX = 0
  originY = 0
  edgeA: Int32Array = new Int32Array(64)
  edgeB: Int32Array = new Int32Array(64)
  ringA: Int32Array = new Int32Array(64)
  ringB: Int32Array = new Int32Array(64)
  /** 1 where the first polygon's boundary goes into the second polygon, 0 where it leaves it. */
  enters: Uint8Array = new Uint8Array(64)
  x: Float64Array = new Float64Array(64)
  y: Float64Array = new Float64Array(64)
  /** Crossings in their order along the rings of each polygon, and each one's place in that order. */
  orderA: Int32Array = new Int32Array(64)
  orderB: Int32Array = new Int32Array(64)
  placeA: Int32Array = new Int32Array(64)
  placeB: Int32Array = new Int32Array(64)
  #alongA: Float64Array = new Float64Array(64)
  #alongB: Float64Array = new Float64Array(64)
  #nearA: Int32Array = new Int32Array(256)
  #nearB: Int32Array = new Int32Array(256)
  /** minX, minY, maxX, maxY of near edges, in halves of a millimetre rounded down, so that differences fit 32 bits. */
  #boxesA: Int32Array = new Int32Array(1024)
  #boxesB: Int32Array = new Int32Array(1024)
  #blockBoxes = new Int32Array(256)
  #hits = new Int32Array(64)

  /** Finds and orders them. False when they do not alternate, which means that a polygon is not valid. */
  find(a: RingSet, b: RingSet): boolean {
    this.count = 0
    this.originX = a.minX
    this.originY = a.minY
    const minX = a.minX > b.minX ? a.minX : b.minX
    const minY = a.minY > b.minY ? a.minY : b.minY
    const maxX = a.maxX < b.maxX ? a.maxX : b.maxX
    const maxY = a.maxY < b.maxY ? a.maxY : b.maxY
    this.#nearA = roomFor(this.#nearA, a)
    this.#nearB = roomFor(this.#nearB, b)
    const edgesA = edgesNear(a, minX, minY, maxX, maxY, this.#nearA)
    const edgesB = edgesA === 0 ? 0 : edgesNear(b, minX, minY, maxX, maxY, this.#nearB)
    if (edgesA > 0 && edgesB > 0) {
      this.#boxesA = boxesOf(a.xy, this.#nearA, edgesA, this.#boxesA)
      this.#boxesB = boxesOf(b.xy, this.#nearB, edgesB, this.#boxesB)
      if (edgesA * edgesB > MANY_PAIRS) this.#crossBlocks(a.xy, edgesA, b.xy, edgesB)
      else for (let i = 0; i < edgesA; i += 1) this.#crossEdge(a.xy, i, b.xy, 0, edgesB)
    }
    const { count } = this
    if (count === 0) return true
    for (let at = 0; at < count; at += 1) {
      this.ringA[at] = ringOf(a, this.edgeA[at] as number)
      this.ringB[at] = ringOf(b, this.edgeB[at] as number)
      this.orderA[at] = at
      this.orderB[at] = at
    }
    this.#sort(this.orderA, this.edgeA, this.#alongA, a.xy, b.xy, true)
    this.#sort(this.orderB, this.edgeB, this.#alongB, a.xy, b.xy, false)
    for (let at = 0; at < count; at += 1) {
      this.placeA[this.orderA[at] as number] = at
      this.placeB[this.orderB[at] as number] = at
    }
    return this.#alternate(this.orderA, this.ringA) && this.#alternate(this.orderB, this.ringB)
  }

  /** One near edge of the first polygon against near edges `from … end` of the second. */
  #crossEdge(xyA: Int32Array, nearA: number, xyB: Int32Array, from: number, end: number): void {
    const boxesA = this.#boxesA
    const boxes = this.#boxesB
    const minX = boxesA[4 * nearA] as number
    const minY = boxesA[4 * nearA + 1] as number
    const maxX = boxesA[4 * nearA + 2] as number
    const maxY = boxesA[4 * nearA + 3] as number
    for (let i = from; i < end; i += 1) {
      const box = i << 2
      // one of the differences is negative where the boxes are apart
      const gap =
        (maxX - (boxes[box] as number)) |
        (maxY - (boxes[box + 1] as number)) |
        ((boxes[box + 2] as number) - minX) |
        ((boxes[box + 3] as number) - minY)
      if (gap >= 0) this.#crossPair(xyA, this.#nearA[nearA] as number, xyB, this.#nearB[i] as number)
    }
  }

  /** An edge of the first polygon against one of the second. */
  #crossPair(xyA: Int32Array, edgeA: number, xyB: Int32Array, edgeB: number): void {
    const ax = xyA[2 * edgeA] as number
    const ay = xyA[2 * edgeA + 1] as number
    const bx = xyA[2 * edgeA + 2] as number
    const by = xyA[2 * edgeA + 3] as number
    const cx = xyB[2 * edgeB] as number
    const cy = xyB[2 * edgeB + 1] as number
    const ex = xyB[2 * edgeB + 2] as number
    const ey = xyB[2 * edgeB + 3] as number
    const dx = bx - ax
    const dy = by - ay
    const tieA = -dy || dx
    // on which side of the first edge the second begins and ends, and the other way round
    const begins = cross(dx, dy, cx - ax, cy - ay)
    const ends = cross(dx, dy, ex - ax, ey - ay)
    if ((begins || tieA) > 0 === (ends || tieA) > 0) return
    const fx = ex - cx
    const fy = ey - cy
    const starts = cross(fx, fy, ax - cx, ay - cy)
    const stops = cross(fx, fy, bx - cx, by - cy)
    const tieB = fy || -fx
    const leftAtStart = (starts || tieB) > 0
    if (leftAtStart === (stops || tieB) > 0) return
    const here = this.#add(edgeA, edgeB, leftAtStart)
    const spread = cross(dx, dy, fx, fy)
    // equals starts − stops and ends − begins, without what a subtraction would lose
    this.#alongA[here] = starts / spread
    this.#alongB[here] = -begins / spread
    if (starts === 0) this.#place(here, ax, ay)
    else if (stops === 0) this.#place(here, bx, by)
    else if (begins === 0) this.#place(here, cx, cy)
    else if (ends === 0) this.#place(here, ex, ey)
    else this.#meet(here, ax, ay, bx, by, starts, stops, cx, cy, ex, ey, begins, ends)
  }

  /** The place of a proper crossing, computed along that edge and in that direction which sort first. */
  #meet(
    here: number,
    ax: number,
    ay: number,
    bx: number,
    by: number,
    starts: number,
    stops: number,
    cx: number,
    cy: number,
    ex: number,
    ey: number,
    begins: number,
    ends: number,
  ): void {
    const isForwardA = ax < bx || (ax === bx && ay < by)
    const isForwardB = cx < ex || (cx === ex && cy < ey)
    const lowX = isForwardA ? ax : bx
    const otherX = isForwardB ? cx : ex
    if (lowX < otherX || (lowX === otherX && (isForwardA ? ay : by) < (isForwardB ? cy : ey))) {
      if (isForwardA) this.#part(here, ax, ay, bx - ax, by - ay, starts / (starts - stops))
      else this.#part(here, bx, by, ax - bx, ay - by, stops / (stops - starts))
    } else if (isForwardB) this.#part(here, cx, cy, ex - cx, ey - cy, begins / (begins - ends))
    else this.#part(here, ex, ey, cx - ex, cy - ey, ends / (ends - begins))
  }

  /** A share of the way along an edge. */
  #part(here: number, x: number, y: number, dx: number, dy: number, share: number): void {
    this.x[here] = x - this.originX + Math.round(share * dx * STEPS_PER_MM) / STEPS_PER_MM
    this.y[here] = y - this.originY + Math.round(share * dy * STEPS_PER_MM) / STEPS_PER_MM
  }

  #place(here: number, x: number, y: number): void {
    this.x[here] = x - this.originX
    this.y[here] = y - this.originY
  }

  /** The same as edge by edge, for long boundaries: blocks of edges whose boxes are apart are passed over together. */
  #crossBlocks(xyA: Int32Array, edgesA: number, xyB: Int32Array, edgesB: number): void {
    const blocks = Math.ceil(edgesB / BLOCK)
    if (this.#blockBoxes.length < 4 * (blocks + 1)) this.#blockBoxes = new Int32Array(8 * (blocks + 1))
    if (this.#hits.length < blocks) this.#hits = new Int32Array(2 * blocks)
    const boxes = this.#blockBoxes
    const hits = this.#hits
    for (let block = 0; block < blocks; block += 1) {
      boxOfBoxes(this.#boxesB, block * BLOCK, Math.min(edgesB, (block + 1) * BLOCK), boxes, block)
    }
    for (let from = 0; from < edgesA; from += BLOCK) {
      const end = Math.min(edgesA, from + BLOCK)
      boxOfBoxes(this.#boxesA, from, end, boxes, blocks)
      const own = 4 * blocks
      let found = 0
      for (let at = 0; at < own; at += 4) {
        if ((boxes[at] as number) > (boxes[own + 2] as number) || (boxes[at + 2] as number) < (boxes[own] as number)) continue
        if ((boxes[at + 1] as number) > (boxes[own + 3] as number) || (boxes[at + 3] as number) < (boxes[own + 1] as number))
          continue
        hits[found] = at / 4
        found += 1
      }
      for (let i = from; i < end; i += 1) {
        for (let hit = 0; hit < found; hit += 1) {
          const first = (hits[hit] as number) * BLOCK
          this.#crossEdge(xyA, i, xyB, first, Math.min(edgesB, first + BLOCK))
        }
      }
    }
  }

  #add(edgeA: number, edgeB: number, leftAtStart: boolean): number {
    if (this.count === this.edgeA.length) this.#grow()
    const here = this.count
    this.edgeA[here] = edgeA
    this.edgeB[here] = edgeB
    // the second polygon lies on the left of its edges: who begins there begins inside
    this.enters[here] = leftAtStart ? 0 : 1
    this.count += 1
    return here
  }

  #grow(): void {
    const wider = <T extends Int32Array | Float64Array | Uint8Array>(values: T, into: T): T => {
      into.set(values)
      return into
    }
    const size = 2 * this.count
    for (const name of ['edgeA', 'edgeB', 'ringA', 'ringB', 'orderA', 'orderB', 'placeA', 'placeB'] as const) {
      this[name] = wider(this[name], new Int32Array(size))
    }
    this.enters = wider(this.enters, new Uint8Array(size))
    this.x = wider(this.x, new Float64Array(size))
    this.y = wider(this.y, new Float64Array(size))
    this.#alongA = wider(this.#alongA, new Float64Array(size))
    this.#alongB = wider(this.#alongB, new Float64Array(size))
  }

  /** Insertion for the few crossings that parcels have, the engine's own sort for many. */
  #sort(order: Int32Array, edges: Int32Array, along: Float64Array, xyA: Int32Array, xyB: Int32Array, onFirst: boolean): void {
    const { count } = this
    if (count > FEW) {
      order.subarray(0, count).sort((one, other) => this.#compare(one, other, edges, along, xyA, xyB, onFirst))
      return
    }
    for (let at = 1; at < count; at += 1) {
      const moving = order[at] as number
      let to = at
      while (to > 0 && this.#compare(order[to - 1] as number, moving, edges, along, xyA, xyB, onFirst) > 0) {
        order[to] = order[to - 1] as number
        to -= 1
      }
      order[to] = moving
    }
  }

  /** Order along the boundary of the first (`onFirst`) or second polygon. */
  #compare(
    one: number,
    other: number,
    edges: Int32Array,
    along: Float64Array,
    xyA: Int32Array,
    xyB: Int32Array,
    onFirst: boolean,
  ): number {
    const edge = (edges[one] as number) - (edges[other] as number)
    if (edge !== 0) return edge
    const apart = (along[one] as number) - (along[other] as number)
    if (apart > CLOSE || apart < -CLOSE) return apart
    const p = this.#exactly(one, xyA, xyB, onFirst)
    const q = this.#exactly(other, xyA, xyB, onFirst)
    return (
      compareRatios(p.along, p.spread, q.along, q.spread) ||
      compareRatios(p.perEpsilon, p.spread, q.perEpsilon, q.spread) ||
      compareRatios(p.perEpsilon2, p.spread, q.perEpsilon2, q.spread)
    )
  }

  /** Where a crossing lies along an edge, as a polynomial in ε with whole numerators over one denominator. */
  #exactly(crossing: number, xyA: Int32Array, xyB: Int32Array, onFirst: boolean) {
    const a = 2 * (this.edgeA[crossing] as number)
    const b = 2 * (this.edgeB[crossing] as number)
    const [ax, ay, cx, cy] = [xyA[a] as number, xyA[a + 1] as number, xyB[b] as number, xyB[b + 1] as number]
    const dx = BigInt((xyA[a + 2] as number) - ax)
    const dy = BigInt((xyA[a + 3] as number) - ay)
    const fx = BigInt((xyB[b + 2] as number) - cx)
    const fy = BigInt((xyB[b + 3] as number) - cy)
    const gapX = BigInt(ax - cx)
    const gapY = BigInt(ay - cy)
    const spread = fx * dy - fy * dx
    return onFirst
      ? { along: fy * gapX - fx * gapY, perEpsilon: -fy, perEpsilon2: fx, spread }
      : { along: dy * gapX - dx * gapY, perEpsilon: -dy, perEpsilon2: dx, spread }
  }

  #alternate(order: Int32Array, ring: Int32Array): boolean {
    const { count, enters } = this
    for (let from = 0; from < count;) {
      const owner = ring[order[from] as number] as number
      let end = from
      let expected = enters[order[from] as number] as number
      while (end < count && ring[order[end] as number] === owner) {
        if (enters[order[end] as number] !== expected) return false
        expected = 1 - expected
        end += 1
      }
      if ((end - from) % 2 === 1) return false
      from = end
    }
    return true
  }
}

/** Boxes of edges in halves of a millimetre, in `boxes` or in what has more room. */
function boxesOf(xy: Int32Array, edges: Int32Array, count: number, boxes: Int32Array): Int32Array {
  const all = boxes.length < 4 * count ? new Int32Array(8 * count) : boxes
  for (let i = 0; i < count; i += 1) {
    const at = 2 * (edges[i] as number)
    const x = (xy[at] as number) >> 1
    const y = (xy[at + 1] as number) >> 1
    const dx = ((xy[at + 2] as number) >> 1) - x
    const dy = ((xy[at + 3] as number) >> 1) - y
    // a difference where it is negative, else nothing: the lower and the higher end without a branch
    const west = dx & (dx >> 31)
    const south = dy & (dy >> 31)
    const box = i << 2
    all[box] = x + west
    all[box + 1] = y + south
    all[box + 2] = x + dx - west
    all[box + 3] = y + dy - south
  }
  return all
}
