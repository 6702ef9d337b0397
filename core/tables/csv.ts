import type { ResultTable } from '../model/result-table.ts'
import type { TableReader } from './shown-table.ts'
import { safeText } from './safe-text.ts'
import { tableGrid, type GridCell } from './table-grid.ts'

const BOM = '\ufeff'

/**
 * A table as CSV (RFC 4180: CRLF, doubled quotes) in UTF-8 with a byte-order mark, which spreadsheets need to read Chinese.
 * Figures are plain and unrounded with a point; a text that a spreadsheet would calculate is neutralised, a negative figure is not.
 */
export function tableCsv(table: ResultTable, reader: TableReader): string {
  const { head, rows } = tableGrid(table, reader)
  return BOM + [head, ...rows].map(csvRow).join('')
}

/** One row of a CSV file with its line end; the same care with every text. */
export const csvRow = (cells: readonly GridCell[]): string => `${cells.map(field).join(',')}\r\n`

function field(cell: GridCell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = safeText(cell)
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
