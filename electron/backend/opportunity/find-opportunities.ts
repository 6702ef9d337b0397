import type { Progress } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import { loadGeos } from '#core/geo/geos.ts'
import { opportunityAreas } from '#core/indicators/f01-opportunity-areas.ts'
import { placeTypes } from '#core/indicators/f07-place-types.ts'
import { planData } from '#core/indicators/measure-plan.ts'
import { isVector } from '#core/model/plan.ts'
import type { Role } from '#core/model/roles.ts'
import { opportunityReport, type OpportunityReport } from '#core/opportunity/report.ts'
import { bilingual } from '#core/text.ts'
import { loadLayerColumns, type LayerFiles } from '../store/layer-columns.ts'
import type { OpportunityTask } from './messages.ts'

/** What the rule reads, and what kinds of places are told by. */
const ROLES: ReadonlySet<Role> = new Set([opportunityAreas, placeTypes].flatMap(({ needs, uses }): Role[] => [...needs, ...uses]))

const SCORING = bilingual('识别并评分', 'Finding and scoring areas')

/**
 * Looks for opportunity areas in the stored layers of a plan and scores them. Reads only; runs in a worker that may be killed.
 * @throws AppError `opportunity.no-ground`
 */
export async function findOpportunities(
  { plan, layers, gpkg, cacheDir, choice }: OpportunityTask,
  report: (progress: Progress) => void,
  log: NonNullable<LayerFiles['log']>,
): Promise<OpportunityReport> {
  const wanted = layers.filter(isVector).filter(({ role }) => ROLES.has(role))
  const total = wanted.length + 1
  const columns = wanted.map((layer, done) => {
    report({ done, total, label: bilingual(`读取图层：${layer.name}`, `Reading layer: ${layer.name}`) })
    return loadLayerColumns({ gpkg, cacheDir, log }, layer, plan)
  })
  report({ done: wanted.length, total, label: SCORING })
  const found = opportunityReport(planData(plan, columns, await loadGeos()), choice)
  if (!found) throw new AppError('opportunity.no-ground', { plan: plan.name })
  return found
}
