import type { LayerColumns } from './columns.ts'
import { cross } from './orientation.ts'
import { branchesOf, LEAF, topOf, type OutlineTree } from './outline-tree.ts'
import { partHolds } from './within.ts'

/** The closest points of two geometries, mm. */
export interface Gap {
  squared: number
  fromX: number
  fromY: number
  toX: number
  toY: number
}

/** Boxes are only skipped when they are farther by more than doubles may lose, so that the order of looking does not matter. */
const SLACK = 1 + 1e-9

/** One part of a feature with the boxes of its edges. */
export interface Outline {
  layer: LayerColumns
  part: number
  tree: OutlineTree
}

/**
 * The gap between two parts if it is at most `limit` (squared mm), else null: 0 where they touch, cross, or one holds the other. Branch and
 * bound over boxes of their edges, the nearest boxes first. Of gaps of equal length that of the first edges counts.
 */
export function gapBetween(a: Outline, b: Outline, limit: number): Gap | null {
  const [ax, ay] = firstVertex(a)
  const [bx, by] = firstVertex(b)
  if (holds(b, ax, ay)) return { squared: 0, fromX: ax, fromY: ay, toX: ax, toY: ay }
  if (holds(a, bx, by)) return { squared: 0, fromX: bx, fromY: by, toX: bx, toY: by }
  const closest = new Closest(a.tree, b.tree, limit)
  closest.search(topOf(a.tree), 0, topOf(b.tree), 0)
  return closest.gap()
}

/** Whether a polygon part holds a point; its box is asked first. */
function holds({ layer, part }: Outline, x: number, y: number): boolean {
  if (layer.kind !== 'polygon') return false
  const [minX = 0, minY = 0, maxX = 0, maxY = 0] = layer.partBox.subarray(4 * part, 4 * part + 4)
  return x >= minX && x <= maxX && y >= minY && y <= maxY && partHolds(layer, part, x, y)
}

function firstVertex({ layer, part }: Outline): [x: number, y: number] {
  const vertex = layer.ringOff[layer.partOff[part] ?? 0] ?? 0
  return [layer.xy[2 * vertex] ?? 0, layer.xy[2 * vertex + 1] ?? 0]
}

/** The pair of edges found so far. */
class Closest {
  readonly #a: OutlineTree
  readonly #b: OutlineTree
  #squared: number
  #edgeA = -1
  #edgeB = -1

  constructor(a: OutlineTree, b: OutlineTree, limit: number) {
    this.#a = a
    this.#b = b
    this.#squared = limit
  }

  gap(): Gap | null {
    return this.#edgeA === -1 ? null : segmentGap(this.#a.values, 4 * this.#edgeA, this.#b.values, 4 * this.#edgeB)
  }

  /** Looks below two boxes for edges that are closer than those found. */
  search(levelA: number, boxA: number, levelB: number, boxB: number): void {
    if (levelA === 0 && levelB === 0) return this.#edges(boxA, boxB)
    // the box that stands higher is opened, so that both get small together
    const isA = levelA >= levelB
    const [tree, level, box] = isA ? [this.#a, levelA, boxA] : [this.#b, levelB, boxB]
    const [from, to] = branchesOf(tree, level, box)
    const branches: { branch: number; squared: number }[] = []
    for (let branch = from; branch < to; branch += 1) {
      const squared = isA
        ? boxGap(this.#a, levelA - 1, branch, this.#b, levelB, boxB)
        : boxGap(this.#a, levelA, boxA, this.#b, levelB - 1, branch)
      if (squared <= this.#squared * SLACK) branches.push({ branch, squared })
    }
    branches.sort((one, other) => one.squared - other.squared || one.branch - other.branch)
    for (const { branch, squared } of branches) {
      if (squared > this.#squared * SLACK || (this.#squared === 0 && this.#edgeA !== -1)) return
      if (isA) this.search(levelA - 1, branch, levelB, boxB)
      else this.search(levelA, boxA, levelB - 1, branch)
    }
  }

  #edges(leafA: number, leafB: number): void {
    const [a, b] = [this.#a.values, this.#b.values]
    const [endA, endB] = [Math.min(this.#a.edges, (leafA + 1) * LEAF), Math.min(this.#b.edges, (leafB + 1) * LEAF)]
    for (let edgeA = leafA * LEAF; edgeA < endA; edgeA += 1) {
      for (let edgeB = leafB * LEAF; edgeB < endB; edgeB += 1) {
        if (edgeBoxGap(a, 4 * edgeA, b, 4 * edgeB) > this.#squared * SLACK) continue
        const squared = segmentGapSquared(a, 4 * edgeA, b, 4 * edgeB)
        if (squared > this.#squared) continue
        if (squared === this.#squared && this.#edgeA !== -1 && !this.#isEarlier(edgeA, edgeB)) continue
        this.#squared = squared
        this.#edgeA = edgeA
        this.#edgeB = edgeB
      }
    }
  }

  #isEarlier(edgeA: number, edgeB: number): boolean {
    return edgeA < this.#edgeA || (edgeA === this.#edgeA && edgeB < this.#edgeB)
  }
}

/** Squared distance of two boxes; 0 where they meet. */
function boxGap(a: OutlineTree, levelA: number, boxA: number, b: OutlineTree, levelB: number, boxB: number): number {
  const [one, other] = [a.values, b.values]
  const [i, j] = [4 * ((a.levels[levelA] ?? 0) + boxA), 4 * ((b.levels[levelB] ?? 0) + boxB)]
  const dx = Math.max(0, (other[j] ?? 0) - (one[i + 2] ?? 0), (one[i] ?? 0) - (other[j + 2] ?? 0))
  const dy = Math.max(0, (other[j + 1] ?? 0) - (one[i + 3] ?? 0), (one[i + 1] ?? 0) - (other[j + 3] ?? 0))
  return dx * dx + dy * dy
}

/** The same of the boxes around two edges. */
function edgeBoxGap(a: Int32Array, i: number, b: Int32Array, j: number): number {
  const dx = apart(a[i] ?? 0, a[i + 2] ?? 0, b[j] ?? 0, b[j + 2] ?? 0)
  const dy = apart(a[i + 1] ?? 0, a[i + 3] ?? 0, b[j + 1] ?? 0, b[j + 3] ?? 0)
  return dx * dx + dy * dy
}

/** How far apart two ranges are, whose ends are in any order. */
const apart = (one: number, end: number, other: number, otherEnd: number): number =>
  Math.max(0, Math.min(other, otherEnd) - Math.max(one, end), Math.min(one, end) - Math.max(other, otherEnd))

/** The closest points of two segments: where they cross, or an end of one and its foot on the other. */
function segmentGap(a: Int32Array, i: number, b: Int32Array, j: number): Gap {
  const [px, py, qx, qy] = [a[i] ?? 0, a[i + 1] ?? 0, a[i + 2] ?? 0, a[i + 3] ?? 0]
  const [rx, ry, sx, sy] = [b[j] ?? 0, b[j + 1] ?? 0, b[j + 2] ?? 0, b[j + 3] ?? 0]
  const [dx, dy, ex, ey] = [qx - px, qy - py, sx - rx, sy - ry]
  if (doCross(px, py, dx, dy, rx, ry, ex, ey)) {
    const p = cross(ex, ey, px - rx, py - ry)
    const q = cross(ex, ey, qx - rx, qy - ry)
    const [x, y] = [px + (p / (p - q)) * dx, py + (p / (p - q)) * dy]
    return { squared: 0, fromX: x, fromY: y, toX: x, toY: y }
  }
  const ends = [
    foot(px, py, rx, ry, ex, ey),
    foot(qx, qy, rx, ry, ex, ey),
    turned(foot(rx, ry, px, py, dx, dy)),
    turned(foot(sx, sy, px, py, dx, dy)),
  ]
  return ends.reduce((best, each) => (each.squared < best.squared ? each : best))
}

/** The same without the points: what is asked of most pairs. */
function segmentGapSquared(a: Int32Array, i: number, b: Int32Array, j: number): number {
  const [px, py, qx, qy] = [a[i] ?? 0, a[i + 1] ?? 0, a[i + 2] ?? 0, a[i + 3] ?? 0]
  const [rx, ry, sx, sy] = [b[j] ?? 0, b[j + 1] ?? 0, b[j + 2] ?? 0, b[j + 3] ?? 0]
  const [dx, dy, ex, ey] = [qx - px, qy - py, sx - rx, sy - ry]
  if (doCross(px, py, dx, dy, rx, ry, ex, ey)) return 0
  return Math.min(
    footSquared(px, py, rx, ry, ex, ey),
    footSquared(qx, qy, rx, ry, ex, ey),
    footSquared(rx, ry, px, py, dx, dy),
    footSquared(sx, sy, px, py, dx, dy),
  )
}

/** Whether the segment from (px, py) along (dx, dy) goes through the one from (rx, ry) along (ex, ey); touching is not going through. */
function doCross(px: number, py: number, dx: number, dy: number, rx: number, ry: number, ex: number, ey: number): boolean {
  const r = cross(dx, dy, rx - px, ry - py)
  const s = cross(dx, dy, rx + ex - px, ry + ey - py)
  if (!((r > 0 && s < 0) || (r < 0 && s > 0))) return false
  const p = cross(ex, ey, px - rx, py - ry)
  const q = cross(ex, ey, px + dx - rx, py + dy - ry)
  return (p > 0 && q < 0) || (p < 0 && q > 0)
}

/** From a point to the closest point of a segment that begins at (x, y) and goes (dx, dy). */
function foot(px: number, py: number, x: number, y: number, dx: number, dy: number): Gap {
  const length2 = dx * dx + dy * dy
  const share = length2 === 0 ? 0 : Math.max(0, Math.min(1, ((px - x) * dx + (py - y) * dy) / length2))
  const [toX, toY] = [x + share * dx, y + share * dy]
  return { squared: (toX - px) ** 2 + (toY - py) ** 2, fromX: px, fromY: py, toX, toY }
}

function footSquared(px: number, py: number, x: number, y: number, dx: number, dy: number): number {
  const length2 = dx * dx + dy * dy
  const share = length2 === 0 ? 0 : Math.max(0, Math.min(1, ((px - x) * dx + (py - y) * dy) / length2))
  return (x + share * dx - px) ** 2 + (y + share * dy - py) ** 2
}

const turned = ({ squared, fromX, fromY, toX, toY }: Gap): Gap => ({ squared, fromX: toX, fromY: toY, toX: fromX, toY: fromY })
