import * as z from 'zod'
import type { FileToken, FindingId, PlanId, ReviewId } from '../model/ids.ts'
import type { PlanSummary } from '../model/plan.ts'
import type { AdoptionRow } from '../review/adoption.ts'
import { ADOPTIONS, type Finding, type Remark } from '../review/finding.ts'
import { mark } from '../review/mark.ts'
import type { Orientation } from '../review/orientation.ts'
import type { Review } from '../review/review.ts'
import type { Round } from '../review/round.ts'
import type { GuardNote } from '../review/rounds-guard.ts'
import type { ScoreChange } from '../review/rounds-scores.ts'
import type { ExportedFile } from './exported-file.ts'
import { id, procedure } from './procedure.ts'

/** A finding that came from the earlier round, beside what it was there. */
export interface CarriedFinding {
  finding: Finding
  /** null: the earlier plan was removed meanwhile. */
  earlier: Finding | null
  /** Something about it is stricter than what the earlier round accepted. */
  notes: GuardNote[]
  reason: string | null
}

/** A finding first raised in this round, and what speaks against raising it only now. */
export interface RaisedFinding {
  finding: Finding
  notes: GuardNote[]
  reason: string | null
}

/** One round of a plan: the earlier plan, what came over, what was added, scores and adoption. */
export interface RoundView {
  /** null: a first submission. */
  round: Round | null
  earlier: Pick<PlanSummary, 'id' | 'name' | 'nameZh'> | null
  earlierReview: Review | null
  review: Review | null
  /** Whether the newer plan is analysed: only then can a finding be found perhaps fixed. */
  isMeasured: boolean
  /** Findings of the earlier round that are not here yet. */
  toCarry: number
  carried: CarriedFinding[]
  raised: RaisedFinding[]
  scores: ScoreChange | null
  adoption: AdoptionRow[]
}

const ofPlan = z.strictObject({ planId: id<PlanId>(), checklistId: z.string().min(1).max(100) })
const finding = z.strictObject({ findingId: id<FindingId>() })

/** A plan that answers an earlier one, and the page that a plan opens with. */
export const roundProcedures = {
  'rounds.get': procedure(ofPlan).returns<RoundView>(),
  /** Says which plan this one answers; null takes it back. Refused once findings were carried over. */
  'rounds.setEarlier': procedure(
    z.strictObject({ planId: id<PlanId>(), previousPlanId: id<PlanId>().nullable() }),
  ).returns<Round | null>(),
  /** Compares both plans and brings the findings along as one step; run again, it adds only what is missing. */
  'rounds.start': procedure(ofPlan).returns<{ carried: number; already: number }>(),
  /** What speaks against raising this now. Empty in a first round. */
  'rounds.check': procedure(
    z.strictObject({
      reviewId: id<ReviewId>(),
      item: z.string().min(1).max(10).nullable(),
      evidence: z.array(z.strictObject({ layer: z.string(), fid: z.number().int() })).max(2000),
      mark: mark.optional(),
    }),
  ).returns<GuardNote[]>(),
  /** The reason for raising it all the same, kept in the finding's thread. */
  'rounds.explain': procedure(finding.extend({ reason: z.string().trim().min(1).max(4000) })).returns<Remark>(),
  /** How far the finding was adopted, with words; the last statement holds. */
  'rounds.adopt': procedure(
    finding.extend({ adoption: z.enum(ADOPTIONS), explanation: z.string().trim().max(4000) }),
  ).returns<Remark>(),
  /** The adoption table (采纳情况表) as a file. */
  'rounds.export': procedure(
    ofPlan.extend({
      format: z.enum(['csv', 'xlsx']),
      lang: z.enum(['zh', 'en']),
      /** A save token from the host's dialog; null lets the host offer a download. */
      target: id<FileToken>().nullable(),
    }),
  ).returns<ExportedFile>(),
  'orientation.get': procedure(ofPlan).returns<Orientation>(),
}
