import type { HabitatGraph, Heartbeat } from './connectivity.ts'
import { pathFinder } from './path-tree.ts'

/** A link that is not there yet. */
export interface CandidateLink {
  from: number
  to: number
  lengthM: number
}

/** What one more link would bring. */
export interface LinkGain extends CandidateLink {
  /** Added to Σ aᵢ aⱼ p*ᵢⱼ, m⁴; exact for this link alone. */
  gain: number
  /** The same as a share of what there is now. */
  share: number
  /** Share per metre of the link: what a ranking by cost asks for. */
  sharePerM: number
}

/**
 * The gain in connectivity of each candidate link, the greatest per metre first. With a link u–v the best way from s to t is the
 * old one, or goes s–u–v–t or s–v–u–t, so that p* needs no new search. Holds p* of all pairs: 8 bytes × patches².
 */
export function linkGains(
  { graph, areaM2 }: HabitatGraph,
  rate: number,
  candidates: readonly CandidateLink[],
  heartbeat: Heartbeat = () => {},
): LinkGain[] {
  const { nodes } = graph
  const reach = reachOfPairs({ graph }, rate)
  let now = 0
  for (let s = 0; s < nodes; s += 1) {
    for (let t = 0; t < nodes; t += 1) now += (areaM2[s] ?? 0) * (areaM2[t] ?? 0) * (reach[s * nodes + t] ?? 0)
  }
  const gains = candidates.map((candidate, done): LinkGain => {
    heartbeat(done, candidates.length)
    const gain = gainOf(candidate, reach, nodes, areaM2, rate)
    const share = now > 0 ? gain / now : 0
    return { ...candidate, gain, share, sharePerM: candidate.lengthM > 0 ? share / candidate.lengthM : share }
  })
  return gains.toSorted((one, other) => other.sharePerM - one.sharePerM || one.from - other.from || one.to - other.to)
}

function gainOf(
  { from, to, lengthM }: CandidateLink,
  reach: Float64Array,
  nodes: number,
  areaM2: ArrayLike<number>,
  rate: number,
): number {
  const over = Math.exp(-rate * lengthM)
  let gain = 0
  for (let s = 0; s < nodes; s += 1) {
    const [toFrom, toTo] = [(reach[s * nodes + from] ?? 0) * over, (reach[s * nodes + to] ?? 0) * over]
    // nobody gains by a detour from where the link's nearer end is farther than its other end is by the link
    if (toFrom <= (reach[s * nodes + to] ?? 0) && toTo <= (reach[s * nodes + from] ?? 0)) continue
    let sum = 0
    for (let t = 0; t < nodes; t += 1) {
      const known = reach[s * nodes + t] ?? 0
      const best = Math.max(toFrom * (reach[to * nodes + t] ?? 0), toTo * (reach[from * nodes + t] ?? 0))
      if (best > known) sum += (areaM2[t] ?? 0) * (best - known)
    }
    gain += (areaM2[s] ?? 0) * sum
  }
  return gain
}

/** p* of every pair, row by row. */
function reachOfPairs({ graph }: Pick<HabitatGraph, 'graph'>, rate: number): Float64Array {
  const { nodes } = graph
  const finder = pathFinder(graph)
  const reach = new Float64Array(nodes * nodes)
  for (let source = 0; source < nodes; source += 1) {
    finder.from(source).distance.forEach((far, node) => {
      reach[source * nodes + node] = Math.exp(-rate * far)
    })
  }
  return reach
}
