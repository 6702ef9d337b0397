import path from 'node:path'
import type { CallContext, ExportedFile } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import type { FileToken } from '#core/model/ids.ts'
import { bilingual } from '#core/text.ts'
import type { Actor } from '#db/actor.ts'
import type { Catalogue } from '#db/catalogue.ts'
import type { FileTokens } from './backend.ts'
import type { WrittenFile } from './memo/write-file.ts'

/** What an export needs of the house. */
export interface ExportDependencies {
  catalogue: Pick<Catalogue, 'audit' | 'readOnly'>
  tokens: FileTokens
  actor: () => Actor
}

/** A file that leaves: where to, what it is called, and how the audit log remembers it. */
export interface Leaving {
  target: FileToken | null
  fileName: string
  /** Dotted name for the audit log. */
  action: string
  /** What it is of: the id of a plan, mostly. */
  object: string
  detail: Readonly<Record<string, string | number>>
}

const EXPORTING = bilingual('正在导出', 'Exporting')

/**
 * Writes a file to where a save dialog pointed, or for a download, and enters in the audit log who took what, when, and the file's hash. A
 * catalogue that may only be read can still export.
 * @throws AppError `import.files-gone` for a token that no save dialog gave, and what `write` throws
 */
export async function exportFile(
  { catalogue, tokens, actor }: ExportDependencies,
  { target: token, fileName, action, object, detail }: Leaving,
  call: Pick<CallContext, 'progress'>,
  write: (target: string) => Promise<WrittenFile> | WrittenFile,
): Promise<ExportedFile> {
  const target = token === null ? path.join(tokens.openUpload().dir, fileName) : tokens.savePath(token)
  if (target === undefined) throw new AppError('import.files-gone', {})
  call.progress({ done: 0, total: 1, label: EXPORTING })
  const file = await write(target)
  call.progress({ done: 1, total: 1, label: EXPORTING })
  if (catalogue.readOnly === null)
    catalogue.audit.record({ actor: actor(), action, object, detail: { ...detail, fileSha256: file.sha256 } })
  const download = token === null ? tokens.offerDownload(target, fileName) : null
  return { fileName: file.fileName, sizeBytes: file.sizeBytes, sha256: file.sha256, download }
}
