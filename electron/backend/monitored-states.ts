import type { PlanId } from '#core/model/ids.ts'
import type { Plan } from '#core/model/plan.ts'
import type { MonitoredState } from '#core/monitoring/series.ts'
import type { Catalogue } from '#db/catalogue.ts'

/** Stored plans as states of a series, with what was measured of each. @throws AppError for a plan that is gone. */
export function monitoredStates(
  { plans, measurements }: Pick<Catalogue, 'plans' | 'measurements'>,
  planIds: readonly PlanId[],
  years: readonly (number | null)[] | undefined,
): MonitoredState[] {
  return planIds.map((planId, at) => {
    const plan = plans.get(planId)
    return {
      planId,
      year: years?.[at] ?? yearOf(plan),
      label: { zh: plan.nameZh ?? plan.name, en: plan.name },
      measurements: measurements.ofPlan(planId),
    }
  })
}

/** A yearly check is submitted as a plan whose target year is that year; the import tells the year of one that names none. */
const yearOf = ({ targetYear, baseYear, importedAt }: Plan): number =>
  targetYear ?? baseYear ?? new Date(importedAt).getUTCFullYear()
