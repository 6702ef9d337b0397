/**
 * An undirected graph with lengths, as flat arrays: node v owns arcs `offset[v] … offset[v + 1]`; arc i leads to `to[i]` over
 * link `link[i]` of `length[i]`. Every link is two arcs. Lengths share one unit (metres, seconds, cost) and are not negative.
 */
export interface Graph {
  nodes: number
  links: number
  offset: Uint32Array
  to: Uint32Array
  length: Float64Array
  link: Uint32Array
}

/** Links as parallel columns; parallel links between two nodes and links from a node to itself are allowed. */
export interface Links {
  from: ArrayLike<number>
  to: ArrayLike<number>
  length: ArrayLike<number>
}

/**
 * Packs links into a graph.
 * @throws RangeError when a link names a node outside 0 … nodes − 1, or has a length that is negative or not a number: the
 * caller made the links, so that is a bug.
 */
export function graphOf(nodes: number, { from, to, length }: Links): Graph {
  const links = from.length
  const offset = new Uint32Array(nodes + 1)
  for (let link = 0; link < links; link += 1) {
    const [u = -1, v = -1, far = NaN] = [from[link], to[link], length[link]]
    if (!(u >= 0 && u < nodes && v >= 0 && v < nodes && far >= 0)) throw new RangeError(`link ${link}: ${u} to ${v}, ${far}`)
    offset[u + 1] = (offset[u + 1] ?? 0) + 1
    offset[v + 1] = (offset[v + 1] ?? 0) + 1
  }
  for (let node = 0; node < nodes; node += 1) offset[node + 1] = (offset[node + 1] ?? 0) + (offset[node] ?? 0)
  const next = offset.slice(0, nodes)
  const arcs = { to: new Uint32Array(2 * links), length: new Float64Array(2 * links), link: new Uint32Array(2 * links) }
  const add = (node: number, other: number, link: number) => {
    const arc = next[node] ?? 0
    next[node] = arc + 1
    arcs.to[arc] = other
    arcs.length[arc] = length[link] ?? 0
    arcs.link[arc] = link
  }
  for (let link = 0; link < links; link += 1) {
    add(from[link] ?? 0, to[link] ?? 0, link)
    add(to[link] ?? 0, from[link] ?? 0, link)
  }
  return { nodes, links, offset, ...arcs }
}

/** The connected component of every node, numbered by the first node met, and how many there are. */
export function componentsOf({ nodes, offset, to }: Graph): { component: Uint32Array; count: number } {
  const UNSEEN = 0xffffffff
  const component = new Uint32Array(nodes).fill(UNSEEN)
  const stack: number[] = []
  let count = 0
  for (let root = 0; root < nodes; root += 1) {
    if (component[root] !== UNSEEN) continue
    component[root] = count
    stack.push(root)
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      for (let arc = offset[node] ?? 0; arc < (offset[node + 1] ?? 0); arc += 1) {
        const other = to[arc] ?? 0
        if (component[other] !== UNSEEN) continue
        component[other] = count
        stack.push(other)
      }
    }
    count += 1
  }
  return { component, count }
}
