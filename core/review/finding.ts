import type { EvidenceFeature } from '../model/measurement.ts'
import type { FindingId, ReviewId } from '../model/ids.ts'

/** 必须修改 · 建议 · 说明 */
export const SEVERITIES = ['must', 'should', 'note'] as const
export type Severity = (typeof SEVERITIES)[number]

/** A numbered comment of the reviewer, tied to an item and to a place. Numbers are for life: withdrawn, never deleted. */
export interface Finding {
  id: FindingId
  reviewId: ReviewId
  number: number
  item: string | null
  severity: Severity
  /** What is wrong, and what is asked for. In the reviewer's own language. */
  text: string
  action: string
  evidence: EvidenceFeature[]
  withdrawn: boolean
  by: string
  at: string
}
