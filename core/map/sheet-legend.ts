import type { LegendEntry } from '../contract/map-data.ts'
import type { GeometryKind } from '../model/roles.ts'
import type { DrawnLang } from '../text.ts'
import { areaSvg, disc, Patterns, PT_PER_PX, strokeOf } from './map-layers.ts'
import type { SeverityLook } from './mark-looks.ts'
import { UNITS_PER_PT } from './paper.ts'
import { badgeShape } from './sheet-marks.ts'
import { paint, path, text, wrapText } from './svg.ts'

/** A line of the sheet's legend: a heading, a swatch with its name, or the badge of a kind of finding. */
export type LegendRow =
  { heading: string } | { entry: LegendEntry; kind: GeometryKind; label: string } | { badge: SeverityLook; label: string }

const COLUMNS = 3
const LABEL_SIZE = 7
const LINE_PT = 8.6
const ROW_GAP_PT = 2.6
const SWATCH_PT = 15

export interface LegendBlock {
  svg: string
  heightPt: number
}

/** Sets rows in columns of equal height, left to right; a heading never stands last in its column. */
export function legendBlock(
  rows: readonly LegendRow[],
  x: number,
  y: number,
  widthPt: number,
  lang: DrawnLang,
  patterns: Patterns,
  columns = COLUMNS,
): LegendBlock {
  const columnPt = widthPt / columns
  const measured = rows.map((row) => ({ row, lines: linesOf(row, columnPt, lang) }))
  const heights = measured.map(({ lines }) => lines.length * LINE_PT + ROW_GAP_PT)
  const target = heights.reduce((sum, height) => sum + height, 0) / columns
  let [column, top, tallest, svg] = [0, 0, 0, '']
  for (const [index, { row, lines }] of measured.entries()) {
    const height = heights[index] ?? 0
    // A heading goes to the next column where the row below it would.
    const last = 'heading' in row ? top + height + (heights[index + 1] ?? 0) / 2 : top + height / 2
    if (column < columns - 1 && top > 0 && last > target) [column, top] = [column + 1, 0]
    svg += rowSvg(row, lines, x + column * columnPt, y + top, patterns)
    top += height
    tallest = Math.max(tallest, top)
  }
  return { svg, heightPt: tallest }
}

function linesOf(row: LegendRow, columnPt: number, lang: DrawnLang): string[] {
  const words = 'heading' in row ? row.heading : row.label
  const width = columnPt - ('heading' in row ? 4 : SWATCH_PT + 9)
  const lines = wrapText(words, LABEL_SIZE * (lang === 'en' ? 0.92 : 1), width)
  return lines.length === 0 ? [''] : lines
}

function rowSvg(row: LegendRow, lines: readonly string[], x: number, y: number, patterns: Patterns): string {
  if ('heading' in row) return linesSvg(lines, x, y, true)
  if ('badge' in row) return badgeShape(x + SWATCH_PT / 2, y + 4.6, 3.6, row.badge) + linesSvg(lines, x + SWATCH_PT + 4, y, false)
  return swatch(row.entry, row.kind, x, y + 1, patterns) + linesSvg(lines, x + SWATCH_PT + 4, y, false)
}

const linesSvg = (lines: readonly string[], x: number, y: number, strong: boolean): string =>
  lines
    .map((line, index) =>
      text(x, y + 7.2 + index * LINE_PT, line, { size: LABEL_SIZE, ...(strong ? { weight: 'bold' as const } : {}) }),
    )
    .join('')

/** A sample of the look: an area, a line or a point, just as the map draws it. */
function swatch(entry: LegendEntry, kind: GeometryKind, x: number, y: number, patterns: Patterns): string {
  if (kind === 'line') return path(`M${x} ${y + 3.5}h${SWATCH_PT}`, ` fill="none"${strokeOf(entry)}`)
  if (kind === 'point') {
    const centre = [(x + SWATCH_PT / 2) * UNITS_PER_PT, (y + 3.5) * UNITS_PER_PT]
    return path(disc(centre, Math.min(3.4, (entry.markerPx ?? 3) * PT_PER_PX)), `${paint('fill', entry.fill)}${strokeOf(entry)}`)
  }
  const width = Math.min(entry.strokeWidthPx, 1.6)
  const outlined = { ...entry, stroke: entry.stroke ?? '#7F7F7F', strokeWidthPx: width }
  return areaSvg(outlined, `M${x} ${y}h${SWATCH_PT}v7h-${SWATCH_PT}Z`, patterns, false)
}
