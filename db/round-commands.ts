import type { Checklist } from '#core/checklist/schema.ts'
import type { FindingId, RemarkId, ReviewId } from '#core/model/ids.ts'
import type { Adoption, Finding, Remark } from '#core/review/finding.ts'
import type { Review } from '#core/review/review.ts'
import type { Round } from '#core/review/round.ts'
import { bilingual, type Bilingual } from '#core/text.ts'
import type { Actor, Clock } from './actor.ts'
import type { CommandRunner, Committed } from './commands.ts'
import type { ReadableDb } from './connection.ts'
import { findingsReader } from './findings.ts'
import { assertNotSubmitted, type EntryDraft, type ReviewDraft } from './review-commands.ts'
import { reviewsReader } from './reviews.ts'
import { titles } from './titles.ts'
import { newUuid } from './uuid.ts'

/** What a round begins with; `numbersAfter` 0 when the earlier rounds raised nothing. */
export interface RoundStart {
  round: Round
  /** The review that is there already, or what a new one and its first entries are made of. */
  review: Review | { draft: ReviewDraft; entries: readonly EntryDraft[] }
  numbersAfter: number
  carried: readonly Omit<Finding, 'id' | 'reviewId'>[]
  /** What is said under each as it comes over; null: nothing. In the order of `carried`. */
  notes?: readonly (string | null)[]
  /** Versions that came along and are not known here. */
  checklists?: readonly Checklist[]
}

const ADOPTED: Record<Adoption, Bilingual> = {
  adopted: bilingual('采纳', 'adopted'),
  partly: bilingual('部分采纳', 'partly adopted'),
  not: bilingual('未采纳', 'not adopted'),
}

/** What a reviewer does when a plan is submitted again. Each is one step that can be undone. */
export function roundCommands(db: ReadableDb, { run }: CommandRunner, clock: Clock) {
  const reviews = reviewsReader(db)
  const findings = findingsReader(db)
  const now = (): string => clock().toISOString()

  const said = (findingId: FindingId, text: string, actor: Actor): Remark => ({
    id: newUuid() as RemarkId,
    findingId,
    text: text.trim(),
    by: actor.name,
    at: now(),
  })
  const openOne = (id: FindingId): Finding => {
    const finding = findings.get(id)
    assertNotSubmitted(reviews.get(finding.reviewId))
    return finding
  }

  return {
    /** Opens the review where there is none, continues the numbers, keeps what changed, and brings the findings along: one step. */
    startRound(
      { round, review, numbersAfter, carried, notes = [], checklists = [] }: RoundStart,
      actor: Actor,
    ): Committed<Finding[]> {
      const isNew = 'draft' in review
      if (!isNew) assertNotSubmitted(review)
      const before: Review = isNew
        ? { id: newUuid() as ReviewId, reviewer: actor.name, ...review.draft, startedAt: now() }
        : review
      const continued = numbersAfter > 0 ? { ...before, numbersAfter } : before
      const made = carried.map((finding): Finding => ({ ...finding, id: newUuid() as FindingId, reviewId: before.id }))
      return run(
        titles.carryFindings(made.length),
        actor,
        (changes) => {
          for (const checklist of checklists) changes.put('received_checklist', checklist)
          changes.put('round', round)
          changes.put('review', continued)
          for (const entry of isNew ? review.entries : [])
            changes.put('item_entry', { ...entry, reviewId: before.id, by: actor.name, at: now() })
          for (const [at, finding] of made.entries()) {
            changes.put('finding', finding)
            const note = notes[at] ?? null
            if (note !== null) changes.put('remark', said(finding.id, note, actor))
          }
          return made
        },
        'round.started',
      )
    },

    /** Why something is raised although an earlier round let it pass. */
    explainLate(id: FindingId, reason: string, actor: Actor): Committed<Remark> {
      const { number } = openOne(id)
      const remark: Remark = { ...said(id, reason, actor), late: true }
      const title = bilingual(`说明本轮提出意见 ${number} 的理由`, `Why finding ${number} is raised in this round`)
      return run(title, actor, (changes) => (changes.put('remark', remark), remark), 'finding.late-explained')
    },

    /** How far the applicant adopted a finding; said again, the last holds. */
    adoptFinding(id: FindingId, adoption: Adoption, explanation: string, actor: Actor): Committed<Remark> {
      const { number } = openOne(id)
      const remark: Remark = { ...said(id, explanation, actor), adoption }
      const title = bilingual(`意见 ${number}：${ADOPTED[adoption].zh}`, `Finding ${number}: ${ADOPTED[adoption].en}`)
      return run(title, actor, (changes) => (changes.put('remark', remark), remark), 'finding.adoption-stated')
    },
  }
}
