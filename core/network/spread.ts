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
  for (const { node, already, owner: whose } of starts) {
    const known = distance[node] ?? 0
    if (already > limit || already > known || (already === known && whose >= (owner[node] ?? NO_OWNER))) continue
    distance[node] = already
    owner[node] = whose
    queue.push(already, node)
  }
  for (let next = queue.pop(); next !== NOTHING; next = queue.pop()) {
    const far = distance[next] ?? 0
    const whose = owner[next] ?? NO_OWNER
    const end = offset[next + 1] ?? 0
    for (let arc = offset[next] ?? 0; arc < end; arc += 1) {
      const other = to[arc] ?? 0
      const along = far + (length[arc] ?? 0)
      const known = distance[other] ?? 0
      if (along < known ? along <= limit : along === known && whose < (owner[other] ?? NO_OWNER)) {
        distance[other] = along
        owner[other] = whose
        queue.push(along, other)
      }
    }
  }
  return { distance, owner }
}

/** The first pushes are the starts, which may lie farther apart than any link is long. */
function queueFor(bucket: number, longestLink: number, starts: readonly Start[]): BucketQueue {
  const first = starts.reduce((least, { already }) => Math.min(least, already), Infinity)
  const last = starts.reduce((most, { already }) => Math.max(most, already), 0)
  return starts.length === 0 ? new BucketQueue(bucket, 0) : new BucketQueue(bucket, Math.max(longestLink, last - first), first)
}

function meanLength({ length }: Graph): number {
  const sum = length.reduce((total, each) => total + each, 0)
  return sum > 0 ? sum / length.length : 1
}

const longest = (length: Float64Array): number => length.reduce((most, each) => Math.max(most, each), 0)
