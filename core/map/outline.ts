/** Outlines in paper units of 0.01 pt. Rings are flat x,y lists without the closing repeat. */
export interface Outlines {
  rings: number[][]
  vertices: number
}

/** Larger than any coordinate of a sheet in 0.01 pt (A0 is 337,000 high): makes one number of two. */
const SPAN = 2 ** 20

/**
 * Collects directed edges of areas of one class and joins them into outlines. An edge that a neighbour of the same class runs the
 * other way is inside the class: both go, so touching areas merge without any geometry being computed, and no area is lost.
 */
export class EdgeSet {
  /** start → ends, in order of arrival. */
  private readonly ends = new Map<number, number[]>()

  /** Adds a closed ring of snapped points (flat; the last point may repeat the first). */
  addRing(ring: readonly number[]): void {
    let from = keyAt(ring, ring.length - 2)
    for (let at = 0; at < ring.length; at += 2) {
      const to = keyAt(ring, at)
      if (to !== from) this.addEdge(from, to)
      from = to
    }
  }

  private addEdge(from: number, to: number): void {
    const back = this.ends.get(to)
    const opposite = back?.indexOf(from) ?? -1
    if (back !== undefined && opposite >= 0) {
      back.splice(opposite, 1)
      if (back.length === 0) this.ends.delete(to)
      return
    }
    const ends = this.ends.get(from)
    if (ends === undefined) this.ends.set(from, [to])
    else ends.push(to)
  }

  /** Joins the edges that are left into closed rings and drops points on straight lines. Empties the set. */
  outlines(): Outlines {
    const rings: number[][] = []
    let vertices = 0
    for (const start of this.ends.keys()) {
      while (this.ends.has(start)) {
        const ring = withoutStraightPoints(this.walk(start))
        if (ring.length < 6) continue
        rings.push(ring)
        vertices += ring.length / 2
      }
    }
    return { rings, vertices }
  }

  /** Every point has as many edges in as out, so a walk always comes back to where it began. */
  private walk(start: number): number[] {
    const ring: number[] = []
    let at = start
    do {
      ring.push(Math.floor(at / SPAN), at % SPAN)
      const ends = this.ends.get(at)
      const next = ends?.pop()
      if (ends === undefined || next === undefined) break
      if (ends.length === 0) this.ends.delete(at)
      at = next
    } while (at !== start)
    return ring
  }
}

const keyAt = (ring: readonly number[], at: number): number => (ring[at] ?? 0) * SPAN + (ring[at + 1] ?? 0)

/** Removes points that lie on the straight line between their neighbours; what encloses nothing becomes empty. */
export function withoutStraightPoints(ring: readonly number[]): number[] {
  const kept: number[] = []
  const count = ring.length / 2
  const x = (index: number) => ring[((index + count) % count) * 2] ?? 0
  const y = (index: number) => ring[((index + count) % count) * 2 + 1] ?? 0
  let last = count - 1
  for (let index = 0; index < count; index++) {
    const cross = (x(index) - x(last)) * (y(index + 1) - y(index)) - (y(index) - y(last)) * (x(index + 1) - x(index))
    if (cross === 0) continue
    kept.push(x(index), y(index))
    last = index
  }
  return kept
}

/** Twice the signed area of a ring in squared paper units. */
export function doubleArea(ring: ArrayLike<number>): number {
  let sum = 0
  const count = ring.length
  for (let at = 0; at < count; at += 2) {
    const next = (at + 2) % count
    sum += (ring[at] ?? 0) * (ring[next + 1] ?? 0) - (ring[next] ?? 0) * (ring[at + 1] ?? 0)
  }
  return sum
}
