import type { ResultTable } from '../model/result-table.ts'
import { fromBase, UNITS } from '../model/units.ts'
import { inLang } from '../text.ts'
import type { TableReader } from '../tables/shown-table.ts'
import { baseOption, labelStyle, type Chart, type ChartTheme } from './chart.ts'
import { axisNumber, figureColumns, joined, picked, valueWords, type FigureColumn } from './words.ts'

const ROW_PX = 40
const BAR_PX = 12

interface Ends {
  low: FigureColumn
  high: FigureColumn
  middle: FigureColumn | null
}

/** The columns between which a figure lies; null where the table has no such pair. */
export function rangeEnds(table: ResultTable, reader: TableReader): Ends | null {
  const columns = figureColumns(table, reader)
  const low = columns.find(({ key }) => /^low/i.test(key))
  const high = columns.find(({ key, shown }) => /^high/i.test(key) && shown === low?.shown)
  if (low === undefined || high === undefined) return null
  // The central figure may be one of the ends, summed in another order.
  const isBetween = (column: FigureColumn) =>
    table.rows.every(({ cells }) => {
      const [from = null, value = null, to = null] = [low, column, high].map((each) => cellAt(cells, each))
      if (from === null || to === null) return true
      const rounding = 1e-9 * Math.max(Math.abs(from), Math.abs(to))
      return value !== null && value >= from - rounding && value <= to + rounding
    })
  const others = columns.filter((column) => column !== low && column !== high && column.shown === low.shown)
  return { low, high, middle: others.findLast(isBetween) ?? null }
}

const cellAt = (cells: readonly unknown[], { at }: FigureColumn): number | null => {
  const cell = cells[at]
  return typeof cell === 'number' && Number.isFinite(cell) ? cell : null
}

/** One bar per row from its low to its high figure with the central one marked: sets stand side by side and are never mixed. */
export function rangeChart(table: ResultTable, reader: TableReader, theme: ChartTheme): Chart | null {
  const ends = rangeEnds(table, reader)
  if (ends === null) return null
  const { low, high, middle } = ends
  const rows = table.rows.filter(({ cells }) => cellAt(cells, low) !== null && cellAt(cells, high) !== null)
  if (rows.length === 0) return null
  const shown = (value: number | null) => (value === null ? null : fromBase(value, low.shown))
  const span = (cells: readonly unknown[]) => [shown(cellAt(cells, low)) ?? 0, shown(cellAt(cells, high)) ?? 0]
  const option = {
    ...baseOption(theme),
    grid: { left: 168, right: 36, top: 12, bottom: 44 },
    xAxis: {
      type: 'value' as const,
      name: UNITS[low.shown].label[reader.lang],
      nameLocation: 'middle' as const,
      nameGap: 26,
      nameTextStyle: labelStyle(theme, theme.soft),
      axisLabel: { ...labelStyle(theme, theme.soft), formatter: (value: number) => axisNumber(value, reader) },
      splitLine: { lineStyle: { color: theme.line, width: 0.6 } },
    },
    yAxis: {
      type: 'category' as const,
      inverse: true,
      data: rows.map(({ title }) => inLang(title, reader.lang)),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: theme.soft }, onZero: false },
      axisLabel: { ...labelStyle(theme), width: 156, overflow: 'break' as const },
    },
    // The lower end is a bar of no width, the range lies on it: both ends keep their own sign.
    series: [
      {
        type: 'custom' as const,
        renderItem: rangeShape(theme),
        encode: { x: [0, 1, 2], y: 3 },
        data: rows.map(({ key, cells }, row) => {
          const [from = 0, to = 0] = span(cells)
          const central = middle === null ? null : shown(cellAt(cells, middle))
          return { value: [from, to, central ?? Number.NaN, row], place: { row: key, column: (middle ?? low).key } }
        }),
      },
    ],
  }
  const say = (cells: readonly unknown[]) =>
    `${valueWords(cellAt(cells, low) ?? 0, low.shown, reader)} – ${valueWords(cellAt(cells, high) ?? 0, low.shown, reader)}`
  const parts = rows.slice(0, 4).map(({ title, cells }) => `${inLang(title, reader.lang)} ${say(cells)}`)
  return {
    kind: 'range',
    option,
    heightPx: rows.length * ROW_PX + 60,
    description: picked(reader, `各套取值的范围：${joined(parts, reader)}。`, `Ranges: ${joined(parts, reader)}.`),
    remark: null,
  }
}

interface Drawing {
  value: (dimension: number) => number | string
  coord: (value: [number, number]) => number[]
}

/** A bar from low to high, its ends marked, the central figure as a diamond. */
const rangeShape = (theme: ChartTheme) => (_: unknown, api: Drawing) => {
  const [from, to, central, row] = [0, 1, 2, 3].map((dimension) => Number(api.value(dimension)))
  const at = (value = 0): [number, number] => {
    const [x = 0, y = 0] = api.coord([value, row ?? 0])
    return [x, y]
  }
  const [[left, y], [right]] = [at(from), at(to)]
  const mark = (x: number) => ({
    type: 'rect' as const,
    shape: { x: x - 1, y: y - BAR_PX, width: 2, height: 2 * BAR_PX },
    style: { fill: theme.ink },
  })
  const [middle] = at(central)
  const diamond = {
    type: 'polygon' as const,
    shape: {
      points: [
        [middle, y - 7],
        [middle + 7, y],
        [middle, y + 7],
        [middle - 7, y],
      ],
    },
    style: { fill: theme.paper, stroke: theme.ink, lineWidth: 1.6 },
  }
  const bar = {
    type: 'rect' as const,
    shape: { x: Math.min(left, right), y: y - BAR_PX / 2, width: Math.abs(right - left), height: BAR_PX },
    style: { fill: theme.accent, opacity: 0.55 },
  }
  return { type: 'group' as const, children: [bar, mark(left), mark(right), ...(Number.isNaN(central) ? [] : [diamond])] }
}
