import type { PlanEdit } from '../analysis/plan-session.ts'
import { planSession } from '../analysis/plan-session.ts'
import { checklistSchema, type Checklist } from '../checklist/schema.ts'
import checklistJson from '../../resources/checklists/green-low-carbon.json' with { type: 'json' }
import { freshCopy } from '../geo/edit-samples.ts'
import type { LayerColumns } from '../geo/columns.ts'
import type { Geos } from '../geo/geos.ts'
import { layerFromSketches } from '../geo/build.ts'
import type { FeatureSketch } from '../geo/sketch.ts'
import { planarFrame } from '../geo/frame.ts'
import { indicatorById, INDICATORS } from '../indicators/index.ts'
import { measureOne, measurePlan, planData, type PlanFacts } from '../indicators/measure-plan.ts'
import { parametersInUse } from '../indicators/parameters.ts'
import type { Measurement } from '../model/measurement.ts'
import type { Role } from '../model/roles.ts'
import { generateCity } from '../sample/city.ts'
import { sampleColumns } from '../sample/columns.ts'
import type { FlipInput } from './flip-item.ts'

/* Plans to search on, for tests: small ones sketched by hand, and the sample city without its files. */

export const CHECKLIST: Checklist = checklistSchema.parse(checklistJson)

const FACTS: PlanFacts = {
  cityName: null,
  cityKind: 'large',
  population: 1000,
  populationYear: null,
  baseYear: 2020,
  targetYear: 2035,
  frame: planarFrame(0, 0),
  manifest: { quotas: {} },
}

/** Everything that a search starts from, measured in full unless measurements are at hand. */
export function flipInput(geos: Geos, item: string, layers: readonly LayerColumns[], more: Partial<FlipInput> = {}): FlipInput {
  const plan = more.plan ?? FACTS
  const measurements = more.measurements ?? measurePlan(planData(plan, layers, geos), {}, () => {})
  return {
    checklist: CHECKLIST,
    item,
    plan,
    layers,
    geos,
    parameters: {},
    budget: { evaluations: 1000, isOver: () => false },
    report: () => {},
    ...more,
    measurements,
  }
}

export const sketched = (layers: Partial<Record<Role, FeatureSketch[]>>): LayerColumns[] =>
  Object.entries(layers).map(([role, list]) => layerFromSketches(role as Role, list))

/** The sample city as the engine reads it. */
export function sampleLayers(parcels: number): { plan: PlanFacts; layers: LayerColumns[] } {
  const city = generateCity({ parcels, seed: 1 }, (code) => code)
  const { city: facts, quotas } = city.manifest
  const plan = { ...FACTS, population: facts?.population ?? null, manifest: { quotas: quotas ?? {} } }
  return { plan, layers: city.layers.map((layer) => sampleColumns(layer)) }
}

/** One indicator, measured in full on layers that nothing derived from the plan as it was can reach. */
export function measuredAnew(input: FlipInput, edits: readonly PlanEdit[]): (indicator: string) => Measurement {
  const editor = planSession({ plan: input.plan, layers: input.layers, geos: input.geos, parameters: {}, indicators: [] })
  if (edits.length > 0) editor.apply(edits)
  const data = planData(input.plan, editor.layers().map(freshCopy), input.geos)
  const inUse = parametersInUse(INDICATORS, {})
  return (id) => {
    const indicator = indicatorById(id)
    if (!indicator) throw new Error(`no indicator ${id}`)
    return measureOne(indicator, data, inUse.get(id) ?? {})
  }
}
