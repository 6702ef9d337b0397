import type { Tally } from './tally.ts'

/** Twice the signed area in the plane: positive for counter-clockwise rings. */
function doubleArea(ring: Float64Array): number {
  const x0 = ring[0] ?? 0
  const y0 = ring[1] ?? 0
  let sum = 0
  for (let at = 2; at + 3 < ring.length; at += 2) {
    const ax = (ring[at] ?? 0) - x0
    const ay = (ring[at + 1] ?? 0) - y0
    const bx = (ring[at + 2] ?? 0) - x0
    const by = (ring[at + 3] ?? 0) - y0
    sum += ax * by - bx * ay
  }
  return sum
}

/** Whether a point is inside a ring: 1 inside, -1 outside, 0 exactly on it. */
function sideOf(ring: Float64Array, x: number, y: number): number {
  let inside = false
  for (let at = 0, last = ring.length - 2; at < ring.length; last = at, at += 2) {
    const ax = ring[last] ?? 0
    const ay = ring[last + 1] ?? 0
    const bx = ring[at] ?? 0
    const by = ring[at + 1] ?? 0
    const cross = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
    if (cross === 0 && x >= Math.min(ax, bx) && x <= Math.max(ax, bx) && y >= Math.min(ay, by) && y <= Math.max(ay, by)) return 0
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
  }
  return inside ? 1 : -1
}

/** True when `inner` lies in `outer`, judged by its first vertex that is not on the outer ring. */
function isInside(inner: Float64Array, outer: Float64Array): boolean {
  for (let at = 0; at + 1 < inner.length; at += 2) {
    const side = sideOf(outer, inner[at] ?? 0, inner[at + 1] ?? 0)
    if (side !== 0) return side > 0
  }
  return true
}

interface Ring {
  run: Float64Array
  size: number
  box: [number, number, number, number]
}

function boxOf(run: Float64Array): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let at = 0; at + 1 < run.length; at += 2) {
    const x = run[at] ?? 0
    const y = run[at + 1] ?? 0
    box[0] = Math.min(box[0], x)
    box[1] = Math.min(box[1], y)
    box[2] = Math.max(box[2], x)
    box[3] = Math.max(box[3], y)
  }
  return box
}

const boxHolds = (outer: Ring, inner: Ring): boolean =>
  outer.box[0] <= inner.box[0] && outer.box[1] <= inner.box[1] && outer.box[2] >= inner.box[2] && outer.box[3] >= inner.box[3]

/** The smallest of `shells` (sorted by size) that holds the ring. */
const holderOf = (ring: Ring, shells: readonly Ring[]): Ring | undefined =>
  shells.find((shell) => shell.size >= ring.size && shell !== ring && boxHolds(shell, ring) && isInside(ring.run, shell.run))

/** How many rings hold this one: even means shell, odd means hole. For files whose orientation says nothing. */
const depthOf = (ring: Ring, rings: readonly Ring[]): number =>
  rings.filter((other) => other !== ring && other.size > ring.size && boxHolds(other, ring) && isInside(ring.run, other.run))
    .length

/**
 * Rings of one shapefile polygon → parts of shell and holes. Clockwise rings are shells; where none is (some programs write
 * all rings counter-clockwise), nesting decides. A hole in no shell becomes a part of its own, and is counted.
 */
export function ringsToParts(runs: readonly Float64Array[], row: number, tally: Tally): Float64Array[][] {
  if (runs.length <= 1) return runs.map((run) => [run])
  const areas = runs.map(doubleArea)
  const rings = runs.map((run, index): Ring => ({ run, size: Math.abs(areas[index] ?? 0), box: boxOf(run) }))
  let isShell = areas.map((area) => area <= 0)
  if (!isShell.includes(true)) isShell = rings.map((ring) => depthOf(ring, rings) % 2 === 0)
  const shells = rings.filter((_, index) => isShell[index]).toSorted((a, b) => a.size - b.size)
  const parts = new Map<Ring, Float64Array[]>(rings.filter((_, index) => isShell[index]).map((ring) => [ring, [ring.run]]))
  for (const [index, ring] of rings.entries()) {
    if (isShell[index]) continue
    const holder = holderOf(ring, shells)
    if (holder) parts.get(holder)?.push(ring.run)
    else {
      parts.set(ring, [ring.run])
      tally.orphanHoles++
      tally.remember('orphanHoles', row)
    }
  }
  return [...parts.values()]
}
