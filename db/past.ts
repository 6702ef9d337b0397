import { AppError } from '#core/errors.ts'
import type { ItemEntry } from '#core/checklist/result.ts'
import type { FindingId, ReviewId } from '#core/model/ids.ts'
import type { Finding } from '#core/review/finding.ts'
import type { Bilingual } from '#core/text.ts'
import { without } from '#core/without.ts'
import type { ReadableDb } from './connection.ts'
import type { StoredEntry } from './entries.ts'
import { fromJson } from './json.ts'
import { uuidFromBlob, uuidToBlob } from './uuid.ts'

/** One change of one thing, as its own history shows it. */
export interface Decision<T> {
  opId: string
  title: Bilingual
  kind: 'command' | 'undo' | 'redo'
  by: string
  at: string
  /** What it was after this change; null when it was taken away. */
  after: T | null
}

interface Row {
  op_id: Buffer
  entity: string
  entity_id: Buffer
  before: string | null
  after: string | null
  kind: 'command' | 'undo' | 'redo'
  zh: string
  en: string
  by: string
  at: string
}

const SELECT = `SELECT o.op_id, o.entity, o.entity_id, o.before, o.after, t.kind, t.title_zh AS zh, t.title_en AS en,
  t.actor AS "by", t.at FROM op o JOIN op_txn t ON t.txn = o.txn`

/** Entities of which a single earlier state can be brought back by itself. */
const RESTORABLE = ['item_entry', 'finding']

/** What the operation log knows of earlier days. Nothing is stored twice: the past is folded from the log. */
export const pastReader = (db: ReadableDb) => {
  const ofEntity = db.prepare<[string, Buffer], Row>(`${SELECT} WHERE o.entity = ? AND o.entity_id = ? ORDER BY o.seq`)
  const untilDay = db.prepare<[Buffer, Buffer, string], Row>(
    `${SELECT} WHERE o.entity = 'item_entry' AND o.entity_id >= ? AND o.entity_id < ? AND t.at <= ? ORDER BY o.seq`,
  )
  const byId = db.prepare<[Buffer], Row>(`${SELECT} WHERE o.op_id = ?`)

  const decisions = <T>(entity: string, id: string, shape: (stored: unknown) => T): Decision<T>[] =>
    ofEntity.all(entity, Buffer.from(id, 'utf8')).map((row) => ({
      opId: uuidFromBlob(row.op_id),
      title: { zh: row.zh, en: row.en },
      kind: row.kind,
      by: row.by,
      at: row.at,
      after: row.after === null ? null : shape(fromJson(row.after)),
    }))

  return {
    /** Every judgement that an item ever had in a review, oldest first. */
    ofItem: (reviewId: ReviewId, item: string): Decision<ItemEntry>[] =>
      decisions('item_entry', `${reviewId}/${item}`, (stored) => without(stored as StoredEntry, 'reviewId')),
    /** Every wording and status that a finding ever had, oldest first. */
    ofFinding: (id: FindingId): Decision<Finding>[] => decisions('finding', id, (stored) => stored as Finding),
    /** A review's entries as they stood at a moment (ISO, UTC), by item. */
    entriesAt(reviewId: ReviewId, at: string): ItemEntry[] {
      // A slash ends the review's id in the key, and '0' is the next character after it.
      const [from, to] = [Buffer.from(`${reviewId}/`, 'utf8'), Buffer.from(`${reviewId}0`, 'utf8')]
      const now = new Map<string, ItemEntry>()
      for (const { entity_id, after } of untilDay.all(from, to, at)) {
        const key = entity_id.toString('utf8')
        if (after === null) now.delete(key)
        else now.set(key, without(fromJson<StoredEntry>(after), 'reviewId'))
      }
      return [...now.values()].toSorted((a, b) => (a.item < b.item ? -1 : 1))
    },
    /**
     * The state that one operation left behind, to be put back as a new step.
     * @throws AppError 'catalogue.not-found', 'history.cannot-restore'
     */
    stateAfter(opId: string): { entity: 'item_entry' | 'finding'; id: string; after: StoredEntry | Finding | null } {
      const row = byId.get(uuidToBlob(opId))
      if (!row) throw new AppError('catalogue.not-found', { what: opId })
      if (!RESTORABLE.includes(row.entity)) throw new AppError('history.cannot-restore', { what: row.entity })
      const after = row.after === null ? null : fromJson<StoredEntry | Finding>(row.after)
      return { entity: row.entity as 'item_entry' | 'finding', id: row.entity_id.toString('utf8'), after }
    },
  }
}
