import { AppError } from '#core/errors.ts'
import type { PlanId, ReviewId } from '#core/model/ids.ts'
import type { Review } from '#core/review/review.ts'
import type { ReadableDb, WritableDb } from './connection.ts'
import { firstOp } from './operations.ts'

const COLUMNS =
  'id, plan_id AS planId, checklist_id AS checklistId, checklist_version AS checklistVersion, reviewer, started_at AS startedAt, role, blind, submitted_at AS submittedAt, numbers_after AS numbersAfter'

type Base = Omit<Review, 'role' | 'blind' | 'submittedAt' | 'numbersAfter'>
type Row = Base & { role: 'expert' | null; blind: 1 | null; submittedAt: string | null; numbersAfter: number | null }

const toReview = ({ role, blind, submittedAt, numbersAfter, ...row }: Row): Review => ({
  ...row,
  ...(role !== null && { role }),
  ...(blind !== null && { blind: true as const }),
  ...(submittedAt !== null && { submittedAt }),
  ...(numbersAfter !== null && { numbersAfter }),
})

const toValues = (review: Review) => [
  review.planId,
  review.checklistId,
  review.checklistVersion,
  review.reviewer,
  review.startedAt,
  review.role ?? null,
  review.blind ? 1 : null,
  review.submittedAt ?? null,
  review.numbersAfter ?? null,
]

export const reviewsReader = (db: ReadableDb) => {
  const byId = db.prepare<[ReviewId], Row>(`SELECT ${COLUMNS} FROM reviews WHERE id = ?`)
  const ofPlan = db.prepare<[PlanId], Row>(
    `SELECT ${COLUMNS} FROM reviews WHERE plan_id = ? ORDER BY ${firstOp('review', 'id')} DESC`,
  )
  const find = (id: ReviewId): Review | undefined => {
    const row = byId.get(id)
    return row && toReview(row)
  }
  return {
    /** Latest first. */
    ofPlan: (planId: PlanId): Review[] => ofPlan.all(planId).map(toReview),
    find,
    /** @throws AppError 'catalogue.not-found' */
    get(id: ReviewId): Review {
      const review = find(id)
      if (!review) throw new AppError('catalogue.not-found', { what: id })
      return review
    },
  }
}

export const reviewsWriter = (db: WritableDb) => {
  const insert = db.prepare<unknown[]>(
    'INSERT INTO reviews (plan_id, checklist_id, checklist_version, reviewer, started_at, role, blind, submitted_at, numbers_after, id) VALUES (?,?,?,?,?,?,?,?,?,?)',
  )
  const update = db.prepare<unknown[]>(
    'UPDATE reviews SET plan_id=?, checklist_id=?, checklist_version=?, reviewer=?, started_at=?, role=?, blind=?, submitted_at=?, numbers_after=? WHERE id=?',
  )
  const remove = db.prepare<[ReviewId]>('DELETE FROM reviews WHERE id = ?')
  return {
    ...reviewsReader(db),
    insert: (review: Review) => insert.run(...toValues(review), review.id),
    update: (review: Review) => update.run(...toValues(review), review.id),
    remove: (id: ReviewId) => remove.run(id),
  }
}
