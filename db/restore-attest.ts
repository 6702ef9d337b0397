import type { AuditWriter } from './audit.ts'
import { noteRestore } from './audit-seals.ts'
import type { Connection } from './connection.ts'
import type { CataloguePaths } from './folder.ts'
import { clearIntent, readIntent } from './restore-files.ts'

/** Ends a restore after the files are in place: the audit log says it happened, the seal file knows where the chain goes on. */
export function attestPendingRestore(paths: CataloguePaths, connection: Connection, audit: AuditWriter, now: Date): void {
  const intent = readIntent(paths)
  if (!intent) return
  const { backup, quarantine, keptSeq, actor } = intent
  const attested = connection
    .prepare<[string], { seq: number }>(`SELECT seq FROM audit WHERE action = 'catalogue.restored' AND object = ?`)
    .get(quarantine)
  const detail = { backup, keptSeq }
  if (!attested) connection.transaction(() => audit.append({ actor, action: 'catalogue.restored', object: quarantine, detail }))
  noteRestore(paths.sealLog, keptSeq, quarantine, now)
  clearIntent(paths)
}
