import writeXlsxFile, { type Sheet } from 'write-excel-file/node'
import type { SheetPlan } from '#core/tables/workbook.ts'

const HEAD = { fontWeight: 'bold', backgroundColor: '#EAF1EC', wrap: true, alignVertical: 'center' } as const
const SUM = { fontWeight: 'bold', topBorderStyle: 'thin' } as const

type CellStyle = typeof HEAD | typeof SUM | Record<never, never>

/** Typed cells only: a figure is a number, everything else is a string and never a formula. */
function cellOf(value: string | number | null, style: CellStyle) {
  if (value === null) return { ...style }
  return typeof value === 'number' ? { value, type: Number, ...style } : { value, type: String, ...style }
}

function sheetOf({ name, rows, head, totals, widths }: SheetPlan): Sheet<Buffer> {
  const firstSum = rows.length - totals
  const data = rows.map((row, at) => {
    const style = head && at === 0 ? HEAD : at >= firstSum ? SUM : {}
    return row.map((cell) => cellOf(cell, style))
  })
  return {
    sheet: name,
    data,
    columns: widths.map((width) => ({ width })),
    ...(head ? { stickyRowsCount: 1, stickyColumnsCount: 2 } : {}),
  }
}

/** A workbook of planned sheets as the bytes of an .xlsx file. */
export const xlsxBytes = (sheets: readonly SheetPlan[]): Promise<Buffer> => writeXlsxFile(sheets.map(sheetOf)).toBuffer()
