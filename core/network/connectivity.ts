import { distancesFrom } from './all-distances.ts'
import { componentsOf, type Graph } from './graph.ts'
import { pathFinder } from './path-tree.ts'
import { stepSum } from './step-sums.ts'

/** Patches of habitat and the links between them. Links carry distances in metres (edge to edge, or least cost). */
export interface HabitatGraph {
  graph: Graph
  /** The attribute of each patch, usually its area in m². */
  areaM2: ArrayLike<number>
  /** Area of the landscape that PC and IIC refer to, in m². */
  landscapeM2: number
}

/** The distance at which one of `share` individuals arrives: p = exp(−k·d), k = −ln(share) ÷ distance (domain §4.1). */
export const decayRate = (share: number, distanceM: number): number => -Math.log(share) / distanceM

export interface Connectivity {
  /** Σᵢ Σⱼ aᵢ aⱼ p*ᵢⱼ, m⁴. */
  pcNumerator: number
  /** Probability of connectivity, 0 … 1. */
  pc: number
  /** Equivalent connected area √PCnum, m². */
  ecaM2: number
  /** Integral index of connectivity by the number of links on the shortest path, 0 … 1. */
  iic: number
  iicNumerator: number
  components: number
  /** Class coincidence probability Σ (c ÷ Σc)², and the largest component's area in m². */
  ccp: number
  largestComponentM2: number
}

/**
 * PC, ECA and IIC of a habitat graph (Saura & Pascual-Hortal 2007, Landscape and Urban Planning 83; ECA: Saura et al. 2011).
 * p* is the product along the best path, that is exp(−k × least distance); a patch reaches itself with p = 1. Exact: nothing
 * is cut off at a small probability.
 */
export function connectivity({ graph, areaM2, landscapeM2 }: HabitatGraph, rate: number): Connectivity {
  const distances = distancesFrom(graph)
  let pcNumerator = 0
  for (let patch = 0; patch < graph.nodes; patch += 1) {
    const distance = distances(patch)
    const area = areaM2[patch] ?? 0
    let probable = 0
    // A way back is as long as the way there: each pair is met once and counts twice.
    for (let other = patch + 1; other < graph.nodes; other += 1)
      probable += (areaM2[other] ?? 0) * Math.exp(-rate * (distance[other] ?? Infinity))
    pcNumerator += area * (area + 2 * probable)
  }
  const iicNumerator = stepSum(graph, areaM2)
  const landscape = landscapeM2 * landscapeM2
  const parts = { pcNumerator, pc: pcNumerator / landscape, ecaM2: Math.sqrt(pcNumerator) }
  return { ...parts, iicNumerator, iic: iicNumerator / landscape, ...componentAreas(graph, areaM2) }
}

/** What one patch or link is worth: the percentage of PC that is lost without it. */
export interface Importance {
  /** dPC in percent; the sum of the three parts. */
  dPc: Float64Array
  /** The patch's own area; what flows from and to it; what it carries between others. Links have only the last. */
  intra: Float64Array
  flux: Float64Array
  connector: Float64Array
}

export interface Importances {
  pcNumerator: number
  patches: Importance
  /** dPC of each link in percent; all of it is its part as a connector. */
  links: Float64Array
}

/** Told how many of the patches are done; throws to stop. */
export type Heartbeat = (done: number, total: number) => void

/**
 * dPC of every patch with its intra, flux and connector parts (Saura & Rubio 2010, Ecography 33), and of every link. Exact, but
 * without computing all pairs anew for each removal: from one patch, taking out another changes only the distances of the nodes
 * behind it in the tree of shortest paths.
 */
export function importances({ graph, areaM2 }: HabitatGraph, rate: number, heartbeat: Heartbeat = () => {}): Importances {
  const { nodes } = graph
  const finder = pathFinder(graph)
  const patches = { dPc: floats(nodes), intra: floats(nodes), flux: floats(nodes), connector: floats(nodes) }
  const links = floats(graph.links)
  const reach = floats(nodes)
  const lostBehind = (visitAll: (visit: (node: number, after: number) => void) => void): number => {
    let lost = 0
    visitAll((node, after) => {
      lost += (areaM2[node] ?? 0) * ((reach[node] ?? 0) - Math.exp(-rate * after))
    })
    return lost
  }
  let pcNumerator = 0
  for (let source = 0; source < nodes; source += 1) {
    heartbeat(source, nodes)
    const area = areaM2[source] ?? 0
    const { distance, order, reached, parentLink } = finder.from(source)
    let flow = 0
    for (let at = 0; at < reached; at += 1) {
      const node = order[at] ?? 0
      reach[node] = Math.exp(-rate * (distance[node] ?? 0))
      flow += (areaM2[node] ?? 0) * (reach[node] ?? 0)
    }
    pcNumerator += area * flow
    add(patches.intra, source, area * area)
    add(patches.flux, source, area * (flow - area))
    for (let at = 1; at < reached; at += 1) {
      const node = order[at] ?? 0
      const link = parentLink[node] ?? 0
      add(patches.flux, node, area * (areaM2[node] ?? 0) * (reach[node] ?? 0))
      add(patches.connector, node, area * lostBehind((visit) => finder.withoutNode(node, visit)))
      add(links, link, area * lostBehind((visit) => finder.withoutLink(link, visit)))
    }
  }
  heartbeat(nodes, nodes)
  const percent = (values: Float64Array) => values.map((value) => (pcNumerator > 0 ? (100 * value) / pcNumerator : 0))
  const [intra, flux, connector] = [percent(patches.intra), percent(patches.flux), percent(patches.connector)]
  const dPc = intra.map((value, patch) => value + (flux[patch] ?? 0) + (connector[patch] ?? 0))
  return { pcNumerator, patches: { dPc, intra, flux, connector }, links: percent(links) }
}

/** The share of the equivalent connected area that goes with a loss of PC of `dPc` percent: not the same number. */
export const ecaLoss = (dPc: number): number => 1 - Math.sqrt(Math.max(0, 1 - dPc / 100))

/** Figures of a network's form (domain §4.2). Undefined where there are too few patches for them to mean anything. */
export interface Topology {
  /** Closure: loops there are ÷ loops there could be in a plane. */
  alpha: number
  /** Links per patch. */
  beta: number
  /** Links there are ÷ links there could be in a plane. */
  gamma: number
  components: number
}

/** α = (L − V + p) ÷ (2V − 5), β = L ÷ V, γ = L ÷ 3(V − 2) for V patches, L links and p components; needs three patches. */
export function topology(graph: Graph): Topology | undefined {
  const { nodes, links } = graph
  if (nodes < 3) return undefined
  const components = componentsOf(graph).count
  return {
    alpha: (links - nodes + components) / (2 * nodes - 5),
    beta: links / nodes,
    gamma: links / (3 * (nodes - 2)),
    components,
  }
}

const floats = (length: number) => new Float64Array(length)

const add = (values: Float64Array, at: number, amount: number): void => {
  values[at] = (values[at] ?? 0) + amount
}

function componentAreas(graph: Graph, areaM2: ArrayLike<number>) {
  const { component, count } = componentsOf(graph)
  const areas = floats(count)
  component.forEach((of, patch) => add(areas, of, areaM2[patch] ?? 0))
  const all = areas.reduce((sum, area) => sum + area, 0)
  const ccp = all > 0 ? areas.reduce((sum, area) => sum + (area / all) ** 2, 0) : 0
  return { components: count, ccp, largestComponentM2: areas.reduce((most, area) => Math.max(most, area), 0) }
}
