import type { Block, MemoDocument, Run } from '#core/memo/document.ts'
import { assertOwnSvg } from '#core/map/own-svg.ts'
import { SANS, SERIF } from './fonts.ts'
import { embeddedFiles, type EmbeddedFile } from './pdf-files.ts'
import { barsNode, factsNode, mapNode, pictureNode, verdictNode } from './pdf-blocks.ts'
import type { PdfDefinition, PdfNode } from './pdfmake.ts'
import { tableNode } from './pdf-table.ts'
import { BODY_LINE_HEIGHT, COLOURS, CONTENT_WIDTH_PT, emsOf, mm, runsOf, SIZES } from './pdf-style.ts'

/** What goes into the file beside the pages. */
export interface PdfExtras {
  /** Canonical review record, attached as review.json. */
  reviewJson: string
  /** "Greenprint 0.1.0". */
  producer: string
  /** Files that travel inside the PDF beside the record. */
  attachments?: readonly EmbeddedFile[]
  /** PNG bytes of the pictures that the document shows, by their SHA-256. */
  pictures?: Readonly<Record<string, Uint8Array>>
}

/** Space that must be free under a heading, or it moves to the next page with what follows. */
const KEEP_WITH_NEXT_PT = 104

/** Builds the printer's definition afresh for each export: the printer changes what it is given. */
export function pdfDefinition(
  document: MemoDocument,
  { reviewJson, producer, attachments, pictures = {} }: PdfExtras,
): PdfDefinition {
  const date = new Date(document.date)
  return {
    version: '1.7',
    subset: 'PDF/A-3b',
    language: document.lang === 'zh' ? 'zh-CN' : 'en-GB',
    displayTitle: true,
    compress: true,
    info: {
      title: document.title,
      author: document.author,
      subject: document.subtitle,
      keywords: `sha256:${document.seal}`,
      creator: producer,
      producer: 'pdfmake',
      creationDate: date,
      modDate: date,
    },
    pageSize: 'A4',
    pageMargins: [mm(28), mm(30), mm(26), mm(28)],
    defaultStyle: { font: SERIF, fontSize: SIZES.body, lineHeight: BODY_LINE_HEIGHT, color: COLOURS.ink },
    content: [
      ...coverHead(document),
      ...document.sections.flatMap((section) => sectionNodes(section.blocks, document, pictures)),
    ],
    footer: (page, pages) => footer(document, page, pages),
    files: embeddedFiles(document, reviewJson, attachments),
  }
}

function coverHead({ title, subtitle, lang, kicker: own }: MemoDocument): PdfNode[] {
  const kicker = own ?? (lang === 'zh' ? '国土空间规划技术审查' : 'Technical review of a territorial spatial plan')
  const rule = (weight: number): PdfNode => ({
    canvas: [{ type: 'line', x1: 0, y1: 0, x2: CONTENT_WIDTH_PT, y2: 0, lineWidth: weight, lineColor: COLOURS.accent }],
  })
  return [
    { text: kicker, font: SANS, fontSize: 10.5, color: COLOURS.accent, bold: true, alignment: 'center', margin: [0, 6, 0, 12] },
    { ...rule(1.6), margin: [0, 0, 0, 20] },
    {
      text: titleLines(title).join('\n'),
      fontSize: titleSize(title),
      bold: true,
      alignment: 'center',
      lineHeight: 1.25,
      margin: [0, 0, 0, 14],
    },
    { text: subtitle, fontSize: 11, color: COLOURS.muted, alignment: 'center', margin: [18, 0, 18, 18] },
    { ...rule(0.6), margin: [0, 0, 0, 16] },
  ]
}

/** A Chinese title breaks after the name of the plan, as official papers do. */
const titleLines = (title: string): string[] => title.split(/(?<=》)(?=.{6})/u)

/** Large, unless its longest line would not fit; English titles may wrap and keep their size. */
function titleSize(title: string): number {
  const longest = Math.max(...titleLines(title).map(emsOf))
  const fitting = /[\u4e00-\u9fff]/.test(title) ? (CONTENT_WIDTH_PT - 4) / longest : SIZES.title - 2
  return Math.max(14, Math.min(SIZES.title, Math.floor(fitting * 2) / 2))
}

function footer({ footer: words, lang }: MemoDocument, page: number, pages: number): PdfNode {
  const count = lang === 'zh' ? `第 ${page} 页 / 共 ${pages} 页` : `Page ${page} of ${pages}`
  const style = { font: SANS, fontSize: 8, color: COLOURS.muted }
  return {
    columns: [
      { text: words, ...style, width: '*' },
      { text: count, ...style, width: 'auto', alignment: 'right' },
    ],
    columnGap: 12,
    margin: [mm(28), mm(10), mm(26), 0],
  }
}

type Pictures = NonNullable<PdfExtras['pictures']>

function sectionNodes(blocks: readonly Block[], document: MemoDocument, pictures: Pictures): PdfNode[] {
  return blocks.flatMap((block, index) => {
    const next = blocks[index + 1]
    if (block.kind === 'heading') return next !== undefined && takesHeading(next) ? [] : headingNodes(block)
    const before = blocks[index - 1]
    const heading = before?.kind === 'heading' && takesHeading(block) ? [headingNode(before)] : []
    return blockNodes(block, heading, document, pictures)
  })
}

/** Blocks that stay whole take the heading before them along to the next page. */
const takesHeading = ({ kind }: Block): boolean => kind === 'map' || kind === 'bars' || kind === 'picture'

type Heading = Extract<Block, { kind: 'heading' }>

function headingNode({ level, text, id }: Heading): PdfNode {
  return {
    text,
    id: `section-${id}`,
    outline: true,
    headlineLevel: level,
    font: SANS,
    bold: true,
    fontSize: level === 1 ? SIZES.heading1 : SIZES.heading2,
    color: level === 1 ? COLOURS.accent : COLOURS.ink,
    lineHeight: 1.1,
    margin: [0, level === 1 ? 20 : 14, 0, 8],
  }
}

/** A heading in a block that needs room below itself; the room is given back to what follows. */
function headingNodes(heading: Heading): PdfNode[] {
  return [
    {
      unbreakable: true,
      stack: [headingNode(heading), { text: '', fontSize: 1, lineHeight: 1, margin: [0, KEEP_WITH_NEXT_PT, 0, 0] }],
    },
    { text: '', fontSize: 1, lineHeight: 1, margin: [0, -KEEP_WITH_NEXT_PT - 3, 0, 0] },
  ]
}

function blockNodes(block: Block, heading: PdfNode[], document: MemoDocument, pictures: Pictures): PdfNode[] {
  switch (block.kind) {
    case 'heading':
      return headingNodes(block)
    case 'paragraph':
      return [paragraphNode(block.runs, document)]
    case 'list':
      return [listNode(block.items, block.ordered)]
    case 'table':
      return [tableNode(block)]
    case 'facts':
      return [factsNode(block.rows)]
    case 'verdict':
      return [verdictNode(block)]
    case 'bars':
      return [barsNode(block, heading)]
    case 'map':
      assertOwnSvg(block.figure.svg)
      return mapNode(block.figure, heading)
    case 'picture':
      return [pictureNode(block.picture, pictures[block.picture.sha256], heading)]
    case 'page-break':
      return [{ text: '', pageBreak: 'after' }]
  }
}

/** Chinese paragraphs begin two characters in. */
function paragraphNode(runs: readonly Run[], { lang }: MemoDocument): PdfNode {
  const note = runs.every((run) => run.muted === true)
  const size = note ? SIZES.note : SIZES.body
  return {
    text: runsOf(runs, { size }),
    fontSize: size,
    ...(lang === 'zh' && !note ? { leadingIndent: size * 2 } : {}),
    margin: [0, 0, 0, 8],
  }
}

function listNode(items: readonly Run[][], ordered: boolean): PdfNode {
  const entries = items.map((runs): PdfNode => ({
    text: runsOf(runs, { size: SIZES.body - 0.5 }),
    fontSize: SIZES.body - 0.5,
    margin: [0, 0, 0, 5],
  }))
  return { ...(ordered ? { ol: entries } : { ul: entries }), margin: [6, 0, 0, 8] }
}
