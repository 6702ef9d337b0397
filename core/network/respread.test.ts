import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layerFromSketches } from '../geo/build.ts'
import { byLink, startsOf, type Source } from './attach.ts'
import { packedGates, PackedByLink, sourcesAt } from './packed-sources.ts'
import { respread } from './respread.ts'
import { spread } from './spread.ts'
import { walkNetwork, type WalkNetwork } from './walk-network.ts'

const LIMIT_M = 900

/** Streets of a grid of 100 m, some of them missing: walks are of equal length in many places, and some places cannot be reached. */
const streets = fc
  .array(fc.tuple(fc.nat(6), fc.nat(6), fc.boolean()), { minLength: 5, maxLength: 60 })
  .map((list) => list.map(([x, y, isEast]) => [100 * x, 100 * y, 100 * (x + (isEast ? 1 : 0)), 100 * (y + (isEast ? 0 : 1))]))
  .map((lines) =>
    walkNetwork(
      layerFromSketches(
        'road_network',
        lines.map(([x = 0, y = 0, toX = 0, toY = 0]) => ({
          line: [
            [x, y],
            [toX, toY],
          ],
        })),
      ),
      { snapM: 1 },
    ),
  )

/** Places of some owners, by numbers that any network can take. */
const gate = fc.record({ link: fc.nat(1000), share: fc.constantFrom(0, 0.25, 0.5, 1), offM: fc.constantFrom(0, 10, 50) })
const owners = fc.array(fc.array(gate, { maxLength: 3 }), { minLength: 1, maxLength: 6 })
const changes = fc.array(fc.tuple(fc.nat(7), fc.array(gate, { maxLength: 3 })), { minLength: 1, maxLength: 5 })

type Gate = { link: number; share: number; offM: number }

const sourcesOf = ({ graph }: WalkNetwork, lists: readonly (readonly Gate[])[]): Source[] =>
  lists.flatMap((list, owner) => list.map((each) => ({ at: { ...each, link: each.link % graph.links }, owner })))

describe('a spread made anew of an earlier one', () => {
  it('equals a whole spread bit for bit, after any number of changes', () => {
    fc.assert(
      fc.property(streets, owners, fc.array(changes, { minLength: 1, maxLength: 3 }), (network, first, steps) => {
        let lists: readonly (readonly Gate[])[] = first
        let near = spread(network.graph, startsOf(network, sourcesOf(network, lists)), LIMIT_M)
        for (const step of steps) {
          const next = Array.from(
            { length: Math.max(lists.length, ...step.map(([owner]) => owner + 1)) },
            (_, owner) => lists[owner] ?? [],
          )
          for (const [owner, gates] of step) next[owner] = gates
          const changed = new Set(step.map(([owner]) => owner))
          const sources = sourcesOf(network, next)
          const before = { distance: near.distance.slice(), owner: near.owner.slice() }
          const made = respread(
            network,
            near,
            { changed, added: sources.filter(({ owner }) => changed.has(owner)), onLink: byLink(sources) },
            LIMIT_M,
          )
          expect(near).toEqual(before)
          expect(made).toEqual(spread(network.graph, startsOf(network, sources), LIMIT_M))
          near = made
          lists = next
        }
      }),
      { numRuns: 500 },
    )
  })

  it('is the same spread where nothing has changed', () => {
    fc.assert(
      fc.property(streets, owners, (network, lists) => {
        const sources = sourcesOf(network, lists)
        const near = spread(network.graph, startsOf(network, sources), LIMIT_M)
        expect(respread(network, near, { changed: new Set(), added: [], onLink: byLink(sources) }, LIMIT_M)).toEqual(near)
      }),
    )
  })
})

describe('packed sources', () => {
  it('are the sources that were packed, by owner and by link', () => {
    fc.assert(
      fc.property(streets, owners, (network, lists) => {
        const sources = sourcesOf(network, lists)
        const unpacked = lists.flatMap((_, owner) =>
          sourcesAt(packedGates(sources.filter((source) => source.owner === owner).map(({ at }) => at)), owner),
        )
        expect(unpacked).toEqual(sources)
        const [packed, plain] = [new PackedByLink(sources, network.graph.links), byLink(sources)]
        for (let link = 0; link < network.graph.links; link += 1) expect(packed.get(link)).toEqual(plain.get(link))
      }),
    )
  })
})
