import fc from 'fast-check'
import { expect, it } from 'vitest'
import { layerFromSketches } from '../geo/build.ts'
import { attacher, byLink, reached, startsOf } from './attach.ts'
import { alongLink, catchmentsOf } from './catchments.ts'
import { spread } from './spread.ts'
import { walkNetwork } from './walk-network.ts'

/** Streets of a square grid, 100 m apart, some of them missing. */
const streets = (kept: readonly boolean[]) => {
  const lines: { line: [number, number][] }[] = []
  for (let row = 0; row < 5; row += 1) {
    for (let column = 0; column < 5; column += 1) {
      const [x, y] = [100 * column, 100 * row]
      if (kept[2 * lines.length] !== false) lines.push({ line: [[x, y], [x + 100, y]] }) // prettier-ignore
      if (kept[2 * lines.length + 1] !== false) lines.push({ line: [[x, y], [x, y + 100]] }) // prettier-ignore
    }
  }
  return layerFromSketches('road_network', lines)
}

const place = fc.tuple(fc.integer({ min: -40, max: 540 }), fc.integer({ min: -40, max: 540 }))

it('catchments one by one reach what a spread from the same sources reaches, and as near', () => {
  fc.assert(
    fc.property(
      fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }),
      fc.array(fc.array(place, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
      fc.array(place, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 20, max: 700 }),
      (kept, groups, people, limit) => {
        const network = walkNetwork(streets(kept), { snapM: 1 })
        const attach = attacher(network, 200)
        const search = catchmentsOf(network)
        const at = (points: readonly (readonly [number, number])[]) =>
          points.flatMap(([x, y]) => attach(1000 * x, 1000 * y) ?? [])
        for (const [owner, points] of groups.entries()) {
          const sources = at(points).map((each) => ({ at: each, owner }))
          const all = spread(network.graph, startsOf(network, sources), limit)
          const near = new Map<number, number>()
          search(sources, limit, (link, first, second, onLink) => {
            for (const [person, attached] of at(people).entries())
              if (attached.link === link) near.set(person, alongLink(network, link, attached, first, second, onLink))
          })
          for (const [person, attached] of at(people).entries()) {
            const wanted = reached(network, all, byLink(sources), attached, limit).distance
            const far = near.get(person) ?? Infinity
            const found = far <= limit ? far : Infinity
            expect([wanted, found, found === wanted || Math.abs(found - wanted) < 1e-6]).toEqual([wanted, found, true])
          }
        }
      },
    ),
    { numRuns: 60 },
  )
})
