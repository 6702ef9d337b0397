import type { Block, Cell } from '#core/memo/document.ts'
import { SANS } from './fonts.ts'
import type { PdfNode, PdfTableLayout } from './pdfmake.ts'
import { COLOURS, emsOf, runsOf, type PdfLook } from './pdf-style.ts'

const PADDING_PT = 4
/** Before words that follow a column of figures, which end where these begin. */
const AFTER_FIGURES_PT = 10
/** Line of a table in ems: Noto Sans' own, a little opened. */
const LINE_EM = 1.45 * 1.05
/** Rows taller than this share of a page may break: a kept row taller than a page would vanish. */
const TALLEST_KEPT_ROW = 0.4

/** A table with its caption as a first header row: both repeat on each page, and no caption is left alone at a page's foot. */
export function tableNode({ caption, head, rows, widths }: Extract<Block, { kind: 'table' }>, look: PdfLook): PdfNode {
  const first = rows[0] ?? []
  const before = paddingsPt(first)
  const columns = columnsOf(widths, look).map((width, index) => width + PADDING_PT - (before[index] ?? PADDING_PT))
  const heights = rows.map((row) => rowHeight(row, columns, look.sizes.table))
  const isKept = (height: number) => height < look.contentHeightPt * TALLEST_KEPT_ROW
  const captionRow: PdfNode[] = [
    {
      text: runsOf([{ text: caption }], look),
      font: SANS,
      bold: true,
      fontSize: look.sizes.table + 0.5,
      lineHeight: 1.05,
      colSpan: columns.length,
      border: [false, false, false, false],
      margin: [-PADDING_PT, 0, 0, 2],
    },
    ...columns.slice(1).map((): PdfNode => ({ text: '' })),
  ]
  const headRow = head.map((cell, index): PdfNode => ({
    ...cellNode(cell, look),
    fillColor: COLOURS.head,
    alignment: first[index]?.align ?? 'left',
  }))
  return {
    tag: { type: 'Table', captionRow: true },
    table: {
      widths: columns,
      headerRows: 2,
      keepWithHeaderRows: heights[0] !== undefined && isKept(heights[0]) ? 1 : 0,
      dontBreakRows: heights.every(isKept),
      body: [captionRow, headRow, ...rows.map((row) => row.map((cell) => cellNode(cell, look)))],
    },
    layout: { ...HAIRLINES, paddingLeft: (column) => before[column] ?? PADDING_PT },
    margin: [0, 4, 0, 12],
  }
}

/** White before each cell of a row. */
const paddingsPt = (row: readonly Cell[]): number[] =>
  row.map(({ align }, index) => (align !== 'right' && row[index - 1]?.align === 'right' ? AFTER_FIGURES_PT : PADDING_PT))

function columnsOf(widths: readonly number[], look: PdfLook): number[] {
  const total = widths.reduce((sum, width) => sum + width, 0)
  return widths.map((width) => (look.contentWidthPt * width) / total - PADDING_PT * 2)
}

/** How much of a table stands together at its start: caption, head and, where it is kept whole, the first row. */
export function tableStartPt({ head, rows, widths }: Extract<Block, { kind: 'table' }>, look: PdfLook): number {
  const columns = columnsOf(widths, look)
  const captionPt = look.sizes.table * LINE_EM + 12
  const firstPt = rows[0] === undefined ? 0 : rowHeight(rows[0], columns, look.sizes.table)
  const most = look.contentHeightPt * TALLEST_KEPT_ROW
  return captionPt + rowHeight(head, columns, look.sizes.table) + (firstPt < most ? firstPt : 0)
}

const cellNode = (cell: Cell, look: PdfLook): PdfNode => ({
  text: runsOf(cell.runs, look, look.sizes.table),
  font: SANS,
  fontSize: look.sizes.table,
  lineHeight: 1.05,
  ...(cell.align === undefined ? {} : { alignment: cell.align }),
})

/** Rules between rows only: heavier above and below the table and under its head. */
const HAIRLINES: PdfTableLayout = {
  hLineWidth: (row, { table }) => (row === 0 ? 0 : row === 1 || row === 2 || row === table.body.length ? 0.9 : 0.4),
  vLineWidth: () => 0,
  hLineColor: (row) => (row <= 2 ? COLOURS.accent : COLOURS.rule),
  paddingRight: () => PADDING_PT,
  paddingTop: () => 3.2,
  paddingBottom: () => 3.4,
}

/** A generous guess of a row's height; an em per Chinese character, half of one for others, and a fifth for broken line ends. */
function rowHeight(row: readonly Cell[], columns: readonly number[], sizePt: number): number {
  const lines = row.map((cell, index) => {
    const perLine = Math.max(1, (columns[index] ?? 1) / sizePt)
    const texts = cell.runs.map(({ text }) => text).join('')
    return texts.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil((emsOf(line) * 1.2) / perLine)), 0)
  })
  return Math.max(1, ...lines) * sizePt * LINE_EM + 7
}
