import type { FindingId, RemarkId, ReviewId } from '#core/model/ids.ts'
import { statusOf, type ApplicantReply, type Remark } from '#core/review/finding.ts'
import { assertEditable, moveFinding } from '#core/review/status.ts'
import type { Actor, Clock } from './actor.ts'
import type { CommandRunner, Committed } from './commands.ts'
import type { ReadableDb } from './connection.ts'
import { findingsReader } from './findings.ts'
import { assertNotSubmitted } from './review-commands.ts'
import { reviewsReader } from './reviews.ts'
import { titles } from './titles.ts'
import { newUuid } from './uuid.ts'

/** The applicant's words on one finding. */
export interface BroughtReply {
  findingId: FindingId
  text: string
  reply: ApplicantReply
}

/** What came back from the applicant. */
export function replyCommands(db: ReadableDb, { run }: CommandRunner, clock: Clock) {
  const findings = findingsReader(db)
  const reviews = reviewsReader(db)

  return {
    /**
     * Puts the applicant's words under their findings, as one step that undo takes back whole. A finding that was open is answered then.
     * @param by who answers, as the file says it
     * @throws AppError 'review.submitted', 'finding.locked'; then none is brought in
     */
    bringReplies(reviewId: ReviewId, by: string, replies: readonly BroughtReply[], actor: Actor): Committed<Remark[]> {
      assertNotSubmitted(reviews.get(reviewId))
      const at = clock().toISOString()
      const found = replies.map((one) => ({ ...one, finding: findings.get(one.findingId) }))
      for (const { finding } of found) assertEditable(finding)
      return run(
        titles.bringReplies(replies.length, by),
        actor,
        (changes) =>
          found.map(({ finding, text, reply }): Remark => {
            const from = statusOf(finding)
            const step = from === 'open' ? { step: { from, to: 'answered' as const } } : {}
            if (from === 'open') changes.put('finding', moveFinding(finding, 'answered', ''))
            const remark: Remark = { id: newUuid() as RemarkId, findingId: finding.id, text, ...step, reply, by, at }
            changes.put('remark', remark)
            return remark
          }),
        'reply.brought',
      )
    },
  }
}
