import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { apportion } from './areal.ts'
import { layerFromSketches } from './build.ts'
import type { LayerColumns } from './columns.ts'
import { isDisjoint } from './disjoint.ts'
import { loadGeos, type Geos } from './geos.ts'
import { areasM2, totalAreaM2 } from './measure.ts'
import { areasWithin, overlapAreas } from './overlay-area.ts'
import { OUTSIDE, zoneOfPoints } from './within.ts'

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})

type Ring = [number, number][]
const box = (x: number, y: number, width: number, height: number): Ring => [
  [x, y],
  [x + width, y],
  [x + width, y + height],
  [x, y + height],
]
const layer = (...polygons: Ring[][]): LayerColumns =>
  layerFromSketches(
    'landuse_plan',
    polygons.map((polygon) => ({ polygon })),
  )
const pairsOf = (a: LayerColumns, b: LayerColumns) => {
  const pairs: [number, number, number][] = []
  overlapAreas(a, b, (i, j, areaM2) => pairs.push([i, j, areaM2]))
  return pairs
}
const only = (a: LayerColumns, b: LayerColumns): number => pairsOf(a, b)[0]?.[2] ?? 0

/** A star-shaped ring around a point: any radii give a valid polygon. Whole decimetres make coincident edges likely. */
const star = fc
  .tuple(
    fc.integer({ min: -300, max: 300 }),
    fc.integer({ min: -300, max: 300 }),
    fc.array(fc.integer({ min: 20, max: 800 }), { minLength: 3, maxLength: 40 }),
  )
  .map(([x, y, radii]): Ring =>
    radii.map((radius, index) => {
      const angle = (2 * Math.PI * index) / radii.length
      return [x / 10 + (radius / 10) * Math.cos(angle), y / 10 + (radius / 10) * Math.sin(angle)]
    }),
  )

describe('overlapAreas', () => {
  it('agrees with shapes whose overlap is known', () => {
    expect(only(layer([box(0, 0, 10, 10)]), layer([box(5, 5, 10, 10)]))).toBe(25)
    expect(
      only(
        layer([box(0, 0, 10, 10)]),
        layer([
          [
            [0, 0],
            [10, 10],
            [0, 20],
          ],
        ]),
      ),
    ).toBe(50)
    expect(
      only(
        layer([
          [
            [0, 0],
            [10, 0],
            [5, 10],
          ],
        ]),
        layer([
          [
            [0, 10],
            [10, 10],
            [5, 0],
          ],
        ]),
      ),
    ).toBeCloseTo(25, 9)
  })

  it('finds nothing where polygons share an edge, a corner or nothing', () => {
    const centre = layer([box(0, 0, 10, 10)])
    for (const neighbour of [box(10, 0, 10, 10), box(0, 10, 10, 5), box(10, 10, 5, 5), box(30, 0, 1, 1), box(-10, 3, 10, 4)]) {
      expect(pairsOf(centre, layer([neighbour]))).toEqual([])
    }
  })

  it('gives the whole where edges coincide', () => {
    const shape: Ring = [
      [0, 0],
      [7.123, 0.456],
      [9.001, 5.5],
      [3.3, 8.77],
    ]
    const whole = layer([shape])
    expect(only(whole, layer([[...shape].reverse()]))).toBeCloseTo(totalAreaM2(whole), 9)
    expect(only(whole, layer([[...shape.slice(0, 2), [8.062, 2.978], ...shape.slice(2)]]))).toBeCloseTo(totalAreaM2(whole), 2)
  })

  it('respects holes and islands in them', () => {
    const ring = layer([box(0, 0, 30, 30), box(10, 10, 10, 10)])
    expect(pairsOf(ring, layer([box(10, 10, 10, 10)]))).toEqual([])
    expect(only(ring, layer([box(5, 5, 20, 20)]))).toBe(300)
    expect(only(ring, layer([box(0, 0, 30, 30), box(5, 5, 20, 20)]))).toBe(500)
  })

  it('visits a pair once, whatever its parts', () => {
    const parts = geos.union(layer([box(0, 0, 10, 10)], [box(20, 0, 10, 10)]))
    expect(pairsOf(layer([box(-5, 2, 40, 3)]), parts)).toEqual([
      [0, 0, 30],
      [0, 1, 30],
    ])
  })

  it('agrees with GEOS on any two shapes, and with itself the other way round', () => {
    fc.assert(
      fc.property(star, star, (first, second) => {
        const a = layer([first])
        const b = layer([second])
        expect(only(a, b)).toBeCloseTo(geos.overlapAreaM2(a, 0, b, 0), 5)
        expect(only(b, a)).toBeCloseTo(only(a, b), 8)
      }),
      { numRuns: 300 },
    )
  })

  it('loses no ground: the pieces of a tiling add up to the whole', () => {
    const tiles = layer(
      ...Array.from({ length: 144 }, (_, at) => [box(-120 + 20 * (at % 12), -120 + 20 * Math.floor(at / 12), 20, 20)]),
    )
    fc.assert(
      fc.property(star, (ring) => {
        const shape = layer([ring])
        const pieces = pairsOf(shape, tiles).reduce((sum, [, , areaM2]) => sum + areaM2, 0)
        expect(pieces).toBeCloseTo(totalAreaM2(shape), 4)
      }),
    )
  })

  it('sees upright edges of long rings that no other edge lies beside', () => {
    // a comb: 100 teeth, 100 m high, whose flanks are single upright edges
    const teeth = Array.from({ length: 100 }, (_, at): Ring => [[2 * at, 0], [2 * at, 100], [2 * at + 1, 100], [2 * at + 1, 0]]) // prettier-ignore
    const comb = layer([[...teeth.flat(), [200, -1], [0, -1]].reverse() as Ring])
    for (let at = 0; at < 100; at += 1) {
      expect(only(comb, layer([box(2 * at + 0.5, 40, 1, 10)]))).toBeCloseTo(5, 6)
      expect(only(layer([box(2 * at + 0.2, 40, 0.5, 10)]), comb)).toBeCloseTo(5, 6)
      expect(pairsOf(comb, layer([box(2 * at + 1.2, 40, 0.5, 10)]))).toEqual([])
    }
  })

  it('skips far blocks of long rings without losing ground', () => {
    const circle = (radius: number, points: number): Ring =>
      Array.from({ length: points }, (_, at) => [
        radius * Math.cos((2 * Math.PI * at) / points),
        radius * Math.sin((2 * Math.PI * at) / points),
      ])
    const a = layer([circle(100, 5000)])
    const b = layer([circle(60, 3000), circle(20, 500)])
    expect(only(a, b)).toBeCloseTo(totalAreaM2(b), 6)
    expect(only(a, layer([box(0, 0, 200, 200)]))).toBeCloseTo(totalAreaM2(a) / 4, 6)
  })
})

it('knows layers whose features share no ground', () => {
  expect(isDisjoint(layer([box(0, 0, 10, 10)], [box(10, 0, 10, 10)], [box(3, 10, 10, 10)]))).toBe(true)
  expect(isDisjoint(layer([box(0, 0, 10, 10)], [box(9, 0, 10, 10)]))).toBe(false)
  expect(isDisjoint(layer([box(0, 0, 10, 10), box(2, 2, 4, 4)], [box(2, 2, 4, 4)]))).toBe(true)
  expect(isDisjoint(layer())).toBe(true)
})

describe('zones', () => {
  const zone = layer([box(0, 0, 10, 10), box(4, 4, 2, 2)], [box(20, 0, 10, 10)])

  it('puts points into zones, boundaries included and holes excluded', () => {
    const spots: [number, number][] = [
      [1, 1],
      [5, 5],
      [4, 5],
      [10, 10],
      [20, 0],
      [25, 3],
      [15, 5],
      [-1, 0],
    ]
    const points = layerFromSketches(
      'facility',
      spots.map((point) => ({ point })),
    )
    expect([...zoneOfPoints(points, zone)]).toEqual([0, OUTSIDE, 0, 0, 1, 1, OUTSIDE, OUTSIDE])
  })

  it('shares polygons by area and points whole', () => {
    const blocks = layerFromSketches('population', [
      { polygon: [box(-10, 0, 20, 10)], attributes: { persons: 200 } },
      { polygon: [box(100, 0, 1, 1)], attributes: { persons: 50 } },
      { polygon: [box(20, 0, 5, 5)], attributes: { persons: null } },
    ])
    expect(apportion(blocks, 'persons', zone)).toMatchObject({ total: 250, within: 96, uncounted: 1 })
    const homes = layerFromSketches('population', [
      { point: [1, 1], attributes: { persons: 3 } },
      { point: [5, 5], attributes: { persons: 4 } },
    ])
    expect(apportion(homes, 'persons', zone)).toMatchObject({ total: 7, within: 3 })
    expect([...areasWithin(blocks, zone)].map((m2, at) => m2 / (areasM2(blocks)[at] ?? 1))).toEqual([0.48, 0, 1])
  })
})
