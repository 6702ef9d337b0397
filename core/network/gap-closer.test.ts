import fc from 'fast-check'
import { expect, it } from 'vitest'
import { connectivity, decayRate } from './connectivity.ts'
import { mendings } from './gap-closer.ts'
import { graphFrom } from './habitat-graph.ts'

const link = fc.record({ from: fc.nat(5), to: fc.nat(5), lengthM: fc.integer({ min: 1, max: 3000 }) })

it('predicts exactly the PC that the network has once a gap is mended, and never a loss', () => {
  fc.assert(
    fc.property(fc.array(link, { maxLength: 8 }), fc.array(link, { minLength: 1, maxLength: 4 }), (links, gaps) => {
      const areaM2 = [10_000, 20_000, 50_000, 5000, 30_000, 1000]
      const [rate, landscapeM2] = [decayRate(0.5, 1000), 1e6]
      const habitat = { graph: graphFrom(6, links), areaM2, landscapeM2 }
      const before = connectivity(habitat, rate).pcNumerator
      const found = mendings(
        habitat,
        rate,
        gaps.map((gap) => ({ ...gap, isDesigned: gap.lengthM % 2 === 0 })),
      )
      expect(found).toHaveLength(gaps.length)
      for (const { gap, gain, share } of found) {
        const mended = graphFrom(6, [...links, { ...gap, lengthM: 0 }])
        const after = connectivity({ ...habitat, graph: mended }, rate).pcNumerator
        expect(after - before).toBeCloseTo(gain, -3)
        expect(share).toBeCloseTo(after / before - 1, 9)
        expect(gain).toBeGreaterThanOrEqual(-1e-6 * before)
      }
      const ranks = found.map(({ gap, sharePerM }) => (gap.isDesigned ? 1e9 : 0) + sharePerM)
      expect(ranks).toEqual(ranks.toSorted((one, other) => other - one))
    }),
  )
})
