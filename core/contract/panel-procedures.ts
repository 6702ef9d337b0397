import * as z from 'zod'
import type { Level, Opinion } from '../checklist/result.ts'
import type { Agreement } from '../review/agreement.ts'
import type { Disagreement } from '../review/consensus.ts'
import type { Review, ReviewView } from '../review/review.ts'
import type { PlanId, ReviewId } from '../model/ids.ts'
import { id, procedure } from './procedure.ts'

/** One member of a panel as the others may see it. */
export interface PanelMember {
  review: Review
  /** The reviewer's name, or "Expert 1" while names are hidden. */
  name: string
  total: number | null
  coverage: number
  findings: number
  /** The blind round is on and this is somebody else's work: total, levels and findings are withheld. */
  isHidden: boolean
}

/** Where a panel stands. Levels of members whose work is hidden are in none of the figures. */
export interface PanelView {
  lead: Review | null
  experts: PanelMember[]
  isBlind: boolean
  /** Experts who have not submitted yet, while the round is blind. */
  waiting: number
  disagreements: Disagreement[]
  /** Items on which the lead has settled a level, by item: how, and whether somebody changed a level since. */
  settled: Record<string, { how: 'median' | 'lead'; level: Level | null; reason: string; isStale: boolean }>
  /** What the median can still settle: not settled or settled on other levels, and differing or not what the lead's review says. */
  remaining: string[]
  /** What the lead's review comes to as it stands; null where nobody has opened one. */
  consolidated: { total: number | null; coverage: number; opinion: Opinion } | null
  /** Of all experts, over the items that all of them judged. */
  agreement: Agreement
  pairs: { first: string; second: string; agreement: Agreement }[]
}

const panel = z.strictObject({ planId: id<PlanId>(), checklistId: z.string().min(1).max(100) })
const review = z.strictObject({ reviewId: id<ReviewId>() })
const item = z.string().min(1).max(10)

/** Several experts over one plan: their own scores, where they differ, and what the lead makes of it. */
export const panelProcedures = {
  'panel.get': procedure(panel).returns<PanelView>(),
  /** A review of the expert's own, with the checklist version of the lead's. */
  'panel.addExpert': procedure(panel.extend({ reviewer: z.string().trim().min(1).max(80) })).returns<ReviewView>(),
  'panel.removeExpert': procedure(review).returns<void>(),
  /** Hands a review in; it is locked until the lead hands it back. */
  'panel.submit': procedure(review).returns<Review>(),
  'panel.reopen': procedure(review).returns<Review>(),
  'panel.setBlind': procedure(panel.extend({ isBlind: z.boolean() })).returns<PanelView>(),
  /** Writes the level into the lead's review, together with what each expert had given. */
  'panel.settle': procedure(
    panel.extend({
      item,
      how: z.enum(['median', 'lead']),
      /** The lead's own level; absent with the median. */
      level: z.number().int().min(0).max(4).optional(),
      reason: z.string().trim().min(1).max(4000),
    }),
  ).returns<PanelView>(),
  /** Settles every item of `remaining` by its median, with one reason, in one step. */
  'panel.settleAll': procedure(panel.extend({ reason: z.string().trim().min(1).max(4000) })).returns<PanelView>(),
  /** How well two reviews of the same checklist agree: an expert's with the reference on a sample plan. */
  'panel.calibrate': procedure(z.strictObject({ reviewId: id<ReviewId>(), referenceId: id<ReviewId>() })).returns<{
    agreement: Agreement
    differing: { item: string; level: number; reference: number }[]
  }>(),
}
