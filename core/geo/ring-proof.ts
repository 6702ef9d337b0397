import { boxOfBoxes } from './box-of-boxes.ts'

/**
 * A cheap, exact proof that closed rings on whole coordinates neither cross nor touch themselves or each other: it answers for
 * nearly every parcel at a fraction of what the geometry library needs, and for boundaries of tens of thousands of vertices in
 * a time that grows with their number alone.
 *
 * Boxes are kept in halves of a step, rounded down: whole differences of them fit 32 bits wherever in the frame they lie, and
 * boxes that are apart in halves are apart.
 */

/** Below this span the difference of two products of coordinate differences is a whole number that a double holds exactly. */
const WIDEST_STEPS = 2 ** 26
/** Up to this many edges all pairs are looked at; above, blocks of edges in a tree of boxes. */
const FEW_EDGES = 40
const BLOCK = 8
/** Pairs of edges per edge at most: rings of long edges that lie side by side go to the library, which has a better algorithm. */
const PAIRS_PER_EDGE = 64
const MOST_HOLES = 32

/** Directions in which all edges of a block go: one that never turns back in x or in y cannot meet itself. */
const EAST = 1
const WEST = 2
const NORTH = 4
const SOUTH = 8

/** Of each edge: minX, minY, maxX, maxY in halves, its first vertex, and the edge that follows in its ring. */
let boxes = new Int32Array(4 * 256)
let vertexOf = new Int32Array(256)
let following = new Int32Array(256)
/** The same boxes of blocks and of pairs of what lies a level below, level by level; and the blocks' directions. */
let tree = new Int32Array(4 * 64)
let levelStart: number[] = []
let levelSize: number[] = []
let directions = new Uint8Array(64)
let coordinates: Int32Array = new Int32Array(0)
let edgeCount = 0
let pairsLeft = 0

/**
 * True only where rings `firstRing … endRing` (a shell and its holes, each closed by its first vertex) are proven to be a valid
 * polygon: simple, apart from each other, holes in the shell and not in each other. False means "not proven", not "invalid".
 */
export function isProvenPart(xy: Int32Array, ringOff: Uint32Array, firstRing: number, endRing: number): boolean {
  if (endRing - firstRing === 1) return isProvenRing(xy, ringOff[firstRing] as number, ringOff[endRing] as number)
  if (endRing - firstRing > MOST_HOLES + 1 || endRing === firstRing) return false
  return areRingsApart(xy, ringOff, firstRing, endRing) && areHolesInShell(ringOff, firstRing, endRing)
}

/** True only where closed rings `firstRing … endRing` are proven simple and apart from each other, whatever lies in what. */
function areRingsApart(xy: Int32Array, ringOff: Uint32Array, firstRing: number, endRing: number): boolean {
  startRings(xy, (ringOff[endRing] as number) - (ringOff[firstRing] as number))
  for (let ring = firstRing; ring < endRing; ring += 1) {
    if (!takeRing(ringOff[ring] as number, ringOff[ring + 1] as number)) return false
  }
  return isExact() && areEdgesApart()
}

/**
 * True only where parts, each proven by itself, are proven to be apart from each other: no ring meets another, and no shell
 * (`shells`, by their rings) lies in another.
 */
export function areProvenApart(xy: Int32Array, ringOff: Uint32Array, rings: number, shells: readonly number[]): boolean {
  if (!areRingsApart(xy, ringOff, 0, rings)) return false
  return shells.every((shell) =>
    shells.every(
      (other) => other === shell || !isInRing(ringOff[other] as number, ringOff[other + 1] as number, ringOff[shell] as number),
    ),
  )
}

/** True only where the closed ring of vertices `first … end` is proven simple. Exact. */
export function isProvenRing(xy: Int32Array, first: number, end: number): boolean {
  if (end - first <= FEW_EDGES && isStar(xy, first, end)) return true
  startRings(xy, end - first)
  return takeRing(first, end) && isExact() && areEdgesApart()
}

/**
 * Whether the whole of a closed ring is seen from the middle of its vertices: each edge goes on around that place, and all of
 * them once around it. So do most parcels, and then no two edges need to be compared.
 */
function isStar(xy: Int32Array, first: number, end: number): boolean {
  const last = end - 1
  if (end - first < 4 || xy[2 * first] !== xy[2 * last] || xy[2 * first + 1] !== xy[2 * last + 1]) return false
  let sumX = 0
  let sumY = 0
  for (let at = 2 * first; at < 2 * last; at += 2) {
    sumX += xy[at] as number
    sumY += xy[at + 1] as number
  }
  const x = Math.round(sumX / (last - first))
  const y = Math.round(sumY / (last - first))
  let fromX = (xy[2 * first] as number) - x
  let fromY = (xy[2 * first + 1] as number) - y
  let furthest = 0
  let rounds = 0
  for (let at = 2 * first + 2; at < 2 * end; at += 2) {
    const toX = (xy[at] as number) - x
    const toY = (xy[at + 1] as number) - y
    if (fromX * toY - fromY * toX <= 0) return false
    // going round to the left, the ray to the right is passed upwards once in each round
    if (fromY < 0 && toY >= 0) rounds += 1
    furthest = Math.max(furthest, Math.abs(toX), Math.abs(toY))
    fromX = toX
    fromY = toY
  }
  return rounds === 1 && furthest < WIDEST_STEPS
}

function startRings(xy: Int32Array, most: number): void {
  coordinates = xy
  edgeCount = 0
  if (vertexOf.length >= most) return
  boxes = new Int32Array(8 * most)
  vertexOf = new Int32Array(2 * most)
  following = new Int32Array(2 * most)
}

/** Reads the edges of a ring; false when it is open, too short or turns straight back somewhere. */
function takeRing(first: number, end: number): boolean {
  const xy = coordinates
  const last = end - 1
  if (end - first < 4 || xy[2 * first] !== xy[2 * last] || xy[2 * first + 1] !== xy[2 * last + 1]) return false
  const firstEdge = edgeCount
  let edge = firstEdge
  let fromX = xy[2 * first] as number
  let fromY = xy[2 * first + 1] as number
  let beforeX = fromX - (xy[2 * last - 2] as number)
  let beforeY = fromY - (xy[2 * last - 1] as number)
  for (let vertex = first; vertex < last; vertex += 1) {
    const toX = xy[2 * vertex + 2] as number
    const toY = xy[2 * vertex + 3] as number
    const dx = toX - fromX
    const dy = toY - fromY
    // edges that continue each other may only overlap by running straight back; repeated vertices go to the library too
    if (beforeX * dy === beforeY * dx && beforeX * dx + beforeY * dy <= 0) return false
    const at = 4 * edge
    boxes[at] = (dx < 0 ? toX : fromX) >> 1
    boxes[at + 1] = (dy < 0 ? toY : fromY) >> 1
    boxes[at + 2] = (dx < 0 ? fromX : toX) >> 1
    boxes[at + 3] = (dy < 0 ? fromY : toY) >> 1
    vertexOf[edge] = vertex
    edge += 1
    following[edge - 1] = edge
    fromX = toX
    fromY = toY
    beforeX = dx
    beforeY = dy
  }
  following[edge - 1] = firstEdge
  edgeCount = edge
  return true
}

/** Whether all coordinates lie so close together that products of their differences are exact. */
function isExact(): boolean {
  let minX = boxes[0] as number
  let minY = boxes[1] as number
  let maxX = minX
  let maxY = minY
  for (let at = 0; at < 4 * edgeCount; at += 4) {
    const x = boxes[at] as number
    const y = boxes[at + 1] as number
    const toX = boxes[at + 2] as number
    const toY = boxes[at + 3] as number
    if (x < minX) minX = x
    if (y < minY) minY = y
    if (toX > maxX) maxX = toX
    if (toY > maxY) maxY = toY
  }
  return maxX - minX < WIDEST_STEPS / 2 - 1 && maxY - minY < WIDEST_STEPS / 2 - 1
}

const areEdgesApart = (): boolean =>
  edgeCount <= FEW_EDGES ? edgesAmong(0, edgeCount) : (growTree(), isApartBelow(levelStart.length - 1, 0))

/** Edges `first … end` are apart from each other. */
function edgesAmong(first: number, end: number): boolean {
  for (let edge = first; edge < end - 1; edge += 1) if (!edgeApart(edge, edge + 1, end)) return false
  return true
}

/** One edge is apart from edges `first … end`. */
function edgeApart(edge: number, first: number, end: number): boolean {
  const all = boxes
  const minX = all[4 * edge] as number
  const minY = all[4 * edge + 1] as number
  const maxX = all[4 * edge + 2] as number
  const maxY = all[4 * edge + 3] as number
  for (let other = first; other < end; other += 1) {
    const at = other << 2
    // one of the differences is negative where the boxes are apart
    const gap =
      (maxX - (all[at] as number)) |
      (maxY - (all[at + 1] as number)) |
      ((all[at + 2] as number) - minX) |
      ((all[at + 3] as number) - minY)
    if (gap >= 0 && !pairApart(edge, other)) return false
  }
  return true
}

/** Neighbours in a ring meet in the vertex that they share, which was looked at when the ring was read; others may not meet. */
function pairApart(one: number, other: number): boolean {
  if (following[one] === other || following[other] === one) return true
  const xy = coordinates
  const from = 2 * (vertexOf[one] as number)
  const to = 2 * (vertexOf[other] as number)
  const ax = xy[from] as number
  const ay = xy[from + 1] as number
  const bx = xy[from + 2] as number
  const by = xy[from + 3] as number
  const cx = xy[to] as number
  const cy = xy[to + 1] as number
  const ex = xy[to + 2] as number
  const ey = xy[to + 3] as number
  if ((cx > ax && cx > bx && ex > ax && ex > bx) || (cx < ax && cx < bx && ex < ax && ex < bx)) return true
  if ((cy > ay && cy > by && ey > ay && ey > by) || (cy < ay && cy < by && ey < ay && ey < by)) return true
  const begins = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
  const ends = (bx - ax) * (ey - ay) - (by - ay) * (ex - ax)
  if ((begins > 0 && ends > 0) || (begins < 0 && ends < 0)) return true
  const starts = (ex - cx) * (ay - cy) - (ey - cy) * (ax - cx)
  const stops = (ex - cx) * (by - cy) - (ey - cy) * (bx - cx)
  return (starts > 0 && stops > 0) || (starts < 0 && stops < 0)
}

/** Boxes of blocks of edges that follow each other, then of two blocks, of four, up to one box around all. */
function growTree(): void {
  const blocks = Math.ceil(edgeCount / BLOCK)
  if (directions.length < blocks) {
    directions = new Uint8Array(2 * blocks)
    tree = new Int32Array(4 * (4 * blocks + 64))
  }
  for (let block = 0; block < blocks; block += 1) {
    const end = Math.min(edgeCount, (block + 1) * BLOCK)
    boxOfBoxes(boxes, block * BLOCK, end, tree, block)
    directions[block] = directionsOf(block * BLOCK, end)
  }
  levelStart = [0]
  levelSize = [blocks]
  pairsLeft = PAIRS_PER_EDGE * edgeCount
  for (let size = blocks, start = 0; size > 1;) {
    const above = start + size
    const parents = (size + 1) >> 1
    for (let node = 0; node < parents; node += 1) {
      boxOfBoxes(tree, start + 2 * node, start + Math.min(size, 2 * node + 2), tree, above + node)
    }
    levelStart.push(above)
    levelSize.push(parents)
    start = above
    size = parents
  }
}

/** The directions that all edges of a block share; none where a ring ends in it. */
function directionsOf(first: number, end: number): number {
  const xy = coordinates
  let shared = EAST | WEST | NORTH | SOUTH
  for (let edge = first; edge < end && shared !== 0; edge += 1) {
    const at = 2 * (vertexOf[edge] as number)
    const dx = (xy[at + 2] as number) - (xy[at] as number)
    const dy = (xy[at + 3] as number) - (xy[at + 1] as number)
    shared &= (dx > 0 ? EAST : 0) | (dx < 0 ? WEST : 0) | (dy > 0 ? NORTH : 0) | (dy < 0 ? SOUTH : 0)
    if (edge + 1 < end && following[edge] !== edge + 1) shared = 0
  }
  return shared
}

/** All edges below a node are apart from each other. */
function isApartBelow(level: number, node: number): boolean {
  if (level === 0) {
    return directions[node] !== 0 || edgesAmong(node * BLOCK, Math.min(edgeCount, (node + 1) * BLOCK))
  }
  const left = 2 * node
  if (!isApartBelow(level - 1, left)) return false
  if (left + 1 >= (levelSize[level - 1] as number)) return true
  return isApartBelow(level - 1, left + 1) && areNodesApart(level - 1, left, left + 1)
}

/** All edges below one node are apart from all below another, which comes later. */
function areNodesApart(level: number, one: number, other: number): boolean {
  const start = levelStart[level] as number
  const a = 4 * (start + one)
  const b = 4 * (start + other)
  const gap =
    ((tree[a + 2] as number) - (tree[b] as number)) |
    ((tree[a + 3] as number) - (tree[b + 1] as number)) |
    ((tree[b + 2] as number) - (tree[a] as number)) |
    ((tree[b + 3] as number) - (tree[a + 1] as number))
  if (gap < 0) return true
  if (level === 0) return areBlocksApart(one, other)
  const size = levelSize[level - 1] as number
  for (let left = 2 * one; left < 2 * one + 2 && left < size; left += 1) {
    for (let right = 2 * other; right < 2 * other + 2 && right < size; right += 1) {
      if (!areNodesApart(level - 1, left, right)) return false
    }
  }
  return true
}

function areBlocksApart(one: number, other: number): boolean {
  const end = (one + 1) * BLOCK
  // two blocks that go on in the same direction are one line that never turns back
  if (other === one + 1 && ((directions[one] as number) & (directions[other] as number)) !== 0 && following[end - 1] === end) {
    return true
  }
  pairsLeft -= (BLOCK * BLOCK) / 2
  if (pairsLeft < 0) return false
  const otherEnd = Math.min(edgeCount, (other + 1) * BLOCK)
  for (let edge = one * BLOCK; edge < end; edge += 1) if (!edgeApart(edge, other * BLOCK, otherEnd)) return false
  return true
}

/** Holes lie in the shell, which no edge of theirs meets, and their boxes are apart from each other. */
function areHolesInShell(ringOff: Uint32Array, firstRing: number, endRing: number): boolean {
  const around: number[] = []
  let edge = 0
  for (let ring = firstRing; ring < endRing; ring += 1) {
    const vertex = ringOff[ring] as number
    const edges = (ringOff[ring + 1] as number) - vertex - 1
    if (ring > firstRing) {
      if (!isInRing(ringOff[firstRing] as number, ringOff[firstRing + 1] as number, vertex)) return false
      around.push(...boxOfEdges(edge, edge + edges))
    }
    edge += edges
  }
  for (let a = 0; a < around.length; a += 4) {
    for (let b = a + 4; b < around.length; b += 4) {
      const [minX, minY, maxX, maxY] = around.slice(a, a + 4) as [number, number, number, number]
      const isApart =
        maxX < (around[b] as number) ||
        (around[b + 2] as number) < minX ||
        maxY < (around[b + 1] as number) ||
        (around[b + 3] as number) < minY
      if (!isApart) return false
    }
  }
  return true
}

function boxOfEdges(first: number, end: number): [minX: number, minY: number, maxX: number, maxY: number] {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let at = 4 * first; at < 4 * end; at += 4) {
    minX = Math.min(minX, boxes[at] as number)
    minY = Math.min(minY, boxes[at + 1] as number)
    maxX = Math.max(maxX, boxes[at + 2] as number)
    maxY = Math.max(maxY, boxes[at + 3] as number)
  }
  return [minX, minY, maxX, maxY]
}

/** Even–odd rule over the ring of vertices `first … end`; the vertex is known not to lie on it. */
function isInRing(first: number, end: number, vertex: number): boolean {
  const xy = coordinates
  const x = xy[2 * vertex] as number
  const y = xy[2 * vertex + 1] as number
  let isInside = false
  for (let at = 2 * first; at + 2 < 2 * end; at += 2) {
    const ay = (xy[at + 1] as number) - y
    const by = (xy[at + 3] as number) - y
    if (ay > 0 === by > 0) continue
    const ax = (xy[at] as number) - x
    const bx = (xy[at + 2] as number) - x
    if (ax * by - bx * ay > 0 === by > ay) isInside = !isInside
  }
  return isInside
}
