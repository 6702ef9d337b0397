import type { OpportunityChoice } from '#core/opportunity/choice.ts'
import type { OpportunityReport } from '#core/opportunity/report.ts'
import type { StoredPlan } from '../analysis/messages.ts'

/** Asks the worker to look for opportunity areas and to score them. */
export interface OpportunityTask extends StoredPlan {
  task: 'opportunity'
  choice: OpportunityChoice
  cacheDir: string
}

/** What the worker answers. */
export interface OpportunityFound {
  kind: 'opportunity'
  report: OpportunityReport
}
