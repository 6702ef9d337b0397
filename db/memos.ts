import type { MemoId, ReviewId } from '#core/model/ids.ts'
import type { ReadableDb, WritableDb } from './connection.ts'

/** A memo that left the office. The register outlives its review: what was sent cannot be unsent. */
export interface MemoRecord {
  id: MemoId
  reviewId: ReviewId
  format: 'pdf' | 'html' | 'json' | 'gpkg'
  /** Of the file's bytes. */
  sha256: string
  /** Of the review result it carries. */
  seal: string
  by: string
  at: string
}

export const memosReader = (db: ReadableDb) => {
  const ofReview = db.prepare<[ReviewId], MemoRecord>(
    `SELECT id, review_id AS reviewId, format, sha256, seal, exported_by AS "by", exported_at AS at
     FROM memos WHERE review_id = ? ORDER BY rowid DESC`,
  )
  const bySha256 = db.prepare<[string], { id: MemoId }>('SELECT id FROM memos WHERE sha256 = ? LIMIT 1')
  return {
    /** Whether a file of these bytes left from here. */
    hasLeft: (sha256: string): boolean => bySha256.get(sha256) !== undefined,
    /** Latest first. */
    ofReview: (reviewId: ReviewId): MemoRecord[] => ofReview.all(reviewId),
  }
}

export const memosWriter = (db: WritableDb) => {
  const insert = db.prepare<string[]>(
    'INSERT INTO memos (id, review_id, format, sha256, seal, exported_by, exported_at) VALUES (?,?,?,?,?,?,?)',
  )
  return {
    ...memosReader(db),
    add: (memo: MemoRecord) => insert.run(memo.id, memo.reviewId, memo.format, memo.sha256, memo.seal, memo.by, memo.at),
  }
}
