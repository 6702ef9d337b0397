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
  /** Four values for each edge: from x, y to x, y. */
  edges: Int32Array
  /** By level, four values for each box: min x, min y, max x, max y. */
  levels: readonly Int32Array[]
}

const known = new WeakMap<object, Map<number, OutlineTree>>()

/** The tree of a part. */
export const treeOf = (layer: LayerColumns, part: number): OutlineTree => treeOver(edgesOf(layer, part))

/** The same, made once for as long as the layer's geometry lives. */
export function outlineTree(layer: LayerColumns, part: number): OutlineTree {
  const ofLayer = known.get(geometryOf(layer)) ?? new Map<number, OutlineTree>()
  known.set(geometryOf(layer), ofLayer)
  const tree = ofLayer.get(part) ?? treeOf(layer, part)
  ofLayer.set(part, tree)
  return tree
}

function edgesOf({ partOff, ringOff, xy }: LayerColumns, part: number): Int32Array {
  const [firstRing, endRing] = [partOff[part] ?? 0, partOff[part + 1] ?? 0]
  const vertices = (ringOff[endRing] ?? 0) - (ringOff[firstRing] ?? 0)
  const edges = new Int32Array(4 * vertices)
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
  return edges.subarray(0, next)
}

function treeOver(edges: Int32Array): OutlineTree {
  const levels = [boxesOver(edges, LEAF, true)]
  for (let below = levels[0]; below && below.length > 4; below = levels.at(-1)) levels.push(boxesOver(below, FAN, false))
  return { edges, levels }
}

/** One box for each run of boxes, or of edges, whose ends are in any order. */
function boxesOver(below: Int32Array, run: number, areEdges: boolean): Int32Array {
  const boxes = new Int32Array(4 * Math.ceil(below.length / 4 / run))
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
  return boxes
}

/** How many boxes lie under box `at` of a level above the leaves, as a range of the level below. */
export const branchesOf = (tree: OutlineTree, level: number, at: number): readonly [from: number, to: number] => [
  at * FAN,
  Math.min((at + 1) * FAN, (tree.levels[level - 1]?.length ?? 0) / 4),
]
