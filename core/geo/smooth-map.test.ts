import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeTransform } from '../crs/crs.ts'
import { equalAreaFrame, toFrame, type PointMap } from './frame.ts'
import { smoothMap } from './smooth-map.ts'

/** Plan coordinates → metres of a frame through the projection library, point by point. */
function exactly(crs: string, base: string, lonDeg: number, latDeg: number): PointMap {
  const toEarth = makeTransform(crs, base)
  const project = toFrame(equalAreaFrame(lonDeg, latDeg, 6_378_137, 298.257222101))
  return (x, y) => project(...toEarth(x, y))
}

describe('a projection made smooth', () => {
  it('stays within a thousandth of a millimetre of the projection library', () => {
    for (const [crs, base, lon, lat, x0, y0] of [
      ['EPSG:4547', 'EPSG:4490', 114.1, 22.6, 510_000, 2_500_000],
      ['EPSG:4525', 'EPSG:4490', 112.6, 35.2, 37_600_000, 3_900_000],
      ['EPSG:3414', 'EPSG:4757', 103.8, 1.35, 28_000, 38_000],
    ] as const) {
      const map = exactly(crs, base, lon, lat)
      const fast = smoothMap(map, 4000, 1e-6)
      const near = fc.double({ min: -60_000, max: 60_000, noNaN: true })
      fc.assert(
        fc.property(near, near, (dx, dy) => {
          const xy = Float64Array.of(x0 + dx, y0 + dy)
          const [x, y] = map(x0 + dx, y0 + dy)
          fast(xy, 1)
          expect(Math.hypot((xy[0] ?? NaN) - x, (xy[1] ?? NaN) - y)).toBeLessThan(1e-6)
        }),
      )
    }
  })

  it('gives one place one result, whatever was mapped before', () => {
    const map = exactly('EPSG:4547', 'EPSG:4490', 114.1, 22.6)
    const places = Array.from({ length: 500 }, (_, i) => [500_000 + ((i * 7919) % 30_000), 2_500_000 + ((i * 104_729) % 30_000)])
    const all = Float64Array.from(places.flat())
    smoothMap(map, 4000, 1e-6)(all, places.length)
    for (const [i, place] of places.toReversed().entries()) {
      const one = Float64Array.from(place)
      smoothMap(map, 4000, 1e-6)(one, 1)
      const at = 2 * (places.length - 1 - i)
      expect([...one]).toEqual([all[at], all[at + 1]])
    }
  })

  it('uses the map itself where it bends too much', () => {
    const bent: PointMap = (x, y) => [Math.sin(x * 100), y]
    const xy = Float64Array.of(0.3, 0.4)
    smoothMap(bent, 1, 1e-6)(xy, 1)
    expect([...xy]).toEqual(bent(0.3, 0.4))
    const broken = Float64Array.of(1, 2)
    smoothMap(() => [NaN, 0], 1, 1e-6)(broken, 1)
    expect([...broken]).toEqual([NaN, 0])
  })
})
