import type { Run } from '#core/memo/document.ts'
import { SANS } from './fonts.ts'
import type { TextRun } from './pdfmake.ts'

export const PT_PER_MM = 72 / 25.4
export const mm = (length: number): number => Math.round(length * PT_PER_MM * 100) / 100

/** Width of the type area: 210 − 28 − 26 mm, as GB/T 9704 sets it. */
export const CONTENT_WIDTH_PT = mm(156)
/** Height of the type area: 297 − 30 − 28 mm. */
export const CONTENT_HEIGHT_PT = mm(239)

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

export const SIZES = { title: 22, heading1: 14, heading2: 11.5, body: 11, note: 8.5, table: 8.5, code: 6.5 } as const

/** Noto's own line is 1.44 em already; this makes an even, open page. */
export const BODY_LINE_HEIGHT = 1.14

/** Longest piece without a break opportunity that may stay whole; longer ones break anywhere, which is also far faster. */
const LONGEST_WORD = 24

const longestWord = (text: string): number =>
  text.split(/[\s\u2e80-\uffef\-/]+/u).reduce((longest, word) => Math.max(longest, word.length), 0)

/** Runs as the printer takes them. Text is text, whatever stood there. */
export function runsOf(runs: readonly Run[], { size }: { size: number }): TextRun[] {
  return runs.map((run) => {
    const text = String(run.text)
    return {
      text,
      ...(run.strong === true ? { bold: true } : {}),
      ...(run.muted === true ? { color: COLOURS.muted } : {}),
      ...(run.code === true ? { font: SANS, fontSize: Math.min(size, SIZES.code + 1), color: COLOURS.muted } : {}),
      ...(run.code === true || longestWord(text) > LONGEST_WORD ? { wordBreak: 'break-all' as const } : {}),
    }
  })
}

/** Width of a line in ems, by rule of thumb: one for a Chinese character, a little more than half for others. */
export function emsOf(line: string): number {
  let ems = 0
  for (const character of line) ems += (character.codePointAt(0) ?? 0) > 0x2e7f ? 1 : 0.58
  return ems
}
