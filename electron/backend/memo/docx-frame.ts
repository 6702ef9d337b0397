import { Footer, Header, PageNumber, Paragraph, TextRun, type IRunOptions } from 'docx'
import { TextWatermark } from 'docx/watermarks'
import type { MemoDocument } from '#core/memo/document.ts'
import { colour, halfPoints, twips, type DocxLook } from './docx-look.ts'
import { docxText } from './docx-runs.ts'
import { OFFICIAL_RED } from './pdf-frame.ts'
import { COLOURS } from './pdf-style.ts'

/** What stands above the first section: secrecy, office, number, title, basis and addressee. */
export function headParagraphs({ title, subtitle, letterhead = {}, kicker: own }: MemoDocument, look: DocxLook): Paragraph[] {
  const { classification, office, number, addressee } = letterhead
  const tone = colour(look.style.colour ? COLOURS.accent : office ? OFFICIAL_RED : COLOURS.ink)
  const kicker = own ?? (look.lang === 'zh' ? '国土空间规划技术审查' : 'Technical review of a territorial spatial plan')
  const centred = (text: string, run: IRunOptions, more = {}) =>
    new Paragraph({ alignment: 'center', ...more, children: docxText(text, look, run) })
  const ruled = { border: { bottom: { style: 'single', size: 12, color: tone, space: 6 } }, spacing: { after: 240 } } as const
  const officeLine = office
    ? centred(office, { bold: true, color: tone, size: halfPoints(look.style.colour ? 18 : 26) }, number ? {} : ruled)
    : centred(kicker, { bold: true, color: tone, size: halfPoints(10.5) }, ruled)
  return [
    ...(classification ? [new Paragraph({ children: docxText(classification, look, { bold: true }) })] : []),
    officeLine,
    ...(office && number ? [centred(number, {}, ruled)] : []),
    new Paragraph({ heading: 'Title', children: docxText(title.replace(/》(?=[^\n]{6})/u, '》\n'), look) }),
    new Paragraph({ style: 'MemoSubtitle', children: docxText(subtitle, look) }),
    ...(addressee
      ? [new Paragraph({ children: docxText(`${addressee.replace(/[：:]$/, '')}${look.lang === 'zh' ? '：' : ':'}`, look) })]
      : []),
  ]
}

/** Plain running heads with the watermark, where one is asked for. */
export function headersOf({ watermark }: MemoDocument, look: DocxLook) {
  if (!watermark) return {}
  const header = () =>
    new Header({
      children: [
        new Paragraph({
          style: 'MemoFoot',
          children: [
            new TextWatermark({ text: watermark, font: look.style.officeFonts.heading.eastAsia, color: 'D9D9D9', opacity: 0.5 }),
          ],
        }),
      ],
    })
  return { headers: { default: header(), even: header() } }
}

/** The foot of a page: plan, date and seal with the page of all pages; or the bare number between dashes, at the outer edge. */
export function footersOf({ footer: words }: MemoDocument, look: DocxLook, widthMm = look.contentMm.width) {
  const { style, lang } = look
  const size = halfPoints(style.sizesPt.pageNumber)
  if (style.pageNumber === 'between-dashes') {
    const foot = (side: 'left' | 'right') =>
      new Footer({
        children: [
          new Paragraph({
            style: 'MemoFoot',
            alignment: side,
            children: [new TextRun({ size, children: ['— ', PageNumber.CURRENT, ' —'] })],
          }),
        ],
      })
    return { footers: { default: foot('right'), even: foot('left') } }
  }
  const parts =
    lang === 'zh'
      ? ['第 ', PageNumber.CURRENT, ' 页 / 共 ', PageNumber.TOTAL_PAGES, ' 页']
      : ['Page ', PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES]
  const muted = colour(COLOURS.muted)
  const foot = () =>
    new Footer({
      children: [
        new Paragraph({
          style: 'MemoFoot',
          tabStops: [{ type: 'right', position: twips(widthMm) }],
          children: [
            ...docxText(words, look, { size, color: muted }),
            new TextRun({ size, color: muted, children: ['\t', ...parts] }),
          ],
        }),
      ],
    })
  return { footers: { default: foot(), even: foot() } }
}
