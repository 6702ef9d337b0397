import { AppError } from '#core/errors.ts'
import type { ItemEntry } from '#core/checklist/result.ts'
import type { FindingId, PlanId, ReviewId } from '#core/model/ids.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import type { Finding } from '#core/review/finding.ts'
import type { Review } from '#core/review/review.ts'
import type { Actor, Clock } from './actor.ts'
import type { CommandRunner, Committed } from './commands.ts'
import type { ReadableDb } from './connection.ts'
import { entriesReader } from './entries.ts'
import { findingsReader } from './findings.ts'
import { plansReader } from './plans.ts'
import { reviewsReader } from './reviews.ts'
import { titles } from './titles.ts'
import { newUuid } from './uuid.ts'

/** What a reviewer types of a finding; number, author and time are ours. */
export type FindingDraft = Pick<Finding, 'item' | 'severity' | 'text' | 'action' | 'evidence'>
export type EntryDraft = Omit<ItemEntry, 'by' | 'at'>
export type ReviewDraft = Pick<Review, 'planId' | 'checklistId' | 'checklistVersion'>

/** Everything a person can do to plans and reviews. Each is one step that can be undone. */
export function reviewCommands(db: ReadableDb, { run }: CommandRunner, clock: Clock) {
  const plans = plansReader(db)
  const reviews = reviewsReader(db)
  const entries = entriesReader(db)
  const findings = findingsReader(db)
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
      const { planId, checklistId, checklistVersion } = draft
      const title = titles.openReview(plans.get(planId))
      return run(
        title,
        actor,
        (changes) => {
          const id = newUuid() as ReviewId
          const review: Review = { id, planId, checklistId, checklistVersion, reviewer: actor.name, startedAt: now() }
          changes.put('review', review)
          return review
        },
        'review.opened',
      )
    },

    /** @throws AppError 'review.reason-required' when there is no reason in it */
    setEntry(reviewId: ReviewId, draft: EntryDraft, actor: Actor): Committed<ItemEntry> {
      reviews.get(reviewId)
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
      reviews.get(reviewId)
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

    /** Gives it the review's next number, which is never given again. */
    addFinding(reviewId: ReviewId, draft: FindingDraft, actor: Actor): Committed<Finding> {
      reviews.get(reviewId)
      const number = findings.nextNumber(reviewId)
      return run(
        titles.addFinding(number),
        actor,
        (changes) => {
          const id = newUuid() as FindingId
          const finding: Finding = { id, reviewId, number, ...draft, withdrawn: false, by: actor.name, at: now() }
          changes.put('finding', finding)
          return finding
        },
        'finding.added',
      )
    },

    updateFinding(id: FindingId, draft: FindingDraft, actor: Actor): Committed<Finding> {
      const finding: Finding = { ...findings.get(id), ...draft, by: actor.name, at: now() }
      return run(
        titles.updateFinding(finding.number),
        actor,
        (changes) => {
          changes.put('finding', finding)
          return finding
        },
        'finding.updated',
      )
    },

    /** It keeps its number and is printed as withdrawn; a second withdrawal changes nothing. */
    withdrawFinding(id: FindingId, actor: Actor): Committed<Finding> {
      const finding: Finding = { ...findings.get(id), withdrawn: true }
      return run(
        titles.withdrawFinding(finding.number),
        actor,
        (changes) => {
          changes.put('finding', finding)
          return finding
        },
        'finding.withdrawn',
      )
    },
  }
}

export type ReviewCommands = ReturnType<typeof reviewCommands>
