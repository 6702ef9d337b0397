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
 * Nodes wait in a ring of buckets of `bucket` units (R. B. Dial, Communications of the ACM 12, 1969); within a bucket they may be
 * corrected again, so that the result is exact for any bucket width. A width near the mean length of links is fast.
 */
export function spread(graph: Graph, starts: readonly Start[], limit: number, bucket = meanLength(graph)): Spread {
  const { nodes, offset, to, length } = graph
  const distance = new Float64Array(nodes).fill(Infinity)
  const owner = new Uint32Array(nodes).fill(NO_OWNER)
  const queue = bucketRing(bucket, longest(length), starts)
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

const NOTHING = -1

/** A ring of stacks: an entry `far` away lies in stack `far ÷ width`; the ring is long enough that stacks never mix. */
function bucketRing(width: number, longestLink: number, starts: readonly Start[]) {
  const firstFar = starts.reduce((least, { already }) => Math.min(least, already), Infinity)
  const lastFar = starts.reduce((most, { already }) => Math.max(most, already), 0)
  const reach = Math.max(longestLink, Number.isFinite(firstFar) ? lastFar - firstFar : 0)
  const stacks: number[][] = Array.from({ length: Math.ceil(reach / width) + 2 }, () => [])
  let at = Number.isFinite(firstFar) ? Math.floor(firstFar / width) : 0
  let waiting = 0
  return {
    push(far: number, node: number) {
      stacks[Math.floor(far / width) % stacks.length]?.push(node)
      waiting += 1
    },
    /** A node of the nearest stack that is not empty; one that was corrected since may come more than once. */
    pop(): number {
      if (waiting === 0) return NOTHING
      let stack = stacks[at % stacks.length]
      while (stack && stack.length === 0) {
        at += 1
        stack = stacks[at % stacks.length]
      }
      waiting -= 1
      return stack?.pop() ?? NOTHING
    },
  }
}

function meanLength({ length }: Graph): number {
  const sum = length.reduce((total, each) => total + each, 0)
  return sum > 0 ? sum / length.length : 1
}

const longest = (length: Float64Array): number => length.reduce((most, each) => Math.max(most, each), 0)
