import { AppError } from '#core/errors.ts'
import type { MemoDocument } from '#core/memo/document.ts'
import { documentTexts, squeezed } from './document-texts.ts'
import { markedTexts } from './pdf-marked-text.ts'
import { isNode, type ContentPlace, type StructureNode, type WrittenPdf } from './pdf-structure.ts'

/**
 * Reads a printed memo back, in the order in which its structure tells it, and checks that every text of the document is there, whole
 * and in its turn: layout engines lose rows and blocks that do not fit, in silence.
 * @throws AppError `memo.text-lost` with the text that is gone.
 */
export function assertTextKept(written: WrittenPdf, document: MemoDocument): void {
  const told = readingText(written)
  let from = 0
  for (const part of documentTexts(document)) {
    const words = squeezed(part)
    const at = told.indexOf(words, from)
    if (at < 0) throw new AppError('memo.text-lost', { part: part.slice(-60) })
    from = at + words.length
  }
}

/** The text of a printed file in reading order, without spaces. Contents repeat headings, so they are left out. */
export function readingText({ document, root }: WrittenPdf): string {
  const texts = markedTexts(document)
  return squeezed(
    placesOf(root)
      .map(({ page, mcid }) => texts.get(`${page} ${mcid}`) ?? '')
      .join(''),
  )
}

const placesOf = (node: StructureNode): ContentPlace[] =>
  node.type === 'TOC' ? [] : node.children.flatMap((child) => (isNode(child) ? placesOf(child) : [child]))
