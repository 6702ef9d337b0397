import { edgeStrips, stripAt, type EdgeStrips } from './edge-strips.ts'
import { BLOCK, GROUP, type PartEdges } from './edges.ts'

/**
 * Where no edge of a long boundary comes near a part's box, the part lies in the other polygon with all of its area, mm², or with
 * nothing: so do nearly all parcels inside a red line. Undefined where that cannot be said.
 */
export function wholeOrNothing(
  edges: PartEdges,
  part: number,
  boxes: Int32Array,
  around: PartEdges,
  other: number,
): number | undefined {
  const block = around.firstBlock[other] ?? -1
  const first = edges.offset[part] ?? 0
  if (block < 0 || (edges.offset[part + 1] ?? 0) === first) return undefined
  const minX = boxes[4 * part] ?? 0
  const minY = boxes[4 * part + 1] ?? 0
  const maxX = boxes[4 * part + 2] ?? 0
  const maxY = boxes[4 * part + 3] ?? 0
  const end = block + Math.ceil(((around.offset[other + 1] ?? 0) - (around.offset[other] ?? 0)) / BLOCK)
  const strips = edgeStrips(around, other)
  if (strips) {
    if (isNear(strips, around.blocks, block, minX, minY, maxX, maxY)) return undefined
    return holdsByStrip(around, other, strips, minX, minY) ? areaOf(edges, part, minX, minY) : 0
  }
  const { blocks, groups } = around
  const group = around.firstGroup[other] ?? -1
  for (let at = 4 * block; at < 4 * end; at += 4) {
    const place = at / 4 - block
    if (place % GROUP === 0 && isAway(groups, 4 * (group + place / GROUP), minX, minY, maxX, maxY)) {
      at += 4 * (GROUP - 1)
      continue
    }
    if (!isAway(blocks, at, minX, minY, maxX, maxY)) return undefined
  }
  return holds(around, other, block, minX, minY) ? areaOf(edges, part, minX, minY) : 0
}

/** Whether any block of a boundary meets a box; only strips that the box lies in are looked at. */
function isNear(
  strips: EdgeStrips,
  blocks: Float64Array,
  firstBlock: number,
  minX: number,
  minY: number,
  maxX: number,
  maxY: number,
): boolean {
  const end = strips.offset[stripAt(strips, maxX) + 1] ?? 0
  for (let at = strips.offset[stripAt(strips, minX)] ?? 0; at < end; at += 1) {
    if (!isAway(blocks, 4 * (firstBlock + (strips.block[at] ?? 0)), minX, minY, maxX, maxY)) return true
  }
  return false
}

/** Like `holds`, for a boundary in strips. */
function holdsByStrip(edges: PartEdges, part: number, strips: EdgeStrips, x: number, y: number): boolean {
  const { offset, blocks, firstBlock } = edges
  const [first, end] = [offset[part] ?? 0, offset[part + 1] ?? 0]
  const strip = stripAt(strips, x)
  let covers = 0
  for (let at = strips.offset[strip] ?? 0; at < (strips.offset[strip + 1] ?? 0); at += 1) {
    const block = strips.block[at] ?? 0
    const bounds = 4 * ((firstBlock[part] ?? 0) + block)
    if ((blocks[bounds] ?? 0) > x || (blocks[bounds + 1] ?? 0) < x || (blocks[bounds + 3] ?? 0) < y) continue
    const edge = first + block * BLOCK
    covers += coversAbove(edges, edge, Math.min(end, edge + BLOCK), x, y)
  }
  return covers > 0
}

/** Of some edges above a point: what bounds the polygon from above, less what bounds it from below. */
function coversAbove({ ends, sign }: PartEdges, from: number, end: number, x: number, y: number): number {
  let covers = 0
  for (let at = from; at < end; at += 1) {
    const leftX = ends[4 * at] ?? 0
    const rightX = ends[4 * at + 2] ?? 0
    if (leftX > x || rightX <= x) continue
    const leftY = ends[4 * at + 1] ?? 0
    const rightY = ends[4 * at + 3] ?? 0
    if (leftY + ((rightY - leftY) * (x - leftX)) / (rightX - leftX) > y) covers += sign[at] ?? 0
  }
  return covers
}

/** Whether bounds and a box have no place in common. */
const isAway = (bounds: Float64Array, at: number, minX: number, minY: number, maxX: number, maxY: number): boolean =>
  (bounds[at] ?? 0) > maxX || (bounds[at + 1] ?? 0) < minX || (bounds[at + 2] ?? 0) > maxY || (bounds[at + 3] ?? 0) < minY

/** A point that is on no edge: what bounds the polygon above it from above, less what bounds it from below, is one or none. */
function holds(edges: PartEdges, part: number, firstBlock: number, x: number, y: number): boolean {
  const { offset, blocks, groups, firstGroup } = edges
  const first = offset[part] ?? 0
  const end = offset[part + 1] ?? 0
  const group = firstGroup[part] ?? -1
  let covers = 0
  for (let edge = first, block = firstBlock; edge < end; edge += BLOCK, block += 1) {
    const place = block - firstBlock
    const around = 4 * (group + place / GROUP)
    if (place % GROUP === 0 && ((groups[around] ?? 0) > x || (groups[around + 1] ?? 0) < x || (groups[around + 3] ?? 0) < y)) {
      edge += BLOCK * (GROUP - 1)
      block += GROUP - 1
      continue
    }
    const bounds = 4 * block
    if ((blocks[bounds] ?? 0) > x || (blocks[bounds + 1] ?? 0) < x || (blocks[bounds + 3] ?? 0) < y) continue
    covers += coversAbove(edges, edge, Math.min(end, edge + BLOCK), x, y)
  }
  return covers > 0
}

/** Area of a part from its edges, counted from a corner of its box. */
function areaOf({ ends, sign, offset }: PartEdges, part: number, minX: number, minY: number): number {
  let twice = 0
  for (let at = offset[part] ?? 0; at < (offset[part + 1] ?? 0); at += 1) {
    const leftX = (ends[4 * at] ?? 0) - minX
    const rightX = (ends[4 * at + 2] ?? 0) - minX
    twice += (sign[at] ?? 0) * ((ends[4 * at + 1] ?? 0) + (ends[4 * at + 3] ?? 0) - 2 * minY) * (rightX - leftX)
  }
  return twice / 2
}
