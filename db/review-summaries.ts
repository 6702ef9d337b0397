import type { ReviewId } from '#core/model/ids.ts'
import type { ReadableDb, WritableDb } from './connection.ts'

/** Total and coverage of a review as last scored, so that the list of plans need not score them all. Derived. */
export interface ReviewSummary {
  reviewId: ReviewId
  total: number | null
  coverage: number
}

export const reviewSummariesReader = (db: ReadableDb) => {
  const byReview = db.prepare<[ReviewId], ReviewSummary>(
    'SELECT review_id AS reviewId, total, coverage FROM review_summaries WHERE review_id = ?',
  )
  return { find: (reviewId: ReviewId): ReviewSummary | undefined => byReview.get(reviewId) }
}

export const reviewSummariesWriter = (db: WritableDb) => {
  const upsert = db.prepare<[ReviewId, number | null, number]>(
    `INSERT INTO review_summaries (review_id, total, coverage) VALUES (?,?,?)
     ON CONFLICT (review_id) DO UPDATE SET total = excluded.total, coverage = excluded.coverage`,
  )
  const remove = db.prepare<[ReviewId]>('DELETE FROM review_summaries WHERE review_id = ?')
  return {
    ...reviewSummariesReader(db),
    put: (summary: ReviewSummary) => upsert.run(summary.reviewId, summary.total, summary.coverage),
    remove: (reviewId: ReviewId) => remove.run(reviewId),
  }
}
