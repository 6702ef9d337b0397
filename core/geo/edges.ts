import type { LayerColumns } from './columns.ts'

/** Edges per block; a part with more than `LONG` edges is split into blocks so that far ones are skipped at once. */
export const BLOCK = 32
/** Blocks per group: the boundary of a farmland line of a large city has tens of thousands of blocks. */
export const GROUP = 64
const LONG = 128

/**
 * The edges of polygon parts, ready for integration: each goes from left to right (vertical ones enclose nothing and are
 * left out) and carries +1 when it bounds its polygon from above, −1 from below. Coordinates are millimetres.
 */
export interface PartEdges {
  /** leftX, leftY, rightX, rightY of each edge. */
  ends: Int32Array
  sign: Int8Array
  /** Part p owns edges `offset[p] … offset[p+1]`. */
  offset: Uint32Array
  /** First block of a long part; −1 for short parts. */
  firstBlock: Int32Array
  /** minX, maxX, minY, maxY of each block. */
  blocks: Float64Array
  /** First group of a long part; −1 for short parts. */
  firstGroup: Int32Array
  /** minX, maxX, minY, maxY of each group of blocks. */
  groups: Float64Array
}

/** The edges of every part of a polygon layer whose shells are counter-clockwise and holes clockwise; in shared memory. */
export function partEdges(layer: LayerColumns): PartEdges {
  const { xy, ringOff, partOff } = layer
  const parts = partOff.length - 1
  const ends = new Int32Array(new SharedArrayBuffer(8 * xy.length))
  const sign = new Int8Array(new SharedArrayBuffer(xy.length / 2))
  const offset = new Uint32Array(new SharedArrayBuffer(4 * (parts + 1)))
  const upright: Upright[] = []
  let edge = 0
  for (let part = 0; part < parts; part += 1) {
    for (let ring = partOff[part] ?? 0; ring < (partOff[part + 1] ?? 0); ring += 1) {
      const firstOfRing = edge
      for (let at = 2 * (ringOff[ring] ?? 0); at + 2 < 2 * (ringOff[ring + 1] ?? 0); at += 2) {
        const fromX = xy[at] ?? 0
        const toX = xy[at + 2] ?? 0
        if (fromX === toX) {
          upright.push({ edge: Math.max(firstOfRing, edge - 1), fromY: xy[at + 1] ?? 0, toY: xy[at + 3] ?? 0 })
          continue
        }
        // running left, a counter-clockwise shell has its inside below
        const isTop = toX < fromX
        const left = isTop ? at + 2 : at
        const right = isTop ? at : at + 2
        ends[4 * edge] = xy[left] ?? 0
        ends[4 * edge + 1] = xy[left + 1] ?? 0
        ends[4 * edge + 2] = xy[right] ?? 0
        ends[4 * edge + 3] = xy[right + 1] ?? 0
        sign[edge] = isTop ? 1 : -1
        edge += 1
      }
    }
    offset[part + 1] = edge
  }
  return { ends: ends.subarray(0, 4 * edge), sign: sign.subarray(0, edge), offset, ...blocksOf(ends, offset, upright) }
}

/** A vertical edge, and the edge beside it whose block has to reach as far. */
interface Upright {
  edge: number
  fromY: number
  toY: number
}

type Blocks = Pick<PartEdges, 'firstBlock' | 'blocks' | 'firstGroup' | 'groups'>

function blocksOf(ends: Int32Array, offset: Uint32Array, upright: readonly Upright[]): Blocks {
  const firstBlock = new Int32Array(new SharedArrayBuffer(4 * (offset.length - 1))).fill(-1)
  const blocks: number[] = []
  let next = 0
  for (let part = 0; part < firstBlock.length; part += 1) {
    const first = offset[part] ?? 0
    const end = offset[part + 1] ?? 0
    if (end - first <= LONG) continue
    firstBlock[part] = blocks.length / 4
    for (let start = first; start < end; start += BLOCK) {
      let [minX, maxX, minY, maxY] = [Infinity, -Infinity, Infinity, -Infinity]
      for (let edge = start; edge < Math.min(end, start + BLOCK); edge += 1) {
        minX = Math.min(minX, ends[4 * edge] ?? 0)
        maxX = Math.max(maxX, ends[4 * edge + 2] ?? 0)
        minY = Math.min(minY, ends[4 * edge + 1] ?? 0, ends[4 * edge + 3] ?? 0)
        maxY = Math.max(maxY, ends[4 * edge + 1] ?? 0, ends[4 * edge + 3] ?? 0)
      }
      while ((upright[next]?.edge ?? Infinity) < start) next += 1
      for (; (upright[next]?.edge ?? Infinity) < Math.min(end, start + BLOCK); next += 1) {
        minY = Math.min(minY, upright[next]?.fromY ?? minY, upright[next]?.toY ?? minY)
        maxY = Math.max(maxY, upright[next]?.fromY ?? maxY, upright[next]?.toY ?? maxY)
      }
      blocks.push(minX, maxX, minY, maxY)
    }
  }
  return { firstBlock, blocks: inSharedMemory(blocks), ...groupsOf(firstBlock, blocks) }
}

/** Bounds of each run of `GROUP` blocks of a part. */
function groupsOf(firstBlock: Int32Array, blocks: readonly number[]): Pick<PartEdges, 'firstGroup' | 'groups'> {
  const firstGroup = new Int32Array(new SharedArrayBuffer(4 * firstBlock.length)).fill(-1)
  const groups: number[] = []
  const long = Array.from(firstBlock.keys()).filter((part) => (firstBlock[part] ?? -1) >= 0)
  for (const [at, part] of long.entries()) {
    const end = firstBlock[long[at + 1] ?? -1] ?? blocks.length / 4
    firstGroup[part] = groups.length / 4
    for (let start = firstBlock[part] ?? 0; start < end; start += GROUP) {
      let [minX, maxX, minY, maxY] = [Infinity, -Infinity, Infinity, -Infinity]
      for (let bounds = 4 * start; bounds < 4 * Math.min(end, start + GROUP); bounds += 4) {
        minX = Math.min(minX, blocks[bounds] ?? 0)
        maxX = Math.max(maxX, blocks[bounds + 1] ?? 0)
        minY = Math.min(minY, blocks[bounds + 2] ?? 0)
        maxY = Math.max(maxY, blocks[bounds + 3] ?? 0)
      }
      groups.push(minX, maxX, minY, maxY)
    }
  }
  return { firstGroup, groups: inSharedMemory(groups) }
}

function inSharedMemory(values: readonly number[]): Float64Array {
  const shared = new Float64Array(new SharedArrayBuffer(8 * values.length))
  shared.set(values)
  return shared
}
