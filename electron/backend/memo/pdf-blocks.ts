import type { Block, MapFigure, PictureFigure } from '#core/memo/document.ts'
import { SANS } from './fonts.ts'
import type { PdfNode, PdfTableLayout, PdfVector } from './pdfmake.ts'
import { COLOURS, mm, runsOf, type PdfLook } from './pdf-style.ts'

const NO_RULES: PdfTableLayout = {
  hLineWidth: () => 0,
  vLineWidth: () => 0,
  paddingLeft: () => 0,
  paddingRight: () => 8,
  paddingTop: () => 2.5,
  paddingBottom: () => 2.5,
}

/** Labels and what they stand for. */
export function factsNode(rows: Extract<Block, { kind: 'facts' }>['rows'], look: PdfLook): PdfNode {
  const { sizes } = look
  const labelPt = Math.max(9.5, sizes.facts - 1.5)
  const body = rows.map(({ label, runs }): PdfNode[] => [
    { text: runsOf([{ text: label }], look, labelPt), font: SANS, fontSize: labelPt, lineHeight: 1.14, color: COLOURS.muted },
    { text: runsOf(runs, look, sizes.facts), fontSize: sizes.facts, lineHeight: 1.14 },
  ])
  if (body.length === 0) return { text: '' }
  const kept = rows.every(({ runs }) => runs.reduce((length, { text }) => length + text.length, 0) < 200) && rows.length <= 12
  const widths = [labelPt * 10, look.contentWidthPt - labelPt * 10 - 16]
  return { tag: { type: 'Table' }, table: { widths, body }, layout: NO_RULES, unbreakable: kept, margin: [0, 2, 0, 10] }
}

/** The opinion in a box: the words carry it, the coloured edge only helps. */
export function verdictNode(
  { tone, title, total, coverage, remark }: Extract<Block, { kind: 'verdict' }>,
  look: PdfLook,
): PdfNode {
  const colour = COLOURS[tone]
  const figures: PdfNode = {
    columns: [
      { text: total, font: SANS, fontSize: 12, bold: true, width: 'auto' },
      { text: coverage, font: SANS, fontSize: 10, color: COLOURS.muted, width: 'auto', margin: [0, 2, 0, 0] },
    ],
    columnGap: 18,
    margin: [0, 3, 0, 3],
  }
  const words: PdfNode[] = [
    { text: runsOf([{ text: title }], look), font: SANS, bold: true, fontSize: 17, color: colour, lineHeight: 1 },
    figures,
    { text: runsOf([{ text: remark }], look), font: SANS, fontSize: 9, lineHeight: 1.14, color: COLOURS.muted },
  ]
  return {
    table: {
      widths: [5, look.contentWidthPt - 5],
      body: [
        [
          { text: '', fillColor: colour },
          { stack: words, fillColor: '#F6F8F6', margin: [12, 9, 10, 7] },
        ],
      ],
      dontBreakRows: true,
    },
    layout: {
      hLineWidth: () => 0,
      vLineWidth: () => 0,
      paddingLeft: () => 0,
      paddingRight: () => 0,
      paddingTop: () => 0,
      paddingBottom: () => 0,
    },
    margin: [0, 4, 0, 12],
  }
}

const BAR_WIDTH_PT = 170
/** So many bars surely fit on one page and stay together; a kept block taller than a page would vanish. */
const MOST_BARS_KEPT = 20

/** Horizontal bars, each with its figure in words; what is not judged stays an empty frame. */
export function barsNode({ caption, bars }: Extract<Block, { kind: 'bars' }>, heading: PdfNode[], look: PdfLook): PdfNode {
  const body = bars.map(({ label, share, text }): PdfNode[] => [
    { text: runsOf([{ text: label }], look), font: SANS, fontSize: 9, lineHeight: 1 },
    { canvas: barVectors(share), margin: [0, 2.5, 0, 0] },
    { text, font: SANS, fontSize: 9, lineHeight: 1, color: share === null ? COLOURS.muted : COLOURS.ink },
  ])
  const stack: PdfNode[] = [
    ...heading,
    { text: runsOf([{ text: caption }], look), font: SANS, bold: true, fontSize: look.sizes.table + 0.5, margin: [0, 0, 0, 4] },
  ]
  if (body.length > 0)
    stack.push({
      tag: { type: 'Table' },
      table: { widths: [130, BAR_WIDTH_PT, look.contentWidthPt - 130 - BAR_WIDTH_PT - 24], body, dontBreakRows: true },
      layout: NO_RULES,
    })
  return { stack, unbreakable: bars.length <= MOST_BARS_KEPT, margin: [0, 2, 0, 12] }
}

function barVectors(share: number | null): PdfVector[] {
  const frame: PdfVector = {
    type: 'rect',
    x: 0,
    y: 0,
    w: BAR_WIDTH_PT,
    h: 7,
    lineColor: COLOURS.rule,
    lineWidth: 0.5,
    ...(share === null ? {} : { color: COLOURS.barEmpty }),
  }
  const filled = Math.min(1, Math.max(0, share ?? 0)) * BAR_WIDTH_PT
  return filled > 0 ? [frame, { type: 'rect', x: 0, y: 0, w: filled, h: 7, color: COLOURS.bar }] : [frame]
}

/** Room on the map's page for its heading and caption. */
const AROUND_MAP_PT = 84

/** White below a page that holds one figure: its running foot stands there. */
const FOOT_MM = 20

/** A map sheet on a page of its own. It is scaled down rather than cut when it would not fit; what folds out has a page of its size. */
export function mapNode(figure: MapFigure, heading: PdfNode[], look: PdfLook): PdfNode[] {
  const { svg, widthMm, heightMm, caption, alt, registration, page } = figure
  const most = look.contentHeightPt - AROUND_MAP_PT
  const scale = page === undefined ? Math.min(1, look.contentWidthPt / mm(widthMm), most / mm(heightMm)) : 1
  const options = { imageCallback: () => '', warningCallback: refuseWarning }
  const nodes: PdfNode[] = [
    {
      unbreakable: true,
      stack: [
        ...heading,
        {
          tag: { type: 'Div' },
          stack: [
            {
              tag: { type: 'Figure', alt: alt || caption },
              svg,
              ...(registration && { registration }),
              width: Math.floor(mm(widthMm) * scale * 100) / 100,
              font: SANS,
              options,
              alignment: 'center',
            },
            {
              tag: { type: 'Caption' },
              text: runsOf([{ text: caption }], look),
              font: SANS,
              fontSize: 9.5,
              alignment: 'center',
              margin: [0, 8, 0, 0],
            },
          ],
        },
      ],
    },
  ]
  if (page === undefined) return nodes
  const margin = mm(page.marginMm)
  const { paper: pageSize, orientation: pageOrientation } = page
  return [{ section: nodes, pageSize, pageOrientation, pageMargins: [margin, margin, margin, mm(FOOT_MM)] }]
}

/** Points of paper for a pixel of a screen: its nominal size. */
const PT_PER_PX = 0.75
const MOST_PICTURE_PT = mm(105)

/** A picture as it was taken, never larger than it is; it stays together with its caption. */
export function pictureNode(picture: PictureFigure, bytes: Uint8Array | undefined, heading: PdfNode[], look: PdfLook): PdfNode {
  const { sha256, widthPx, heightPx, caption, alt } = picture
  if (bytes === undefined) throw new Error(`the bytes of picture ${sha256} were not given to the printer`)
  const scale = Math.min(PT_PER_PX, look.contentWidthPt / widthPx, MOST_PICTURE_PT / heightPx)
  return {
    unbreakable: true,
    stack: [
      ...heading,
      {
        tag: { type: 'Div' },
        stack: [
          {
            tag: { type: 'Figure', alt: alt || caption },
            image: `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`,
            width: Math.floor(widthPx * scale * 100) / 100,
            alignment: 'center',
            margin: [0, 8, 0, 0],
          },
          {
            tag: { type: 'Caption' },
            text: runsOf([{ text: caption }], look),
            font: SANS,
            fontSize: 9.5,
            alignment: 'center',
            margin: [0, 6, 0, 10],
          },
        ],
      },
    ],
  }
}

/** Our own drawings use nothing that the printer warns about; a warning means a part would be missing. */
function refuseWarning(warning: string): void {
  throw new Error(`the map could not be drawn completely: ${warning}`)
}
