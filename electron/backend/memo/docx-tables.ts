import { Paragraph, Table, TableCell, TableRow, type IBorderOptions, type ITableCellOptions } from 'docx'
import type { Block, Cell } from '#core/memo/document.ts'
import { docxRuns, docxText } from './docx-runs.ts'
import { colour, twips, type DocxLook } from './docx-look.ts'
import { COLOURS } from './pdf-style.ts'

type Of<K extends Block['kind']> = Extract<Block, { kind: K }>

const NONE: IBorderOptions = { style: 'none', size: 0, color: 'auto' }
const hair: IBorderOptions = { style: 'single', size: 4, color: colour(COLOURS.rule) }
const rule: IBorderOptions = { style: 'single', size: 8, color: colour(COLOURS.accent) }
const PLAIN = { top: NONE, bottom: NONE, left: NONE, right: NONE, insideHorizontal: NONE, insideVertical: NONE }
const MARGINS = { left: 80, right: 80, top: 30, bottom: 30 }
/** Rows with more text than this may break across pages: a kept row taller than a page would be cut. */
const LONGEST_KEPT = 900

/** Widths in twips that add up to the type area. */
function columnsOf(shares: readonly number[], { contentMm }: DocxLook): number[] {
  const total = shares.reduce((sum, share) => sum + share, 0)
  return shares.map((share) => Math.floor((twips(contentMm.width) * share) / total))
}

const lengthOf = (row: readonly Cell[]): number =>
  Math.max(...row.map(({ runs }) => runs.reduce((sum, { text }) => sum + text.length, 0)))

const cellOf = (cell: Cell, width: number, look: DocxLook, more: Partial<ITableCellOptions> = {}): TableCell =>
  new TableCell({
    width: { size: width, type: 'dxa' },
    children: [
      new Paragraph({
        style: 'MemoTable',
        ...(cell.align === undefined ? {} : { alignment: cell.align }),
        children: docxRuns(cell.runs, look),
      }),
    ],
    ...more,
  })

/** A table with its caption above and a head that repeats on every page. */
export function dataTable({ caption, head, rows, widths }: Of<'table'>, look: DocxLook): (Paragraph | Table)[] {
  const columns = columnsOf(widths, look)
  const first = rows[0] ?? []
  const headRow = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: head.map((cell, at) =>
      cellOf({ ...cell, align: first[at]?.align ?? 'left' }, columns[at] ?? 0, look, {
        shading: { type: 'clear', fill: colour(COLOURS.head), color: 'auto' },
        borders: { top: rule, bottom: rule },
      }),
    ),
  })
  const body = rows.map(
    (row) =>
      new TableRow({
        cantSplit: lengthOf(row) < LONGEST_KEPT,
        children: row.map((cell, at) => cellOf(cell, columns[at] ?? 0, look)),
      }),
  )
  return [
    new Paragraph({ style: 'Caption', children: docxText(caption, look) }),
    new Table({
      rows: [headRow, ...body],
      columnWidths: columns,
      width: { size: columns.reduce((sum, width) => sum + width, 0), type: 'dxa' },
      layout: 'fixed',
      margins: MARGINS,
      tableLook: { firstRow: true, firstColumn: true, noHBand: true, noVBand: true },
      borders: { ...PLAIN, insideHorizontal: hair, top: rule, bottom: rule },
    }),
    new Paragraph({ style: 'MemoNote', spacing: { after: 60 }, children: [] }),
  ]
}

/** Labels and what they stand for. */
export function factsTable({ rows }: Of<'facts'>, look: DocxLook): Table[] {
  if (rows.length === 0) return []
  const columns = columnsOf([24, 76], look)
  return [
    new Table({
      columnWidths: columns,
      width: { size: columns.reduce((sum, width) => sum + width, 0), type: 'dxa' },
      layout: 'fixed',
      margins: MARGINS,
      tableLook: { firstColumn: true, noHBand: true, noVBand: true },
      borders: PLAIN,
      rows: rows.map(
        ({ label, runs }) =>
          new TableRow({
            children: [docxRuns([{ text: label, muted: true }], look), docxRuns(runs, look)].map(
              (children, at) =>
                new TableCell({
                  width: { size: columns[at] ?? 0, type: 'dxa' },
                  children: [new Paragraph({ style: 'MemoFacts', children })],
                }),
            ),
          }),
      ),
    }),
  ]
}

const BAR_PARTS = 40

/** Bars as shaded cells beside their figures in words; what is not judged has none. */
export function barsTable({ caption, bars }: Of<'bars'>, look: DocxLook): (Paragraph | Table)[] {
  const columns = columnsOf([28, ...Array.from({ length: BAR_PARTS }, () => 44 / BAR_PARTS), 28], look)
  const [label = 0, part = 0] = columns
  const words = (text: string, width: number) => cellOf({ runs: [{ text }] }, width, look)
  const stretch = (parts: number, fill: string | null): TableCell[] =>
    parts === 0
      ? []
      : [
          new TableCell({
            width: { size: part * parts, type: 'dxa' },
            columnSpan: parts,
            ...(fill === null ? {} : { shading: { type: 'clear', fill: colour(fill), color: 'auto' } }),
            borders: { top: GAP, bottom: GAP },
            children: [new Paragraph({ style: 'MemoTable', children: [] })],
          }),
        ]
  const row = ({ label: name, share, text }: Of<'bars'>['bars'][number]): TableRow => {
    const filled = Math.round(Math.min(1, Math.max(0, share ?? 0)) * BAR_PARTS)
    const empty = stretch(BAR_PARTS - filled, share === null ? null : COLOURS.barEmpty)
    return new TableRow({
      cantSplit: true,
      children: [words(name, label), ...stretch(filled, COLOURS.bar), ...empty, words(text, columns.at(-1) ?? 0)],
    })
  }
  return [
    new Paragraph({ style: 'Caption', children: docxText(caption, look) }),
    ...(bars.length === 0
      ? []
      : [
          new Table({
            columnWidths: columns,
            layout: 'fixed',
            width: { size: columns.reduce((sum, width) => sum + width, 0), type: 'dxa' },
            tableLook: { firstColumn: true, noHBand: true, noVBand: true },
            borders: PLAIN,
            rows: bars.map(row),
          }),
        ]),
    new Paragraph({ style: 'MemoNote', children: [] }),
  ]
}

/** White between one bar and the next. */
const GAP: IBorderOptions = { style: 'single', size: 48, color: 'FFFFFF' }
