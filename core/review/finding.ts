import type { EvidenceFeature } from '../model/measurement.ts'
import type { FindingId, RemarkId, ReviewId } from '../model/ids.ts'
import type { CarryClass } from './round.ts'
import type { Mark } from './mark.ts'

/** 必须修改 · 建议 · 说明 */
export const SEVERITIES = ['must', 'should', 'note'] as const
export type Severity = (typeof SEVERITIES)[number]

/** Open → Answered → Resolved | Exception → Verified; every one but open can be opened again. `core/review/status.ts` knows the steps. */
export const FINDING_STATUSES = ['open', 'answered', 'resolved', 'exception', 'verified'] as const
export type FindingStatus = (typeof FINDING_STATUSES)[number]

/** Words of a submitted document that prove a finding. */
export interface Quote {
  document: string
  page: number | null
  text: string
}

/** Where a finding came from when the plan was submitted again. */
export interface Carried {
  from: FindingId
  /** The round in which it was first raised. */
  firstRound: number
  class: CarryClass
  /** What became of the place alone, where the measurement says more than that; absent: the class says it. */
  placeClass?: CarryClass
  /** Share of the old place that the new one still covers, 0 … 1; null where nothing can be compared. */
  overlapShare: number | null
  movedM: number | null
}

/**
 * A numbered comment of the reviewer, tied to an item and to a place. Numbers are for life: withdrawn, never deleted. Members that
 * came with later versions are absent, not null, in findings that do not have them: the operation log compares them word by word.
 */
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
  /** Drawn on the map; beside it, or instead of it, `evidence` names features. */
  mark?: Mark
  /** Code of a review point (审查要点), see `resources/reference/review-points.json`. */
  reviewPoint?: string
  /** Absent: open. */
  status?: FindingStatus
  quote?: Quote
  carried?: Carried
  /** Whose it is, when another finding of the review has the same number: both came to be in different offices and keep it. */
  origin?: string
}

/** How a finding is called: its number, and whose it is where that number was given twice. */
export const findingName = ({ number, origin }: Pick<Finding, 'number' | 'origin'>): string =>
  origin === undefined ? String(number) : `${number} (${origin})`

/** 采纳 · 部分采纳 · 未采纳: what the resubmitted plan made of a finding. */
export const ADOPTIONS = ['adopted', 'partly', 'not'] as const
export type Adoption = (typeof ADOPTIONS)[number]

/** Where the applicant's words came from, and what the applicant says of the finding. What the review makes of it is `adoption`. */
export interface ApplicantReply {
  /** The pack that was answered, and the file as it came. */
  pack: string
  file: string
  sha256: string
  /** Day that stands in the file. */
  on: string | null
  says: Adoption | null
}

/** An answer or a change of status under a finding, oldest first. Nobody edits what was said. */
export interface Remark {
  id: RemarkId
  findingId: FindingId
  text: string
  /** Set when the remark moved the finding from one status to another. */
  step?: { from: FindingStatus; to: FindingStatus }
  /** Set when the remark says how far the finding was adopted; the last one holds. */
  adoption?: Adoption
  /** Set when the remark is the reason for raising in a later round what an earlier round had let pass. */
  late?: true
  /** Set when the words are the applicant's and came back in a file. */
  reply?: ApplicantReply
  by: string
  at: string
}

export const statusOf = (finding: Finding): FindingStatus => finding.status ?? 'open'
