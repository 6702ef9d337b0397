import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { layerFromSketches } from './build.ts'
import type { LayerColumns } from './columns.ts'
import { coveredAreaM2 } from './covered.ts'
import { loadGeos, type Geos } from './geos.ts'
import { areasWithin } from './overlay-area.ts'
import { box } from './sketch.ts'

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})

const ground = fc.record({
  x: fc.integer({ min: 0, max: 8 }),
  y: fc.integer({ min: 0, max: 8 }),
  width: fc.integer({ min: 1, max: 4 }),
  height: fc.integer({ min: 1, max: 4 }),
})
const layer = fc.array(ground, { maxLength: 8 }).map((list) =>
  layerFromSketches(
    'green',
    list.map(({ x, y, width, height }) => ({ polygon: [box(x, y, width, height)] })),
  ),
)

it('equals the area of a union, whatever overlaps, touches or repeats', () => {
  const zone = layerFromSketches('admin', [{ polygon: [box(1, 1, 6, 9)] }, { polygon: [box(7, 2, 3, 3)] }])
  const wanted = (layers: LayerColumns[], chosen: (feature: number) => boolean) =>
    areasWithin(geos.union(layers, chosen), zone).reduce((sum, value) => sum + value, 0)
  fc.assert(
    fc.property(fc.array(layer, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 3 }), (layers, step) => {
      const chosen = (feature: number) => feature % step === 0
      expect(coveredAreaM2(geos, layers, chosen, zone, `every ${step}`)).toBeCloseTo(wanted(layers, chosen), 6)
    }),
    { numRuns: 300 },
  )
})

it('unites nothing where parcels tile and a park is drawn twice', () => {
  const parcels = layerFromSketches(
    'landuse_plan',
    [0, 10, 20].map((x) => ({ polygon: [box(x, 0, 10, 10)] })),
  )
  const parks = layerFromSketches('green', [{ polygon: [box(0, 0, 20, 10)] }, { polygon: [box(50, 0, 10, 10)] }])
  const zone = layerFromSketches('admin', [{ polygon: [box(0, 0, 55, 5)] }])
  const unable: Geos = {
    ...geos,
    uniteParts: () => {
      throw new Error('a union was not needed')
    },
  }
  expect(coveredAreaM2(unable, [parcels, parks], () => true, zone, 'all')).toBe(175)
})
