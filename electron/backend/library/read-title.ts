import { readFile } from 'node:fs/promises'
import { ParseSpeeds, PDFDocument } from 'pdf-lib'
import { hasPlausibleXrefs } from '../sheets/pdf-xref.ts'

/** Longer titles are nobody's. */
const MOST_TITLE = 1000

/** What a document calls itself; null where it does not say. Runs only in the package process, on a file whose record was read there. */
export async function readTitle(file: string): Promise<string | null> {
  const bytes = await readFile(file)
  if (!bytes.subarray(0, 1024).includes('%PDF-'))
    return /<title>([^<]{1,1000})<\/title>/u.exec(bytes.subarray(0, 65_536).toString('utf8'))?.[1] ?? null
  if (!hasPlausibleXrefs(bytes)) return null
  const options = { parseSpeed: ParseSpeeds.Fastest, updateMetadata: false, throwOnInvalidObject: false }
  const pdf = await PDFDocument.load(bytes, options)
  return pdf.getTitle()?.slice(0, MOST_TITLE) ?? null
}
