import { Document, LevelFormat, Packer, TableOfContents, Paragraph, type FileChild, type ISectionOptions } from 'docx'
import { pageMm } from '#core/map-sheet/page.ts'
import type { Block, FigurePage, MapFigure, MemoDocument, MemoSectionContent } from '#core/memo/document.ts'
import { gateDocument } from '#core/memo/text-gate.ts'
import { BULLETS, docxBlock, NUMBERS, type DocxPrinting } from './docx-blocks.ts'
import { assertDocxKept } from './docx-check.ts'
import { footersOf, headersOf, headParagraphs } from './docx-frame.ts'
import { docxLook, docxStyles, fontAlternatives, gridOf, twips, type DocxLook } from './docx-look.ts'
import { mapParagraphs } from './docx-figures.ts'
import { docxParts, packedParts, settled } from './docx-parts.ts'
import { docxText } from './docx-runs.ts'
import { contentsBefore, PARTS_WITH_CONTENTS, type PdfExtras } from './render-pdf.ts'

/** What no XML may hold, though it is no control: it is replaced and named at the end like any character that cannot be shown. */
const isXmlText = (codePoint: number): boolean => (codePoint & 0xfffe) !== 0xfffe

/**
 * A memo as a word processor's file, for offices that go on writing: the same document, with styles, numbered lists, tables with heads,
 * drawings as drawings, contents and page numbers. The same memo gives the same bytes. Blocks its thread: run it in the worker.
 * @throws AppError `memo.text-lost`, `memo.unsafe-figure`, `memo.no-rasteriser`
 */
export async function writeDocx(memo: MemoDocument, { producer, pictures = {} }: PdfExtras): Promise<Uint8Array> {
  const document = gateDocument(memo, isXmlText)
  const look = docxLook(document)
  const file = new Document({
    title: document.title,
    subject: document.subtitle,
    creator: document.author,
    lastModifiedBy: producer,
    keywords: `sha256:${document.seal}`,
    styles: docxStyles(look),
    numbering: { config: [numbers, bullets] },
    evenAndOddHeaderAndFooters: true,
    sections: await sectionsOf(document, { look, pictures, lists: 0 }),
  })
  const parts = settled(await docxParts(await Packer.toBuffer(file)), document.date, fontAlternatives(look))
  assertDocxKept(parts, document)
  return new Uint8Array(await packedParts(parts))
}

const hanging = { paragraph: { indent: { left: 440, hanging: 440 } } }
const numbers = {
  reference: NUMBERS,
  levels: [{ level: 0, format: LevelFormat.DECIMAL, text: '%1.', alignment: 'left' as const, style: hanging }],
}
const bullets = {
  reference: BULLETS,
  levels: [{ level: 0, format: LevelFormat.BULLET, text: '•', alignment: 'left' as const, style: hanging }],
}

/** Runs of pages of one size: text, and between them figures that have a page of their own. */
async function sectionsOf(document: MemoDocument, printing: DocxPrinting): Promise<ISectionOptions[]> {
  const { look } = printing
  const sections: ISectionOptions[] = []
  let body: FileChild[] = headParagraphs(document, look)
  const close = () => {
    if (body.length > 0) sections.push(textSection(body, document, look))
    body = []
  }
  const isPart = ({ blocks }: MemoSectionContent) => blocks.some((block) => block.kind === 'heading' && block.level === 1)
  const hasContents = look.style.contents && document.sections.filter(isPart).length >= PARTS_WITH_CONTENTS
  const before = contentsBefore(document.sections)
  for (const [index, { blocks }] of document.sections.entries()) {
    if (hasContents && index === before) body.push(...contents(look))
    for (const [at, block] of blocks.entries()) {
      // The page of its own is a break already.
      if (block.kind === 'page-break' && (hasOwnPage(blocks[at - 1]) || hasOwnPage(blocks[at + 1]))) continue
      if (hasOwnPage(block)) {
        close()
        sections.push(await figureSection(block.figure, document, look))
      } else body.push(...(await docxBlock(block, printing)))
    }
  }
  body.push(new Paragraph({ style: 'MemoNote', children: docxText(copyNote(look), look) }))
  close()
  return sections
}

type PagedFigure = { kind: 'map'; figure: MapFigure & { page: FigurePage } }

const hasOwnPage = (block: Block | undefined): block is PagedFigure => block?.kind === 'map' && block.figure.page !== undefined

async function figureSection(figure: PagedFigure['figure'], document: MemoDocument, look: DocxLook): Promise<ISectionOptions> {
  const { paper, orientation, marginMm } = figure.page
  const [widthMm, heightMm] = pageMm(paper, orientation)
  // A caption is all that stands beside the figure: less room is kept for it than among the text.
  const roomMm = { width: widthMm - 2 * marginMm, height: heightMm - marginMm }
  const margin = twips(marginMm)
  const [short, long] = [Math.min(widthMm, heightMm), Math.max(widthMm, heightMm)]
  return {
    properties: {
      page: {
        // The library turns a lying page itself.
        size: { width: twips(short), height: twips(long), orientation },
        margin: { left: margin, right: margin, top: margin, bottom: margin, header: twips(8), footer: twips(8) },
      },
    },
    ...headersOf(document, look),
    ...footersOf(document, look, roomMm.width),
    children: await mapParagraphs(figure, look, roomMm),
  }
}

/** The record does not travel in a file that is meant to be changed; whoever gets it must know. */
const copyNote = ({ lang }: DocxLook): string =>
  lang === 'zh'
    ? '本文件是供编辑的副本，不含评审记录，也不能校验；正式文本与附件以 PDF 为准。'
    : 'This file is a copy for editing: it carries no review record and cannot be verified. The PDF is the document of record.'

const contents = (look: DocxLook): FileChild[] => [
  new Paragraph({ style: 'Caption', children: docxText(look.lang === 'zh' ? '目录' : 'Contents', look) }),
  new TableOfContents(look.lang === 'zh' ? '目录' : 'Contents', { headingStyleRange: '1-1', hyperlink: true }),
]

function textSection(children: FileChild[], document: MemoDocument, look: DocxLook): ISectionOptions {
  const { page, marginsMm } = look.style
  const grid = gridOf(look)
  return {
    properties: {
      page: {
        size: { width: twips(page.widthMm), height: twips(page.heightMm) },
        margin: {
          left: twips(marginsMm.left),
          right: twips(marginsMm.right),
          top: twips(marginsMm.top),
          bottom: twips(marginsMm.bottom),
          header: twips(15),
          // The foot stands 7 mm below the type area where a grid is prescribed (GB/T 9704-2012, 7.5).
          footer: twips(marginsMm.bottom - (grid === null ? 15 : 12)),
        },
      },
      ...(grid && { grid }),
    },
    ...headersOf(document, look),
    ...footersOf(document, look),
    children,
  }
}
