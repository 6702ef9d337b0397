/**
 * A cheap proof that polygon parts are valid, so that the geometry library need not be asked: it answers for nearly every
 * parcel of a plan at a fraction of the cost.
 */

/** Below it every product of two coordinate differences is a whole number that a double holds exactly. */
const WIDEST_STEPS = 2 ** 26
/** Up to this many edges all pairs are looked at; above, they are sorted first. */
const FEW_EDGES = 48
/** Pairs per edge at most: rings of long crossing edges go to the library, which has a better algorithm for them. */
const PAIRS_PER_EDGE = 64
const MOST_PARTS = 32

/** Edges of one part on the grid: fromX, fromY, toX, toY of each; a ring's edges follow each other. */
let ends = new Float64Array(4 * 256)
let order = new Uint32Array(256)

/**
 * True only where the parts are proven valid: finite, snapped to the grid, closed rings that neither cross nor touch
 * themselves or each other, holes in their shell, parts apart from each other. False means "not proven", not "invalid". Exact:
 * coordinates become whole steps, and orientation is computed without rounding.
 */
export function isPlainlyValid(parts: readonly (readonly Float64Array[])[], stepsPerUnit: number): boolean {
  if (parts.length > MOST_PARTS) return false
  for (const part of parts) if (!isPlainPart(part, stepsPerUnit)) return false
  if (parts.length === 1) return true
  const boxes = parts.map(([shell]) => boxOf(shell ?? new Float64Array(0)))
  return boxes.every((box, i) => boxes.every((other, j) => j <= i || areApart(box, other)))
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
  const boxes = holes.map(boxOf)
  return boxes.every((box, i) => boxes.every((other, j) => j <= i || areApart(box, other)))
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
  for (let i = 0; i < edges; i += 1) for (let j = i + 1; j < edges; j += 1) if (!areEdgesApart(i, j)) return false
  return true
}

/** Edges by their left end; each is compared with those that begin before it ends. */
function manyEdgesApart(edges: number): boolean {
  const sorted = order.subarray(0, edges)
  for (let i = 0; i < edges; i += 1) sorted[i] = i
  sorted.sort((a, b) => leftOf(a) - leftOf(b))
  let pairs = PAIRS_PER_EDGE * edges
  for (let i = 0; i < edges; i += 1) {
    const edge = sorted[i] ?? 0
    const right = Math.max(ends[4 * edge] ?? 0, ends[4 * edge + 2] ?? 0)
    for (let j = i + 1; j < edges; j += 1) {
      const other = sorted[j] ?? 0
      if (leftOf(other) > right) break
      pairs -= 1
      if (pairs < 0 || !areEdgesApart(edge, other)) return false
    }
  }
  return true
}

const leftOf = (edge: number): number => Math.min(ends[4 * edge] ?? 0, ends[4 * edge + 2] ?? 0)

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
  if ((ax > bx ? ax : bx) < (cx < dx ? cx : dx) || (cx > dx ? cx : dx) < (ax < bx ? ax : bx)) return true
  if ((ay > by ? ay : by) < (cy < dy ? cy : dy) || (cy > dy ? cy : dy) < (ay < by ? ay : by)) return true
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
