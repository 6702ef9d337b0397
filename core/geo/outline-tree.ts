import type { LayerColumns } from './columns.ts'
import { geometryOf } from './edited.ts'

/** Edges in a leaf, and branches of a box above the leaves. */
export const LEAF = 8
const FAN = 8

/**
 * The edges of one part in order (ring after ring; a point is an edge without length) under boxes of boxes: level 0 has a box for each
 * run of `LEAF` edges, every level above one for each eight boxes below, the last has one. Millimetres.
 */
export interface OutlineTree {
  /** Four values for each edge: from x, y to x, y; then, level by level, for each box: min x, min y, max x, max y. One piece of memory. */
  values: Int32Array
  edges: number
  /** Where the boxes of each level begin, counted in fours of `values`; the last entry is the end. Shared by trees of as many edges. */
  levels: readonly number[]
}

const known = new WeakMap<object, Map<number, OutlineTree>>()

/** The tree of a part. */
export function treeOf(layer: LayerColumns, part: number): OutlineTree {
  const edges = countEdges(layer, part)
  const levels = levelsOver(edges)
  const values = new Int32Array(4 * (levels.at(-1) ?? 0))
  writeEdges(values, layer, part)
  for (let level = 0; level + 1 < levels.length; level += 1) writeBoxes(values, levels, level)
  return { values, edges, levels }
}

/** The level of the one box over all. */
export const topOf = ({ levels }: OutlineTree): number => levels.length - 2

/** The same, made once for as long as the layer's geometry lives. */
export function outlineTree(layer: LayerColumns, part: number): OutlineTree {
  const ofLayer = known.get(geometryOf(layer)) ?? new Map<number, OutlineTree>()
  known.set(geometryOf(layer), ofLayer)
  const tree = ofLayer.get(part) ?? treeOf(layer, part)
  ofLayer.set(part, tree)
  return tree
}

/** Writes the edges of a part to the beginning of a tree. */
function writeEdges(edges: Int32Array, { partOff, ringOff, xy }: LayerColumns, part: number): void {
  const [firstRing, endRing] = [partOff[part] ?? 0, partOff[part + 1] ?? 0]
  let next = 0
  for (let ring = firstRing; ring < endRing; ring += 1) {
    const [first, end] = [2 * (ringOff[ring] ?? 0), 2 * (ringOff[ring + 1] ?? 0)]
    for (let at = first; at + (end - first === 2 ? 0 : 2) < end; at += 2) {
      const to = Math.min(at + 2, end - 2)
      edges[next] = xy[at] ?? 0
      edges[next + 1] = xy[at + 1] ?? 0
      edges[next + 2] = xy[to] ?? 0
      edges[next + 3] = xy[to + 1] ?? 0
      next += 4
    }
  }
}

/** Edges of a ring are one fewer than its vertices; a point has one without length. */
function countEdges({ partOff, ringOff }: LayerColumns, part: number): number {
  let edges = 0
  for (let ring = partOff[part] ?? 0; ring < (partOff[part + 1] ?? 0); ring += 1) {
    const vertices = (ringOff[ring + 1] ?? 0) - (ringOff[ring] ?? 0)
    edges += vertices === 1 ? 1 : Math.max(0, vertices - 1)
  }
  return edges
}

const levelsKept = new Map<number, readonly number[]>()

/** Where the levels over some edges begin, and where the last ends. */
function levelsOver(edges: number): readonly number[] {
  const found = levelsKept.get(edges)
  if (found) return found
  const levels = [edges, edges + Math.ceil(edges / LEAF)]
  for (let boxes = Math.ceil(edges / LEAF); boxes > 1;) {
    boxes = Math.ceil(boxes / FAN)
    levels.push((levels.at(-1) ?? 0) + boxes)
  }
  levelsKept.set(edges, levels)
  return levels
}

/** One box for each run of boxes, or of edges, whose ends are in any order. `level` is that of the boxes that are made. */
function writeBoxes(values: Int32Array, levels: readonly number[], level: number): void {
  const areEdges = level === 0
  const run = areEdges ? LEAF : FAN
  const below = values.subarray(areEdges ? 0 : 4 * (levels[level - 1] ?? 0), 4 * (levels[level] ?? 0))
  const boxes = values.subarray(4 * (levels[level] ?? 0), 4 * (levels[level + 1] ?? 0))
  for (let box = 0; box < boxes.length; box += 4) {
    let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
    for (let at = box * run; at < Math.min(below.length, (box + 4) * run); at += 4) {
      const [x, y, toX, toY] = [below[at] ?? 0, below[at + 1] ?? 0, below[at + 2] ?? 0, below[at + 3] ?? 0]
      minX = Math.min(minX, x, areEdges ? toX : x)
      minY = Math.min(minY, y, areEdges ? toY : y)
      maxX = Math.max(maxX, toX, areEdges ? x : toX)
      maxY = Math.max(maxY, toY, areEdges ? y : toY)
    }
    boxes[box] = minX
    boxes[box + 1] = minY
    boxes[box + 2] = maxX
    boxes[box + 3] = maxY
  }
}

/** How many boxes lie under box `at` of a level above the leaves, as a range of the level below. */
export const branchesOf = (tree: OutlineTree, level: number, at: number): readonly [from: number, to: number] => [
  at * FAN,
  Math.min((at + 1) * FAN, (tree.levels[level] ?? 0) - (tree.levels[level - 1] ?? 0)),
]
