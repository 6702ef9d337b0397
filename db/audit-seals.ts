import { SYSTEM } from './actor.ts'
import type { AuditWriter } from './audit.ts'
import type { Seal } from './audit-verify.ts'
import type { ReadableDb, WritableDb } from './connection.ts'
import { appendLine, readLines } from './folder.ts'

/** A line of the seal file, kept outside the database so that a cut tail shows. */
type SealLine =
  | { kind: 'seal'; seq: number; head: string; whereTo: string; at: string }
  /** From here the chain went on from `keptSeq`: seals above it belong to the file in quarantine. */
  | { kind: 'restored'; keptSeq: number; quarantine: string; at: string }

/** Seals in the database and in the seal file that must hold today. */
export const sealsReader = (db: ReadableDb, sealLog: string) => {
  const stored = db.prepare<[], { seq: number; head: Buffer }>('SELECT seq, head FROM audit_seal ORDER BY seq')
  const restores = db.prepare<[], { keptSeq: number }>(
    `SELECT json_extract(detail, '$.keptSeq') AS keptSeq FROM audit WHERE action = 'catalogue.restored'`,
  )
  return {
    list(): Seal[] {
      // A restore named in the file excuses older seals only if the chain itself attests it.
      const attested = new Set(restores.all().map((row) => row.keptSeq))
      let filed: Seal[] = []
      for (const line of readLines<SealLine>(sealLog)) {
        if (line.kind === 'seal') filed.push({ seq: line.seq, head: line.head })
        else if (attested.has(line.keptSeq)) filed = filed.filter((seal) => seal.seq <= line.keptSeq)
      }
      return [...stored.all().map((row) => ({ seq: row.seq, head: row.head.toString('hex') })), ...filed]
    },
  }
}

/** Writes the head of the chain down elsewhere. `whereTo` names the memo, package or file that carries it. */
export const sealsWriter = (
  db: WritableDb,
  audit: AuditWriter,
  sealLog: string,
  transact: (work: () => Buffer) => Buffer,
  now: () => Date,
) => {
  const insert = db.prepare<[number, Buffer, string]>('INSERT INTO audit_seal (seq, head, where_to) VALUES (?, ?, ?)')
  return {
    ...sealsReader(db, sealLog),
    sealHead: (whereTo: string): Seal => {
      const hash = transact(() => {
        const entry = audit.append({ actor: SYSTEM, action: 'audit.sealed', object: whereTo })
        insert.run(audit.head().seq, entry, whereTo)
        return entry
      })
      const seal = { seq: audit.head().seq, head: hash.toString('hex') }
      appendLine(sealLog, { kind: 'seal', ...seal, whereTo, at: now().toISOString() } satisfies SealLine)
      return seal
    },
  }
}

/** Marks in the seal file, once, that the chain goes on from an older state after a restore. */
export function noteRestore(sealLog: string, keptSeq: number, quarantine: string, at: Date): void {
  const noted = readLines<SealLine>(sealLog).some((line) => line.kind === 'restored' && line.quarantine === quarantine)
  if (!noted) appendLine(sealLog, { kind: 'restored', keptSeq, quarantine, at: at.toISOString() } satisfies SealLine)
}
