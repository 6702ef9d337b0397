import type { Progress } from '#core/contract/procedures.ts'
import { loadGeos } from '#core/geo/geos.ts'
import { INDICATORS } from '#core/indicators/index.ts'
import { measurePlan, planData } from '#core/indicators/measure-plan.ts'
import type { Measurement } from '#core/model/measurement.ts'
import { isVector } from '#core/model/plan.ts'
import type { Role } from '#core/model/roles.ts'
import { loadLayerColumns, type LayerFiles } from '../store/layer-columns.ts'
import type { AnalysisTask } from './messages.ts'

const READ_BY_INDICATORS: ReadonlySet<Role> = new Set(INDICATORS.flatMap(({ needs, uses }) => [...needs, ...uses]))

/** Measures a plan from its stored layers; layers that no indicator reads are not even loaded. */
export async function analyse(
  { plan, layers, gpkg, cacheDir }: AnalysisTask,
  report: (progress: Progress) => void,
  log: NonNullable<LayerFiles['log']>,
): Promise<Measurement[]> {
  const wanted = layers.filter(isVector).filter(({ role }) => READ_BY_INDICATORS.has(role))
  const total = wanted.length + INDICATORS.length
  const columns = wanted.map((layer, done) => {
    report({ done, total, label: { zh: `读取图层：${layer.name}`, en: `Reading layer: ${layer.name}` } })
    return loadLayerColumns({ gpkg, cacheDir, log }, layer, plan)
  })
  const data = planData(plan, columns, await loadGeos())
  return measurePlan(data, plan.manifest.parameters ?? {}, ({ done, label }) =>
    report({ done: wanted.length + done, total, label }),
  )
}
