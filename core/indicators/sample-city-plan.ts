import type { Geos } from '../geo/geos.ts'
import { planarFrame } from '../geo/frame.ts'
import { generateCity, type SampleCity, type SampleOptions } from '../sample/city.ts'
import { sampleColumns } from '../sample/columns.ts'
import type { PlanData } from './indicator.ts'
import { planData } from './measure-plan.ts'

/** The sample city as a plan in memory, in its own plane and without its canopy grid: what tests of its planted defects measure. */
export function sampleCityPlan(options: SampleOptions, geos: Geos): { city: SampleCity; plan: PlanData } {
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
  const layers = city.layers.map((layer) => sampleColumns(layer))
  return { city, plan: planData(facts, layers, geos) }
}
