import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { layerFromSketches } from '../geo/build.ts'
import { loadGeos, type Geos } from '../geo/geos.ts'
import { tableAreasWithin } from '../geo/overlap-table.ts'
import { box } from '../geo/sketch.ts'
import { withinEither } from './two-zones.ts'

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})

it('what lies in either of two zones equals what lies in their union', () => {
  const side = fc.integer({ min: 1, max: 60 })
  const any = fc.tuple(side, side, side, side).map(([x, y, width, height]) => ({ polygon: [box(x, y, width, height)] }))
  fc.assert(
    fc.property(fc.array(any, { minLength: 1, maxLength: 8 }), any, any, (sketches, one, other) => {
      const [parcels, first, second] = [sketches, [one], [other]].map((list) => layerFromSketches('landuse_plan', list))
      if (!parcels || !first || !second) throw new Error('three layers were made')
      const wanted = tableAreasWithin(parcels, geos.union([first, second]))
      for (const [at, areaM2] of withinEither(parcels, first, second).entries()) expect(areaM2).toBeCloseTo(wanted[at] ?? NaN, 3)
    }),
    { numRuns: 100 },
  )
})
