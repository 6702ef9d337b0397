import { byLink, startsOf, type Source } from './attach.ts'
import { MinHeap } from './min-heap.ts'
import type { WalkNetwork } from './walk-network.ts'

/** Visits a link that a catchment touches: how far its two ends are (Infinity beyond the limit), and the sources on it. */
export type VisitLink = (link: number, toFirst: number, toSecond: number, onLink: readonly Source[]) => void

/**
 * Catchments one by one: for each group of sources every link within a limit (m) is visited once, whichever ends of it are in reach.
 * What one search costs is what it reaches, not the size of the network, so that thousands of small ones are cheap.
 */
export function catchmentsOf(network: WalkNetwork): (sources: readonly Source[], limit: number, visit: VisitLink) => void {
  const { graph, ends } = network
  const distance = new Float64Array(graph.nodes).fill(Infinity)
  const seen = new Uint32Array(graph.links)
  let search = 0
  return (sources, limit, visit) => {
    search += 1
    const reachedNodes = settle(network, distance, sources, limit)
    const onLink = byLink(sources)
    const show = (link: number) => {
      if (seen[link] === search) return
      seen[link] = search
      const [first, second] = [distance[ends[2 * link] ?? 0] ?? Infinity, distance[ends[2 * link + 1] ?? 0] ?? Infinity]
      visit(link, first, second, onLink.get(link) ?? [])
    }
    for (const link of onLink.keys()) show(link)
    for (const node of reachedNodes) {
      for (let arc = graph.offset[node] ?? 0; arc < (graph.offset[node + 1] ?? 0); arc += 1) show(graph.link[arc] ?? 0)
    }
    for (const node of reachedNodes) distance[node] = Infinity
  }
}

/** Dijkstra up to a limit; names the nodes that were reached, and leaves their distances in the array. */
function settle(network: WalkNetwork, distance: Float64Array, sources: readonly Source[], limit: number): number[] {
  const { offset, to, length } = network.graph
  const found: number[] = []
  const heap = new MinHeap()
  const reach = (node: number, far: number) => {
    const known = distance[node] ?? Infinity
    if (far > limit || far >= known) return
    if (known === Infinity) found.push(node)
    distance[node] = far
    heap.push(far, node)
  }
  for (const { node, already } of startsOf(network, sources)) reach(node, already)
  while (heap.size > 0) {
    const far = heap.least
    const node = heap.pop()
    if (far > (distance[node] ?? 0)) continue
    for (let arc = offset[node] ?? 0; arc < (offset[node + 1] ?? 0); arc += 1) reach(to[arc] ?? 0, far + (length[arc] ?? 0))
  }
  return found
}

/** How far a place on a link is from the sources of a catchment, its own way to the link included. */
export function alongLink(
  { lengthM }: WalkNetwork,
  link: number,
  { share, offM }: { share: number; offM: number },
  toFirst: number,
  toSecond: number,
  onLink: readonly Source[],
): number {
  const length = lengthM[link] ?? 0
  let least = Math.min(toFirst + share * length, toSecond + (1 - share) * length)
  for (const { at } of onLink) least = Math.min(least, at.offM + Math.abs(at.share - share) * length)
  return least + offM
}
