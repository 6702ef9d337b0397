import type { Geos } from '../geo/geos.ts'
import { generateCity, type SampleCity, type SampleOptions } from '../sample/city.ts'
import { sampleColumns } from '../sample/columns.ts'
import { NO_FACTS } from './example-plan.ts'
import type { PlanData } from './indicator.ts'
import { planData } from './measure-plan.ts'

/** The sample city as a plan in memory, in its own plane and without its canopy grid: what tests of its planted defects measure. */
export function sampleCityPlan(options: SampleOptions, geos: Geos): { city: SampleCity; plan: PlanData } {
  const city = generateCity(options, (code) => code)
  const layers = city.layers.map((layer) => sampleColumns(layer))
  return { city, plan: planData(NO_FACTS, layers, geos) }
}
