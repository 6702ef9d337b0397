import type { LayerColumns } from './columns.ts'
import { boundaryLedger } from './boundary-ledger.ts'
import { chained } from './chains.ts'
import { ringBlocks, type RingSet } from './ring-set.ts'

/**
 * What bounds the ground of some polygon parts that overlap nowhere: the edges (fromX, fromY, toX, toY, the ground on their
 * left) that no two of them share, from west to east. Exact, because nothing is computed: edges are the same or they are not.
 */
export function boundaryOf(layer: LayerColumns, parts: readonly number[]): Int32Array {
  const ledger = boundaryLedger()
  for (const part of parts) {
    const from = layer.partOff[part] as number
    const end = layer.partOff[part + 1] as number
    ledger.add({ xy: layer.xy, ringOff: layer.ringOff.subarray(from, end + 1) })
  }
  return sorted(ledger.edges())
}

/**
 * Polygon parts that overlap nowhere as one ring set for the clip kernel. Where neighbours share a line but not its vertices,
 * both lines stay, with nothing between them.
 */
export function mergedParts(layer: LayerColumns, parts: readonly number[]): RingSet {
  const rings = chained(boundaryOf(layer, parts))
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
export function sorted(edges: Int32Array): Int32Array {
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
