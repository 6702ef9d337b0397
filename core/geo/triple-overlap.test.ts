import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { layerFromSketches } from './build.ts'
import { loadGeos, type Geos } from './geos.ts'
import { overlapAreas } from './overlay-area.ts'
import { overlay } from './overlay.ts'
import { gridRing, holedPolygon, starRing, type Ring } from './random-layers.ts'
import { box } from './sketch.ts'
import { tripleOverlapM2 } from './triple-overlap.ts'

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})

const polygon = fc.oneof(
  starRing.map((ring) => [ring]),
  gridRing.map((ring) => [ring]),
  holedPolygon,
)
const layerOf = (rings: Ring[]) => layerFromSketches('other', [{ polygon: rings }])
const whole = layerOf([box(-5000, -5000, 10_000, 10_000)])

function pairM2(a: ReturnType<typeof layerOf>, b: ReturnType<typeof layerOf>): number {
  let sum = 0
  overlapAreas(a, b, (_one, _other, areaM2) => {
    sum += areaM2
  })
  return sum
}

describe('what three polygons have in common', () => {
  it('is known by hand: three strips that cross', () => {
    const across = layerOf([box(0, 0, 100, 20)])
    const upright = layerOf([box(40, -50, 30, 200)])
    const triangle = layerOf([
      [
        [0, 0],
        [100, 0],
        [100, 100],
      ],
    ])
    // Between x = 40 and 70 the diagonal runs above y = 20: the triangle holds the whole crossing.
    expect(tripleOverlapM2(across, 0, upright, 0, triangle, 0)).toBeCloseTo(600, 9)
    const low = layerOf([box(0, 0, 100, 60)])
    // ∫ from 40 to 60 of x dx + 10 · 60
    expect(tripleOverlapM2(low, 0, upright, 0, triangle, 0)).toBeCloseTo(1000 + 600, 9)
  })

  it('with one of them twice, or with the whole ground, is what two have in common', () => {
    fc.assert(
      fc.property(polygon, polygon, (one, other) => {
        const [a, b] = [layerOf(one), layerOf(other)]
        fc.pre(a.partOff.length > 1 && b.partOff.length > 1)
        const expected = pairM2(a, b)
        for (const area of [
          tripleOverlapM2(a, 0, b, 0, b, 0),
          tripleOverlapM2(a, 0, whole, 0, b, 0),
          tripleOverlapM2(b, 0, a, 0, a, 0),
        ]) {
          expect(Math.abs(area - expected)).toBeLessThan(1e-5)
        }
      }),
    )
  })

  it('agrees with cutting twice, whatever the order', () => {
    fc.assert(
      fc.property(polygon, polygon, polygon, (one, other, third) => {
        const [a, b, c] = [layerOf(one), layerOf(other), layerOf(third)]
        fc.pre([a, b, c].every((layer) => layer.partOff.length > 1))
        const cut = overlay(geos, a, b, 'intersection').layer
        const area = tripleOverlapM2(a, 0, b, 0, c, 0)
        // Corners of the cut are rounded to whole millimetres.
        expect(Math.abs(area - pairM2(cut, c))).toBeLessThan(0.5)
        expect(Math.abs(area - tripleOverlapM2(c, 0, a, 0, b, 0))).toBeLessThan(1e-5)
      }),
      { numRuns: 60 },
    )
  })
})
