import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { AuditClaim } from '#core/model/audit-claim.ts'
import type { AuditHead } from '#db/audit.ts'

/** What a catalogue knows of its own past. */
interface Log {
  audit: { hashAt: (seq: number) => string | null }
  memos: { hasLeft: (sha256: string) => boolean }
}

/** Holds the place in an audit log that a memo names against the log of a catalogue. */
export async function auditClaim({ audit, memos }: Log, file: string, { seq, hash }: AuditHead): Promise<AuditClaim> {
  if (audit.hashAt(seq) === hash) return { seq, hash, state: 'held' }
  const digest = createHash('sha256')
  await pipeline(createReadStream(file), digest)
  return { seq, hash, state: memos.hasLeft(digest.digest('hex')) ? 'gone' : 'not-here' }
}
