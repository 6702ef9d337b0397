/**
 * A cheap proof that polygon parts are valid, so that the geometry library need not be asked: it answers for nearly every
 * parcel of a plan at a fraction of the cost.
 */

/** Below it the difference of two products of coordinate differences is a whole number that a double holds exactly. */
const WIDEST_STEPS = 2 ** 25
/** Up to this many edges all pairs are looked at; above, they are sorted first. */
const FEW_EDGES = 48
/** Edges of a longer ring are looked at in blocks. */
const BLOCK = 8
/** Pairs per edge at most: rings of long crossing edges go to the library, which has a better algorithm for them. */
const PAIRS_PER_EDGE = 64
const MOST_PARTS = 32

/** Edges of one part on the grid: fromX, fromY, toX, toY of each; a ring's edges follow each other. */
let ends = new Float64Array(4 * 256)
/** minX, maxX, minY, maxY of each: nearly all pairs are told apart by them. */
let boxes = new Float64Array(4 * 256)
let order = new Uint32Array(256)
/** minX, minY, maxX, maxY of each block of a longer ring. */
let blockBoxes = new Float64Array(4 * 64)

/**
 * True only where the parts are proven valid: finite, snapped to the grid, closed rings that neither cross nor touch
 * themselves or each other, holes in their shell, parts apart from each other. False means "not proven", not "invalid". Exact:
 * coordinates become whole steps, and orientation is computed without rounding.
 */
export function isPlainlyValid(parts: readonly (readonly Float64Array[])[], stepsPerUnit: number): boolean {
  if (parts.length > MOST_PARTS) return false
  for (const part of parts) if (!isPlainPart(part, stepsPerUnit)) return false
  if (parts.length === 1) return true
  const shells = parts.map(([shell]) => boxOf(shell ?? new Float64Array(0)))
  return shells.every((box, i) => shells.every((other, j) => j <= i || areApart(box, other)))
}

function isPlainPart(part: readonly Float64Array[], stepsPerUnit: number): boolean {
  const edges = gather(part, stepsPerUnit)
  if (edges < 3 || !(edges <= FEW_EDGES ? fewEdgesApart(edges) : manyEdgesApart(edges))) return false
  if (part.length === 1) return true
  const [shell, ...holes] = part
  if (shell === undefined || holes.length > MOST_PARTS) return false
  const shellEdges = shell.length / 2 - 1
  let edge = shellEdges
  for (const hole of holes) {
    if (!isInShell(shellEdges, ends[4 * edge] ?? NaN, ends[4 * edge + 1] ?? NaN)) return false
    edge += hole.length / 2 - 1
  }
  const around = holes.map(boxOf)
  return around.every((box, i) => around.every((other, j) => j <= i || areApart(box, other)))
}

/** The edge that continues an edge in its ring. */
const nextInRing: number[] = []

/** Fills `ends` relative to the part's first vertex; 0 when the part is too wide or a ring too short. */
function gather(part: readonly Float64Array[], steps: number): number {
  const originX = Math.round((part[0]?.[0] ?? NaN) * steps)
  const originY = Math.round((part[0]?.[1] ?? NaN) * steps)
  let vertices = 0
  for (const ring of part) vertices += ring.length / 2
  if (4 * vertices > ends.length) {
    ends = new Float64Array(8 * vertices)
    boxes = new Float64Array(8 * vertices)
    order = new Uint32Array(2 * vertices)
  }
  let edge = 0
  for (const ring of part) {
    if (ring.length < 8 || ring[0] !== ring[ring.length - 2] || ring[1] !== ring[ring.length - 1]) return 0
    const first = edge
    let fromX = Math.round((ring[0] ?? NaN) * steps) - originX
    let fromY = Math.round((ring[1] ?? NaN) * steps) - originY
    for (let at = 2; at < ring.length; at += 2) {
      const toX = Math.round((ring[at] ?? NaN) * steps) - originX
      const toY = Math.round((ring[at + 1] ?? NaN) * steps) - originY
      if (!(Math.abs(toX) < WIDEST_STEPS && Math.abs(toY) < WIDEST_STEPS)) return 0
      ends[4 * edge] = fromX
      ends[4 * edge + 1] = fromY
      ends[4 * edge + 2] = toX
      ends[4 * edge + 3] = toY
      boxes[4 * edge] = fromX < toX ? fromX : toX
      boxes[4 * edge + 1] = fromX < toX ? toX : fromX
      boxes[4 * edge + 2] = fromY < toY ? fromY : toY
      boxes[4 * edge + 3] = fromY < toY ? toY : fromY
      nextInRing[edge] = edge + 1
      edge += 1
      fromX = toX
      fromY = toY
    }
    nextInRing[edge - 1] = first
  }
  return edge
}

function fewEdgesApart(edges: number): boolean {
  const last = 4 * edges
  for (let at = 0; at < last; at += 4) {
    const minX = boxes[at] as number
    const maxX = boxes[at + 1] as number
    const minY = boxes[at + 2] as number
    const maxY = boxes[at + 3] as number
    for (let other = at + 4; other < last; other += 4) {
      if (maxX < (boxes[other] as number) || minX > (boxes[other + 1] as number)) continue
      if (maxY < (boxes[other + 2] as number) || minY > (boxes[other + 3] as number)) continue
      if (!areEdgesApart(at / 4, other / 4)) return false
    }
  }
  return true
}

/** Edges that follow each other lie close together: blocks of them are compared by their boxes first, from west to east. */
function manyEdgesApart(edges: number): boolean {
  const blocks = Math.ceil(edges / BLOCK)
  if (blockBoxes.length < 4 * blocks) blockBoxes = new Float64Array(8 * blocks)
  for (let block = 0; block < blocks; block += 1) setBox(block, block * BLOCK, Math.min(edges, (block + 1) * BLOCK))
  const sorted = order.subarray(0, blocks)
  for (let block = 0; block < blocks; block += 1) sorted[block] = block
  sorted.sort((one, other) => (blockBoxes[4 * one] ?? 0) - (blockBoxes[4 * other] ?? 0))
  let pairs = PAIRS_PER_EDGE * edges
  for (let i = 0; i < blocks; i += 1) {
    const block = sorted[i] ?? 0
    if (!blocksApart(block, block, edges)) return false
    const right = blockBoxes[4 * block + 2] ?? 0
    for (let j = i + 1; j < blocks; j += 1) {
      const other = sorted[j] ?? 0
      if ((blockBoxes[4 * other] ?? 0) > right) break
      pairs -= 1
      if (pairs < 0) return false
      if ((blockBoxes[4 * block + 1] ?? 0) > (blockBoxes[4 * other + 3] ?? 0)) continue
      if ((blockBoxes[4 * block + 3] ?? 0) < (blockBoxes[4 * other + 1] ?? 0)) continue
      pairs -= (BLOCK * BLOCK) / 2
      if (!blocksApart(block, other, edges)) return false
    }
  }
  return true
}

/** Every edge of one block is apart from every edge of another, or of itself. */
function blocksApart(block: number, other: number, edges: number): boolean {
  const end = Math.min(edges, (block + 1) * BLOCK)
  const otherEnd = Math.min(edges, (other + 1) * BLOCK)
  const left = blockBoxes[4 * other] as number
  const bottom = blockBoxes[4 * other + 1] as number
  const right = blockBoxes[4 * other + 2] as number
  const top = blockBoxes[4 * other + 3] as number
  for (let i = block * BLOCK; i < end; i += 1) {
    const minX = boxes[4 * i] as number
    const maxX = boxes[4 * i + 1] as number
    const minY = boxes[4 * i + 2] as number
    const maxY = boxes[4 * i + 3] as number
    if (minX > right || maxX < left || minY > top || maxY < bottom) continue
    for (let j = other === block ? i + 1 : other * BLOCK; j < otherEnd; j += 1) {
      if (minX > (boxes[4 * j + 1] as number) || maxX < (boxes[4 * j] as number)) continue
      if (minY > (boxes[4 * j + 3] as number) || maxY < (boxes[4 * j + 2] as number)) continue
      if (!areEdgesApart(i, j)) return false
    }
  }
  return true
}

function setBox(block: number, from: number, end: number): void {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let at = 4 * from; at < 4 * end; at += 2) {
    const x = ends[at] ?? 0
    const y = ends[at + 1] ?? 0
    if (x < minX) minX = x
    if (x > maxX) maxX = x
    if (y < minY) minY = y
    if (y > maxY) maxY = y
  }
  blockBoxes[4 * block] = minX
  blockBoxes[4 * block + 1] = minY
  blockBoxes[4 * block + 2] = maxX
  blockBoxes[4 * block + 3] = maxY
}

/** Neighbours in a ring may meet in the vertex that they share and nowhere else; all others not at all. */
function areEdgesApart(i: number, j: number): boolean {
  const ax = ends[4 * i] ?? 0
  const ay = ends[4 * i + 1] ?? 0
  const bx = ends[4 * i + 2] ?? 0
  const by = ends[4 * i + 3] ?? 0
  const cx = ends[4 * j] ?? 0
  const cy = ends[4 * j + 1] ?? 0
  const dx = ends[4 * j + 2] ?? 0
  const dy = ends[4 * j + 3] ?? 0
  if (nextInRing[i] === j || nextInRing[j] === i) {
    // They continue each other; only one that runs straight back overlaps the other.
    const cross = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx)
    return cross !== 0 || (bx - ax) * (dx - cx) + (by - ay) * (dy - cy) > 0
  }
  const [a0, b0] = [4 * i, 4 * j]
  if ((boxes[a0 + 1] ?? 0) < (boxes[b0] ?? 0) || (boxes[b0 + 1] ?? 0) < (boxes[a0] ?? 0)) return true
  if ((boxes[a0 + 3] ?? 0) < (boxes[b0 + 2] ?? 0) || (boxes[b0 + 3] ?? 0) < (boxes[a0 + 2] ?? 0)) return true
  const c = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
  const d = (bx - ax) * (dy - ay) - (by - ay) * (dx - ax)
  if ((c > 0 && d > 0) || (c < 0 && d < 0)) return true
  const a = (dx - cx) * (ay - cy) - (dy - cy) * (ax - cx)
  const b = (dx - cx) * (by - cy) - (dy - cy) * (bx - cx)
  return (a > 0 && b > 0) || (a < 0 && b < 0)
}

type Box = readonly [minX: number, minY: number, maxX: number, maxY: number]

function boxOf(ring: Float64Array): Box {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let at = 0; at + 1 < ring.length; at += 2) {
    minX = Math.min(minX, ring[at] ?? 0)
    minY = Math.min(minY, ring[at + 1] ?? 0)
    maxX = Math.max(maxX, ring[at] ?? 0)
    maxY = Math.max(maxY, ring[at + 1] ?? 0)
  }
  return [minX, minY, maxX, maxY]
}

const areApart = (a: Box, b: Box): boolean => a[2] < b[0] || b[2] < a[0] || a[3] < b[1] || b[3] < a[1]

/** Even–odd rule over the shell, whose edges come first; the point is known not to lie on it. */
function isInShell(shellEdges: number, x: number, y: number): boolean {
  let inside = false
  for (let at = 0; at < 4 * shellEdges; at += 4) {
    const ay = (ends[at + 1] ?? 0) - y
    const by = (ends[at + 3] ?? 0) - y
    if (ay > 0 === by > 0) continue
    const ax = (ends[at] ?? 0) - x
    const bx = (ends[at + 2] ?? 0) - x
    if (ax * by - bx * ay > 0 === by > ay) inside = !inside
  }
  return inside
}
