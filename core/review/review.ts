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
  /** Absent: the only reviewer, or the lead of a panel. */
  role?: 'expert'
  /** The lead's choice for the panel: nobody sees another's work until all experts have submitted. Written at the lead's review. */
  blind?: true
  /** When an expert handed it in; from then on it is locked. */
  submittedAt?: string
  /** Findings are numbered after this one: numbers of earlier rounds are never given again. */
  numbersAfter?: number
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
  /** The checklist's current version, when the review is judged by another one. */
  newerChecklist?: string
}
