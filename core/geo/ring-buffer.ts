/**
 * Rings under construction: a kernel pushes vertices, and repeated vertices and spikes that run straight back fall away as
 * they come. Rings that end up with fewer than three vertices are forgotten: they enclose nothing.
 */
export class RingBuffer {
  /** x,y,x,y… of all rings, each without the repetition of its first vertex. */
  xy = new Float64Array(1 << 12)
  /** What must be added to every coordinate. */
  originX = 0
  originY = 0
  /** Vertices so far; a ring that is not ended yet begins at `start`. */
  length = 0
  start = 0
  rings = 0
  /** Vertex after the last one of each ring. */
  end = new Int32Array(64)
  /** Signed area of each ring in square units: positive for shells, negative for holes. */
  area = new Float64Array(64)

  clear(): void {
    this.length = 0
    this.start = 0
    this.rings = 0
  }

  push(x: number, y: number): void {
    let { xy } = this
    const at = 2 * this.length
    const vertices = this.length - this.start
    if (vertices > 0 && xy[at - 2] === x && xy[at - 1] === y) return
    if (vertices > 1 && xy[at - 4] === x && xy[at - 3] === y) {
      this.length -= 1
      return
    }
    if (at === xy.length) {
      this.#makeRoom(1)
      ;({ xy } = this)
    }
    xy[at] = x
    xy[at + 1] = y
    this.length += 1
  }

  /**
   * Pushes vertices `from`, `from + step` … of whole coordinates until before `end`, a run along one boundary: nothing of it can fall away
   * once two of its vertices have stayed.
   */
  pushRun(whole: Int32Array, from: number, end: number, step: 1 | -1): void {
    let vertex = from
    for (let stayed = 0; stayed < 2; vertex += step) {
      if (vertex === end) return
      const before = this.length
      this.push((whole[2 * vertex] as number) - this.originX, (whole[2 * vertex + 1] as number) - this.originY)
      stayed = this.length > before ? stayed + 1 : 0
    }
    const more = (end - vertex) * step
    if (2 * (this.length + more) > this.xy.length) this.#makeRoom(more)
    const { xy, originX, originY } = this
    let to = 2 * this.length
    for (; vertex !== end; vertex += step, to += 2) {
      xy[to] = (whole[2 * vertex] as number) - originX
      xy[to + 1] = (whole[2 * vertex + 1] as number) - originY
    }
    this.length += more
  }

  #makeRoom(more: number): void {
    const wider = new Float64Array(Math.max(2 * this.xy.length, 2 * (this.length + more)))
    wider.set(this.xy)
    this.xy = wider
  }

  /** Ends the ring that is being pushed. Returns false when nothing was left of it. */
  endRing(): boolean {
    this.#trimSeam()
    if (this.length - this.start < 3) {
      this.length = this.start
      return false
    }
    if (this.rings === this.end.length) this.#moreRings()
    this.end[this.rings] = this.length
    this.area[this.rings] = this.#signedArea()
    this.rings += 1
    this.start = this.length
    return true
  }

  /** First vertex of a ring. */
  first(ring: number): number {
    return ring === 0 ? 0 : (this.end[ring - 1] as number)
  }

  /** Repetitions and spikes where the ring's end meets its beginning. */
  #trimSeam(): void {
    const { xy } = this
    let first = this.start
    let last = this.length - 1
    for (;;) {
      if (last - first < 2) break
      if (same(xy, first, last)) last -= 1
      else if (same(xy, first, last - 1)) last -= 2
      else if (same(xy, first + 1, last)) first += 1
      else break
    }
    if (first > this.start) xy.copyWithin(2 * this.start, 2 * first, 2 * (last + 1))
    this.length = this.start + (last - first + 1)
  }

  #signedArea(): number {
    const { xy, start, length } = this
    const originX = xy[2 * start] as number
    const originY = xy[2 * start + 1] as number
    let twice = 0
    let fromX = 0
    let fromY = 0
    for (let at = 2 * start + 2; at < 2 * length; at += 2) {
      const x = (xy[at] as number) - originX
      const y = (xy[at + 1] as number) - originY
      twice += fromX * y - x * fromY
      fromX = x
      fromY = y
    }
    return twice / 2
  }

  #moreRings(): void {
    const end = new Int32Array(2 * this.rings)
    end.set(this.end)
    this.end = end
    const area = new Float64Array(2 * this.rings)
    area.set(this.area)
    this.area = area
  }
}

const same = (xy: Float64Array, one: number, other: number): boolean =>
  xy[2 * one] === xy[2 * other] && xy[2 * one + 1] === xy[2 * other + 1]
