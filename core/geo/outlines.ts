import { cancelled } from './edge-merge.ts'
import { noded } from './noding.ts'
import { cross } from './orientation.ts'
import { RingBuffer } from './ring-buffer.ts'
import { partsOfRings } from './rings-to-parts.ts'

/**
 * The polygons that balanced edges (fromX, fromY, toX, toY in whole millimetres, the ground on their left) enclose, as valid
 * parts: lines that two edges share in opposite directions vanish, even where their vertices differ, and rings touch themselves
 * and each other in single vertices only, never run through them.
 */
export function outlinesOf(edges: Int32Array): Float64Array[][] {
  const rings = new RingBuffer()
  for (const walk of wedgeWalks(cancelled(noded(edges)))) splitAtRepeats(walk, rings)
  return partsOfRings(rings)
}

/**
 * Closed walks over all edges, x,y,x,y… without the repetition of the first vertex. Where several edges leave a vertex, the walk
 * takes the one that bounds the same wedge of ground: the first one clockwise from where it came.
 */
function wedgeWalks(edges: Int32Array): number[][] {
  const count = edges.length / 4
  // sorted by start, so that the edges that leave a vertex are neighbours
  const used = new Uint8Array(count)
  const walks: number[][] = []
  for (let start = 0; start < count; start += 1) {
    if (used[start] === 1) continue
    const walk: number[] = []
    let edge = start
    while (edge >= 0 && used[edge] === 0) {
      used[edge] = 1
      walk.push(edges[4 * edge] as number, edges[4 * edge + 1] as number)
      edge = nextOnWedge(edges, edge)
    }
    walks.push(walk)
  }
  return walks
}

function nextOnWedge(edges: Int32Array, edge: number): number {
  const x = edges[4 * edge + 2] as number
  const y = edges[4 * edge + 3] as number
  const first = firstFrom(edges, x, y)
  const backX = (edges[4 * edge] as number) - x
  const backY = (edges[4 * edge + 1] as number) - y
  let best = -1
  for (let other = first; 4 * other < edges.length && edges[4 * other] === x && edges[4 * other + 1] === y; other += 1) {
    if (best < 0 || isSooner(edges, other, best, x, y, backX, backY)) best = other
  }
  return best
}

/** True when one edge comes before another on the way clockwise round a vertex from the direction `back`. */
function isSooner(edges: Int32Array, one: number, other: number, x: number, y: number, backX: number, backY: number): boolean {
  const [oneX, oneY] = [(edges[4 * one + 2] as number) - x, (edges[4 * one + 3] as number) - y]
  const [otherX, otherY] = [(edges[4 * other + 2] as number) - x, (edges[4 * other + 3] as number) - y]
  const isOneRight = isClockwiseHalf(backX, backY, oneX, oneY)
  const isOtherRight = isClockwiseHalf(backX, backY, otherX, otherY)
  if (isOneRight !== isOtherRight) return isOneRight
  return cross(otherX, otherY, oneX, oneY) > 0
}

/** In the first half turn clockwise from a direction, the opposite direction included. */
function isClockwiseHalf(backX: number, backY: number, x: number, y: number): boolean {
  const turn = cross(backX, backY, x, y)
  return turn < 0 || (turn === 0 && backX * x + backY * y < 0)
}

/** The first of the sorted edges that begins at a vertex. */
function firstFrom(edges: Int32Array, x: number, y: number): number {
  let low = 0
  let high = edges.length / 4
  while (low < high) {
    const middle = (low + high) >> 1
    const mx = edges[4 * middle] as number
    if (mx < x || (mx === x && (edges[4 * middle + 1] as number) < y)) low = middle + 1
    else high = middle
  }
  return low
}

/** A walk that comes back to a vertex is cut there: what it walked in between is a ring of its own. */
function splitAtRepeats(walk: readonly number[], rings: RingBuffer): void {
  const seen = new Map<string, number>()
  const stack: number[] = []
  const emit = (from: number): void => {
    for (let at = from; at < stack.length; at += 2) rings.push(stack[at] as number, stack[at + 1] as number)
    rings.endRing()
  }
  for (let at = 0; at < walk.length; at += 2) {
    const [x, y] = [walk[at] as number, walk[at + 1] as number]
    const key = `${x},${y}`
    const before = seen.get(key)
    if (before === undefined) {
      seen.set(key, stack.length)
      stack.push(x, y)
      continue
    }
    emit(before)
    for (let gone = before + 2; gone < stack.length; gone += 2) seen.delete(`${stack[gone]},${stack[gone + 1]}`)
    stack.length = before + 2
  }
  emit(0)
}
