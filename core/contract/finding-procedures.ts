import * as z from 'zod'
import type { FindingId, ReviewId } from '../model/ids.ts'
import { FINDING_STATUSES, SEVERITIES, type Finding, type Remark } from '../review/finding.ts'
import { mark } from '../review/mark.ts'
import { id, procedure } from './procedure.ts'

const item = z.string().min(1).max(10).nullable()
const reviewPoint = z.string().min(1).max(20)
const quote = z.strictObject({
  document: z.string().trim().min(1).max(300),
  page: z.number().int().positive().nullable(),
  text: z.string().max(4000),
})

/** What a reviewer writes of a finding; number, status, author and time are not theirs to give. */
const finding = z.strictObject({
  item,
  severity: z.enum(SEVERITIES),
  text: z.string().min(1).max(4000),
  action: z.string().max(4000),
  evidence: z.array(z.strictObject({ layer: z.string(), fid: z.number().int() })).max(2000),
  mark: mark.optional(),
  reviewPoint: reviewPoint.optional(),
  quote: quote.optional(),
})

const many = z.strictObject({ findingIds: z.array(id<FindingId>()).min(1).max(2000) })

/** Findings: one by one or many as one step. Nothing is deleted, only withdrawn. */
export const findingProcedures = {
  'findings.add': procedure(finding.extend({ reviewId: id<ReviewId>() })).returns<Finding>(),
  'findings.update': procedure(finding.extend({ findingId: id<FindingId>() })).returns<Finding>(),
  'findings.withdraw': procedure(many).returns<Finding[]>(),
  /** Status of many at once; an exception and an opening again carry their reason. */
  'findings.move': procedure(many.extend({ to: z.enum(FINDING_STATUSES), reason: z.string().trim().max(4000) })).returns<
    Finding[]
  >(),
  /** Members that are absent stay; null takes an item or a review point off. */
  'findings.patch': procedure(
    many.extend({
      severity: z.enum(SEVERITIES).optional(),
      item: item.optional(),
      reviewPoint: reviewPoint.nullable().optional(),
    }),
  ).returns<Finding[]>(),
  'findings.reply': procedure(
    z.strictObject({ findingId: id<FindingId>(), text: z.string().trim().min(1).max(4000) }),
  ).returns<Remark>(),
  /** Answers and changes of status under a finding, oldest first. */
  'findings.thread': procedure(z.strictObject({ findingId: id<FindingId>() })).returns<Remark[]>(),
}
