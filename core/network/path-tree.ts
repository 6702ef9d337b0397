import type { Graph } from './graph.ts'
import { MinHeap } from './min-heap.ts'

export const NO_LINK = 0xffffffff
export const NO_NODE = 0xffffffff

/**
 * The shortest paths from one node to all others, as a tree that can answer what they become without one node or one link.
 * One object serves many roots: its arrays are used again.
 */
export interface PathTree {
  /** Least length from the root to each node; Infinity where there is no way. */
  distance: Float64Array
  /** Reached nodes by distance, the root first; `reached` of them. */
  order: Uint32Array
  reached: number
  /** The node before, and the link over which it is reached; `NO_NODE` and `NO_LINK` at the root. */
  parent: Uint32Array
  parentLink: Uint32Array
  /** Nodes in the order of a walk down the tree: the nodes under v (v first) are `walk[enter[v]] … walk[leave[v] − 1]`. */
  walk: Uint32Array
  enter: Uint32Array
  leave: Uint32Array
}

export interface PathFinder {
  /** Fills the tree from a root. E. W. Dijkstra, Numerische Mathematik 1 (1959), with a four-ary heap. */
  from(root: number): PathTree
  /**
   * Distances from the same root with a node taken out, for the nodes that were reached through it: visits each with its
   * distance before and after (Infinity when it is cut off). Everything else stays as it was.
   */
  withoutNode(node: number, visit: (node: number, after: number) => void): void
  /** The same with a link taken out; visits nothing when no shortest path uses it. */
  withoutLink(link: number, visit: (node: number, after: number) => void): void
}

/** Prepares to find paths in a graph. */
export function pathFinder(graph: Graph): PathFinder {
  const { nodes } = graph
  const tree: PathTree = {
    distance: new Float64Array(nodes),
    order: new Uint32Array(nodes),
    reached: 0,
    parent: new Uint32Array(nodes),
    parentLink: new Uint32Array(nodes),
    walk: new Uint32Array(nodes),
    enter: new Uint32Array(nodes),
    leave: new Uint32Array(nodes),
  }
  const heap = new MinHeap()
  const childOfLink = new Uint32Array(graph.links)
  const next = new Uint32Array(nodes)
  const after = new Float64Array(nodes)
  const repaired = (
    first: number,
    end: number,
    gone: { node: number; link: number },
    visit: (node: number, after: number) => void,
  ) => {
    repair(graph, tree, heap, after, first, end, gone)
    for (let at = first; at < end; at += 1) {
      const node = tree.walk[at] ?? 0
      visit(node, after[node] ?? Infinity)
    }
  }
  return {
    from(root) {
      settle(graph, tree, heap, root)
      walkDown(tree, next)
      childOfLink.fill(NO_NODE)
      for (let at = 1; at < tree.reached; at += 1) {
        const node = tree.order[at] ?? 0
        childOfLink[tree.parentLink[node] ?? 0] = node
      }
      return tree
    },
    withoutNode(node, visit) {
      repaired((tree.enter[node] ?? 0) + 1, tree.leave[node] ?? 0, { node, link: NO_LINK }, visit)
    },
    withoutLink(link, visit) {
      const child = childOfLink[link] ?? NO_NODE
      if (child === NO_NODE) return
      repaired(tree.enter[child] ?? 0, tree.leave[child] ?? 0, { node: NO_NODE, link }, visit)
    },
  }
}

function settle({ offset, to, length, link }: Graph, tree: PathTree, heap: MinHeap, root: number): void {
  const { distance, order, parent, parentLink } = tree
  distance.fill(Infinity)
  heap.clear()
  distance[root] = 0
  parent[root] = NO_NODE
  parentLink[root] = NO_LINK
  heap.push(0, root)
  let reached = 0
  while (heap.size > 0) {
    const far = heap.least
    const node = heap.pop()
    if (far > (distance[node] ?? 0)) continue
    order[reached] = node
    reached += 1
    for (let arc = offset[node] ?? 0; arc < (offset[node + 1] ?? 0); arc += 1) {
      const other = to[arc] ?? 0
      const along = far + (length[arc] ?? 0)
      if (along >= (distance[other] ?? 0)) continue
      distance[other] = along
      parent[other] = node
      parentLink[other] = link[arc] ?? NO_LINK
      heap.push(along, other)
    }
  }
  tree.reached = reached
}

/** Numbers the nodes so that every subtree is one run of the walk. */
function walkDown({ order, reached, parent, walk, enter, leave }: PathTree, next: Uint32Array): void {
  // leave first counts the nodes of each subtree, then becomes the end of its run
  for (let at = 0; at < reached; at += 1) leave[order[at] ?? 0] = 1
  for (let at = reached - 1; at > 0; at -= 1) {
    const node = order[at] ?? 0
    const above = parent[node] ?? 0
    leave[above] = (leave[above] ?? 0) + (leave[node] ?? 0)
  }
  for (let at = 0; at < reached; at += 1) {
    const node = order[at] ?? 0
    const above = parent[node] ?? 0
    const start = at === 0 ? 0 : (next[above] ?? 0)
    if (at > 0) next[above] = start + (leave[node] ?? 0)
    enter[node] = start
    next[node] = start + 1
    walk[start] = node
    leave[node] = start + (leave[node] ?? 0)
  }
}

/** New distances of the walk's run `first … end`, entered from outside the run and spread within it. */
function repair(
  { offset, to, length, link }: Graph,
  { distance, walk, enter }: PathTree,
  heap: MinHeap,
  after: Float64Array,
  first: number,
  end: number,
  gone: { node: number; link: number },
): void {
  heap.clear()
  const isInside = (node: number) => (enter[node] ?? 0) >= first && (enter[node] ?? 0) < end
  for (let at = first; at < end; at += 1) {
    const node = walk[at] ?? 0
    let best = Infinity
    for (let arc = offset[node] ?? 0; arc < (offset[node + 1] ?? 0); arc += 1) {
      const other = to[arc] ?? 0
      if (other === gone.node || link[arc] === gone.link || isInside(other)) continue
      const along = (distance[other] ?? Infinity) + (length[arc] ?? 0)
      if (along < best) best = along
    }
    after[node] = best
    if (best < Infinity) heap.push(best, node)
  }
  while (heap.size > 0) {
    const far = heap.least
    const node = heap.pop()
    if (far > (after[node] ?? 0)) continue
    for (let arc = offset[node] ?? 0; arc < (offset[node + 1] ?? 0); arc += 1) {
      const other = to[arc] ?? 0
      if (link[arc] === gone.link || !isInside(other) || other === gone.node) continue
      const along = far + (length[arc] ?? 0)
      if (along >= (after[other] ?? 0)) continue
      after[other] = along
      heap.push(along, other)
    }
  }
}
