import { HeadingLevel, Paragraph, type FileChild } from 'docx'
import type { Block } from '#core/memo/document.ts'
import type { PdfExtras } from './render-pdf.ts'
import { mapParagraphs, pictureParagraphs } from './docx-figures.ts'
import { colour, halfPoints, type DocxLook } from './docx-look.ts'
import { docxRuns, docxText } from './docx-runs.ts'
import { barsTable, dataTable, factsTable } from './docx-tables.ts'
import { COLOURS } from './pdf-style.ts'

export const NUMBERS = 'memo-numbers'
export const BULLETS = 'memo-bullets'

/** What blocks need to know beside themselves; numbered lists each begin at one. */
export interface DocxPrinting {
  look: DocxLook
  pictures: NonNullable<PdfExtras['pictures']>
  lists: number
}

const LEVELS = [HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3] as const

/** One block as paragraphs and tables of a word processor. */
export async function docxBlock(block: Block, printing: DocxPrinting): Promise<FileChild[]> {
  const { look, pictures } = printing
  switch (block.kind) {
    case 'heading':
      return [headingParagraph(block, look)]
    case 'paragraph': {
      const isNote = block.runs.every((run) => run.muted === true)
      return [new Paragraph({ style: isNote ? 'MemoNote' : 'MemoBody', children: docxRuns(block.runs, look) })]
    }
    case 'list': {
      printing.lists += 1
      const numbering = { reference: block.ordered ? NUMBERS : BULLETS, level: 0, instance: printing.lists }
      return block.items.map((runs) => new Paragraph({ numbering, children: docxRuns(runs, look) }))
    }
    case 'table':
      return dataTable(block, look)
    case 'facts':
      return factsTable(block, look)
    case 'verdict':
      return verdictParagraphs(block, look)
    case 'bars':
      return barsTable(block, look)
    case 'map':
      return mapParagraphs(block.figure, look)
    case 'picture':
      return pictureParagraphs(block.picture, pictures[block.picture.sha256], look)
    case 'page-break':
      return [new Paragraph({ pageBreakBefore: true, children: [] })]
  }
}

export const headingParagraph = ({ level, text }: Extract<Block, { kind: 'heading' }>, look: DocxLook): Paragraph =>
  new Paragraph({ heading: LEVELS[level - 1] ?? HeadingLevel.HEADING_3, children: docxText(text, look) })

/** The opinion behind a coloured edge: the words carry it. */
function verdictParagraphs(block: Extract<Block, { kind: 'verdict' }>, look: DocxLook): Paragraph[] {
  const { tone, title, total, coverage, remark } = block
  const hex = colour(COLOURS[tone])
  const frame = {
    style: 'MemoVerdict',
    keepLines: true,
    shading: { type: 'clear', fill: 'F6F8F6', color: 'auto' },
    border: { left: { style: 'single', size: 36, color: hex, space: 8 } },
    indent: { left: 200 },
  } as const
  const big = { size: halfPoints(17), bold: true, color: hex }
  return [
    new Paragraph({ ...frame, keepNext: true, children: docxText(title, look, big) }),
    new Paragraph({
      ...frame,
      keepNext: true,
      children: docxRuns(
        [
          { text: `${total}　`, strong: true },
          { text: coverage, muted: true },
        ],
        look,
      ),
    }),
    new Paragraph({ ...frame, spacing: { after: 160 }, children: docxRuns([{ text: remark, muted: true }], look) }),
  ]
}
