import { AppError } from '#core/errors.ts'
import type { ItemEntry } from '#core/checklist/result.ts'
import type { PlanId, ReviewId } from '#core/model/ids.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import type { Review } from '#core/review/review.ts'
import type { Actor, Clock } from './actor.ts'
import type { CommandRunner, Committed } from './commands.ts'
import type { ReadableDb } from './connection.ts'
import { entriesReader } from './entries.ts'
import { plansReader } from './plans.ts'
import { reviewsReader } from './reviews.ts'
import { titles } from './titles.ts'
import { newUuid } from './uuid.ts'

export type EntryDraft = Omit<ItemEntry, 'by' | 'at'>
/** An expert's review carries the expert's own name; without one it is the actor's. */
export type ReviewDraft = Pick<Review, 'planId' | 'checklistId' | 'checklistVersion' | 'role' | 'numbersAfter'> & {
  reviewer?: string
}

/** @throws AppError 'review.submitted': what was handed in stays as it was, until the lead hands it back */
export function assertNotSubmitted({ submittedAt, reviewer }: Review): void {
  if (submittedAt !== undefined) throw new AppError('review.submitted', { reviewer })
}

/** What a person can do to plans, reviews and scores. Each is one step that can be undone. */
export function reviewCommands(db: ReadableDb, { run }: CommandRunner, clock: Clock) {
  const plans = plansReader(db)
  const reviews = reviewsReader(db)
  const entries = entriesReader(db)
  const now = (): string => clock().toISOString()

  return {
    /** Call it when the plan's GeoPackage already lies under its final name. Layers keep the order given. */
    addPlan: (plan: Plan, layers: readonly Layer[], actor: Actor): Committed<Plan> =>
      run(
        titles.addPlan(plan),
        actor,
        (changes) => {
          changes.put('plan', plan)
          for (const layer of layers) changes.put('layer', layer)
          return plan
        },
        'plan.added',
      ),

    /** Takes its layers, measurements, reviews, entries and findings along; undo brings all of them back. */
    removePlan: (id: PlanId, actor: Actor): Committed<void> =>
      run(titles.removePlan(plans.get(id)), actor, (changes) => changes.remove('plan', id), 'plan.removed'),

    openReview(draft: ReviewDraft, actor: Actor): Committed<Review> {
      const { reviewer = actor.name, ...rest } = draft
      const plan = plans.get(draft.planId)
      const title = rest.role === 'expert' ? titles.addExpert(reviewer) : titles.openReview(plan)
      return run(
        title,
        actor,
        (changes) => {
          const id = newUuid() as ReviewId
          const review: Review = { id, ...rest, reviewer, startedAt: now() }
          changes.put('review', review)
          return review
        },
        'review.opened',
      )
    },

    /** @throws AppError 'review.reason-required' when there is no reason in it, 'review.submitted' */
    setEntry(reviewId: ReviewId, draft: EntryDraft, actor: Actor): Committed<ItemEntry> {
      assertNotSubmitted(reviews.get(reviewId))
      return run(
        titles.setEntry(draft),
        actor,
        (changes) => {
          if (draft.reason.trim() === '') throw new AppError('review.reason-required', { item: draft.item })
          const entry: ItemEntry = { ...draft, by: actor.name, at: now() }
          changes.put('item_entry', { ...entry, reviewId })
          return entry
        },
        'entry.set',
      )
    },

    /** Back to what was measured. Nothing happens when there is no entry. */
    clearEntry(reviewId: ReviewId, item: string, actor: Actor): Committed<boolean> {
      assertNotSubmitted(reviews.get(reviewId))
      return run(
        titles.clearEntry(item),
        actor,
        (changes) => {
          const had = entries.find(reviewId, item) !== undefined
          changes.remove('item_entry', `${reviewId}/${item}`)
          return had
        },
        'entry.cleared',
      )
    },
  }
}

export type ReviewCommands = ReturnType<typeof reviewCommands>
