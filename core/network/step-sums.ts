import type { Graph } from './graph.ts'

/** Roots that are walked together: one bit each. */
const TOGETHER = 32

/**
 * Σᵢ Σⱼ aᵢ aⱼ ÷ (1 + nlᵢⱼ) over all pairs of nodes that are connected, i = j included, nl the least number of links between them: the
 * numerator of IIC. Walks breadth first from 32 roots at once, a bit of a word for each (multi-source BFS: Then et al. 2014,
 * Proceedings of the VLDB Endowment 8).
 */
export function stepSum({ nodes, offset, to }: Graph, amount: ArrayLike<number>): number {
  const seen = new Uint32Array(nodes)
  const [front, coming] = [new Uint32Array(nodes), new Uint32Array(nodes)]
  const at = new Uint32Array(nodes)
  let total = 0
  for (let firstRoot = 0; firstRoot < nodes; firstRoot += TOGETHER) {
    const roots = Math.min(TOGETHER, nodes - firstRoot)
    seen.fill(0)
    let reached = 0
    for (let bit = 0; bit < roots; bit += 1) {
      const root = firstRoot + bit
      seen[root] = front[root] = 1 << bit
      at[reached] = root
      reached += 1
      total += (amount[root] ?? 0) ** 2
    }
    for (let steps = 1; reached > 0; steps += 1) {
      spread(reached)
      reached = settle(firstRoot, steps)
    }
  }
  return total

  /** Hands every root's bit on from the nodes of the front to their neighbours. */
  function spread(reached: number): void {
    for (let index = 0; index < reached; index += 1) {
      const node = at[index] ?? 0
      const bits = front[node] ?? 0
      front[node] = 0
      const end = offset[node + 1] ?? 0
      for (let arc = offset[node] ?? 0; arc < end; arc += 1) {
        const other = to[arc] ?? 0
        coming[other] = (coming[other] ?? 0) | bits
      }
    }
  }

  /** Nodes that some root reaches for the first time become the next front, and are counted for those roots. */
  function settle(firstRoot: number, steps: number): number {
    let reached = 0
    for (let node = 0; node < nodes; node += 1) {
      const fresh = (coming[node] ?? 0) & ~(seen[node] ?? 0)
      coming[node] = 0
      if (fresh === 0) continue
      seen[node] = (seen[node] ?? 0) | fresh
      front[node] = fresh
      at[reached] = node
      reached += 1
      let sum = 0
      for (let bits = fresh; bits !== 0; bits &= bits - 1) sum += amount[firstRoot + 31 - Math.clz32(bits & -bits)] ?? 0
      total += ((amount[node] ?? 0) * sum) / (1 + steps)
    }
    return reached
  }
}
