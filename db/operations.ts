import type { Bilingual } from '#core/text.ts'
import type { Actor } from './actor.ts'
import type { ReadableDb, WritableDb } from './connection.ts'
import { hlcAfter } from './hlc.ts'
import { newUuid, uuidFromBlob, uuidToBlob } from './uuid.ts'

export type TxnKind = 'command' | 'undo' | 'redo'

/** One step as a person sees it; its operations share its id. */
export interface Txn {
  id: string
  kind: TxnKind
  /** The transaction that an undo or redo turns around. */
  target: string | null
  title: Bilingual
  by: string
  at: string
}

/** One change of one thing, with what was there before and after: its own inverse. */
export interface Operation {
  id: string
  entity: string
  entityId: string
  kind: 'create' | 'update' | 'delete'
  before: string | null
  after: string | null
}

interface TxnRow {
  txn: Buffer
  kind: TxnKind
  target: Buffer | null
  titleZh: string
  titleEn: string
  by: string
  at: string
}

const TXN = 'txn, kind, target, title_zh AS titleZh, title_en AS titleEn, actor AS "by", at'

const toTxn = (row: TxnRow): Txn => ({
  id: uuidFromBlob(row.txn),
  kind: row.kind,
  target: row.target && uuidFromBlob(row.target),
  title: { zh: row.titleZh, en: row.titleEn },
  by: row.by,
  at: row.at,
})

/** SQL for "when it first came in": by the log, so neither the clock nor an undo changes the order of a list. */
export const firstOp = (entity: 'plan' | 'review' | 'sheet', idColumn: string): string =>
  `(SELECT min(o.seq) FROM op o WHERE o.entity = '${entity}' AND o.entity_id = CAST(${idColumn} AS BLOB))`

export const operationsReader = (db: ReadableDb) => {
  const txns = db.prepare<[], TxnRow>(`SELECT ${TXN} FROM op_txn ORDER BY seq`)
  const lastCommands = db.prepare<[number], TxnRow>(`SELECT ${TXN} FROM op_txn WHERE kind = 'command' ORDER BY seq DESC LIMIT ?`)
  const ofTxn = db.prepare<
    [Buffer],
    { op_id: Buffer; entity: string; entity_id: Buffer; kind: Operation['kind']; before: string | null; after: string | null }
  >('SELECT op_id, entity, entity_id, kind, before, after FROM op WHERE txn = ? ORDER BY seq')
  const byId = db.prepare<[Buffer], { found: 1 }>('SELECT 1 AS found FROM op WHERE op_id = ?')
  const gpkgs = db.prepare<[], { sha256: string }>(
    `SELECT DISTINCT json_extract(coalesce(after, before), '$.gpkgSha256') AS sha256 FROM op WHERE entity = 'plan'`,
  )
  return {
    *txns(): Generator<Txn> {
      for (const row of txns.iterate()) yield toTxn(row)
    },
    lastCommands: (limit: number): Txn[] => lastCommands.all(limit).map(toTxn),
    ofTxn: (txn: string): Operation[] =>
      ofTxn.all(uuidToBlob(txn)).map((row) => ({
        id: uuidFromBlob(row.op_id),
        entity: row.entity,
        entityId: row.entity_id.toString('utf8'),
        kind: row.kind,
        before: row.before,
        after: row.after,
      })),
    has: (opId: string): boolean => byId.get(uuidToBlob(opId)) !== undefined,
    /** Content hashes of every plan file that some operation can bring back. */
    gpkgSha256s: (): Set<string> => new Set(gpkgs.all().map((row) => row.sha256)),
  }
}

/** Writes the log. An operation is written before its change of state, which then uses up its ticket. */
export const operationsWriter = (db: WritableDb) => {
  const lastHlc = db.prepare<[], { hlc: string }>('SELECT CAST(hlc AS TEXT) AS hlc FROM op ORDER BY seq DESC LIMIT 1')
  const insertTxn = db.prepare<(string | Buffer | null)[]>(
    `INSERT INTO op_txn (seq, txn, kind, target, title_zh, title_en, actor, at)
     VALUES ((SELECT coalesce(max(seq), 0) + 1 FROM op_txn), ?,?,?,?,?,?,?)`,
  )
  const insertOp = db.prepare<(string | bigint | Buffer | null)[]>(
    `INSERT INTO op (seq, op_id, txn, actor, office, hlc, entity, entity_id, kind, before, after, undo_of)
     VALUES ((SELECT coalesce(max(seq), 0) + 1 FROM op), ?,?,?,?,?,?,?,?,?,?,?)`,
  )
  const pending = db.prepare<[], { entity: string }>('SELECT entity FROM op_pending LIMIT 1')
  return {
    ...operationsReader(db),
    addTxn: (txn: Txn): void => {
      const target = txn.target === null ? null : uuidToBlob(txn.target)
      insertTxn.run(uuidToBlob(txn.id), txn.kind, target, txn.title.zh, txn.title.en, txn.by, txn.at)
    },
    addOp(txn: Txn, actor: Actor, op: Omit<Operation, 'id'>, undoOf: string | null): string {
      const id = newUuid()
      const hlc = hlcAfter(BigInt(lastHlc.get()?.hlc ?? 0), Date.parse(txn.at))
      const entityId = Buffer.from(op.entityId, 'utf8')
      const of = undoOf === null ? null : uuidToBlob(undoOf)
      insertOp.run(
        uuidToBlob(id),
        uuidToBlob(txn.id),
        actor.name,
        actor.office,
        hlc,
        op.entity,
        entityId,
        op.kind,
        op.before,
        op.after,
        of,
      )
      return id
    },
    /** A ticket left over means that an operation was written without its change of state. */
    assertNothingPending(): void {
      const left = pending.get()
      if (left) throw new Error(`An operation on ${left.entity} changed nothing`)
    },
  }
}

export type OperationsWriter = ReturnType<typeof operationsWriter>
