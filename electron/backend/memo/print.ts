import { gateDocument } from '#core/memo/text-gate.ts'
import type { MemoDocument } from '#core/memo/document.ts'
import { fontPaths, glyphCoverage, memoFonts } from './fonts.ts'
import { loadPdfmake, type PdfKitDocument } from './pdfmake.ts'
import { assertTextKept } from './pdf-text.ts'
import { pdfDefinition, type PdfExtras } from './render-pdf.ts'

/**
 * Prints a memo: gates its text, lays it out, and reads it back to be sure that nothing was lost. The same memo gives the same
 * bytes. Blocks its thread for seconds: run it in the worker.
 * @throws AppError `memo.text-lost`, `memo.unsafe-figure`
 */
export async function print(document: MemoDocument, extras: PdfExtras): Promise<Uint8Array> {
  const fonts = memoFonts()
  const gated = gateDocument(document, glyphCoverage(fonts))
  const printed = loadPdfmake(fonts, fontPaths(fonts)).createPdf(pdfDefinition(gated, extras))
  escapeMetadata(await printed.getStream())
  const bytes = new Uint8Array(await printed.getBuffer())
  await assertTextKept(bytes, gated)
  return bytes
}

/** The printer writes titles and names into XML as they are; `&` and `<` in them would break the metadata and PDF/A with it. */
function escapeMetadata(document: PdfKitDocument): void {
  if (typeof document._addInfo !== 'function') throw new Error('pdfkit no longer has _addInfo: the PDF adapter must be revised')
  const original = document._addInfo.bind(document)
  document._addInfo = () => {
    const plain = document.info
    document.info = Object.fromEntries(
      Object.entries(plain).map(([key, value]) => [key, typeof value === 'string' ? escapeXml(value) : value]),
    )
    original()
    document.info = plain
  }
}

const escapeXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
