import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layerFromSketches } from './build.ts'
import type { LayerColumns } from './columns.ts'
import { eccentricitySquared, equalAreaFrame, fromFrame } from './frame.ts'
import { geodesicM } from './measure.ts'
import { nearest } from './nearest.ts'
import { NONE } from './pieces.ts'
import { box } from './sketch.ts'

const points = (...spots: [number, number][]) =>
  layerFromSketches(
    'facility',
    spots.map((point) => ({ point })),
  )
const shapes = layerFromSketches('green', [{ polygon: [box(0, 0, 10, 10), box(4, 4, 2, 2)] }, { polygon: [box(30, 0, 10, 10)] }])

describe('nearest', () => {
  it('measures to outlines, and nothing inside', () => {
    const found = nearest(points([20, 5], [5, 1], [5, 5], [13, 14]), shapes, { count: 2 })
    expect([...found.neighbour]).toEqual([0, 1, 0, 1, 0, 1, 0, 1])
    expect([...found.distanceM]).toEqual([10, 10, 0, 25, 1, 25, 5, expect.closeTo(Math.hypot(17, 4), 12)])
  })

  it('measures between lines and polygons', () => {
    const lines = layerFromSketches('greenway', [
      { line: [[-5, 20], [50, 20]] },
      { line: [[35, -5], [35, 50]] },
      { line: [[15, 0], [16, 40]] },
    ]) // prettier-ignore
    const found = nearest(lines, shapes)
    expect([...found.neighbour]).toEqual([0, 1, 0])
    expect(found.distanceM[0]).toBe(10)
    expect(found.distanceM[1]).toBe(0)
    expect(found.distanceM[2]).toBe(5)
    const others = nearest(shapes, lines, { count: 3 })
    expect([...others.neighbour]).toEqual([2, 0, 1, 1, 0, 2])
  })

  it('keeps to the limit and to what is selected', () => {
    expect([...nearest(points([20, 5]), shapes, { limitM: 9.9 }).neighbour]).toEqual([NONE])
    expect([...nearest(points([20, 5]), shapes, { limitM: 10 }).neighbour]).toEqual([0])
    expect([...nearest(points([20, 5]), shapes, { selectTo: (feature) => feature === 1 }).neighbour]).toEqual([1])
    expect([...nearest(points([20, 5]), layerFromSketches('green', [])).neighbour]).toEqual([NONE])
  })

  it('gives geodesic distances on Earth', () => {
    const frame = equalAreaFrame(121.5, 31.2, 6_378_137, 298.257223563)
    const a = layerFromSketches('facility', [{ point: [90_000, 60_000] }], frame)
    const b = layerFromSketches('facility', [{ point: [95_000, 63_000] }], frame)
    const earth = fromFrame(frame)
    const truth = geodesicM(earth(90_000, 60_000), earth(95_000, 63_000), 6_378_137, eccentricitySquared(298.257223563))
    expect(nearest(a, b).distanceM[0]).toBe(truth)
  })

  it('finds what looking at everything finds, whatever the split', () => {
    const spot = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }))
    const many = fc.array(spot, { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(many, many, fc.integer({ min: 1, max: 4 }), (first, second, count) => {
        const [a, b] = [points(...first), points(...second)]
        const found = nearest(a, b, { count })
        first.forEach(([x, y], feature) => {
          const all = second.map(([toX, toY], at) => [(toX - x) ** 2 + (toY - y) ** 2, at] as const)
          const best = all.toSorted((one, other) => one[0] - other[0] || one[1] - other[1]).slice(0, count)
          expect(rowOf(found, feature, best.length)).toEqual(best.map(([, at]) => at))
        })
        const split = nearest(a, b, { count, from: 1, to: a.count })
        expect([...split.neighbour.subarray(count)]).toEqual([...found.neighbour.subarray(count)])
      }),
    )
  })
})

const rowOf = ({ neighbour, count }: { neighbour: Int32Array; count: number }, feature: number, length: number): number[] => [
  ...neighbour.subarray(count * feature, count * feature + length),
]

it('does not need a place on Earth', () => {
  const empty: LayerColumns = layerFromSketches('facility', [])
  expect(nearest(empty, shapes).neighbour).toHaveLength(0)
})
