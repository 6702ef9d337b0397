import type { Output } from '#core/contract/procedures.ts'
import { layerFromSketches } from '#core/geo/build.ts'
import type { LayerId } from '#core/model/ids.ts'
import { comparePlans } from '#core/plan-diff/compare-plans.ts'
import { fakePlan } from './fake-data.ts'

const parcel = (x: number, number: string, code: string, width = 100) => ({
  polygon: [
    [
      [x, 0],
      [x + width, 0],
      [x + width, 100],
      [x, 100],
      [x, 0],
    ] as [number, number][],
  ],
  attributes: { parcel: number, class: code },
})

const layer = (sketches: ReturnType<typeof parcel>[]) => [
  { id: 'layer-landuse_plan' as LayerId, columns: layerFromSketches('landuse_plan', sketches, fakePlan.frame) },
]

/** Five parcels and their revision, compared for real: one re-coded, one cut in two, one withdrawn. */
export const fakeComparison = (): Output<'plans.compare'> =>
  comparePlans(
    {
      plan: fakePlan,
      layers: layer(['A', 'B', 'C', 'D', 'E'].map((number, i) => parcel(100 * i, number, '070102'))),
    },
    {
      plan: { ...fakePlan, name: `${fakePlan.name}, revision` },
      layers: layer([
        parcel(0, 'A', '070102'),
        parcel(100, 'B', '1401'),
        parcel(200, 'C', '070102', 60),
        parcel(260, 'C-2', '070102', 40),
        parcel(400, 'E', '070102'),
      ]),
    },
    100,
  )
