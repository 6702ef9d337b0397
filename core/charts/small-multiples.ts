import type { ResultTable, TableRow } from '../model/result-table.ts'
import { fromBase, UNITS } from '../model/units.ts'
import { bilingual, inLang, type Lang } from '../text.ts'
import type { TableReader } from '../tables/shown-table.ts'
import { baseOption, labelStyle, type Chart, type ChartTheme } from './chart.ts'
import {
  axisNumber,
  drawnWords,
  figureColumns,
  isTwofold,
  joined,
  picked,
  shortened,
  valueWords,
  type FigureColumn,
} from './words.ts'

const MOST_UNITS = 20
const MOST_COLUMNS = 6
const HEAD_PX = 26
const GAP_PX = 14
/** Panels in a row; of the width, so much is for the names before each row of panels. */
const PER_ROW = 3
const NAMES_SHARE = 14
const BAR_PX = 18
const NAME_PX = 96
/** Figures below this share of their column's largest are what rounding leaves. */
const NOISE = 1e-9

/**
 * The same units beside each other, once per column: panels share the order of the units, each has the axis of its own figures.
 * Units beyond the first twenty (the largest of the first column) stand in the table only, and the remark says so.
 */
export function multiplesChart(table: ResultTable, reader: TableReader, theme: ChartTheme): Chart | null {
  const columns = figureColumns(table, reader)
    .filter((column) => table.rows.some(({ cells }) => typeof cells[column.at] === 'number'))
    .slice(0, MOST_COLUMNS)
  const [first] = columns
  if (first === undefined || table.rows.length === 0) return null
  const largest = new Map(
    columns.map(({ at }) => [at, Math.max(...table.rows.map(({ cells }) => Math.abs(Number(cells[at]) || 0)))]),
  )
  const figure = (row: TableRow, column: FigureColumn): number | null => {
    const cell = row.cells[column.at]
    if (typeof cell !== 'number' || !Number.isFinite(cell)) return null
    // What rounding left of nothing is nothing.
    return Math.abs(cell) < NOISE * (largest.get(column.at) ?? 0) ? 0 : cell
  }
  const rows = table.rows
    .toSorted((a, b) => (figure(b, first) ?? -Infinity) - (figure(a, first) ?? -Infinity))
    .slice(0, MOST_UNITS)
  const names = rows.map(({ title }) => shortened(inLang(title, reader.lang), 9))
  const plotPx = rows.length * BAR_PX
  const share = (100 - NAMES_SHARE) / Math.min(PER_ROW, columns.length)
  const left = (at: number) => `${NAMES_SHARE + (at % PER_ROW) * share}%`
  const headPx = isTwofold(reader) ? 2 * HEAD_PX - 8 : HEAD_PX
  const top = (at: number) => Math.floor(at / PER_ROW) * (headPx + plotPx + GAP_PX)
  const option = {
    // Panels of one colour have nothing to tell apart by pattern.
    ...baseOption({ ...theme, patterns: false }),
    title: columns.map((column, at) => ({
      text: headOf(column, reader),
      left: left(at),
      top: top(at),
      padding: [4, 0],
      textStyle: { ...labelStyle(theme), fontWeight: 'bold' as const, fontSize: theme.fontPx },
    })),
    // The figures stand at the bars: an axis would only repeat them.
    grid: columns.map((_, at) => ({ left: left(at), width: `${share - 9}%`, top: top(at) + headPx, height: plotPx })),
    xAxis: columns.map((_, at) => ({
      type: 'value' as const,
      gridIndex: at,
      axisLabel: { show: false },
      splitLine: { show: false },
    })),
    yAxis: columns.map((_, at) => ({
      type: 'category' as const,
      gridIndex: at,
      inverse: true,
      data: names,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: theme.soft } },
      axisLabel: { ...labelStyle(theme), show: at % PER_ROW === 0, width: NAME_PX, interval: 0 },
    })),
    series: columns.map((column, at) => ({
      type: 'bar' as const,
      xAxisIndex: at,
      yAxisIndex: at,
      barWidth: BAR_PX * 0.6,
      itemStyle: { color: theme.accent },
      label: {
        show: true,
        position: 'right' as const,
        ...labelStyle(theme, theme.soft),
        fontSize: theme.fontPx - 1,
      },
      data: rows.map((row) => {
        const value = figure(row, column)
        return {
          value: value === null ? null : fromBase(value, column.shown),
          place: { row: row.key, column: column.key },
          itemStyle: { color: row.colour ?? theme.accent },
          label: { formatter: value === null ? '' : axisNumber(fromBase(value, column.shown), reader) },
        }
      }),
    })),
  }
  return {
    kind: 'multiples',
    option,
    heightPx: top(Math.ceil(columns.length / PER_ROW) * PER_ROW),
    ...words(table, rows, first, figure, reader),
  }
}

/** A panel's title with its unit. */
const headOf = (column: FigureColumn, reader: TableReader): string => {
  const one = (lang: Lang) =>
    `${shortened(inLang(column.title, lang), lang === 'zh' ? 11 : 20)}${unitIn(column, { ...reader, lang })}`
  return isTwofold(reader) ? drawnWords(reader, bilingual(one('zh'), one('en')), '\n') : one(reader.lang)
}

const unitIn = ({ shown }: FigureColumn, { lang }: TableReader): string => {
  const label = UNITS[shown].label[lang]
  return label === '' ? '' : lang === 'zh' ? `（${label}）` : ` (${label})`
}

function words(
  table: ResultTable,
  rows: readonly TableRow[],
  first: FigureColumn,
  figure: (row: TableRow, column: FigureColumn) => number | null,
  reader: TableReader,
): Pick<Chart, 'description' | 'remark'> {
  const known = rows.filter((row) => figure(row, first) !== null)
  const say = (row: TableRow | undefined) =>
    row === undefined ? '' : `${inLang(row.title, reader.lang)} ${valueWords(figure(row, first) ?? 0, first.shown, reader)}`
  const ends = known.length > 1 ? [say(known[0]), say(known.at(-1))] : [say(known[0])]
  const column = inLang(first.title, reader.lang)
  const left = table.rows.length - rows.length
  return {
    description: picked(
      reader,
      `${table.rows.length} 个单元并列；${column}最高与最低：${joined(ends, reader)}。`,
      `${table.rows.length} units side by side; ${column}, highest and lowest: ${joined(ends, reader)}.`,
    ),
    remark: left === 0 ? null : picked(reader, `其余 ${left} 个单元见表。`, `${left} more units stand in the table.`),
  }
}
