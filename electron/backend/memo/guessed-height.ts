import type { Block, Run } from '#core/memo/document.ts'
import { emsOf, mm, type PdfLook } from './pdf-style.ts'

/** Broken line ends and wide letters take a fifth more than the sum of the letters. */
const LOOSE_LINES = 1.2
/** Heading and caption stand apart from what is around them. */
const HEADING_EM = 4
const CAPTION_PT = 40
/** Facts stand closer than body text. */
const FACT_LINE_EM = 1.7
const FACT_LABEL_EM = 12

/**
 * A generous guess of how high a block of words, facts or a drawing becomes on paper, in points: what is kept on one page and is taller
 * than a page vanishes in layout. Blocks that may be of any length count as taller than every page.
 */
export function guessedHeightPt(block: Block, look: PdfLook): number {
  const { sizes, contentWidthPt } = look
  switch (block.kind) {
    case 'heading':
      return sizes.heading1 * HEADING_EM * linesOf([{ text: block.text }], contentWidthPt / sizes.heading1)
    case 'paragraph':
      return (linesOf(block.runs, contentWidthPt / sizes.body) + 1) * sizes.body * 1.5 * look.lineHeight
    case 'facts': {
      const ems = contentWidthPt / sizes.facts - FACT_LABEL_EM
      return block.rows.reduce(
        (sum, { runs }) => sum + linesOf(runs, ems, sizes.code / sizes.facts) * sizes.facts * FACT_LINE_EM + 5,
        12,
      )
    }
    case 'map':
      return mm(block.figure.heightMm) + CAPTION_PT
    default:
      return Infinity
  }
}

/** Lines of words; those of a code, which is printed smaller, take `codeScale` of the room. */
function linesOf(runs: readonly Run[], emsPerLine: number, codeScale = 1): number {
  const ems = runs.reduce((sum, { text, code }) => sum + emsOf(text) * (code === true ? codeScale : 1), 0)
  return Math.max(1, Math.ceil((ems * LOOSE_LINES) / emsPerLine))
}
