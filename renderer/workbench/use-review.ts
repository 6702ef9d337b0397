import type { Checklist } from '#core/checklist/schema.ts'
import type { Output } from '#core/contract/procedures.ts'
import type { PlanId } from '#core/model/ids.ts'
import type { ReviewView } from '#core/review/review.ts'
import { useRead } from '../api/use-api.tsx'
import { useShownReviewStore, type ShownReview } from '../panel/shown-review.ts'
import { useUi } from '../state/ui-store.ts'

/** A review with the checklist it is made against. */
export interface OpenReview {
  view: ReviewView
  checklist: Checklist
}

interface Choice {
  /** Every checklist of this version, and the one this review is made against. */
  lists: Output<'checklists.list'>
  checklistId: string
}

type Loading = Choice &
  ({ state: 'loading' } | { state: 'failed'; error: unknown; retry: () => void } | ({ state: 'ready' } & OpenReview))

/** Opens (or starts) the lead's review of a plan against the chosen checklist, or the catalogue's first, and keeps it fresh. */
export const useReview = (planId: PlanId): Loading => useReviewOf(planId, null)

/** The same, but an expert's review where the person opened one. */
export const useShownReview = (planId: PlanId): Loading =>
  useReviewOf(
    planId,
    useShownReviewStore((state) => state.shown),
  )

function useReviewOf(planId: PlanId, shown: ShownReview | null): Loading {
  const listing = useRead('checklists.list', {})
  const chosen = useUi((state) => state.checklistId)
  const lists = listing.data ?? []
  const checklistId = (lists.find(({ id }) => id === chosen) ?? lists[0])?.id ?? ''
  const opened = useRead('reviews.open', { planId, checklistId }, { enabled: checklistId !== '' })
  const expertsId = shown?.planId === planId && shown.checklistId === checklistId ? shown.reviewId : undefined
  const reviewId = expertsId ?? opened.data?.review.id
  const current = useRead('reviews.get', { reviewId: reviewId ?? ('' as never) }, { enabled: reviewId !== undefined })
  const view = current.data ?? (expertsId === undefined ? opened.data : undefined)
  // The version that the review is judged by, which need not be the current one.
  const version = view?.review.checklistVersion ?? ''
  const checklist = useRead('checklists.version', { checklistId, version }, { enabled: view !== undefined })
  const choice = { lists, checklistId }
  const failed = [listing, checklist, opened, current].find((read) => read.error !== null)
  if (failed) return { ...choice, state: 'failed', error: failed.error, retry: () => void failed.refetch() }
  if (!view || !checklist.data) return { ...choice, state: 'loading' }
  return { ...choice, state: 'ready', view, checklist: checklist.data }
}
