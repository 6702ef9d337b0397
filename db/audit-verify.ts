import { chainHash, GENESIS, hashOf, type AuditRow } from './audit-chain.ts'
import type { ReadableDb } from './connection.ts'
import { fromJson } from './json.ts'

/** A head of the chain that was written down somewhere else: a memo, a package, the seal file. */
export interface Seal {
  seq: number
  /** Hex. */
  head: string
}

export interface AuditVerdict {
  intact: boolean
  entries: number
  /** The first thing found wrong; null when intact. `operations`: the operation log differs from what the entry attests. */
  problem: { seq: number; kind: 'gap' | 'chain' | 'hash' | 'operations' | 'seal' } | null
}

export interface OpRow {
  op_id: Buffer
  actor: string
  office: string
  hlc: bigint
  entity: string
  entity_id: Buffer
  kind: string
  before: string | null
  after: string | null
  undo_of: Buffer | null
}

/** What an audit entry says of its operations: their hash. Editing the operation log afterwards shows. */
export const hashOfOps = (rows: Iterable<OpRow>): { ops: number; sha256: string } => {
  const values: (string | null | Buffer)[] = []
  let ops = 0
  for (const row of rows) {
    ops += 1
    values.push(
      row.op_id,
      row.actor,
      row.office,
      String(row.hlc),
      row.entity,
      row.entity_id,
      row.kind,
      row.before,
      row.after,
      row.undo_of,
    )
  }
  return { ops, sha256: hashOf(values).toString('hex') }
}

/** Operations of one transaction in order. The clock value needs all its 64 bits, so it is read as text. */
export const opsOfTxn = (db: ReadableDb) => {
  const rows = db.prepare<[Buffer], Omit<OpRow, 'hlc'> & { hlc: string }>(
    `SELECT op_id, actor, office, CAST(hlc AS TEXT) AS hlc, entity, entity_id, kind, before, after, undo_of
     FROM op WHERE txn = ? ORDER BY seq`,
  )
  return (txn: Buffer): OpRow[] => rows.all(txn).map((row) => ({ ...row, hlc: BigInt(row.hlc) }))
}

interface Attested {
  txn?: string
  ops?: number
  sha256?: string
}

/**
 * Recomputes the whole chain, what its entries attest of the operation log, and every seal given. Edits, deletions, insertions
 * and reordering break the chain; a cut tail is found by a seal. About 15,000 entries a second.
 */
export function verifyChain(db: ReadableDb, seals: readonly Seal[]): AuditVerdict {
  const pages = db.prepare<[number], AuditRow>('SELECT * FROM audit WHERE seq > ? ORDER BY seq LIMIT 1000')
  const ops = opsOfTxn(db)
  const bySeq = Map.groupBy(seals, (seal) => seal.seq)
  const attestedTxns = new Set<string>()
  let prev = GENESIS
  let seq = 0
  const bad = (at: number, kind: NonNullable<AuditVerdict['problem']>['kind']): AuditVerdict => ({
    intact: false,
    entries: seq,
    problem: { seq: at, kind },
  })
  for (let rows = pages.all(0); rows.length > 0; rows = pages.all(seq)) {
    for (const row of rows) {
      if (row.seq !== seq + 1) return bad(seq + 1, 'gap')
      if (!row.prev.equals(prev)) return bad(row.seq, 'chain')
      if (!chainHash(row).equals(row.hash)) return bad(row.seq, 'hash')
      const detail = fromJson<Attested>(row.detail)
      if (detail.txn !== undefined) {
        attestedTxns.add(detail.txn)
        const found = hashOfOps(ops(Buffer.from(detail.txn.replaceAll('-', ''), 'hex')))
        if (found.ops !== detail.ops || found.sha256 !== detail.sha256) return bad(row.seq, 'operations')
      }
      seq = row.seq
      prev = row.hash
      if (bySeq.get(seq)?.some((seal) => seal.head !== row.hash.toString('hex'))) return bad(seq, 'seal')
    }
  }
  const cut = seals.find((seal) => seal.seq > seq)
  if (cut) return bad(cut.seq, 'seal')
  const txns = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM op_txn').get()?.n ?? 0
  if (txns !== attestedTxns.size) return bad(seq, 'operations')
  return { intact: true, entries: seq, problem: null }
}
