import { beforeAll, expect, it } from 'vitest'
import { textAt } from '../geo/columns.ts'
import { loadGeos, type Geos } from '../geo/geos.ts'
import { areasOfPlan, type AreaParameters } from './f01-areas.ts'
import { opportunityAreas } from './f01-opportunity-areas.ts'
import { defaultsOf } from './parameters.ts'
import { sampleCityPlan } from './sample-city-plan.ts'

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})

it.each([
  { parcels: 1500, seed: 1, verdict: 'below' },
  { parcels: 20_000, seed: 1, verdict: 'passes' },
])('in a city of $parcels parcels the rule finds the submitted area of old industry; the far one touches a line', (options) => {
  const { plan } = sampleCityPlan(options, geos)
  const parameters = defaultsOf(opportunityAreas) as AreaParameters
  const { areas, submitted, found, coveredShare } = areasOfPlan(plan, parameters)
  const named = (name: string) => submitted.find(({ feature }) => areas && textAt(areas, 'name', feature) === name)
  expect(named('西江工业更新区')).toMatchObject({ verdict: options.verdict })
  expect(named('西江工业更新区')?.proposedShare).toBeGreaterThan(0.25)
  expect(Math.max(...coveredShare)).toBeGreaterThan(0.25)
  expect(named('远郊文旅新城')).toMatchObject({ verdict: 'gate', proposedShare: 0 })
  expect(found?.proposed.length).toBeGreaterThan(0)
})
