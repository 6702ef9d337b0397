import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { connectivity, type HabitatGraph } from './connectivity.ts'
import { graphOf } from './graph.ts'
import { linkGains } from './link-gains.ts'

type Link = [from: number, to: number, length: number]
const RATE = 0.3
const habitat = (areaM2: number[], links: readonly Link[]): HabitatGraph => ({
  graph: graphOf(areaM2.length, { from: links.map(([u]) => u), to: links.map(([, v]) => v), length: links.map(([, , l]) => l) }),
  areaM2,
  landscapeM2: 100,
})

describe('the gain of a link', () => {
  it('is what connectivity rises by when the link is there', () => {
    const cases = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 8 }).chain((areas) => {
      const link = fc.tuple(fc.nat(areas.length - 1), fc.nat(areas.length - 1), fc.integer({ min: 0, max: 9 }))
      return fc.record({
        areas: fc.constant(areas),
        links: fc.array(link, { maxLength: 10 }),
        more: fc.array(link, { maxLength: 4 }),
      })
    })
    fc.assert(
      fc.property(cases, ({ areas, links, more }) => {
        const now = connectivity(habitat(areas, links), RATE).pcNumerator
        const candidates = more.map(([from, to, lengthM]) => ({ from, to, lengthM }))
        const gains = linkGains(habitat(areas, links), RATE, candidates)
        expect(gains.length).toBe(more.length)
        for (const { from, to, lengthM, gain, share } of gains) {
          const then = connectivity(habitat(areas, [...links, [from, to, lengthM]]), RATE).pcNumerator
          expect(gain).toBeCloseTo(then - now, 8)
          expect(share).toBeCloseTo((then - now) / now, 8)
        }
        const ranks = gains.map(({ sharePerM }) => sharePerM)
        expect(ranks).toEqual(ranks.toSorted((one, other) => other - one))
      }),
    )
  })

  it('puts the short link between two large halves before the long one to a small patch', () => {
    const [first] = linkGains(habitat([50, 50, 1], []), RATE, [
      { from: 0, to: 2, lengthM: 4 },
      { from: 0, to: 1, lengthM: 2 },
    ])
    expect(first).toMatchObject({ from: 0, to: 1 })
  })
})
