import { isDeepStrictEqual } from 'node:util'
import type Database from 'better-sqlite3'
import { verifyChain } from '../audit-verify.ts'
import { forReading } from '../connection.ts'
import { uuidToBlob } from '../uuid.ts'

const STATE = {
  plan: ['plans', 'id'],
  layer: ['layers', 'id'],
  review: ['reviews', 'id'],
  item_entry: ['item_entries', "review_id || '/' || item"],
  finding: ['findings', 'id'],
  sheet: ['sheets', 'id'],
  ...Object.fromEntries(
    (
      [
        'remark',
        'attachment',
        'round',
        'option',
        'option_edit',
        'template',
        'checklist',
        'merge',
        'merged_op',
        'resolution',
        'received_checklist',
      ] as const
    ).map((kind) => [kind, [`(SELECT * FROM records WHERE kind = '${kind}')`, 'id']]),
  ),
} as Record<string, [table: string, key: string]>

/** Ids that the log says exist: the last operation on each left something. */
const existingByLog = (database: Database.Database, entity: string): string[] =>
  database
    .prepare<[string], { id: string }>(
      `SELECT CAST(entity_id AS TEXT) AS id FROM op WHERE entity = ? AND after IS NOT NULL
       AND seq = (SELECT max(seq) FROM op later WHERE later.entity = op.entity AND later.entity_id = op.entity_id) ORDER BY id`,
    )
    .all(entity)
    .map((row) => row.id)

/**
 * What a catalogue must be after a kill at any moment; returns every way in which it is not. Acknowledged operations are there
 * exactly once, unacknowledged ones wholly or not at all, the state is what the log says, files and chain are sound.
 */
export function findLoss(database: Database.Database, acknowledged: Iterable<string>): string[] {
  const problems: string[] = []
  const count = database.prepare<[Buffer], { n: number }>('SELECT count(*) AS n FROM op WHERE op_id = ?')
  for (const opId of acknowledged) {
    const n = count.get(uuidToBlob(opId))?.n
    if (n !== 1) problems.push(`acknowledged operation ${opId} is there ${n} times`)
  }
  const integrity = database.pragma('integrity_check', { simple: true })
  if (integrity !== 'ok') problems.push(`integrity_check: ${String(integrity)}`)
  const orphans = database.pragma('foreign_key_check') as unknown[]
  if (orphans.length > 0) problems.push(`foreign_key_check: ${orphans.length} rows`)
  // Each audit entry attests number and hash of its transaction's operations: a half-written one shows here.
  const verdict = verifyChain(forReading(database), [])
  if (!verdict.intact) problems.push(`audit: ${JSON.stringify(verdict.problem)}`)
  for (const [entity, [table, key]] of Object.entries(STATE)) {
    const stored = database.prepare<[], { id: string }>(`SELECT ${key} AS id FROM ${table} ORDER BY id`).all()
    const ids = stored.map((row) => row.id)
    if (!isDeepStrictEqual(ids, existingByLog(database, entity))) problems.push(`${table} differ from the operation log`)
  }
  const pending = database.prepare<[], { n: number }>('SELECT count(*) AS n FROM op_pending').get()?.n
  if (pending !== 0) problems.push(`${pending} operations without their change`)
  return problems
}
