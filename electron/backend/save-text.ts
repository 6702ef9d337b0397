import type { ExportedFile } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import type { FileToken } from '#core/model/ids.ts'
import type { FileTokens } from './backend.ts'
import { writeFileSafely } from './memo/write-file.ts'

/**
 * Writes a text of the screen's to where a save dialog pointed: whole or not at all.
 * @throws AppError `import.files-gone` for a token that no save dialog gave, `memo.cannot-write`
 */
export async function saveText(tokens: FileTokens, token: FileToken, text: string): Promise<ExportedFile> {
  const target = tokens.savePath(token)
  if (target === undefined) throw new AppError('import.files-gone', {})
  const { fileName, sizeBytes, sha256 } = await writeFileSafely(target, text)
  return { fileName, sizeBytes, sha256, download: null }
}
