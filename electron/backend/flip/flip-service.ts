import { FLIP_BUDGET } from '#core/contract/flip-procedures.ts'
import type { CallContext, Input } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import { goalOf, isGoal } from '#core/flip/goal.ts'
import type { FlipResult } from '#core/flip/result.ts'
import type { PlanId } from '#core/model/ids.ts'
import type { AnalysisService, CataloguedPlan } from '../analysis/analysis-service.ts'
import type { Checklists } from '../review/checklists.ts'

export interface FlipService {
  /** @throws AppError `review.unknown-item`, `checklist.unknown`, `analysis.no-layers`, `request.cancelled` */
  search(input: Input<'flip.search'>, call: CallContext): Promise<FlipResult>
}

interface FlipDependencies {
  planOf: (planId: PlanId) => CataloguedPlan
  checklists: Checklists
  analyses: Pick<AnalysisService, 'run' | 'flip'>
}

/** “What would lift it”: measures the plan where that was not done yet, and searches on a worker of its own. Stores nothing. */
export function createFlipService({ planOf, checklists, analyses }: FlipDependencies): FlipService {
  return {
    async search({ planId, checklistId, item: itemId, to, ...budget }, call) {
      const checklist = checklists.get(checklistId)
      const item = checklist.items.find(({ id }) => id === itemId)
      if (!item) throw new AppError('review.unknown-item', { item: itemId, checklist: checklistId })
      const catalogued = planOf(planId)
      const { measurements } = await analyses.run(catalogued.plan, catalogued.layers, call)
      const measurement = measurements.find(({ id }) => id === item.rule?.indicator)
      const goal = goalOf(item, measurement, to)
      if (!isGoal(goal)) return { state: 'no-search', item: itemId, indicator: item.rule?.indicator ?? null, ...goal }
      const { evaluations = FLIP_BUDGET.evaluations, seconds = FLIP_BUDGET.seconds } = budget
      return analyses.flip(catalogued, { checklist, item: itemId, to, measurements, evaluations, seconds }, call)
    },
  }
}
