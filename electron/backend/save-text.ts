import type { CallContext, ExportedFile } from '#core/contract/procedures.ts'
import type { FileToken } from '#core/model/ids.ts'
import { exportFile, type ExportDependencies } from './export-file.ts'
import { writeFileSafely } from './memo/write-file.ts'

/**
 * Writes a text of the screen's, a manifest, to where a save dialog pointed: whole or not at all, and into the audit log.
 * @throws AppError `import.files-gone` for a token that no save dialog gave, `memo.cannot-write`
 */
export function saveText(
  house: ExportDependencies,
  target: FileToken,
  text: string,
  call: Pick<CallContext, 'progress'>,
): Promise<ExportedFile> {
  const leaving = { target, fileName: '', action: 'text.saved', object: 'file', detail: {} }
  return exportFile(house, leaving, call, (to) => writeFileSafely(to, text))
}
