import { PT_PER_MM } from '../map/paper.ts'
import { path, rectangle, text, textWidth } from '../map/svg.ts'
import type { Lang } from '../text.ts'
import { PIECES } from './page.ts'
import type { Cut, Piece } from './pieces.ts'

const INK = '#1F2328'
const SIZE_PT = 7
const mm = (length: number): number => length * PT_PER_MM
const cross = (x: number, y: number): string => `M${x - 5} ${y}h10M${x} ${y - 5}v10`

/**
 * What tells how the pieces of a sheet belong together: dashed lines where a neighbour begins or ends, crosses that must meet, and the piece's
 * name with its neighbours. Points from the piece's upper left.
 */
export function marksOf(piece: Piece, { rows, columns, pieceMm, pieces }: Cut, denominator: number, lang: Lang): string {
  const [width, height] = [mm(pieceMm[0]), mm(pieceMm[1])]
  const overlap = mm(PIECES.overlapMm)
  const xs = [...(piece.column > 0 ? [overlap] : []), ...(piece.column < columns - 1 ? [width - overlap] : [])]
  const ys = [...(piece.row > 0 ? [overlap] : []), ...(piece.row < rows - 1 ? [height - overlap] : [])]
  const lines = [...xs.map((x) => `M${x} 0v${height}`), ...ys.map((y) => `M0 ${y}h${width}`)].join('')
  const corners = xs.flatMap((x) => (ys.length === 0 ? [cross(x, 12), cross(x, height - 12)] : ys.map((y) => cross(x, y))))
  const lone = xs.length === 0 ? ys.flatMap((y) => [cross(12, y), cross(width - 12, y)]) : []
  return (
    path(lines, ` fill="none" stroke="${INK}" stroke-width="0.35" stroke-dasharray="5 3"`) +
    path([...corners, ...lone].join(''), ` fill="none" stroke="${INK}" stroke-width="0.7"`) +
    nameOf(piece, pieces, denominator, lang, overlap, height)
  )
}

function nameOf(
  piece: Piece,
  pieces: readonly Piece[],
  denominator: number,
  lang: Lang,
  overlap: number,
  height: number,
): string {
  const at = (row: number, column: number) => pieces.find((other) => other.row === row && other.column === column)?.name
  const { row, column, name } = piece
  const sides = [
    ['←', at(row, column - 1)],
    ['→', at(row, column + 1)],
    ['↑', at(row - 1, column)],
    ['↓', at(row + 1, column)],
  ].flatMap(([arrow, other]) => (other === undefined ? [] : [`${arrow} ${other}`]))
  const page = pieces.indexOf(piece) + 1
  const words =
    lang === 'zh'
      ? `${name}　第 ${page} 张 / 共 ${pieces.length} 张　1:${denominator}　重叠 ${PIECES.overlapMm} mm　${sides.join('  ')}`
      : `${name}   piece ${page} of ${pieces.length}   1:${denominator}   overlap ${PIECES.overlapMm} mm   ${sides.join('  ')}`
  const [x, y] = [overlap + 6, height - overlap - 6]
  return (
    rectangle(x - 3, y - 8, textWidth(words, SIZE_PT) + 6, 11, ' fill="#FFFFFF" fill-opacity="0.9"') +
    text(x, y, words, { size: SIZE_PT, colour: INK })
  )
}
