import { beforeAll, expect, it } from 'vitest'
import { textAt } from '../geo/columns.ts'
import { loadGeos, type Geos } from '../geo/geos.ts'
import { generateCity } from '../sample/city.ts'
import { sampleColumns } from '../sample/columns.ts'
import { areasOfPlan, type AreaParameters } from './f01-areas.ts'
import { opportunityAreas } from './f01-opportunity-areas.ts'
import { defaultsOf } from './parameters.ts'
import { planData } from './measure-plan.ts'
import { planarFrame } from '../geo/frame.ts'

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})

it.each([
  { parcels: 1500, seed: 1, verdict: 'below' },
  { parcels: 20_000, seed: 1, verdict: 'passes' },
])('in a city of $parcels parcels the rule finds the submitted area of old industry; the far one touches a line', (options) => {
  const city = generateCity(options, (code) => code)
  const facts = {
    cityName: null,
    cityKind: null,
    population: null,
    populationYear: null,
    baseYear: null,
    targetYear: null,
    frame: planarFrame(0, 0),
    manifest: { quotas: {} },
    rasters: [],
  }
  const plan = planData(
    facts,
    city.layers.map((layer) => sampleColumns(layer)),
    geos,
  )
  const parameters = defaultsOf(opportunityAreas) as AreaParameters
  const { areas, submitted, found, coveredShare } = areasOfPlan(plan, parameters)
  const named = (name: string) => submitted.find(({ feature }) => areas && textAt(areas, 'name', feature) === name)
  expect(named('西江工业更新区')).toMatchObject({ verdict: options.verdict })
  expect(named('西江工业更新区')?.proposedShare).toBeGreaterThan(0.25)
  expect(Math.max(...coveredShare)).toBeGreaterThan(0.25)
  expect(named('远郊文旅新城')).toMatchObject({ verdict: 'gate', proposedShare: 0 })
  expect(found?.proposed.length).toBeGreaterThan(0)
})
