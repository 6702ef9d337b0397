import type { ItemEntry, Level } from '#core/checklist/result.ts'
import type { ReviewId } from '#core/model/ids.ts'
import type { ReadableDb, WritableDb } from './connection.ts'
import { fromJson, toJson } from './json.ts'

/** An entry together with the review it belongs to. */
export type StoredEntry = ItemEntry & { reviewId: ReviewId }

interface Row {
  reviewId: ReviewId
  item: string
  level: Level | null
  notApplicable: 0 | 1
  reason: string
  document: string | null
  page: number | null
  by: string
  at: string
  settled: string | null
  quote: string | null
}

const COLUMNS = `review_id AS reviewId, item, level, not_applicable AS notApplicable, reason, document, page, entered_by AS "by",
  entered_at AS at, settled, quote`

const toEntry = ({ settled, quote, ...row }: Row): StoredEntry => ({
  ...row,
  notApplicable: row.notApplicable === 1,
  ...(settled !== null && { settled: fromJson<NonNullable<ItemEntry['settled']>>(settled) }),
  ...(quote !== null && { quote }),
})

export const entriesReader = (db: ReadableDb) => {
  const ofReview = db.prepare<[ReviewId], Row>(`SELECT ${COLUMNS} FROM item_entries WHERE review_id = ? ORDER BY item`)
  const byKey = db.prepare<[ReviewId, string], Row>(`SELECT ${COLUMNS} FROM item_entries WHERE review_id = ? AND item = ?`)
  return {
    /** By item code. */
    ofReview: (reviewId: ReviewId): ItemEntry[] => ofReview.all(reviewId).map((row) => withoutReview(toEntry(row))),
    find(reviewId: ReviewId, item: string): StoredEntry | undefined {
      const row = byKey.get(reviewId, item)
      return row && toEntry(row)
    },
  }
}

const withoutReview = ({ reviewId: _, ...entry }: StoredEntry): ItemEntry => entry

export const entriesWriter = (db: WritableDb) => {
  const insert = db.prepare<
    unknown[]
  >(`INSERT INTO item_entries (level, not_applicable, reason, document, page, entered_by, entered_at,
    settled, quote, review_id, item) VALUES (?,?,?,?,?,?,?,?,?,?,?)`)
  const update = db.prepare<
    unknown[]
  >(`UPDATE item_entries SET level=?, not_applicable=?, reason=?, document=?, page=?, entered_by=?,
    entered_at=?, settled=?, quote=? WHERE review_id=? AND item=?`)
  const remove = db.prepare<[ReviewId, string]>('DELETE FROM item_entries WHERE review_id = ? AND item = ?')
  const values = (entry: StoredEntry) => [
    entry.level,
    entry.notApplicable ? 1 : 0,
    entry.reason,
    entry.document,
    entry.page,
    entry.by,
    entry.at,
    entry.settled === undefined ? null : toJson(entry.settled),
    entry.quote ?? null,
    entry.reviewId,
    entry.item,
  ]
  return {
    ...entriesReader(db),
    insert: (entry: StoredEntry) => insert.run(...values(entry)),
    update: (entry: StoredEntry) => update.run(...values(entry)),
    remove: (reviewId: ReviewId, item: string) => remove.run(reviewId, item),
  }
}
