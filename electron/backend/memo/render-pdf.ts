import type { Block, MemoDocument, MemoSectionContent, Run } from '#core/memo/document.ts'
import { LANGUAGE_TAGS } from '#core/memo/language-parts.ts'
import { memoStyleOf } from '#core/memo/memo-style.ts'
import type { Lang } from '#core/text.ts'
import { assertOwnSvg } from '#core/map/own-svg.ts'
import { SANS, SERIF } from './fonts.ts'
import { embeddedFiles, type EmbeddedFile } from './pdf-files.ts'
import { coverHead, footerNode, watermarkNode } from './pdf-frame.ts'
import { barsNode, factsNode, mapNode, pictureNode, verdictNode } from './pdf-blocks.ts'
import type { PdfDefinition, PdfNode } from './pdfmake.ts'
import type { PdfTag } from './pdf-tag.ts'
import { tableNode, tableStartPt } from './pdf-table.ts'
import { COLOURS, lookOf, runsOf, type PdfLook } from './pdf-style.ts'
import { guessedHeightPt } from './guessed-height.ts'

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
/** Where seal and signature stand. */
const SIGNED_SECTION = 'seal'

/** Builds the printer's definition afresh for each export: the printer changes what it is given. */
export function pdfDefinition(
  document: MemoDocument,
  { reviewJson, producer, attachments, pictures = {} }: PdfExtras,
): PdfDefinition {
  const date = new Date(document.date)
  const look = lookOf(memoStyleOf(document.style ?? 'technical'), document.lang)
  const { watermark } = document
  return {
    version: '1.7',
    subset: 'PDF/A-3a',
    tagged: true,
    language: LANGUAGE_TAGS[document.lang],
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
    pageMargins: look.marginsPt,
    defaultStyle: { font: SERIF, fontSize: look.sizes.body, lineHeight: look.lineHeight, color: COLOURS.ink },
    content: onTheirPages([...coverHead(document, look), ...bodyNodes(document, look, pictures)], look),
    footer: (page, pages) => footerNode(document, look, page, pages),
    ...(watermark ? { background: (_page, size) => watermarkNode(watermark, size) } : {}),
    files: embeddedFiles(document, reviewJson, attachments),
  }
}

type Pictures = NonNullable<PdfExtras['pictures']>

/** Fewer parts than this are found without contents. */
export const PARTS_WITH_CONTENTS = 6

const isPart = ({ blocks }: MemoSectionContent) => blocks.some((block) => block.kind === 'heading' && block.level === 1)

/** The section that contents stand before: an answer that comes first goes before them, so that the first page still says it. */
export function contentsBefore(sections: readonly MemoSectionContent[]): number {
  const first = sections.findIndex(isPart)
  return sections[first]?.id === 'conclusion' ? first + 1 : first
}

/** Sections one after the other, with the contents of a long memo. */
function bodyNodes({ sections, lang }: MemoDocument, look: PdfLook, pictures: Pictures): PdfNode[] {
  const hasContents = look.style.contents && sections.filter(isPart).length >= PARTS_WITH_CONTENTS
  const printing: Printing = { look, pictures, hasContents }
  const before = contentsBefore(sections)
  return sections.flatMap((section, index) => [
    ...(hasContents && index === before ? contentsNodes(lang, look) : []),
    ...signedTogether(section, printing),
  ])
}

/**
 * A signature on a page without a text is nobody's word for anything: its section stays on one page, or as much of its end as surely
 * fits on one.
 */
function signedTogether({ id, blocks }: MemoSectionContent, printing: Printing): PdfNode[] {
  if (id !== SIGNED_SECTION) return sectionNodes(blocks, printing)
  const { look } = printing
  let [from, roomPt] = [blocks.length, look.contentHeightPt]
  for (; from > 0; from -= 1) {
    const block = blocks[from - 1]
    roomPt -= block === undefined ? 0 : guessedHeightPt(block, look)
    if (roomPt <= 0) break
  }
  // No heading stands alone above what went to the next page.
  if (blocks[from - 1]?.kind === 'heading') from += 1
  const whole = sectionNodes(blocks.slice(from), { ...printing, isWhole: true })
  return [...sectionNodes(blocks.slice(0, from), printing), ...(whole.length === 0 ? [] : [{ unbreakable: true, stack: whole }])]
}

const PAGE_BREAK: PdfNode = { text: '', pageBreak: 'after' }
const isPageBreak = (node: PdfNode | undefined): boolean =>
  node !== undefined && 'text' in node && node.text === '' && node.pageBreak === 'after'

/**
 * What follows a page of another size begins on a page of text again. A page break is a property of what follows it: a node of its own
 * would stand alone on an empty page wherever the page before is full.
 */
function onTheirPages(nodes: readonly PdfNode[], { marginsPt: pageMargins }: PdfLook): PdfNode[] {
  const isOwnPage = (node: PdfNode | undefined) => node !== undefined && 'section' in node
  const [kept, broken]: [PdfNode[], Set<PdfNode>] = [[], new Set()]
  for (const [at, node] of nodes.entries()) {
    if (isPageBreak(node)) continue
    kept.push(node)
    if (isPageBreak(nodes[at - 1])) broken.add(node)
  }
  return kept.map((node, at) => {
    if (isOwnPage(node)) return node
    if (isOwnPage(kept[at - 1])) return { section: [node], pageSize: 'A4', pageOrientation: 'portrait', pageMargins }
    return broken.has(node) ? { ...node, pageBreak: 'before' } : node
  })
}

/** Few enough lines to stay on one page. */
const contentsNodes = (lang: Lang, look: PdfLook): PdfNode[] => [
  {
    unbreakable: true,
    stack: [
      {
        text: lang === 'zh' ? '目录' : 'Contents',
        font: SANS,
        bold: true,
        fontSize: look.sizes.heading2,
        margin: [0, 12, 0, 6],
      },
      { toc: { textStyle: { fontSize: 10, lineHeight: 1 }, numberStyle: { fontSize: 10, lineHeight: 1 } }, margin: [0, 0, 0, 8] },
    ],
  },
]

interface Printing {
  look: PdfLook
  pictures: Pictures
  hasContents: boolean
  /** The section stays on one page, so that its headings need no room kept below them. */
  isWhole?: boolean
}

function sectionNodes(blocks: readonly Block[], printing: Printing): PdfNode[] {
  return blocks.flatMap((block, index) => {
    const next = blocks[index + 1]
    if (block.kind === 'heading')
      return next !== undefined && takesHeading(next)
        ? []
        : headingNodes(block, printing, roomBelowPt(blocks, index, printing.look))
    const before = blocks[index - 1]
    const heading = before?.kind === 'heading' && takesHeading(block) ? [headingNode(before, printing)] : []
    return blockNodes(block, heading, printing)
  })
}

/** Blocks that stay whole take the heading before them along to the next page. */
const takesHeading = ({ kind }: Block): boolean => kind === 'map' || kind === 'bars' || kind === 'picture'

type Heading = Extract<Block, { kind: 'heading' }>

function headingNode({ level, text, id }: Heading, { look, hasContents }: Printing): PdfNode {
  const face = look.style.headingFaces[level - 1] ?? 'sans-bold'
  const { colour } = look.style
  return {
    tag: { type: level === 1 ? 'H2' : level === 2 ? 'H3' : 'H4' },
    text: runsOf([{ text }], look),
    id: `section-${id}`,
    outline: true,
    outlineText: text,
    ...(hasContents && level === 1 ? { tocItem: true } : {}),
    headlineLevel: level,
    font: face.startsWith('sans') ? SANS : SERIF,
    bold: face.endsWith('bold'),
    fontSize: level === 1 ? look.sizes.heading1 : look.sizes.heading2,
    color: level === 1 && colour ? COLOURS.accent : COLOURS.ink,
    lineHeight: colour ? 1.1 : look.lineHeight,
    margin: colour ? [0, level === 1 ? 20 : 14, 0, 8] : [look.lang === 'zh' ? look.sizes.body * 2 : 0, 0, 0, 0],
  }
}

/** A heading with its margins. */
const HEADING_PT = 44

/** What must stand on a heading's page below it: two lines, or a table's head with its first row, also behind further headings. */
function roomBelowPt(blocks: readonly Block[], at: number, look: PdfLook): number {
  const next = blocks[at + 1]
  if (next?.kind === 'heading') return HEADING_PT + roomBelowPt(blocks, at + 1, look)
  return next?.kind === 'table' ? Math.max(KEEP_WITH_NEXT_PT, tableStartPt(next, look)) : KEEP_WITH_NEXT_PT
}

/** A heading in a block that needs room below itself; the room is given back to what follows. */
function headingNodes(heading: Heading, printing: Printing, roomPt: number): PdfNode[] {
  if (printing.isWhole) return [headingNode(heading, printing)]
  const gap: PdfNode = { text: '', fontSize: 1, lineHeight: 1, margin: [0, roomPt, 0, 0] }
  return [
    { unbreakable: true, stack: [headingNode(heading, printing), gap] },
    { text: '', fontSize: 1, lineHeight: 1, margin: [0, -roomPt - 3, 0, 0] },
  ]
}

function blockNodes(block: Block, heading: PdfNode[], printing: Printing): PdfNode[] {
  const { look, pictures } = printing
  switch (block.kind) {
    case 'heading':
      return headingNodes(block, printing, KEEP_WITH_NEXT_PT)
    case 'paragraph':
      return [paragraphNode(block.runs, look)]
    case 'list':
      return [listNode(block.items, block.ordered, look)]
    case 'table':
      return [tableNode(block, look)]
    case 'facts':
      return [factsNode(block.rows, look)]
    case 'verdict':
      return [verdictNode(block, look)]
    case 'bars':
      return [barsNode(block, heading, look)]
    case 'map':
      assertOwnSvg(block.figure.svg)
      return mapNode(block.figure, heading, look)
    case 'picture':
      return [pictureNode(block.picture, pictures[block.picture.sha256], heading, look)]
    case 'page-break':
      return [{ ...PAGE_BREAK }]
  }
}

/** Chinese paragraphs begin two characters in; on a grid nothing stands between them. */
function paragraphNode(runs: readonly Run[], look: PdfLook): PdfNode {
  const note = runs.every((run) => run.muted === true)
  const size = note ? look.sizes.note : look.sizes.body
  return {
    text: runsOf(runs, look, size),
    fontSize: size,
    ...(look.lang === 'zh' && !note ? { leadingIndent: size * 2 } : {}),
    margin: [0, 0, 0, look.style.linesPerPage === null || note ? 8 : 0],
  }
}

function listNode(items: readonly Run[][], ordered: boolean, look: PdfLook): PdfNode {
  const size = look.sizes.body - 0.5
  const entries = items.map((runs): PdfNode => ({ text: runsOf(runs, look, size), fontSize: size, margin: [0, 0, 0, 5] }))
  const tag: PdfTag = { type: 'L', numbering: ordered ? 'Decimal' : 'Disc' }
  return { ...(ordered ? { ol: entries } : { ul: entries }), tag, margin: [6, 0, 0, 8] }
}
