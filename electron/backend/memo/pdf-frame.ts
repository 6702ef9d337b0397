import type { MemoDocument } from '#core/memo/document.ts'
import { escapeXml } from '#core/map/svg.ts'
import { SANS } from './fonts.ts'
import type { PdfNode } from './pdfmake.ts'
import { COLOURS, emsOf, mm, runsOf, type PdfLook } from './pdf-style.ts'

/** Red of an official head and its rule. */
export const OFFICIAL_RED = '#C00000'
const WATERMARK_GREY = '#E9E9E9'

const ruleNode = (weight: number, colour: string, { contentWidthPt }: PdfLook): PdfNode => ({
  canvas: [{ type: 'line', x1: 0, y1: 0, x2: contentWidthPt, y2: 0, lineWidth: weight, lineColor: colour }],
})

/** What stands above the first section: secrecy, office, number, title and basis. */
export function coverHead(document: MemoDocument, look: PdfLook): PdfNode[] {
  const { title, subtitle, letterhead } = document
  return [
    ...(letterhead?.classification ? [classificationNode(letterhead.classification, look)] : []),
    ...(letterhead?.office ? officeNodes(letterhead.office, letterhead.number ?? '', look) : kickerNodes(document, look)),
    {
      tag: { type: 'H1' },
      text: runsOf([{ text: titleLines(title).join('\n') }], look),
      fontSize: titleSize(title, look),
      bold: true,
      alignment: 'center',
      lineHeight: 1.25,
      margin: [0, 0, 0, 14],
    },
    {
      text: runsOf([{ text: subtitle }], look),
      fontSize: 11,
      lineHeight: 1.14,
      color: COLOURS.muted,
      alignment: 'center',
      margin: [18, 0, 18, 16],
    },
    ...(look.style.colour ? [{ ...ruleNode(0.6, COLOURS.accent, look), margin: [0, 0, 0, 16] } as PdfNode] : []),
    ...(letterhead?.addressee ? [addresseeNode(letterhead.addressee, look)] : []),
  ]
}

const classificationNode = (text: string, look: PdfLook): PdfNode => ({
  text: runsOf([{ text }], look),
  font: SANS,
  bold: true,
  fontSize: Math.min(16, look.sizes.body + 2),
  lineHeight: 1,
  margin: [0, 0, 0, 10],
})

/** 发文机关标志 with its number and rule; in colour where the style is in colour or official. */
const officeNodes = (office: string, number: string, look: PdfLook): PdfNode[] => [
  {
    text: runsOf([{ text: office }], look),
    bold: true,
    fontSize: Math.max(14, Math.min(look.style.colour ? 18 : 30, look.contentWidthPt / Math.max(1, emsOf(office)))),
    color: look.style.colour ? COLOURS.accent : OFFICIAL_RED,
    alignment: 'center',
    lineHeight: 1.1,
    margin: [0, 4, 0, 10],
  },
  ...(number === ''
    ? []
    : [
        {
          text: runsOf([{ text: number }], look),
          fontSize: Math.min(look.sizes.body, 15.75),
          alignment: 'center' as const,
          lineHeight: 1,
          margin: [0, 0, 0, 6] as [number, number, number, number],
        },
      ]),
  { ...ruleNode(1.6, look.style.colour ? COLOURS.accent : OFFICIAL_RED, look), margin: [0, 2, 0, 24] },
]

function kickerNodes({ lang, kicker: own }: MemoDocument, look: PdfLook): PdfNode[] {
  const kicker = own ?? (lang === 'zh' ? '国土空间规划技术审查' : 'Technical review of a territorial spatial plan')
  const colour = look.style.colour ? COLOURS.accent : COLOURS.ink
  return [
    {
      text: runsOf([{ text: kicker }], look),
      font: SANS,
      fontSize: 10.5,
      color: colour,
      bold: true,
      alignment: 'center',
      lineHeight: 1.14,
      margin: [0, 6, 0, 12],
    },
    { ...ruleNode(1.6, colour, look), margin: [0, 0, 0, 20] },
  ]
}

const addresseeNode = (addressee: string, look: PdfLook): PdfNode => ({
  text: runsOf([{ text: `${addressee.replace(/[：:]$/, '')}${look.lang === 'zh' ? '：' : ':'}` }], look),
  fontSize: look.sizes.body,
  margin: [0, 0, 0, 8],
})

/** A Chinese title breaks after the name of the plan, as official papers do. */
const titleLines = (title: string): string[] => title.split(/(?<=》)(?=.{6})/u)

/** Large, unless its longest line would not fit; English titles may wrap and keep their size. */
function titleSize(title: string, { contentWidthPt, sizes }: PdfLook): number {
  const longest = Math.max(...titleLines(title).map(emsOf))
  const fitting = /[\u4e00-\u9fff]/.test(title) ? (contentWidthPt - 4) / longest : sizes.title - 2
  return Math.max(14, Math.min(sizes.title, Math.floor(fitting * 2) / 2))
}

/** The foot of a page: plan, date and seal with the page of all pages; or the bare number between dashes, at the outer edge. */
export function footerNode({ footer: words, lang }: MemoDocument, look: PdfLook, page: number, pages: number): PdfNode {
  const [left, , right] = look.marginsPt
  const fontSize = look.sizes.pageNumber
  if (look.style.pageNumber === 'between-dashes') {
    const isOdd = page % 2 === 1
    const indent = fontSize
    return {
      text: `— ${page} —`,
      fontSize,
      lineHeight: 1,
      alignment: isOdd ? 'right' : 'left',
      margin: [left + (isOdd ? 0 : indent), mm(7), right + (isOdd ? indent : 0), 0],
    }
  }
  const count = lang === 'zh' ? `第 ${page} 页 / 共 ${pages} 页` : `Page ${page} of ${pages}`
  const style = { font: SANS, fontSize, color: COLOURS.muted }
  return {
    columns: [
      { text: words, ...style, width: '*' },
      { text: count, ...style, width: 'auto', alignment: 'right' },
    ],
    columnGap: 12,
    margin: [left, mm(10), right, 0],
  }
}

/** Pale words across the page, beneath what is printed. */
export function watermarkNode(words: string, { width, height }: { width: number; height: number }): PdfNode {
  const size = Math.max(18, Math.min(80, (width * 0.85) / Math.max(1, emsOf(words))))
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><text x="${width / 2}" y="${height / 2}" font-size="${size.toFixed(2)}" fill="${WATERMARK_GREY}" text-anchor="middle" font-family="${SANS}" font-weight="700" transform="rotate(-40 ${width / 2} ${height / 2})">${escapeXml(words)}</text></svg>`
  return { svg, width, font: SANS }
}
