import { beforeAll, expect, it } from 'vitest'
import { layerFromSketches } from '../geo/build.ts'
import { editLayer } from '../geo/edit-layer.ts'
import { loadGeos, type Geos } from '../geo/geos.ts'
import { box } from '../geo/sketch.ts'
import { NO_FACTS } from './example-plan.ts'
import { planData } from './measure-plan.ts'
import { mixUnits } from './mix-by-unit.ts'

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})

it('square cells stay the very same when an edit touches no other ones, and are new when it does', () => {
  const parcels = layerFromSketches('landuse_plan', [
    { polygon: [box(0, 0, 500, 500)], attributes: { class: '0701' } },
    { polygon: [box(500, 0, 500, 500)], attributes: { class: '0901' } },
  ])
  const cells = (layer: typeof parcels) => mixUnits(planData(NO_FACTS, [layer], geos), layer, 500).layer
  const known = cells(parcels)
  const shrunk = editLayer(parcels, [{ kind: 'geometry', feature: 0, parts: [[[0, 0, 400, 0, 400, 400, 0, 400, 0, 0]]] }])
  expect(cells(shrunk)).toBe(known)
  const grown = editLayer(parcels, [{ kind: 'geometry', feature: 1, parts: [[[500, 0, 1200, 0, 1200, 500, 500, 500, 500, 0]]] }])
  expect(cells(grown).count).toBe(3)
})
