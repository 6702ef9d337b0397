import { AppError } from '#core/errors.ts'
import type { Block, MemoDocument } from '#core/memo/document.ts'
import { portableSvg } from './docx-figures.ts'
import type { DocxParts } from './docx-parts.ts'
import { documentTexts, squeezed, unescaped } from './document-texts.ts'

/** The words of the body in reading order, without spaces. Contents repeat headings, so they are left out. */
export function docxWords(parts: DocxParts): string {
  const body = (parts.get('word/document.xml')?.toString('utf8') ?? '').replaceAll(/<w:sdt>.*?<\/w:sdt>/gs, '')
  return squeezed([...body.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, text = '']) => unescaped(text)).join(''))
}

/**
 * Reads a written file back and checks that every text of the document is there, whole and in its turn, every drawing as it was drawn,
 * and every figure with its words.
 * @throws AppError `memo.text-lost` with what is gone
 */
export function assertDocxKept(parts: DocxParts, document: MemoDocument): void {
  const told = docxWords(parts)
  let from = 0
  for (const part of documentTexts({ ...document, sections: document.sections.map(withoutDrawings) })) {
    const words = squeezed(part)
    const at = told.indexOf(words, from)
    if (at < 0) throw new AppError('memo.text-lost', { part: part.slice(-60) })
    from = at + words.length
  }
  const drawings = new Set([...parts].flatMap(([name, bytes]) => (name.endsWith('.svg') ? [bytes.toString('utf8')] : [])))
  const described = new Set(
    [...(parts.get('word/document.xml')?.toString('utf8') ?? '').matchAll(/ descr="([^"]*)"/g)].map(([, alt = '']) =>
      unescaped(alt),
    ),
  )
  for (const { blocks } of document.sections)
    for (const block of blocks) {
      if (block.kind === 'map' && !drawings.has(portableSvg(block.figure.svg)))
        throw new AppError('memo.text-lost', { part: block.figure.caption })
      const figure = block.kind === 'map' ? block.figure : block.kind === 'picture' ? block.picture : null
      if (figure !== null && !described.has(figure.alt || figure.caption))
        throw new AppError('memo.text-lost', { part: figure.alt.slice(-60) })
    }
}

/** What stands inside a drawing is compared with the drawing, not with the words of the text. */
const withoutDrawings = ({ id, blocks }: { id: string; blocks: Block[] }) => ({
  id,
  blocks: blocks.map((block): Block => (block.kind === 'map' ? { ...block, figure: { ...block.figure, svg: '' } } : block)),
})
