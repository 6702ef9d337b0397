import { expect, it } from 'vitest'
import { loadGeos } from '../geo/geos.ts'
import { box, type FeatureSketch } from '../geo/sketch.ts'
import { newGreenAtDeficits } from './a07-new-green-at-deficits.ts'
import { examplePlan } from './example-plan.ts'
import { parametersInUse } from './parameters.ts'

const site = (x: number, year: number | null): FeatureSketch => ({
  polygon: [box(x, 0, 100, 100)],
  attributes: { status: 'planned', ...(year !== null && { year }) },
})

it('the list of new green sites names the year of each, and nothing where the layer has none that can be one', async () => {
  const layers = { green: [site(0, 2028), site(3000, null), site(6000, 20_280_101)], population: [{ point: [50, 50] as [number, number], attributes: { persons: 9 } }] } // prettier-ignore
  const plan = examplePlan({ title: '', layers, answer: 0 }, await loadGeos())
  const parameters = parametersInUse([newGreenAtDeficits], {}).get('A07') ?? {}
  const [table] = newGreenAtDeficits.compute(plan, parameters).tables ?? []
  const at = table?.columns.findIndex(({ key }) => key === 'year') ?? -1
  expect(table?.columns.map(({ key }) => key)).toEqual(['area', 'gain', 'verdict', 'year'])
  const years = new Map(table?.rows.map(({ key, cells }) => [key, cells[at]]))
  expect([...years.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, year]) => year)).toEqual([
    { zh: '2028 年', en: '2028' },
    null,
    null,
  ])
})
