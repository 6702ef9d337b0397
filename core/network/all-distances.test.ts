import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { distancesFrom } from './all-distances.ts'
import { graphOf } from './graph.ts'
import { pathFinder } from './path-tree.ts'
import { stepSum } from './step-sums.ts'

const link = fc.tuple(fc.nat({ max: 11 }), fc.nat({ max: 11 }), fc.constantFrom(0, 0.001, 1, 2.5, 40, 1e6))

it('distances without a heap are the very same as along the tree of shortest paths, whatever the lengths', () => {
  fc.assert(
    fc.property(fc.array(link, { maxLength: 40 }), (links) => {
      const graph = graphOf(12, {
        from: links.map(([from]) => from),
        to: links.map(([, to]) => to),
        length: links.map(([, , length]) => length),
      })
      const [fast, tree] = [distancesFrom(graph), pathFinder(graph)]
      for (let root = 0; root < graph.nodes; root += 1) expect([...fast(root)]).toEqual([...tree.from(root).distance])
    }),
    { numRuns: 300 },
  )
})

it('sums over the least number of links agree with walking from every node by itself', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat({ max: 69 }), fc.nat({ max: 69 })), { maxLength: 120 }), (pairs) => {
      const columns = { from: pairs.map(([from]) => from), to: pairs.map(([, to]) => to), length: pairs.map(() => 1) }
      const graph = graphOf(70, columns)
      const amount = Float64Array.from({ length: 70 }, (_, node) => node + 1)
      const distances = distancesFrom(graph)
      let expected = 0
      for (let root = 0; root < 70; root += 1)
        for (const [node, steps] of distances(root).entries())
          if (steps < Infinity) expected += ((amount[root] ?? 0) * (amount[node] ?? 0)) / (1 + steps)
      expect(stepSum(graph, amount) / expected).toBeCloseTo(1, 12)
    }),
    { numRuns: 100 },
  )
})
