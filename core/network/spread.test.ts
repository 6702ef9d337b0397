import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { graphOf } from './graph.ts'
import { pathFinder } from './path-tree.ts'
import { NO_OWNER, spread, type Start } from './spread.ts'

const cases = fc.integer({ min: 1, max: 12 }).chain((nodes) =>
  fc.record({
    nodes: fc.constant(nodes),
    links: fc.array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1), fc.integer({ min: 0, max: 40 })), { maxLength: 30 }),
    starts: fc.array(fc.tuple(fc.nat(nodes - 1), fc.integer({ min: 0, max: 30 })), { maxLength: 4 }),
    limit: fc.integer({ min: 0, max: 90 }),
    bucket: fc.constantFrom(0.5, 1, 7, 100),
  }),
)

const network = (nodes: number, links: readonly (readonly [number, number, number])[]) =>
  graphOf(nodes, { from: links.map(([u]) => u), to: links.map(([, v]) => v), length: links.map(([, , far]) => far) })

describe('spread', () => {
  it('finds the nearest start of every node, the lower owner when two are as near', () => {
    fc.assert(
      fc.property(cases, ({ nodes, links, starts, limit, bucket }) => {
        const graph = network(nodes, links)
        const begins: Start[] = starts.map(([node, already], owner) => ({ node, already, owner }))
        const finder = pathFinder(graph)
        const ways = begins.map(({ node, already }) => finder.from(node).distance.map((far) => far + already))
        const found = spread(graph, begins, limit, bucket)
        for (let node = 0; node < nodes; node += 1) {
          const best = ways.reduce((least, far) => Math.min(least, far[node] ?? Infinity), Infinity)
          const isNear = best <= limit
          expect(found.distance[node]).toBe(isNear ? best : Infinity)
          expect(found.owner[node]).toBe(isNear ? ways.findIndex((far) => far[node] === best) : NO_OWNER)
        }
      }),
    )
  })

  it('reaches more nodes the longer one may walk', () => {
    fc.assert(
      fc.property(cases, ({ nodes, links, starts, limit }) => {
        const graph = network(nodes, links)
        const begins: Start[] = starts.map(([node, already], owner) => ({ node, already, owner }))
        const [near, far] = [spread(graph, begins, limit), spread(graph, begins, limit + 10)]
        const changed = near.distance.filter((distance, node) => distance < Infinity && far.distance[node] !== distance)
        expect([...changed]).toEqual([])
      }),
    )
  })
})
