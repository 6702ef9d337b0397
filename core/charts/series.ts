import type { ResultTable } from '../model/result-table.ts'
import { fromBase, UNITS } from '../model/units.ts'
import { inLang } from '../text.ts'
import type { TableReader } from '../tables/shown-table.ts'
import { baseOption, labelStyle, type Chart, type ChartTheme } from './chart.ts'
import { axisNumber, figureColumns, picked, sameUnit, valueWords, type FigureColumn } from './words.ts'

const HEIGHT_PX = 260
/** In the legend, what should be looks as it is drawn. */
const DASHES = 'path://M0 4h6v2h-6zM9 4h6v2h-6zM18 4h6v2h-6z'
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond'] as const

/** A line per column over the rows (years, states), aims and thresholds dashed. A gap stays a gap. */
export function seriesChart(table: ResultTable, reader: TableReader, theme: ChartTheme): Chart | null {
  const columns = sameUnit(figureColumns(table, reader))
  const [first] = columns
  if (first === undefined || table.rows.length < 2) return null
  const lines = columns.filter(({ drawn }) => drawn === undefined)
  const colours = [theme.accent, theme.info, theme.warning, theme.soft]
  const option = {
    ...baseOption(theme),
    legend: {
      top: 0,
      left: 0,
      right: 0,
      itemGap: 14,
      textStyle: labelStyle(theme),
      data: columns.map(({ title, drawn }) => ({
        name: inLang(title, reader.lang),
        ...(drawn === undefined ? {} : { icon: DASHES }),
      })),
    },
    grid: { left: 64, right: 24, top: 54, bottom: 30 },
    xAxis: {
      type: 'category' as const,
      boundaryGap: false,
      data: table.rows.map(({ title }) => inLang(title, reader.lang)),
      axisLine: { lineStyle: { color: theme.soft }, onZero: false },
      axisLabel: labelStyle(theme, theme.soft),
    },
    yAxis: {
      type: 'value' as const,
      scale: true,
      name: UNITS[first.shown].label[reader.lang],
      nameGap: 10,
      nameTextStyle: { ...labelStyle(theme, theme.soft), align: 'right' as const, padding: [0, 6, 0, 0] },
      axisLabel: { ...labelStyle(theme, theme.soft), formatter: (value: number) => axisNumber(value, reader) },
      splitLine: { lineStyle: { color: theme.line, width: 0.6 } },
    },
    series: columns.map((column, at) => lineOf(table, column, at, colours, theme, reader)),
  }
  return { kind: 'series', option, heightPx: HEIGHT_PX, description: describe(table, lines[0] ?? first, reader), remark: null }
}

function lineOf(
  table: ResultTable,
  column: FigureColumn,
  at: number,
  colours: readonly string[],
  theme: ChartTheme,
  { lang }: TableReader,
) {
  const isAim = column.drawn !== undefined
  const lines = { limit: theme.danger, watch: theme.warning }
  const colour =
    column.drawn === 'limit' || column.drawn === 'watch' ? lines[column.drawn] : (colours[at % colours.length] ?? theme.ink)
  return {
    type: 'line' as const,
    name: inLang(column.title, lang),
    symbol: isAim ? 'none' : (SYMBOLS[at % SYMBOLS.length] ?? 'circle'),
    symbolSize: 7,
    connectNulls: false,
    lineStyle: { color: colour, width: isAim ? 1.4 : 2.2, type: isAim ? ('dashed' as const) : ('solid' as const) },
    itemStyle: { color: colour },
    data: table.rows.map((row) => {
      const cell = row.cells[column.at]
      const value = typeof cell === 'number' && Number.isFinite(cell) ? fromBase(cell, column.shown) : null
      return { value, place: { row: row.key, column: column.key } }
    }),
  }
}

function describe(table: ResultTable, column: FigureColumn, reader: TableReader): string {
  const known = table.rows.flatMap(({ title, cells }) => {
    const cell = cells[column.at]
    return typeof cell === 'number' ? [`${inLang(title, reader.lang)} ${valueWords(cell, column.shown, reader)}`] : []
  })
  const name = inLang(column.title, reader.lang)
  return picked(
    reader,
    `${name}：由${known[0] ?? '—'}到${known.at(-1) ?? '—'}。`,
    `${name}: from ${known[0] ?? '—'} to ${known.at(-1) ?? '—'}.`,
  )
}
