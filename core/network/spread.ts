import { BucketQueue, NOTHING } from './bucket-queue.ts'
import type { Graph } from './graph.ts'

export const NO_OWNER = 0xffffffff

/** Where a spread begins: a node, how far it already is (from a gate to the road, say), and whose start it is. */
export interface Start {
  node: number
  already: number
  owner: number
}

/** For every node how far the nearest start is (Infinity beyond the limit) and whose it is (`NO_OWNER`). */
export interface Spread {
  distance: Float64Array
  owner: Uint32Array
}

/**
 * Least distances from many starts at once, up to a limit: service areas with the allocation of every node to its nearest
 * service. Of equally near owners the lower number wins, so that the answer depends on nothing but the graph and the starts.
 *
 * Nodes wait in buckets of `bucket` units, in which they may be corrected again, so that the result is exact for any width; one
 * near the mean length of links is fast.
 */
export function spread(graph: Graph, starts: readonly Start[], limit: number, bucket = meanLength(graph)): Spread {
  const { nodes, offset, to, length } = graph
  const distance = new Float64Array(nodes).fill(Infinity)
  const owner = new Uint32Array(nodes).fill(NO_OWNER)
  const queue = queueFor(bucket, longest(length), starts)
  const offer = (node: number, far: number, whose: number) => {
    if (far > limit) return
    const known = distance[node] ?? 0
    if (far > known || (far === known && whose >= (owner[node] ?? NO_OWNER))) return
    distance[node] = far
    owner[node] = whose
    queue.push(far, node)
  }
  for (const { node, already, owner: whose } of starts) offer(node, already, whose)
  for (let next = queue.pop(); next !== NOTHING; next = queue.pop()) {
    const far = distance[next] ?? 0
    const whose = owner[next] ?? NO_OWNER
    for (let arc = offset[next] ?? 0; arc < (offset[next + 1] ?? 0); arc += 1) {
      offer(to[arc] ?? 0, far + (length[arc] ?? 0), whose)
    }
  }
  return { distance, owner }
}

/** The first pushes are the starts, which may lie farther apart than any link is long. */
function queueFor(bucket: number, longestLink: number, starts: readonly Start[]): BucketQueue {
  const already = starts.map((start) => start.already)
  const first = Math.min(...already)
  return starts.length === 0
    ? new BucketQueue(bucket, 0)
    : new BucketQueue(bucket, Math.max(longestLink, Math.max(...already) - first), first)
}

function meanLength({ length }: Graph): number {
  const sum = length.reduce((total, each) => total + each, 0)
  return sum > 0 ? sum / length.length : 1
}

const longest = (length: Float64Array): number => length.reduce((most, each) => Math.max(most, each), 0)
