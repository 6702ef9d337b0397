import type { LayerColumns } from './columns.ts'
import { placeOf } from './boundary-ledger.ts'
import { chained } from './chains.ts'
import { noded } from './noding.ts'
import { ringBlocks, type RingSet } from './ring-set.ts'

/**
 * What bounds the ground of some polygon parts that overlap nowhere: the edges (fromX, fromY, toX, toY, the ground on their
 * left) that no two of them share, from west to east. Exact, because nothing is computed: edges are the same or they are not.
 */
export function boundaryOf(layer: LayerColumns, parts: readonly number[]): Int32Array {
  const { xy, ringOff, partOff } = layer
  let most = 0
  for (const part of parts) {
    most += (ringOff[partOff[part + 1] as number] as number) - (ringOff[partOff[part] as number] as number)
  }
  const edges = new Int32Array(4 * most)
  let length = 0
  for (const part of parts) {
    for (let ring = partOff[part] as number; ring < (partOff[part + 1] as number); ring += 1) {
      for (let at = 2 * (ringOff[ring] as number); at + 2 < 2 * (ringOff[ring + 1] as number); at += 2) {
        for (let axis = 0; axis < 4; axis += 1) edges[length + axis] = xy[at + axis] as number
        length += 4
      }
    }
  }
  return cancelled(edges.subarray(0, length))
}

/** What is left when edges that run opposite to each other cancel, from west to east. */
export function cancelled(edges: Int32Array): Int32Array {
  const count = edges.length / 4
  let slots = 16
  while (slots < 2 * count) slots *= 2
  const mask = slots - 1
  /** 1 + an edge whose place hashes here; one that has met its opposite stays as an obstacle, but counts no more. */
  const table = new Int32Array(slots)
  const gone = new Uint8Array(count)
  let left = count
  for (let edge = 0; edge < count; edge += 1) {
    const at = 4 * edge
    const [fromX, fromY, toX, toY] = [
      edges[at] as number,
      edges[at + 1] as number,
      edges[at + 2] as number,
      edges[at + 3] as number,
    ]
    let slot = placeOf(fromX, fromY, toX, toY) & mask
    let other = table[slot] as number
    while (other !== 0 && !(gone[other - 1] === 0 && isOpposite(edges, 4 * (other - 1), fromX, fromY, toX, toY))) {
      slot = (slot + 1) & mask
      other = table[slot] as number
    }
    if (other === 0) {
      table[slot] = edge + 1
      continue
    }
    gone[other - 1] = 1
    gone[edge] = 1
    left -= 2
  }
  const out = new Int32Array(4 * left)
  let length = 0
  for (let edge = 0; edge < count; edge += 1) {
    if (gone[edge] === 1) continue
    for (let axis = 0; axis < 4; axis += 1) out[length + axis] = edges[4 * edge + axis] as number
    length += 4
  }
  return sorted(out)
}

const isOpposite = (edges: Int32Array, at: number, fromX: number, fromY: number, toX: number, toY: number): boolean =>
  edges[at] === toX && edges[at + 1] === toY && edges[at + 2] === fromX && edges[at + 3] === fromY

/**
 * Polygon parts that overlap nowhere as one ring set for the clip kernel. Lines that neighbours share vanish, also where their
 * vertices differ.
 */
export function mergedParts(layer: LayerColumns, parts: readonly number[]): RingSet {
  const boundary = boundaryOf(layer, parts)
  const cut = noded(boundary)
  const rings = chained(cut === boundary ? boundary : cancelled(cut))
  const ringOff = new Uint32Array(rings.length + 1)
  rings.forEach((ring, at) => {
    ringOff[at + 1] = (ringOff[at] as number) + ring.length / 2
  })
  const xy = new Int32Array(2 * (ringOff[rings.length] as number))
  rings.forEach((ring, at) => xy.set(ring, 2 * (ringOff[at] as number)))
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let at = 0; at < xy.length; at += 2) {
    minX = Math.min(minX, xy[at] as number)
    minY = Math.min(minY, xy[at + 1] as number)
    maxX = Math.max(maxX, xy[at] as number)
    maxY = Math.max(maxY, xy[at + 1] as number)
  }
  return { xy, ringOff, blocks: ringBlocks(xy, ringOff), firstRing: 0, endRing: rings.length, minX, minY, maxX, maxY }
}

/** Edges from west to east, so that what is made of them does not depend on how they were stored. */
function sorted(edges: Int32Array): Int32Array {
  const order = Uint32Array.from({ length: edges.length / 4 }, (_, edge) => edge)
  order.sort((one, other) => {
    for (let at = 0; at < 4; at += 1) {
      const apart = (edges[4 * one + at] as number) - (edges[4 * other + at] as number)
      if (apart !== 0) return apart
    }
    return 0
  })
  const out = new Int32Array(edges.length)
  order.forEach((edge, at) => out.set(edges.subarray(4 * edge, 4 * edge + 4), 4 * at))
  return out
}
