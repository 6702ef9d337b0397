import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { connectivity, decayRate, ecaLoss, importances, topology, type HabitatGraph } from './connectivity.ts'
import { graphOf } from './graph.ts'

type Link = [from: number, to: number, length: number]

const graph = (nodes: number, links: readonly Link[]) =>
  graphOf(nodes, { from: links.map(([u]) => u), to: links.map(([, v]) => v), length: links.map(([, , far]) => far) })

const habitat = (areaM2: number[], links: readonly Link[], landscapeM2 = 100): HabitatGraph => ({
  graph: graph(areaM2.length, links),
  areaM2,
  landscapeM2,
})

/** Areas and links of small landscapes; lengths of few values make ties likely. */
const landscapes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 9 }).chain((areas) =>
  fc.record({
    areas: fc.constant(areas),
    links: fc.array(
      fc.tuple(fc.nat(areas.length - 1), fc.nat(areas.length - 1), fc.integer({ min: 0, max: 5 })) as fc.Arbitrary<Link>,
      { maxLength: 16 },
    ),
  }),
)

const RATE = 0.3
const numerator = (areas: number[], links: readonly Link[]) => connectivity(habitat(areas, links), RATE).pcNumerator

describe('connectivity of the worked example (10, 20, 5; half arrive at 1,000 m)', () => {
  const rate = decayRate(0.5, 1000)
  const links: Link[] = [
    [0, 1, 500],
    [1, 2, 1000],
    [0, 2, 3000],
  ]
  const example = habitat([10, 20, 5], links)

  it('has the probability of connectivity and the equivalent area', () => {
    const found = connectivity(example, rate)
    expect(found.pcNumerator).toBeCloseTo(943.198052, 6)
    expect(found.pc).toBeCloseTo(0.0943198, 7)
    expect(found.ecaM2).toBeCloseTo(30.71153, 6)
  })

  it('has the integral index when links end at 1,500 m', () => {
    const found = connectivity(habitat([10, 20, 5], links.slice(0, 2)), rate)
    expect(found.iicNumerator).toBeCloseTo(858.3333, 4)
    expect(found.iic).toBeCloseTo(0.0858333, 7)
  })

  it('knows what each patch is worth, and in which way', () => {
    const { patches } = importances(example, rate)
    const expected = [
      [44.3383, 10.6022, 33.7361, 0],
      [85.4219, 42.4089, 40.5899, 2.4232],
      [17.0012, 2.6506, 14.3507, 0],
    ]
    expected.forEach(([dPc = 0, intra = 0, flux = 0, connector = 0], patch) => {
      expect(patches.dPc[patch]).toBeCloseTo(dPc, 4)
      expect(patches.intra[patch]).toBeCloseTo(intra, 4)
      expect(patches.flux[patch]).toBeCloseTo(flux, 4)
      expect(patches.connector[patch]).toBeCloseTo(connector, 4)
    })
    expect([...patches.dPc].map((dPc) => Number((100 * ecaLoss(dPc)).toFixed(4)))).toEqual([25.3932, 61.8188, 8.8963])
  })

  it('has closure, links per patch and connectivity of five patches with six links', () => {
    const six: Link[] = [
      [0, 1, 1],
      [1, 2, 1],
      [2, 3, 1],
      [3, 4, 1],
      [4, 0, 1],
      [0, 2, 1],
    ]
    expect(topology(graph(5, six))).toEqual({ alpha: 0.4, beta: 1.2, gamma: 6 / 9, components: 1 })
    expect(topology(graph(2, []))).toBeUndefined()
  })
})

describe('connectivity of any landscape', () => {
  it('is between the patches alone and all of them as one, and never falls when a link is added', () => {
    fc.assert(
      fc.property(landscapes, fc.nat(), fc.nat(), ({ areas, links }, u, v) => {
        const all = areas.reduce((sum, area) => sum + area, 0)
        const found = connectivity(habitat(areas, links, all), RATE)
        expect(found.pc).toBeGreaterThan(0)
        expect(found.pc).toBeLessThanOrEqual(1 + 1e-12)
        expect(found.iic).toBeLessThanOrEqual(1 + 1e-12)
        const more: Link[] = [...links, [u % areas.length, v % areas.length, 2]]
        expect(numerator(areas, more)).toBeGreaterThanOrEqual(found.pcNumerator - 1e-9)
      }),
    )
  })

  it('never falls when a patch is added', () => {
    fc.assert(
      fc.property(landscapes, fc.integer({ min: 1, max: 9 }), fc.nat(), ({ areas, links }, area, at) => {
        const more: Link[] = [...links, [at % areas.length, areas.length, 1]]
        expect(numerator([...areas, area], more)).toBeGreaterThanOrEqual(numerator(areas, links))
      }),
    )
  })

  it('loses by each removal exactly what its importance says', () => {
    fc.assert(
      fc.property(landscapes, ({ areas, links }) => {
        const before = numerator(areas, links)
        const found = importances(habitat(areas, links), RATE)
        expect(found.pcNumerator).toBeCloseTo(before, 8)
        areas.forEach((_, gone) => {
          const without = links.filter(([u, v]) => u !== gone && v !== gone)
          const left = numerator(
            areas.map((area, patch) => (patch === gone ? 0 : area)),
            without,
          )
          expect(found.patches.dPc[gone]).toBeCloseTo((100 * (before - left)) / before, 8)
        })
        links.forEach((_, gone) => {
          const left = numerator(
            areas,
            links.filter((__, link) => link !== gone),
          )
          expect(found.links[gone]).toBeCloseTo((100 * (before - left)) / before, 8)
        })
      }),
    )
  })

  it('divides importance into three parts that sum, and counts every pair twice over all patches', () => {
    fc.assert(
      fc.property(landscapes, ({ areas, links }) => {
        const { patches, pcNumerator } = importances(habitat(areas, links), RATE)
        let whole = 0
        areas.forEach((area, patch) => {
          const [intra = NaN, flux = NaN, connector = NaN] = [patches.intra, patches.flux, patches.connector].map(
            (part) => part[patch],
          )
          expect(patches.dPc[patch]).toBeCloseTo(intra + flux + connector, 9)
          expect(intra).toBeCloseTo((100 * area * area) / pcNumerator, 9)
          expect(Math.min(flux, connector)).toBeGreaterThanOrEqual(-1e-9)
          whole += intra + flux / 2
        })
        expect(whole).toBeCloseTo(100, 8)
      }),
    )
  })

  it('says how far it has come, and stops when told to', () => {
    const heard: number[] = []
    const stop = () =>
      importances(habitat([1, 1, 1], [[0, 1, 1]]), RATE, (done) => {
        heard.push(done)
        if (done === 1) throw new Error('stopped')
      })
    expect(stop).toThrow('stopped')
    expect(heard).toEqual([0, 1])
  })
})
