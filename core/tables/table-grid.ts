import type { ResultTable } from '../model/result-table.ts'
import { inLang, type Lang } from '../text.ts'
import { cellFigure, columnHead, tableAsRows, TOTAL_WORDS, type TableReader } from './shown-table.ts'

/** A cell that leaves the house: a text or an unrounded figure; null stays empty. */
export type GridCell = string | number | null

/** A table as spreadsheets take it: heads with units, figures unrounded in those units, sums below. */
export interface TableGrid {
  head: string[]
  /** True where a column holds figures. */
  numeric: boolean[]
  rows: GridCell[][]
  /** The last rows that are sums and not rows of the table. */
  totals: number
}

const KEY_HEAD = { zh: '编号', en: 'Key' } as const

/**
 * What CSV and XLSX have in common: first the row's key, then its title, then the columns. Figures are in the unit that the head
 * names and never rounded; a figure that is not known is empty, never a zero.
 */
export function tableGrid(table: ResultTable, reader: TableReader): TableGrid {
  const { lang } = reader
  const shown = tableAsRows(table, reader)
  const rows = table.rows.map((row): GridCell[] => [
    row.key,
    inLang(row.title, lang),
    ...shown.columns.map(({ unit }, at) => exported(row.cells[at] ?? null, unit, lang)),
  ])
  const totals = shown.totals.map(({ kind, values }): GridCell[] => [
    kind,
    inLang(TOTAL_WORDS[kind], lang),
    ...shown.columns.map(({ unit }, at) => cellFigure(values[at] ?? null, unit)),
  ])
  return {
    head: [inLang(KEY_HEAD, lang), shown.rowTitle, ...shown.columns.map((column) => columnHead(column, lang))],
    numeric: [false, false, ...table.columns.map(({ unit }) => unit !== null)],
    rows: [...rows, ...totals],
    totals: totals.length,
  }
}

function exported(
  cell: ResultTable['rows'][number]['cells'][number],
  unit: Parameters<typeof cellFigure>[1],
  lang: Lang,
): GridCell {
  if (cell === null) return null
  return typeof cell === 'number' ? cellFigure(cell, unit) : inLang(cell, lang)
}
