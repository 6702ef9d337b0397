import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { layerFromSketches } from '../geo/build.ts'
import { loadGeos, type Geos } from '../geo/geos.ts'
import { gridRing, holedPolygon, starRing } from '../geo/random-layers.ts'
import { box, type FeatureSketch } from '../geo/sketch.ts'
import { featuresWithin } from './within-polygon.ts'

const layerOf = (sketches: FeatureSketch[]) => layerFromSketches('other', sketches)
const zone = box(0, 0, 10, 10).flat()

describe('selecting by a polygon', () => {
  it('takes what touches it, or only what lies wholly inside', () => {
    const layer = layerOf([
      { polygon: [box(1, 1, 2, 2)] },
      { polygon: [box(8, 8, 4, 4)] },
      { polygon: [box(20, 20, 2, 2)] },
      { polygon: [box(-5, -5, 30, 30)] },
      { polygon: [box(10, 3, 3, 3)] },
      { polygon: [box(-1, 4, 12, 1)] },
    ])
    expect(featuresWithin(layer, zone, 'touching')).toEqual([0, 1, 3, 4, 5])
    expect(featuresWithin(layer, zone, 'inside')).toEqual([0])
  })
  it('takes lines that pass through without a corner inside, and points on the edge', () => {
    const lines = layerOf([
      { line: [[-5, 5], [15, 5]] },
      { line: [[1, 1], [9, 9]] },
      { line: [[-5, 20], [15, 20]] },
    ]) // prettier-ignore
    expect(featuresWithin(lines, zone, 'touching')).toEqual([0, 1])
    expect(featuresWithin(lines, zone, 'inside')).toEqual([1])
    const points = layerOf([{ point: [10, 5] }, { point: [10.01, 5] }])
    expect(featuresWithin(points, zone, 'inside')).toEqual([0])
  })
  it('does not take for inside what leaves through a notch between two corners', () => {
    const notched = [0, 0, 10, 0, 10, 10, 6, 10, 6, 4, 4, 4, 4, 10, 0, 10]
    const layer = layerOf([{ line: [[1, 8], [9, 8]] }, { line: [[1, 2], [9, 2]] }]) // prettier-ignore
    expect(featuresWithin(layer, notched, 'inside')).toEqual([1])
    expect(featuresWithin(layer, notched, 'touching')).toEqual([0, 1])
  })
  it('takes nothing by a ring without ground', () => {
    const layer = layerOf([{ point: [0, 0] }])
    expect(featuresWithin(layer, [0, 0, 0, 0, 0, 0], 'touching')).toEqual([])
  })
})

describe('against an independent engine', () => {
  let geos: Geos
  beforeAll(async () => {
    geos = await loadGeos()
  })
  it('what touches with ground in common, and what lies inside, is what the areas say', () => {
    const shape = fc.oneof(
      starRing.map((ring) => [ring]),
      gridRing.map((ring) => [ring]),
      holedPolygon,
    )
    fc.assert(
      fc.property(shape, fc.oneof(starRing, gridRing), (polygon, ring) => {
        const layer = layerOf([{ polygon }])
        const other = layerOf([{ polygon: [ring] }])
        const own = geos.overlapAreaM2(layer, 0, layer, 0)
        const shared = geos.overlapAreaM2(layer, 0, other, 0)
        const isTouching = featuresWithin(layer, ring.flat(), 'touching').length === 1
        const isInside = featuresWithin(layer, ring.flat(), 'inside').length === 1
        const contradictions = [
          shared > 1e-4 && !isTouching && 'shares ground without touching',
          shared < own * 0.999 - 1e-3 && isInside && 'is inside with ground outside',
          shared >= own && !isInside && 'has no ground outside and is not inside',
          isInside && !isTouching && 'is inside without touching',
        ]
        expect(contradictions.filter((one) => one !== false)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})
