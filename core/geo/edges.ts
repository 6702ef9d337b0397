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
  /** Where the line of a block's edges begins and ends, x of each; NaN where they are not one line. */
  blockPath: Float64Array
  /** First group of a long part; −1 for short parts. */
  firstGroup: Int32Array
  /** minX, maxX, minY, maxY of each group of blocks. */
  groups: Float64Array
  /** The same as `blockPath` for groups. */
  groupPath: Float64Array
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
    for (const ring of ringsByPlace(layer, part)) {
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
  return { ends: ends.subarray(0, 4 * edge), sign: sign.subarray(0, edge), offset, ...blocksOf(ends, sign, offset, upright) }
}

/** With fewer rings their order does not matter. */
const MANY_RINGS = 16
/** Strips into which holes are sorted. */
const STRIPS = 64

/** The rings of a part, many holes by where they lie: blocks of edges that follow each other should cover little ground. */
function ringsByPlace({ xy, ringOff, partOff, partBox }: LayerColumns, part: number): number[] {
  const first = partOff[part] ?? 0
  const rings = Array.from({ length: (partOff[part + 1] ?? 0) - first }, (_, at) => first + at)
  if (rings.length < MANY_RINGS) return rings
  const [fromX, width] = [partBox[4 * part] ?? 0, (partBox[4 * part + 2] ?? 0) - (partBox[4 * part] ?? 0) + 1]
  const xOf = (ring: number) => xy[2 * (ringOff[ring] ?? 0)] ?? 0
  const yOf = (ring: number) => xy[2 * (ringOff[ring] ?? 0) + 1] ?? 0
  const stripOf = (ring: number) => Math.floor(((xOf(ring) - fromX) / width) * STRIPS)
  const holes = rings.slice(1).sort((one, two) => stripOf(one) - stripOf(two) || yOf(one) - yOf(two) || one - two)
  return [first, ...holes]
}

/** A vertical edge, and the edge beside it whose block has to reach as far. */
interface Upright {
  edge: number
  fromY: number
  toY: number
}

type Blocks = Pick<PartEdges, 'firstBlock' | 'blocks' | 'blockPath' | 'firstGroup' | 'groups' | 'groupPath'>

function blocksOf(ends: Int32Array, sign: Int8Array, offset: Uint32Array, upright: readonly Upright[]): Blocks {
  const firstBlock = new Int32Array(new SharedArrayBuffer(4 * (offset.length - 1))).fill(-1)
  let count = 0
  for (let part = 0; part < firstBlock.length; part += 1) {
    const edges = (offset[part + 1] as number) - (offset[part] as number)
    if (edges <= LONG) continue
    firstBlock[part] = count
    count += Math.ceil(edges / BLOCK)
  }
  const blocks = new Float64Array(new SharedArrayBuffer(8 * 4 * count))
  const blockPath = new Float64Array(new SharedArrayBuffer(8 * 2 * count))
  let next = 0
  for (let part = 0; part < firstBlock.length; part += 1) {
    let block = firstBlock[part] as number
    if (block < 0) continue
    const last = offset[part + 1] as number
    for (let start = offset[part] as number; start < last; start += BLOCK, block += 1) {
      const end = Math.min(last, start + BLOCK)
      let [minY, maxY] = boundEdges(ends, start, end, blocks, block)
      while ((upright[next]?.edge ?? Infinity) < start) next += 1
      for (; (upright[next]?.edge ?? Infinity) < end; next += 1) {
        minY = Math.min(minY, upright[next]?.fromY ?? minY, upright[next]?.toY ?? minY)
        maxY = Math.max(maxY, upright[next]?.fromY ?? maxY, upright[next]?.toY ?? maxY)
      }
      blocks[4 * block + 2] = minY
      blocks[4 * block + 3] = maxY
      blockPath.set(lineOf(ends, sign, start, end), 2 * block)
    }
  }
  return { firstBlock, blocks, blockPath, ...groupsOf(firstBlock, blocks, blockPath) }
}

/** Writes the bounds of some edges to a block; answers the lowest and the highest place. */
function boundEdges(ends: Int32Array, start: number, end: number, blocks: Float64Array, block: number): [number, number] {
  let minX = ends[4 * start] as number
  let maxX = ends[4 * start + 2] as number
  let minY = ends[4 * start + 1] as number
  let maxY = minY
  for (let at = 4 * start; at < 4 * end; at += 4) {
    const leftY = ends[at + 1] as number
    const rightY = ends[at + 3] as number
    if ((ends[at] as number) < minX) minX = ends[at] as number
    if ((ends[at + 2] as number) > maxX) maxX = ends[at + 2] as number
    if (leftY < minY) minY = leftY
    if (leftY > maxY) maxY = leftY
    if (rightY < minY) minY = rightY
    if (rightY > maxY) maxY = rightY
  }
  blocks[4 * block] = minX
  blocks[4 * block + 1] = maxX
  return [minY, maxY]
}

/** Where a line of edges begins and ends; NaN where one does not go on where the one before ended: between two rings. */
function lineOf(ends: Int32Array, sign: Int8Array, start: number, end: number): [from: number, to: number] {
  const startX = (edge: number) => ends[4 * edge + ((sign[edge] as number) > 0 ? 2 : 0)] as number
  const endX = (edge: number) => ends[4 * edge + ((sign[edge] as number) > 0 ? 0 : 2)] as number
  for (let edge = start + 1; edge < end; edge += 1) if (startX(edge) !== endX(edge - 1)) return [NaN, NaN]
  return [startX(start), endX(end - 1)]
}

/** Bounds of each run of `GROUP` blocks of a part. */
function groupsOf(
  firstBlock: Int32Array,
  blocks: Float64Array,
  blockPath: Float64Array,
): Pick<PartEdges, 'firstGroup' | 'groups' | 'groupPath'> {
  const firstGroup = new Int32Array(new SharedArrayBuffer(4 * firstBlock.length)).fill(-1)
  const groups: number[] = []
  const paths: number[] = []
  const long = Array.from(firstBlock.keys()).filter((part) => (firstBlock[part] as number) >= 0)
  for (const [at, part] of long.entries()) {
    const end = firstBlock[long[at + 1] ?? -1] ?? blocks.length / 4
    firstGroup[part] = groups.length / 4
    for (let start = firstBlock[part] ?? 0; start < end; start += GROUP) {
      const last = Math.min(end, start + GROUP)
      let [minX, maxX, minY, maxY] = [Infinity, -Infinity, Infinity, -Infinity]
      let isOne = true
      for (let block = start; block < last; block += 1) {
        minX = Math.min(minX, blocks[4 * block] ?? 0)
        maxX = Math.max(maxX, blocks[4 * block + 1] ?? 0)
        minY = Math.min(minY, blocks[4 * block + 2] ?? 0)
        maxY = Math.max(maxY, blocks[4 * block + 3] ?? 0)
        isOne &&= block === start || blockPath[2 * block] === blockPath[2 * block - 1]
      }
      groups.push(minX, maxX, minY, maxY)
      paths.push(...(isOne ? [blockPath[2 * start] ?? NaN, blockPath[2 * last - 1] ?? NaN] : [NaN, NaN]))
    }
  }
  return { firstGroup, groups: inSharedMemory(groups), groupPath: inSharedMemory(paths) }
}

function inSharedMemory(values: readonly number[]): Float64Array {
  const shared = new Float64Array(new SharedArrayBuffer(8 * values.length))
  shared.set(values)
  return shared
}
