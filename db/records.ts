import type { Checklist } from '#core/checklist/schema.ts'
import { AppError } from '#core/errors.ts'
import type { Attachment } from '#core/review/attachment.ts'
import type { Remark } from '#core/review/finding.ts'
import type { OptionEdit, PlanOption } from '#core/review/option.ts'
import type { Round } from '#core/review/round.ts'
import type { RemarkTemplate } from '#core/review/template.ts'
import type { Resolution } from '#core/share/operation.ts'
import type { MergedOperation, MergeReceipt } from '#core/share/receipt.ts'
import type { ReadableDb, WritableDb } from './connection.ts'
import { fromJson, toJson } from './json.ts'
import type { Entity } from './entities.ts'

/** What is stored as a whole record, by its kind in the operation log. */
export interface RecordTypes {
  remark: Remark
  attachment: Attachment
  round: Round
  option: PlanOption
  option_edit: OptionEdit
  template: RemarkTemplate
  checklist: Checklist
  merge: MergeReceipt
  merged_op: MergedOperation
  resolution: Resolution
  /** A version that came with a review from elsewhere: reviews are judged by it, nothing new is started with it. */
  received_checklist: Checklist
}
export type RecordKind = keyof RecordTypes

/** Of the office, not of one plan or review. */
const OFFICE = ''

/** THE LIST of kinds: what identifies a record and what it hangs on. */
const KEYS: { [K in RecordKind]: { id: (record: RecordTypes[K]) => string; parent: (record: RecordTypes[K]) => string } } = {
  remark: { id: ({ id }) => id, parent: ({ findingId }) => findingId },
  attachment: { id: ({ id }) => id, parent: ({ reviewId }) => reviewId },
  round: { id: ({ planId }) => planId, parent: ({ planId }) => planId },
  option: { id: ({ id }) => id, parent: ({ reviewId }) => reviewId },
  option_edit: { id: ({ id }) => id, parent: ({ optionId }) => optionId },
  template: { id: ({ id }) => id, parent: () => OFFICE },
  checklist: { id: ({ id, version }) => `${id}@${version}`, parent: () => OFFICE },
  merge: { id: ({ id }) => id, parent: () => OFFICE },
  merged_op: { id: ({ id }) => id, parent: ({ planId }) => planId },
  resolution: { id: ({ id }) => id, parent: ({ planId }) => planId },
  received_checklist: { id: ({ id, version }) => `${id}@${version}`, parent: () => OFFICE },
}

export const recordsReader = (db: ReadableDb) => {
  const byId = db.prepare<[string, string], { body: string }>('SELECT body FROM records WHERE kind = ? AND id = ?')
  // By the log, so that an undo and redo bring a record back to its place.
  const ofParent = db.prepare<[string, string], { body: string }>(
    `SELECT body FROM records r WHERE kind = ? AND parent = ?
     ORDER BY (SELECT min(o.seq) FROM op o WHERE o.entity = r.kind AND o.entity_id = CAST(r.id AS BLOB))`,
  )
  const ofKind = db.prepare<[string], { body: string }>('SELECT body FROM records WHERE kind = ? ORDER BY id')
  const filesOf = db.prepare<[], { sha256: string }>(
    `SELECT DISTINCT json_extract(coalesce(after, before), '$.sha256') AS sha256 FROM op WHERE entity = 'attachment'`,
  )
  const find = <K extends RecordKind>(kind: K, id: string): RecordTypes[K] | undefined => {
    const row = byId.get(kind, id)
    return row && fromJson<RecordTypes[K]>(row.body)
  }
  return {
    find,
    /** @throws AppError 'catalogue.not-found' */
    get<K extends RecordKind>(kind: K, id: string): RecordTypes[K] {
      const record = find(kind, id)
      if (!record) throw new AppError('catalogue.not-found', { what: id })
      return record
    },
    /** In the order in which they were first made. */
    of: <K extends RecordKind>(kind: K, parent: string): RecordTypes[K][] =>
      ofParent.all(kind, parent).map(({ body }) => fromJson<RecordTypes[K]>(body)),
    /** Every record of a kind, by id. */
    all: <K extends RecordKind>(kind: K): RecordTypes[K][] => ofKind.all(kind).map(({ body }) => fromJson<RecordTypes[K]>(body)),
    /** Content hashes of every attachment that some operation can bring back. */
    attachmentSha256s: (): Set<string> => new Set(filesOf.all().map(({ sha256 }) => sha256)),
  }
}

/** The records of one kind as the operation log writes them. */
export function recordEntity<K extends RecordKind>(
  db: WritableDb,
  kind: K,
  dependents?: Entity<RecordTypes[K]>['dependents'],
): Entity<RecordTypes[K]> {
  const { find } = recordsReader(db)
  const { id, parent } = KEYS[kind]
  const insert = db.prepare<string[]>('INSERT INTO records (parent, body, kind, id) VALUES (?,?,?,?)')
  const update = db.prepare<string[]>('UPDATE records SET parent=?, body=? WHERE kind=? AND id=?')
  const remove = db.prepare<string[]>('DELETE FROM records WHERE kind = ? AND id = ?')
  const values = (record: RecordTypes[K]): string[] => [parent(record), toJson(record), kind, id(record)]
  return {
    id,
    read: (key) => find(kind, key),
    insert: (record) => void insert.run(...values(record)),
    update: (record) => void update.run(...values(record)),
    remove: (key) => void remove.run(kind, key),
    ...(dependents && { dependents }),
  }
}
