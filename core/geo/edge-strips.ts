import { BLOCK, type PartEdges } from './edges.ts'

/** Blocks of a long boundary by the upright strips of ground that they meet: whoever looks along one strip sees a few blocks only. */
export interface EdgeStrips {
  fromX: number
  width: number
  /** Blocks of strip s, counted from the part's first one: `block[offset[s]] … block[offset[s + 1] − 1]`. */
  offset: Uint32Array
  block: Uint32Array
}

/** Boundaries with fewer blocks are looked through as they are. */
const FEW_BLOCKS = 64
const MOST_STRIPS = 2048

const known = new WeakMap<PartEdges, Map<number, EdgeStrips | null>>()

/** The strips of a part, made once; null for a boundary that is not long. */
export function edgeStrips(edges: PartEdges, part: number): EdgeStrips | null {
  const ofEdges = known.get(edges) ?? new Map<number, EdgeStrips | null>()
  known.set(edges, ofEdges)
  const found = ofEdges.get(part)
  if (found !== undefined) return found
  const count = Math.ceil(((edges.offset[part + 1] ?? 0) - (edges.offset[part] ?? 0)) / BLOCK)
  const strips = count < FEW_BLOCKS ? null : stripsOf(edges.blocks, edges.firstBlock[part] ?? 0, count)
  ofEdges.set(part, strips)
  return strips
}

function stripsOf(blocks: Float64Array, first: number, count: number): EdgeStrips {
  let [fromX, toX] = [Infinity, -Infinity]
  for (let block = first; block < first + count; block += 1) {
    fromX = Math.min(fromX, blocks[4 * block] ?? 0)
    toX = Math.max(toX, blocks[4 * block + 1] ?? 0)
  }
  const strips = Math.min(MOST_STRIPS, count)
  const width = Math.max(1, (toX - fromX) / strips)
  const offset = new Uint32Array(strips + 2)
  const place = { fromX, width, offset }
  const each = (visit: (strip: number, block: number) => void) => {
    for (let block = 0; block < count; block += 1) {
      const at = 4 * (first + block)
      const last = stripAt(place, blocks[at + 1] ?? 0)
      for (let strip = stripAt(place, blocks[at] ?? 0); strip <= last; strip += 1) visit(strip, block)
    }
  }
  each((strip) => (offset[strip + 1] = (offset[strip + 1] ?? 0) + 1))
  for (let strip = 0; strip <= strips; strip += 1) offset[strip + 1] = (offset[strip + 1] ?? 0) + (offset[strip] ?? 0)
  const next = offset.slice()
  const block = new Uint32Array(offset[strips + 1] ?? 0)
  each((strip, one) => {
    const at = next[strip] ?? 0
    block[at] = one
    next[strip] = at + 1
  })
  return { ...place, block }
}

/** The strip that an x lies in; the first or the last one for what lies beyond. */
export const stripAt = ({ fromX, width, offset }: Pick<EdgeStrips, 'fromX' | 'width' | 'offset'>, x: number): number =>
  Math.max(0, Math.min(offset.length - 2, Math.floor((x - fromX) / width)))
