import type { ScoringInput } from '../checklist/result.ts'
import type { ReviewResult } from '../model/result.ts'

/** What a record was scored from, to score it again as it is or with something changed. */
export const scoringInput = ({ result }: { result: ReviewResult }): ScoringInput => ({
  measurements: result.indicators,
  entries: result.checklist.items.flatMap(({ entry }) => (entry === null ? [] : [entry])),
  cityKind: result.plan.city.kind,
  planLevel: result.plan.planLevel,
})
