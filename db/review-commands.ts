import { AppError } from '#core/errors.ts'
import type { ItemEntry } from '#core/checklist/result.ts'
import type { FindingId, PlanId, ReviewId } from '#core/model/ids.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import type { Finding } from '#core/review/finding.ts'
import type { Review } from '#core/review/review.ts'
import { overSettled } from '#core/review/settlement.ts'
import { assertEditable } from '#core/review/status.ts'
import { without } from '#core/without.ts'
import type { Actor, Clock } from './actor.ts'
import type { CommandRunner, Committed } from './commands.ts'
import type { ReadableDb } from './connection.ts'
import type { Changes } from './changes.ts'
import { entriesReader, type StoredEntry } from './entries.ts'
import { findingsReader } from './findings.ts'
import { pastReader } from './past.ts'
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
  const findings = findingsReader(db)
  const past = pastReader(db)
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

    /** Judges reviews by another version of their checklist: one step for a lead and the panel. Entries stay as they are. */
    moveToChecklist(ids: readonly ReviewId[], version: string, actor: Actor): Committed<Review[]> {
      const moved = ids.map((id): Review => ({ ...reviews.get(id), checklistVersion: version }))
      return run(
        titles.moveToChecklist(version),
        actor,
        (changes) => {
          for (const review of moved) changes.put('review', review)
          return moved
        },
        'review.checklist-moved',
      )
    },

    /**
     * What a panel settled stays marked as settled while the level stays.
     * @throws AppError 'review.reason-required' when there is no reason in it, 'review.submitted'
     */
    setEntry(reviewId: ReviewId, draft: EntryDraft, actor: Actor): Committed<ItemEntry> {
      assertNotSubmitted(reviews.get(reviewId))
      return run(
        titles.setEntry(draft),
        actor,
        (changes) => {
          if (draft.reason.trim() === '') throw new AppError('review.reason-required', { item: draft.item })
          const entry: ItemEntry = { ...overSettled(draft, entries.find(reviewId, draft.item)), by: actor.name, at: now() }
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

    /**
     * Puts back what one earlier operation left of an entry or a finding, as a new step that touches nothing else. The status of a
     * finding and its being withdrawn stay as they are: they have steps of their own.
     * @throws AppError 'catalogue.not-found', 'history.cannot-restore', 'review.submitted', 'finding.locked'
     */
    restoreDecision(opId: string, actor: Actor): Committed<void> {
      const { entity, id, after } = past.stateAfter(opId)
      if (entity === 'item_entry') {
        const [reviewId, item] = id.split('/') as [ReviewId, string]
        assertNotSubmitted(reviews.get(reviewId))
        const put = (changes: Changes) =>
          after === null ? changes.remove('item_entry', id) : changes.put('item_entry', after as StoredEntry)
        return run(titles.restoreEntry(item), actor, put, 'entry.restored')
      }
      const now = findings.get(id as FindingId)
      assertNotSubmitted(reviews.get(now.reviewId))
      assertEditable(now)
      if (after === null) throw new AppError('history.cannot-restore', { what: String(now.number) })
      const earlier = without(after as Finding, 'status', 'withdrawn', 'origin')
      const finding: Finding = {
        ...earlier,
        withdrawn: now.withdrawn,
        ...(now.status !== undefined && { status: now.status }),
        ...(now.origin !== undefined && { origin: now.origin }),
      }
      return run(titles.restoreFinding(now.number), actor, (changes) => changes.put('finding', finding), 'finding.restored')
    },
  }
}

export type ReviewCommands = ReturnType<typeof reviewCommands>
