import type { RingBuffer } from './ring-buffer.ts'

/** Rings on whole coordinates sorted into parts: each shell (counter-clockwise) with the holes (clockwise) that lie in it. */
export function partsOfRings(buffer: RingBuffer): Float64Array[][] {
  const shells: { ring: Float64Array; area: number; holes: Float64Array[] }[] = []
  const holes: Float64Array[] = []
  for (let ring = 0; ring < buffer.rings; ring += 1) {
    const area = buffer.area[ring] as number
    if (area > 0) shells.push({ ring: closedRing(buffer, ring), area, holes: [] })
    else if (area < 0) holes.push(closedRing(buffer, ring))
  }
  for (const hole of holes) {
    let owner = shells.length === 1 ? shells[0] : undefined
    if (shells.length > 1) {
      for (const shell of shells) {
        if ((owner === undefined || shell.area < owner.area) && encloses(shell.ring, hole)) owner = shell
      }
    }
    owner?.holes.push(hole)
  }
  return shells.map(({ ring, holes: inside }) => [ring, ...inside])
}

function closedRing(buffer: RingBuffer, ring: number): Float64Array {
  const first = buffer.first(ring)
  const end = buffer.end[ring] as number
  const closed = new Float64Array(2 * (end - first) + 2)
  closed.set(buffer.xy.subarray(2 * first, 2 * end))
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
