import Flatbush from 'flatbush'
import type { RingBuffer } from './ring-buffer.ts'

/** Shells above which the one around a hole is looked up in an index. */
const MANY_SHELLS = 16

interface Shell {
  ring: Float64Array
  area: number
  holes: Float64Array[]
}

/** Rings on whole coordinates sorted into parts: each shell (counter-clockwise) with the holes (clockwise) that lie in it. */
export function partsOfRings(buffer: RingBuffer): Float64Array[][] {
  const shells: Shell[] = []
  const holes: Float64Array[] = []
  for (let ring = 0; ring < buffer.rings; ring += 1) {
    const area = buffer.area[ring] as number
    if (area > 0) shells.push({ ring: closedRing(buffer, ring), area, holes: [] })
    else if (area < 0) holes.push(closedRing(buffer, ring))
  }
  if (holes.length > 0) placeHoles(shells, holes)
  return shells.map(({ ring, holes: inside }) => [ring, ...inside])
}

function placeHoles(shells: readonly Shell[], holes: readonly Float64Array[]): void {
  const near = shells.length > MANY_SHELLS ? shellsAround(shells) : () => shells
  for (const hole of holes) {
    let owner = shells.length === 1 ? shells[0] : undefined
    if (shells.length > 1) {
      for (const shell of near(hole)) {
        if ((owner === undefined || shell.area < owner.area) && encloses(shell.ring, hole)) owner = shell
      }
    }
    owner?.holes.push(hole)
  }
}

/** Looks shells up by their boxes. */
function shellsAround(shells: readonly Shell[]): (hole: Float64Array) => Shell[] {
  const index = new Flatbush(shells.length)
  for (const { ring } of shells) index.add(...boxOfRing(ring))
  index.finish()
  return (hole) => {
    const [x = 0, y = 0] = hole
    return index
      .search(x, y, x, y)
      .toSorted((one, other) => one - other)
      .flatMap((at) => shells[at] ?? [])
  }
}

/** minX, minY, maxX, maxY of a ring. */
export function boxOfRing(ring: ArrayLike<number>): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let at = 0; at + 1 < ring.length; at += 2) {
    box[0] = Math.min(box[0], ring[at] as number)
    box[1] = Math.min(box[1], ring[at + 1] as number)
    box[2] = Math.max(box[2], ring[at] as number)
    box[3] = Math.max(box[3], ring[at + 1] as number)
  }
  return box
}
/** Rings are many and small: they share large pieces of memory. */
const SLAB = 1 << 16
let slab = new Float64Array(SLAB)
let used = 0

function roomFor(length: number): Float64Array {
  if (length > SLAB / 16) return new Float64Array(length)
  if (used + length > SLAB) {
    slab = new Float64Array(SLAB)
    used = 0
  }
  used += length
  return slab.subarray(used - length, used)
}

/** A ring with its first vertex repeated at its end. */
export function closedRing(buffer: RingBuffer, ring: number): Float64Array {
  const first = buffer.first(ring)
  const end = buffer.end[ring] as number
  const closed = roomFor(2 * (end - first) + 2)
  const { xy } = buffer
  for (let at = 0, from = 2 * first; from < 2 * end; at += 1, from += 1) closed[at] = xy[from] as number
  closed[closed.length - 2] = closed[0] as number
  closed[closed.length - 1] = closed[1] as number
  return closed
}

/** True when a ring that does not cross the shell lies in it; vertices on the shell say nothing, nor do all of them together. */
function encloses(shell: Float64Array, ring: Float64Array): boolean {
  for (let at = 0; at + 3 < ring.length; at += 2) {
    const x = ring[at] as number
    const y = ring[at + 1] as number
    const place = placeIn(shell, x, y)
    if (place !== 0) return place > 0
    const between = placeIn(shell, (x + (ring[at + 2] as number)) / 2, (y + (ring[at + 3] as number)) / 2)
    if (between !== 0) return between > 0
  }
  return true
}

/** 1 inside, 0 on the ring, −1 outside. */
function placeIn(ring: Float64Array, x: number, y: number): number {
  let isInside = false
  for (let at = 0; at + 3 < ring.length; at += 2) {
    const fromX = (ring[at] as number) - x
    const fromY = (ring[at + 1] as number) - y
    const toX = (ring[at + 2] as number) - x
    const toY = (ring[at + 3] as number) - y
    const turn = fromX * toY - toX * fromY
    if (turn === 0 && fromX * toX <= 0 && fromY * toY <= 0) return 0
    if (fromY > 0 !== toY > 0 && turn > 0 === toY > fromY) isInside = !isInside
  }
  return isInside ? 1 : -1
}
