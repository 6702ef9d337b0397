import { scoreChecklist } from '#core/checklist/score.ts'
import { AppError } from '#core/errors.ts'
import { indicatorById } from '#core/indicators/index.ts'
import type { PastScore } from '#core/contract/past-procedures.ts'
import type { Input } from '#core/contract/procedures.ts'
import type { FindingId, PlanId, ReviewId } from '#core/model/ids.ts'
import type { Measurement } from '#core/model/measurement.ts'
import type { Finding, Remark } from '#core/review/finding.ts'
import type { Review, ReviewView } from '#core/review/review.ts'
import { definedOnly } from '#core/without.ts'
import type { Actor } from '#db/actor.ts'
import type { Catalogue } from '#db/catalogue.ts'
import type { Checklists } from './checklists.ts'

export interface ReviewService {
  /**
   * The plan's review against this checklist: the latest one, whatever version it is judged by, or a new one that starts with the
   * manifest's entries.
   */
  open(planId: PlanId, checklistId: string): ReviewView
  view(reviewId: ReviewId): ReviewView
  /** The lead's review and the panel's, judged by another version. @throws AppError 'checklist.unknown' */
  moveToChecklist(reviewId: ReviewId, version: string): ReviewView
  /** The score with the entries of an earlier moment (ISO, UTC). */
  asOf(reviewId: ReviewId, at: string): PastScore
  setEntry(input: Input<'reviews.setEntry'>): ReviewView
  clearEntry(reviewId: ReviewId, item: string): ReviewView
  addFinding(input: Input<'findings.add'>): Finding
  updateFinding(input: Input<'findings.update'>): Finding
  withdrawFindings(input: Input<'findings.withdraw'>): Finding[]
  moveFindings(input: Input<'findings.move'>): Finding[]
  patchFindings(input: Input<'findings.patch'>): Finding[]
  reply(input: Input<'findings.reply'>): Remark
}

/** A reviewer's work: entries and findings are stored, everything else is derived again each time. */
export function createReviewService(catalogue: Catalogue, checklists: Checklists, actor: () => Actor): ReviewService {
  const viewOf = (reviewId: ReviewId): ReviewView => {
    const review = catalogue.reviews.get(reviewId)
    const plan = catalogue.plans.get(review.planId)
    const measurements = catalogue.measurements.ofPlan(plan.id)
    const entries = catalogue.entries.ofReview(reviewId)
    const checklist = checklists.version(review.checklistId, review.checklistVersion)
    const result = scoreChecklist(checklist, { measurements, entries, cityKind: plan.cityKind, planLevel: plan.planLevel })
    const newest = checklists.get(review.checklistId).version
    return {
      review,
      measurements,
      entries,
      findings: catalogue.findings.ofReview(reviewId),
      result,
      stale: staleOf(measurements),
      ...(newest === checklist.version ? {} : { newerChecklist: newest }),
    }
  }

  /** The view, with total and coverage kept for the list of plans. */
  const changed = (reviewId: ReviewId): ReviewView => {
    const view = viewOf(reviewId)
    if (!catalogue.readOnly) catalogue.reviews.setSummary(reviewId, view.result.total, view.result.coverage)
    return view
  }

  const knownItem = (review: Review, item: string): void => {
    const checklist = checklists.version(review.checklistId, review.checklistVersion)
    if (!checklist.items.some(({ id }) => id === item))
      throw new AppError('review.unknown-item', { item, checklist: checklist.id })
  }

  const reviewOf = (id: FindingId): Review => catalogue.reviews.get(catalogue.findings.get(id).reviewId)

  const start = (planId: PlanId, checklistId: string): Review => {
    const checklist = checklists.get(checklistId)
    const entries = catalogue.plans.get(planId).manifest.entries ?? []
    const draft = { planId, checklistId, checklistVersion: checklist.version }
    const unknown = entries.find(({ item }) => !checklist.items.some(({ id }) => id === item))
    if (unknown !== undefined) throw new AppError('review.unknown-item', { item: unknown.item, checklist: checklistId })
    const review = catalogue.commands.openReview(draft, actor()).value
    for (const { item, level = null, notApplicable, reason, document = null, page = null } of entries) {
      const entry = {
        item,
        level: level as 0 | 1 | 2 | 3 | 4 | null,
        notApplicable: notApplicable ?? false,
        reason,
        document,
        page,
      }
      catalogue.commands.setEntry(review.id, entry, actor())
    }
    return review
  }

  return {
    open(planId, checklistId) {
      const mine = (review: Review) => review.role !== 'expert' && review.checklistId === checklistId
      const review = catalogue.reviews.ofPlan(planId).find(mine) ?? start(planId, checklistId)
      return changed(review.id)
    },
    view: changed,
    moveToChecklist(reviewId, version) {
      const { planId, checklistId, checklistVersion } = catalogue.reviews.get(reviewId)
      checklists.version(checklistId, version)
      const together = catalogue.reviews
        .ofPlan(planId)
        .filter((one) => one.id === reviewId || (one.role === 'expert' && one.checklistId === checklistId))
        .filter((one) => one.checklistVersion === checklistVersion)
      catalogue.commands.moveToChecklist(
        together.map(({ id }) => id),
        version,
        actor(),
      )
      return changed(reviewId)
    },
    asOf(reviewId, at) {
      const review = catalogue.reviews.get(reviewId)
      const { cityKind, planLevel } = catalogue.plans.get(review.planId)
      const measurements = catalogue.measurements.ofPlan(review.planId)
      const checklist = checklists.version(review.checklistId, review.checklistVersion)
      const entries = catalogue.past.entriesAt(reviewId, at)
      const later = [...catalogue.measurements.measuredAt(review.planId)].filter(([, measuredAt]) => measuredAt > at)
      return {
        at,
        result: scoreChecklist(checklist, { measurements, entries, cityKind, planLevel }),
        measuredLater: later.map(([id]) => id),
      }
    },
    setEntry({ reviewId, ...draft }) {
      knownItem(catalogue.reviews.get(reviewId), draft.item)
      catalogue.commands.setEntry(reviewId, definedOnly(draft), actor())
      return changed(reviewId)
    },
    clearEntry(reviewId, item) {
      catalogue.commands.clearEntry(reviewId, item, actor())
      return changed(reviewId)
    },
    addFinding({ reviewId, ...draft }) {
      if (draft.item !== null) knownItem(catalogue.reviews.get(reviewId), draft.item)
      return catalogue.commands.addFinding(reviewId, definedOnly(draft), actor()).value
    },
    updateFinding({ findingId, ...draft }) {
      if (draft.item !== null) knownItem(reviewOf(findingId), draft.item)
      return catalogue.commands.updateFinding(findingId, definedOnly(draft), actor()).value
    },
    withdrawFindings: ({ findingIds }) => catalogue.commands.withdrawFindings(findingIds, actor()).value,
    moveFindings: ({ findingIds, to, reason }) => catalogue.commands.moveFindings(findingIds, to, reason, actor()).value,
    patchFindings({ findingIds, ...patch }) {
      if (patch.item != null) for (const id of findingIds) knownItem(reviewOf(id), patch.item)
      return catalogue.commands.patchFindings(findingIds, definedOnly(patch), actor()).value
    },
    reply: ({ findingId, text }) => catalogue.commands.replyToFinding(findingId, text, actor()).value,
  }
}

/** Measured by another version of its indicator than the one shipped now. A plan's layers never change, so nothing else can age. */
const staleOf = (measurements: readonly Measurement[]): string[] =>
  measurements.filter(({ id, version }) => indicatorById(id)?.version !== version).map(({ id }) => id)
