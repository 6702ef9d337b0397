import { expect, it } from 'vitest'
import { planarFrame } from '#core/geo/frame.ts'
import { loadGeos } from '#core/geo/geos.ts'
import { measurePlan, planData, type PlanFacts } from '#core/indicators/measure-plan.ts'
import { generateCity } from '#core/sample/city.ts'
import { sampleColumns } from '#core/sample/columns.ts'
import { helpMeasuring, takeIndicator } from './indicator-help.ts'
import { measureOnThreads } from './indicator-threads.ts'

const { layers: sample, manifest } = generateCity({ parcels: 800, seed: 4 }, (code) => code)
const layers = sample.map((layer) => sampleColumns(layer))
const facts: PlanFacts = {
  cityName: null,
  cityKind: 'large',
  population: manifest.city?.population ?? null,
  populationYear: 2020,
  baseYear: 2020,
  targetYear: 2035,
  frame: planarFrame(0, 0),
  manifest: { quotas: manifest.quotas },
}
const parameters = manifest.parameters ?? {}

it('several threads measure what one does', async () => {
  const geos = await loadGeos()
  const one = measurePlan(planData(facts, layers, geos), parameters, () => {})
  const told: number[] = []
  const several = await measureOnThreads(facts, layers, geos, {
    parameters,
    workers: 3,
    fewestFeatures: 0,
    tables: () => {},
    indicators: ({ done }) => told.push(done),
  })
  expect(several).toEqual(one)
  expect(told).toEqual(told.toSorted((x, y) => x - y))
  expect(told.at(-1)).toBe(one.length)
}, 60_000)

it('a thread that fails fails the whole', async () => {
  const broken = { ...facts, cannotTravel: () => {} }
  const run = measureOnThreads(broken, layers, await loadGeos(), {
    parameters,
    workers: 2,
    fewestFeatures: 0,
    tables: () => {},
    indicators: () => {},
  })
  await expect(run).rejects.toThrow('could not be cloned')
  const task = { facts, layers: [], ids: ['X99'], parameters: {}, taken: new Int32Array(new SharedArrayBuffer(4)) }
  await expect(helpMeasuring(task, () => {})).rejects.toThrow(RangeError)
})

it('everything is taken once, from either end', () => {
  const taken = new Int32Array(new SharedArrayBuffer(16))
  expect((['first', 'last', 'last', 'first', 'first'] as const).map((end) => takeIndicator(taken, end))).toEqual([0, 3, 2, 1, -1])
})
