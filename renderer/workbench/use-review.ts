import type { Checklist } from '#core/checklist/schema.ts'
import type { PlanId } from '#core/model/ids.ts'
import type { ReviewView } from '#core/review/review.ts'
import { useRead } from '../api/use-api.tsx'

/** A review with the checklist it is made against. */
export interface OpenReview {
  view: ReviewView
  checklist: Checklist
}

type Loading = { state: 'loading' } | { state: 'failed'; error: unknown; retry: () => void } | ({ state: 'ready' } & OpenReview)

/** Opens (or starts) the review of a plan against the catalogue's first checklist, and keeps it fresh. */
export function useReview(planId: PlanId): Loading {
  const lists = useRead('checklists.list', {})
  const checklistId = lists.data?.[0]?.id ?? ''
  const checklist = useRead('checklists.get', { checklistId }, { enabled: checklistId !== '' })
  const opened = useRead('reviews.open', { planId, checklistId }, { enabled: checklistId !== '' })
  const reviewId = opened.data?.review.id
  const current = useRead('reviews.get', { reviewId: reviewId ?? ('' as never) }, { enabled: reviewId !== undefined })
  const view = current.data ?? opened.data
  const failed = [lists, checklist, opened, current].find((read) => read.error !== null)
  if (failed) return { state: 'failed', error: failed.error, retry: () => void failed.refetch() }
  if (!view || !checklist.data) return { state: 'loading' }
  return { state: 'ready', view, checklist: checklist.data }
}
