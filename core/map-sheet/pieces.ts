import { WHITE_MM } from './layout.ts'
import { pageMm, PIECES, type PaperId, type SizeMm } from './page.ts'

/** One piece of a sheet that is printed on several pages. */
export interface Piece {
  /** Row from the top and column from the left: "2-3". */
  name: string
  row: number
  column: number
  /** Where the piece begins on the sheet, mm. */
  xMm: number
  yMm: number
}

export interface Cut {
  /** The page that each piece is printed on. */
  pageMm: SizeMm
  /** How much of the sheet one page shows. */
  pieceMm: SizeMm
  rows: number
  columns: number
  pieces: Piece[]
}

/** How a sheet is cut for the paper of a printer, with the fewest pages; null where it fits on one. Neighbours overlap by `PIECES.overlapMm`. */
export function cutSheet(sheetMm: SizeMm, printer: PaperId): Cut | null {
  const cuts = (['portrait', 'landscape'] as const).map((orientation) => cutFor(sheetMm, pageMm(printer, orientation)))
  const fits = cuts.some(({ pageMm: [width, height] }) => width >= sheetMm[0] && height >= sheetMm[1])
  if (fits) return null
  const [upright, lying] = cuts
  return upright && lying && lying.pieces.length < upright.pieces.length ? lying : (upright ?? null)
}

function cutFor([sheetWidth, sheetHeight]: SizeMm, page: SizeMm): Cut {
  const { edgeMm, overlapMm } = PIECES
  const pieceMm: SizeMm = [page[0] - 2 * edgeMm, page[1] - 2 * edgeMm]
  // The white margin of the sheet is not worth a page.
  const count = (sheet: number, piece: number) => Math.max(1, Math.ceil((sheet - overlapMm) / (piece - overlapMm)))
  const [columns, rows] = [count(sheetWidth - 2 * WHITE_MM, pieceMm[0]), count(sheetHeight - 2 * WHITE_MM, pieceMm[1])]
  const pieces = Array.from({ length: rows * columns }, (_, at): Piece => {
    const [row, column] = [Math.floor(at / columns), at % columns]
    return {
      name: `${row + 1}-${column + 1}`,
      row,
      column,
      xMm: WHITE_MM + column * (pieceMm[0] - overlapMm),
      yMm: WHITE_MM + row * (pieceMm[1] - overlapMm),
    }
  })
  return { pageMm: page, pieceMm, rows, columns, pieces }
}
