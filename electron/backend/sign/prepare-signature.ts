import { readFile } from 'node:fs/promises'
import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import { accessibilityFaults } from '../memo/pdf-accessible.ts'
import { readStructure } from '../memo/pdf-structure.ts'
import { prepareSignature, withSignature, type PreparedUpdate, type SignatureWords } from './pdf-update.ts'

/**
 * Prepares a signature and reads the result back before anybody signs it: a document that could be read aloud still can. Runs only in the
 * package process. @throws AppError `sign.pdf-unsound`
 */
export async function prepareFile(file: string, shown: string, words: SignatureWords, bytes: number): Promise<PreparedUpdate> {
  const source = await readFile(file)
  const prepared = await prepareSignature(source, shown, words, bytes)
  const before = await faultsOf(source)
  if (before === null || before.length > 0) return prepared
  const after = await faultsOf(withSignature(source, prepared, new Uint8Array()))
  if (after !== null && after.length === 0) return prepared
  const problem = bilingual('加签后将不再符合无障碍要求', 'with a signature it could no longer be read aloud')
  throw new AppError('sign.pdf-unsound', { file: shown, problem })
}

/** Null for a document without a structure. */
async function faultsOf(bytes: Uint8Array): Promise<string[] | null> {
  try {
    const { document, root } = await readStructure(bytes)
    return accessibilityFaults(document, root)
  } catch {
    return null // someone else's file, untagged or tagged in another way: nothing to keep
  }
}
