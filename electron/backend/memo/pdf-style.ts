import type { Run } from '#core/memo/document.ts'
import { LANGUAGE_TAGS, languageParts } from '#core/memo/language-parts.ts'
import type { MemoStyle } from '#core/memo/memo-style.ts'
import type { Lang } from '#core/text.ts'
import { SANS } from './fonts.ts'
import type { TextRun } from './pdfmake.ts'

export const PT_PER_MM = 72 / 25.4
export const mm = (length: number): number => Math.round(length * PT_PER_MM * 100) / 100

export const COLOURS = {
  ink: '#1F2328',
  muted: '#57606A',
  accent: '#1B5E3A',
  rule: '#C9D3CC',
  head: '#EAF1EC',
  bar: '#3C8D5A',
  barEmpty: '#DDE3DE',
  good: '#1B6B3A',
  fair: '#4F7A1D',
  poor: '#9A6700',
  bad: '#B42318',
} as const

/** Noto Serif's own line, in ems: lines of a grid are set against it. */
const SERIF_LINE_EM = 1.437
/** Without a grid, a little more than the font's own line makes an even, open page. */
const OPEN_LINE_HEIGHT = 1.14

/** A style in points of paper, and the language that is printed: what every block needs to know. */
export interface PdfLook {
  style: MemoStyle
  lang: Lang
  sizes: MemoStyle['sizesPt']
  contentWidthPt: number
  contentHeightPt: number
  lineHeight: number
  /** Left, top, right, bottom. */
  marginsPt: [number, number, number, number]
}

export function lookOf(style: MemoStyle, lang: Lang): PdfLook {
  const { page, marginsMm, sizesPt, linesPerPage } = style
  const contentHeightPt = mm(page.heightMm - marginsMm.top - marginsMm.bottom)
  return {
    style,
    lang,
    sizes: sizesPt,
    contentWidthPt: mm(page.widthMm - marginsMm.left - marginsMm.right),
    contentHeightPt,
    lineHeight:
      linesPerPage === null ? OPEN_LINE_HEIGHT : (contentHeightPt - 0.5) / linesPerPage / (sizesPt.body * SERIF_LINE_EM),
    marginsPt: [mm(marginsMm.left), mm(marginsMm.top), mm(marginsMm.right), mm(marginsMm.bottom)],
  }
}

/** Longest piece without a break opportunity that may stay whole; longer ones break anywhere, which is also far faster. */
const LONGEST_WORD = 24

const longestWord = (text: string): number =>
  text.split(/[\s\u2e80-\uffef\-/]+/u).reduce((longest, word) => Math.max(longest, word.length), 0)

/** Runs as the printer takes them, in pieces of one language. Text is text, whatever stood there. */
export function runsOf(runs: readonly Run[], { lang, sizes }: PdfLook, size: number = sizes.body): TextRun[] {
  return runs.flatMap((run) => {
    const look = {
      ...(run.strong === true ? { bold: true } : {}),
      ...(run.muted === true ? { color: COLOURS.muted } : {}),
      ...(run.code === true ? { font: SANS, fontSize: Math.min(size, sizes.code + 1), color: COLOURS.muted } : {}),
    }
    const parts = run.code === true ? [{ text: String(run.text), lang: null }] : languageParts(String(run.text), lang)
    return parts.map((part) => ({
      text: part.text,
      ...look,
      ...(part.lang === null ? {} : { lang: LANGUAGE_TAGS[part.lang] }),
      ...(run.code === true || longestWord(part.text) > LONGEST_WORD ? { wordBreak: 'break-all' as const } : {}),
    }))
  })
}

/** Width of a line in ems, by rule of thumb: one for a Chinese character, a little more than half for others. */
export function emsOf(line: string): number {
  let ems = 0
  for (const character of line) ems += (character.codePointAt(0) ?? 0) > 0x2e7f ? 1 : 0.58
  return ems
}
