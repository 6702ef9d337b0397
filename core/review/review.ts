import type { ChecklistResult, ItemEntry } from '../checklist/result.ts'
import type { PlanId, ReviewId } from '../model/ids.ts'
import type { Measurement } from '../model/measurement.ts'
import type { Finding } from './finding.ts'

/** One reviewer's work on a plan against one checklist version. */
export interface Review {
  id: ReviewId
  planId: PlanId
  checklistId: string
  checklistVersion: string
  reviewer: string
  startedAt: string
}

/** A review with everything derived: what the screen shows and the memo prints. */
export interface ReviewView {
  review: Review
  measurements: Measurement[]
  entries: ItemEntry[]
  findings: Finding[]
  result: ChecklistResult
  /** Indicators whose inputs, parameters or version changed since they were measured. */
  stale: string[]
}
