import type { LayerColumns } from './columns.ts'

/** Edges per block; rings with more than `LONG` edges have blocks, so that far ones are skipped at once. */
export const RING_BLOCK = 32
/** Blocks per group: the boundary of a red line has thousands of blocks. */
const GROUP = 32
const LONG = 128

/** Boxes of blocks of edges, for the rings that are long enough to need them. */
export interface RingBlocks {
  /** First block of a ring; −1 for short rings. */
  first: Int32Array
  /** minX, minY, maxX, maxY of each block. */
  boxes: Int32Array
  /** The same for the groups of each ring's blocks. */
  firstGroup: Int32Array
  groups: Int32Array
}

/** Whether a box of a list and a box have no place in common. */
export const isAway = (boxes: Int32Array, at: number, minX: number, minY: number, maxX: number, maxY: number): boolean =>
  (boxes[4 * at] as number) > maxX ||
  (boxes[4 * at + 2] as number) < minX ||
  (boxes[4 * at + 1] as number) > maxY ||
  (boxes[4 * at + 3] as number) < minY

/** Of a ring whose block `block` (counted from its first) is away from a box: the next block that need be looked at. */
export function skipped(
  { firstGroup, groups }: RingBlocks,
  ring: number,
  block: number,
  minX: number,
  minY: number,
  maxX: number,
  maxY: number,
): number {
  if (block % GROUP !== 0) return block + 1
  return isAway(groups, (firstGroup[ring] as number) + block / GROUP, minX, minY, maxX, maxY) ? block + GROUP : block + 1
}

/**
 * Rings `firstRing … endRing` of a coordinate column that bound one piece of ground with the ground on their left: a polygon
 * part, or several merged into one. A view: the clip kernel reads it and keeps nothing of it.
 */
export interface RingSet {
  xy: Int32Array
  ringOff: Uint32Array
  blocks: RingBlocks
  firstRing: number
  endRing: number
  minX: number
  minY: number
  maxX: number
  maxY: number
}

const known = new WeakMap<LayerColumns, RingBlocks>()

const NO_BLOCKS: RingBlocks = {
  first: new Int32Array(0),
  boxes: new Int32Array(0),
  firstGroup: new Int32Array(0),
  groups: new Int32Array(0),
}

/** An empty view, to be pointed at something. */
export const ringSet = (): RingSet => ({
  xy: new Int32Array(0),
  ringOff: new Uint32Array(1),
  blocks: NO_BLOCKS,
  firstRing: 0,
  endRing: 0,
  minX: 0,
  minY: 0,
  maxX: 0,
  maxY: 0,
})

/** Points a view at one polygon part of a layer; the blocks of the layer's rings are computed once. */
export function lookAtPart(view: RingSet, layer: LayerColumns, part: number): void {
  let blocks = known.get(layer)
  if (blocks === undefined) {
    blocks = ringBlocks(layer.xy, layer.ringOff)
    known.set(layer, blocks)
  }
  view.xy = layer.xy
  view.ringOff = layer.ringOff
  view.blocks = blocks
  view.firstRing = layer.partOff[part] as number
  view.endRing = layer.partOff[part + 1] as number
  view.minX = layer.partBox[4 * part] as number
  view.minY = layer.partBox[4 * part + 1] as number
  view.maxX = layer.partBox[4 * part + 2] as number
  view.maxY = layer.partBox[4 * part + 3] as number
}

/** Boxes over the edges of long rings, `RING_BLOCK` at a time, and over groups of them. */
export function ringBlocks(xy: Int32Array, ringOff: Uint32Array): RingBlocks {
  const rings = ringOff.length - 1
  const first = new Int32Array(rings).fill(-1)
  const firstGroup = new Int32Array(rings).fill(-1)
  let blocks = 0
  let groups = 0
  for (let ring = 0; ring < rings; ring += 1) {
    const edges = (ringOff[ring + 1] as number) - (ringOff[ring] as number) - 1
    if (edges <= LONG) continue
    first[ring] = blocks
    firstGroup[ring] = groups
    blocks += Math.ceil(edges / RING_BLOCK)
    groups += Math.ceil(edges / RING_BLOCK / GROUP)
  }
  const boxes = new Int32Array(4 * blocks)
  const groupBoxes = new Int32Array(4 * groups)
  for (let ring = 0; ring < rings && blocks > 0; ring += 1) {
    let block = first[ring] as number
    if (block < 0) continue
    const start = block
    const last = (ringOff[ring + 1] as number) - 1
    for (let edge = ringOff[ring] as number; edge < last; edge += RING_BLOCK, block += 1) {
      setBox(boxes, block, xy, edge, Math.min(last, edge + RING_BLOCK))
    }
    let group = firstGroup[ring] as number
    // corners of boxes are bounded as vertices are
    for (let from = start; from < block; from += GROUP, group += 1) {
      setBox(groupBoxes, group, boxes, 2 * from, 2 * Math.min(block, from + GROUP) - 1)
    }
  }
  return { first, boxes, firstGroup, groups: groupBoxes }
}

/** Box of the vertices `from … to`, both included. */
function setBox(boxes: Int32Array, block: number, xy: Int32Array, from: number, to: number): void {
  let minX = xy[2 * from] as number
  let minY = xy[2 * from + 1] as number
  let maxX = minX
  let maxY = minY
  for (let vertex = from + 1; vertex <= to; vertex += 1) {
    const x = xy[2 * vertex] as number
    const y = xy[2 * vertex + 1] as number
    if (x < minX) minX = x
    if (x > maxX) maxX = x
    if (y < minY) minY = y
    if (y > maxY) maxY = y
  }
  boxes[4 * block] = minX
  boxes[4 * block + 1] = minY
  boxes[4 * block + 2] = maxX
  boxes[4 * block + 3] = maxY
}
