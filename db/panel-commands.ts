import type { ItemEntry } from '#core/checklist/result.ts'
import { AppError } from '#core/errors.ts'
import type { AttachmentId, PlanId, ReviewId } from '#core/model/ids.ts'
import type { Attachment } from '#core/review/attachment.ts'
import type { Review } from '#core/review/review.ts'
import type { Round } from '#core/review/round.ts'
import { without } from '#core/without.ts'
import type { Actor, Clock } from './actor.ts'
import type { CommandRunner, Committed } from './commands.ts'
import type { ReadableDb } from './connection.ts'
import { plansReader } from './plans.ts'
import { recordsReader } from './records.ts'
import { assertNotSubmitted, type EntryDraft } from './review-commands.ts'
import { reviewsReader } from './reviews.ts'
import { titles } from './titles.ts'
import { newUuid } from './uuid.ts'

/** What is given of an attachment; id, author and time are ours. */
export type AttachmentDraft = Omit<Attachment, 'id' | 'by' | 'at'>

/** What a lead can do to a panel of experts, to rounds, and to what is attached. Each is one step that can be undone. */
export function panelCommands(db: ReadableDb, { run }: CommandRunner, clock: Clock) {
  const plans = plansReader(db)
  const reviews = reviewsReader(db)
  const records = recordsReader(db)

  const putReview = (review: Review, title: ReturnType<typeof titles.submitReview>, actor: Actor, action: string) =>
    run(title, actor, (changes) => (changes.put('review', review), review), action)

  return {
    /** An expert hands the review in; from then on it is locked. Handing in twice changes nothing. */
    submitReview(id: ReviewId, actor: Actor): Committed<Review> {
      const review = reviews.get(id)
      const submitted: Review = { ...review, submittedAt: review.submittedAt ?? clock().toISOString() }
      return putReview(submitted, titles.submitReview(review.reviewer), actor, 'review.submitted')
    },

    /** The lead hands it back to be changed. */
    reopenReview(id: ReviewId, actor: Actor): Committed<Review> {
      const review: Review = without(reviews.get(id), 'submittedAt')
      return putReview(review, titles.reopenReview(review.reviewer), actor, 'review.reopened')
    },

    /** Whether experts see each other's work before all have submitted; written at the lead's review. */
    setBlind(id: ReviewId, isBlind: boolean, actor: Actor): Committed<Review> {
      const review: Review = without(reviews.get(id), 'blind')
      return putReview(isBlind ? { ...review, blind: true } : review, titles.setBlind(isBlind), actor, 'review.blind-set')
    },

    /** Takes an expert off the panel with everything that was written; undo brings it back. */
    removeReview: (id: ReviewId, actor: Actor): Committed<void> =>
      run(titles.removeExpert(reviews.get(id).reviewer), actor, (changes) => changes.remove('review', id), 'review.removed'),

    /**
     * What a panel settled at once: several entries of the lead's review, one step.
     * @throws AppError 'review.reason-required', 'review.submitted'
     */
    settleItems(id: ReviewId, drafts: readonly EntryDraft[], actor: Actor): Committed<ItemEntry[]> {
      assertNotSubmitted(reviews.get(id))
      const unreasoned = drafts.find(({ reason }) => reason.trim() === '')
      if (unreasoned !== undefined) throw new AppError('review.reason-required', { item: unreasoned.item })
      const settled = drafts.map((draft): ItemEntry => ({ ...draft, by: actor.name, at: clock().toISOString() }))
      return run(
        titles.settleItems(settled.length),
        actor,
        (changes) => {
          for (const entry of settled) changes.put('item_entry', { ...entry, reviewId: id })
          return settled
        },
        'panel.settled',
      )
    },

    /**
     * Says that a plan answers an earlier one; null takes that back.
     * @throws AppError 'round.same-plan', 'round.loop'
     */
    setPreviousPlan(planId: PlanId, previousPlanId: PlanId | null, actor: Actor): Committed<Round | null> {
      const plan = plans.get(planId)
      const round = previousPlanId === null ? null : { planId, previousPlanId, number: numberAfter(planId, previousPlanId) }
      return run(
        titles.setRound(plan, round?.number ?? 1),
        actor,
        (changes) => {
          if (round === null) changes.remove('round', planId)
          else changes.put('round', round)
          return round
        },
        'round.set',
      )
    },

    /** Call it when the file already lies under its hash. */
    addAttachment(draft: AttachmentDraft, actor: Actor): Committed<Attachment> {
      assertNotSubmitted(reviews.get(draft.reviewId))
      const attachment: Attachment = { ...draft, id: newUuid() as AttachmentId, by: actor.name, at: clock().toISOString() }
      const title = titles.addAttachment(draft.name)
      return run(title, actor, (changes) => (changes.put('attachment', attachment), attachment), 'attachment.added')
    },

    /** Undo brings it back; the file stays for as long as the log can name it. */
    removeAttachment(id: AttachmentId, actor: Actor): Committed<void> {
      const { name, reviewId } = records.get('attachment', id)
      assertNotSubmitted(reviews.get(reviewId))
      return run(titles.removeAttachment(name), actor, (changes) => changes.remove('attachment', id), 'attachment.removed')
    },
  }

  /** 2 after a first submission, and so on; walks back to the first. */
  function numberAfter(planId: PlanId, previousPlanId: PlanId): number {
    const previous = plans.get(previousPlanId)
    if (planId === previousPlanId) throw new AppError('round.same-plan', { plan: previous.name })
    let number = 2
    for (let at = records.find('round', previousPlanId); at !== undefined; at = records.find('round', at.previousPlanId)) {
      if (at.previousPlanId === planId) throw new AppError('round.loop', { plan: previous.name })
      number += 1
    }
    return number
  }
}
