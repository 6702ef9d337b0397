import type { IFontAttributesProperties, IStylesOptions } from 'docx'
import type { MemoDocument } from '#core/memo/document.ts'
import { memoStyleOf, type MemoStyle, type OfficeFont } from '#core/memo/memo-style.ts'
import type { Lang } from '#core/text.ts'
import { COLOURS } from './pdf-style.ts'

/** Twentieths of a point, in which a word processor measures paper. */
const TWIPS_PER_MM = 1440 / 25.4
export const twips = (lengthMm: number): number => Math.round(lengthMm * TWIPS_PER_MM)
/** Sizes of type are whole half points. */
export const halfPoints = (sizePt: number): number => Math.round(sizePt * 2)

/** A style as the word processor takes it, and the language of the document. */
export interface DocxLook {
  style: MemoStyle
  lang: Lang
  /** Width and height of the type area. */
  contentMm: { width: number; height: number }
}

export function docxLook({ style: id, lang }: MemoDocument): DocxLook {
  const style = memoStyleOf(id ?? 'technical')
  const { page, marginsMm } = style
  const contentMm = {
    width: page.widthMm - marginsMm.left - marginsMm.right,
    height: page.heightMm - marginsMm.top - marginsMm.bottom,
  }
  return { style, lang, contentMm }
}

/** A line grows with what stands in it; said outright, because some word processors take a bare number for an exact height and cut figures. */
const AUTO = 'auto' as const
/** Styles of small type that keep their own lines where the page has a grid. */
export const OFF_GRID = ['MemoSubtitle', 'MemoNote', 'MemoTable', 'MemoFacts', 'MemoFoot', 'Caption'] as const

export const colour = (hex: string): string => hex.replace('#', '')

const fontOf = ({ eastAsia, latin }: OfficeFont): IFontAttributesProperties => ({
  ascii: latin,
  hAnsi: latin,
  cs: latin,
  eastAsia,
})

/** The lines of an official letter; none where none are prescribed. A grid of characters too is spaced differently by each word processor. */
export function gridOf({ style, contentMm }: DocxLook): { type: 'lines'; linePitch: number } | null {
  const { linesPerPage } = style
  return linesPerPage === null ? null : { type: 'lines', linePitch: Math.floor(twips(contentMm.height) / linesPerPage) }
}

/** Named styles: an office that changes one changes every place of its kind, and headings are headings to whoever reads aloud. */
export function docxStyles(look: DocxLook): IStylesOptions {
  const { style, lang } = look
  const { sizesPt, officeFonts: fonts } = style
  const isGrid = style.linesPerPage !== null
  const language = { value: 'en-GB', eastAsia: 'zh-CN' }
  const [title, heading, subheading, body, table] = [fonts.title, fonts.heading, fonts.subheading, fonts.body, fonts.table].map(
    fontOf,
  )
  const headingOf = (level: 1 | 2 | 3) => ({
    run: {
      font: level === 1 ? heading : subheading,
      size: halfPoints(level === 1 ? sizesPt.heading1 : sizesPt.heading2),
      bold: !isGrid || level === 3,
      color: colour(style.colour && level === 1 ? COLOURS.accent : COLOURS.ink),
    },
    paragraph: {
      keepNext: true,
      spacing: isGrid ? {} : { before: level === 1 ? 360 : 240, after: 120 },
      ...(isGrid && lang === 'zh' ? { indent: { firstLineChars: 200 } } : {}),
    },
  })
  const line = isGrid ? {} : { line: 300, lineRule: AUTO, after: 140 }
  const indent = lang === 'zh' ? { indent: { firstLineChars: 200 } } : {}
  const small = (id: string, name: string, size: number, paragraph: object, run: object = {}) => ({
    id,
    name,
    basedOn: 'Normal',
    run: { font: table, size: halfPoints(size), ...run },
    paragraph,
  })
  return {
    default: {
      document: {
        run: { font: body, size: halfPoints(sizesPt.body), color: colour(COLOURS.ink), language },
        paragraph: { spacing: line },
      },
      title: {
        run: { font: title, size: halfPoints(sizesPt.title), bold: !isGrid, color: colour(COLOURS.ink) },
        paragraph: { alignment: 'center', spacing: { before: 120, after: 240 } },
      },
      heading1: headingOf(1),
      heading2: headingOf(2),
      heading3: headingOf(3),
    },
    paragraphStyles: [
      { id: 'MemoBody', name: 'Memo body', basedOn: 'Normal', quickFormat: true, paragraph: indent },
      small(
        'MemoSubtitle',
        'Memo subtitle',
        11,
        { alignment: 'center', spacing: { after: 240 } },
        { color: colour(COLOURS.muted) },
      ),
      small('MemoNote', 'Memo note', sizesPt.note, { spacing: { after: 120 } }, { color: colour(COLOURS.muted) }),
      small('MemoTable', 'Memo table', sizesPt.table, { spacing: { before: 20, after: 20, line: 240, lineRule: AUTO } }),
      small('MemoFacts', 'Memo facts', sizesPt.facts, { spacing: { before: 20, after: 20, line: 260, lineRule: AUTO } }),
      small('MemoFoot', 'Memo foot', sizesPt.pageNumber, { spacing: { after: 0 } }),
      small(
        'Caption',
        'caption',
        Math.max(9, sizesPt.table + 0.5),
        { spacing: { before: 120, after: 80 }, keepNext: true },
        { bold: true },
      ),
      {
        id: 'MemoVerdict',
        name: 'Memo verdict',
        basedOn: 'Normal',
        run: { font: heading },
        paragraph: { spacing: { after: 0 } },
      },
    ],
  }
}

/** Names that stand in for a font where it is missing, for the table of fonts in the file. */
export function fontAlternatives({ style: { officeFonts } }: DocxLook): Map<string, readonly string[]> {
  return new Map(Object.values(officeFonts).map(({ eastAsia, instead }) => [eastAsia, instead]))
}
