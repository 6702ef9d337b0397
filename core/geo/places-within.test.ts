import fc from 'fast-check'
import { expect, it } from 'vitest'
import { layerFromSketches } from './build.ts'
import { placesWithin } from './places-within.ts'
import { box } from './sketch.ts'
import { OUTSIDE, zoneAt } from './within.ts'

it('a point is its own place, and a polygon has places inside whose shares make a whole', () => {
  const points = layerFromSketches('population', [{ point: [3, 4] }])
  expect(placesWithin(points, 50)).toEqual({
    offset: Uint32Array.of(0, 1),
    xy: Float64Array.of(3000, 4000),
    share: Float64Array.of(1),
  })
  const size = fc.integer({ min: 1, max: 900 })
  fc.assert(
    fc.property(size, size, fc.integer({ min: 5, max: 300 }), (width, height, spacing) => {
      const hole = box(width / 4, height / 4, width / 2, height / 2)
      const layer = layerFromSketches('population', [
        { polygon: [box(0, 0, width, height), hole] },
        { polygon: [box(2000, 0, width, 0.02)] },
      ])
      const { offset, xy, share } = placesWithin(layer, spacing)
      for (const feature of [0, 1]) {
        const [from = 0, to = 0] = [offset[feature], offset[feature + 1]]
        expect(to).toBeGreaterThan(from)
        expect(share.subarray(from, to).reduce((sum, part) => sum + part, 0)).toBeCloseTo(1, 9)
        for (let at = from; at < to; at += 1) {
          expect(zoneAt(layer, Math.round(xy[2 * at] ?? 0), Math.round(xy[2 * at + 1] ?? 0))).not.toBe(OUTSIDE)
        }
      }
    }),
    { numRuns: 40 },
  )
})

it('places weigh ground evenly: half of a square has half of the shares', () => {
  const layer = layerFromSketches('population', [{ polygon: [box(0, 0, 400, 400)] }])
  const { xy, share } = placesWithin(layer, 50)
  const left = share.reduce((sum, part, at) => sum + ((xy[2 * at] ?? 0) < 200_000 ? part : 0), 0)
  expect(left).toBeCloseTo(0.5, 9)
  expect(share.length).toBe(64)
})
