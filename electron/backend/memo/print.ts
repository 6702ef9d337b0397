import { gateDocument } from '#core/memo/text-gate.ts'
import type { MemoDocument } from '#core/memo/document.ts'
import { fontGlyphs, fontPaths, glyphCoverage, memoFonts, type FontFiles } from './fonts.ts'
import { oneCharacterPerGlyph } from './same-glyph.ts'
import { identify } from './pdf-archive.ts'
import { accessibilityFaults } from './pdf-accessible.ts'
import { readStructure } from './pdf-structure.ts'
import { loadPdfmake } from './pdfmake.ts'
import { assertTextKept } from './pdf-text.ts'
import { pdfDefinition, type PdfExtras } from './render-pdf.ts'

/**
 * Prints a memo as PDF/A-3a and PDF/UA-1: gates its text, lays it out with its structure, and reads it back to be sure that nothing
 * was lost. The same memo gives the same bytes. Blocks its thread for seconds: run it in the worker.
 * @throws AppError `memo.text-lost`, `memo.unsafe-figure`
 */
export async function print(document: MemoDocument, extras: PdfExtras): Promise<Uint8Array> {
  const fonts = memoFonts()
  const gated = gatedFor(fonts, document)
  const printed = loadPdfmake(fonts, fontPaths(fonts)).createPdf(pdfDefinition(gated, extras))
  identify(await printed.getStream())
  const bytes = new Uint8Array(await printed.getBuffer())
  const written = await readStructure(bytes)
  const faults = accessibilityFaults(written.document, written.root)
  if (faults.length > 0) throw new Error(`the printed file cannot be read aloud: ${faults.join('; ')}`)
  assertTextKept(written, gated)
  return bytes
}

/** The document in characters that all fonts have and that are found again. The tables of the fonts are let go before pages are laid out. */
function gatedFor(fonts: Record<string, FontFiles>, document: MemoDocument): MemoDocument {
  const glyphs = fontGlyphs(fonts)
  return oneCharacterPerGlyph(gateDocument(document, glyphCoverage(glyphs)), glyphs)
}
