import { loadGeos } from '#core/geo/geos.ts'
import { overlapTable } from '#core/geo/overlap-table.ts'
import { INDICATORS } from '#core/indicators/index.ts'
import { measureOne, planData } from '#core/indicators/measure-plan.ts'
import { parametersInUse } from '#core/indicators/parameters.ts'
import { neededTables } from '#core/analysis/needed-tables.ts'
import { loadCity, taken } from './review-load.ts'
import type { ReviewFigures } from './review-figures.ts'

/* A full run, on one thread, over a city that review-city.ts has written; prints its figures as JSON. */
const [folder = ''] = process.argv.slice(2)
const { plan, layers, parameters } = loadCity(folder)
const geos = await loadGeos()

const seconds = (task: () => void): number => {
  const start = performance.now()
  task()
  return (performance.now() - start) / 1000
}

const steps: Record<string, number> = {}
const data = planData(plan, layers, geos)
const inUse = parametersInUse(INDICATORS, parameters)
const alone = await taken(() => {
  for (const { a, b } of neededTables(data, INDICATORS)) {
    steps[`table ${a.role} × ${b.role}`] = seconds(() => void overlapTable(a, b))
  }
  for (const indicator of INDICATORS) {
    steps[`${indicator.id} ${indicator.title.en}`] = seconds(
      () => void measureOne(indicator, data, inUse.get(indicator.id) ?? {}),
    )
  }
})
const figures: Omit<ReviewFigures, 'threads' | 'edits'> = {
  parcels: layers.find(({ role }) => role === 'landuse_plan')?.count ?? 0,
  vertices: layers.reduce((sum, { xy }) => sum + xy.length / 2, 0),
  alone,
  steps,
}
console.log(JSON.stringify(figures))
