import { startsOf, type OnLink, type Source } from './attach.ts'
import { MinHeap } from './min-heap.ts'
import { NO_OWNER, type Spread } from './spread.ts'
import type { WalkNetwork } from './walk-network.ts'

/** How the sources of a spread have changed since it was made. */
export interface SourceChange {
  /** Owners that stand elsewhere now, or nowhere. */
  changed: ReadonlySet<number>
  /** Where they stand now. */
  added: readonly Source[]
  /** All sources as they are now, by link. */
  onLink: OnLink
}

/**
 * The spread of changed sources from that of the earlier ones: only nodes that a changed owner had or gets are visited. Distances equal
 * those of `spread` bit for bit, because the least sum along any way does not depend on the order in which ways are tried: what no
 * changed owner had stays reachable as it was, everything else is reached again from its rim. The given spread stays as it is.
 */
export function respread(network: WalkNetwork, before: Spread, { changed, added, onLink }: SourceChange, limit: number): Spread {
  const { offset, to, length } = network.graph
  const [distance, owner] = [before.distance.slice(), before.owner.slice()]
  const queue = new MinHeap()
  const reach = (node: number, far: number, whose: number) => {
    const known = distance[node] ?? 0
    if (far > limit || far > known || (far === known && whose >= (owner[node] ?? NO_OWNER))) return
    distance[node] = far
    owner[node] = whose
    queue.push(far, node)
  }
  const open = forgotten(distance, owner, changed)
  for (const node of open) {
    for (let arc = offset[node] ?? 0; arc < (offset[node + 1] ?? 0); arc += 1) {
      const other = to[arc] ?? 0
      const whose = owner[other] ?? NO_OWNER
      if (whose !== NO_OWNER) reach(node, (distance[other] ?? Infinity) + (length[arc] ?? 0), whose)
    }
    for (const start of startsOf(network, sourcesBeside(network, node, onLink))) {
      if (start.node === node) reach(node, start.already, start.owner)
    }
  }
  for (const { node, already, owner: whose } of startsOf(network, added)) reach(node, already, whose)
  while (queue.size > 0) {
    const far = queue.least
    const node = queue.pop()
    if (far > (distance[node] ?? 0)) continue
    const whose = owner[node] ?? NO_OWNER
    for (let arc = offset[node] ?? 0; arc < (offset[node + 1] ?? 0); arc += 1) {
      reach(to[arc] ?? 0, far + (length[arc] ?? 0), whose)
    }
  }
  return { distance, owner }
}

/** Makes nobody's what changed owners had; names those nodes. */
function forgotten(distance: Float64Array, owner: Uint32Array, changed: ReadonlySet<number>): number[] {
  const open: number[] = []
  for (let node = 0; node < owner.length; node += 1) {
    if (!changed.has(owner[node] ?? NO_OWNER)) continue
    distance[node] = Infinity
    owner[node] = NO_OWNER
    open.push(node)
  }
  return open
}

/** Sources on the links that end at a node. */
function sourcesBeside({ graph }: WalkNetwork, node: number, onLink: OnLink): Source[] {
  const found: Source[] = []
  for (let arc = graph.offset[node] ?? 0; arc < (graph.offset[node + 1] ?? 0); arc += 1) {
    found.push(...(onLink.get(graph.link[arc] ?? 0) ?? []))
  }
  return found
}
