import { layerFromSketches } from '../geo/build.ts'
import type { Frame } from '../geo/frame.ts'
import type { Geos } from '../geo/geos.ts'
import type { FeatureSketch } from '../geo/sketch.ts'
import type { Role } from '../model/roles.ts'
import type { PlanData, WorkedExample } from './indicator.ts'
import { planData } from './measure-plan.ts'

/** A worked example as a plan: what its tests, and whoever wants to try an indicator by hand, feed to `compute`. */
export function examplePlan(
  example: Partial<WorkedExample>,
  geos: Geos,
  frame: Frame = { kind: 'planar', originX: 0, originY: 0 },
): PlanData {
  const sketches = Object.entries(example.layers ?? {}) as [Role, FeatureSketch[]][]
  const layers = sketches.map(([role, features]) => layerFromSketches(role, features, frame))
  const facts = {
    cityName: example.city?.name ?? null,
    cityKind: example.city?.kind ?? null,
    population: example.city?.population ?? null,
    populationYear: example.city?.populationYear ?? null,
    baseYear: example.baseYear ?? null,
    targetYear: example.targetYear ?? null,
    frame,
    manifest: { quotas: example.quotas ?? {} },
  }
  return planData(facts, layers, geos)
}
