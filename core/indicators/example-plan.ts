import { layerFromSketches } from '../geo/build.ts'
import { planarFrame, type Frame } from '../geo/frame.ts'
import type { PlacedRaster } from '../geo/raster.ts'
import type { Geos } from '../geo/geos.ts'
import type { FeatureSketch } from '../geo/sketch.ts'
import type { Role } from '../model/roles.ts'
import type { PlanData, WorkedExample } from './indicator.ts'
import { planData } from './measure-plan.ts'

/** What is known of a plan beside its layers where nothing is: in a plane of its own. */
export const NO_FACTS = {
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
    rasters: rastersOf(example),
  }
  return planData(facts, layers, geos)
}

/** Sketched grids lie in the frame itself. */
function rastersOf({ rasters = {} }: Partial<WorkedExample>): PlacedRaster[] {
  const sketches = Object.entries(rasters) as [Role, NonNullable<NonNullable<WorkedExample['rasters']>[Role]>][]
  return sketches.map(([role, { leftX, topY, cellM, rows }]) => {
    const columns = rows[0]?.length ?? 0
    const values = Float32Array.from(rows.flat(), (value) => value ?? NaN)
    const grid = { crs: 'LOCAL:metre', columns, rows: rows.length, leftX, topY, cellX: cellM, cellY: cellM, values }
    return { role, name: role, sha256: '', grid, toGrid: (x, y) => [x, y] }
  })
}
