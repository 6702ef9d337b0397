import { indicatorById } from '#core/indicators/index.ts'
import type { PlanSummary } from '#core/model/plan.ts'
import type { Catalogue } from '#db/catalogue.ts'

/** The list of plans, with what is out of date in each and which round it is: read from keys alone, however much was measured. */
export const planList = ({
  plans,
  measurements,
  records,
}: Pick<Catalogue, 'plans' | 'measurements' | 'records'>): PlanSummary[] =>
  plans.list().map((plan) => {
    const newest = new Map(measurements.keysOfPlan(plan.id).map(({ id, version }) => [id, version]))
    const stale = [...newest].filter(([id, version]) => indicatorById(id)?.version !== version).length
    const round = records.find('round', plan.id)?.number
    return { ...plan, ...(stale > 0 && { stale }), ...(round !== undefined && { round }) }
  })
