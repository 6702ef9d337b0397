import { MAP_CLASSES } from '../map/map-classes.ts'
import { textWidth } from '../map/svg.ts'
import type { ResultTable } from '../model/result-table.ts'
import { fromBase, UNITS, type UnitId } from '../model/units.ts'
import { bilingual, inLang } from '../text.ts'
import { flowsOf } from '../tables/flows.ts'
import type { TableReader } from '../tables/shown-table.ts'
import { baseOption, inkOn, labelStyle, type Chart, type ChartPlace, type ChartTheme } from './chart.ts'
import { axisNumber, drawnWords, figureColumns, joined, picked, sameUnit, valueWords } from './words.ts'

const MOST_CLASSES = 12
const BAR_PX = 46
const NEUTRAL = '#9AA3A0'
const SIDES = [bilingual('基期', 'Base year'), bilingual('规划', 'Plan')]
const OTHER = bilingual('其他', 'Other')
const PARTS = MAP_CLASSES.categorical.colours

interface Part {
  key: string
  title: string
  /** The title as the drawing says it. */
  drawn: string
  colour: string
  /** One figure per bar, base units. */
  values: number[]
  places: (ChartPlace | undefined)[]
}

interface Bars {
  titles: string[]
  drawnTitles: string[]
  unit: UnitId
  parts: Part[]
}

/** Classes stacked in one bar per column (base year beside plan): of a matrix its sums on both sides. Null where there is nothing to stack. */
export function stackedChart(table: ResultTable, reader: TableReader, theme: ChartTheme): Chart | null {
  const bars = table.kind === 'flows' ? barsOfFlows(table, reader) : barsOfColumns(table, reader)
  if (bars === null || bars.parts.length === 0) return null
  const { parts, put } = withOther(bars.parts, reader)
  const unit = UNITS[bars.unit]
  const shown = (value: number) => fromBase(value, bars.unit)
  const spans = bars.titles.map((_, bar) => parts.reduce((sum, { values }) => sum + Math.abs(values[bar] ?? 0), 0))
  const widest = Math.max(...spans, 0)
  const option = {
    ...baseOption(theme),
    legend: {
      bottom: 0,
      left: 0,
      right: 0,
      itemWidth: 18,
      itemHeight: 11,
      itemGap: 12,
      textStyle: labelStyle(theme),
      icon: 'rect',
    },
    grid: { left: 84, right: 28, top: 8, bottom: legendPx(parts, theme) + 40 },
    xAxis: {
      type: 'value' as const,
      name: drawnWords(reader, unit.label),
      nameLocation: 'middle' as const,
      nameGap: 24,
      nameTextStyle: labelStyle(theme, theme.soft),
      axisLabel: { ...labelStyle(theme, theme.soft), formatter: (value: number) => axisNumber(value, reader) },
      splitLine: { lineStyle: { color: theme.line, width: 0.6 } },
    },
    yAxis: {
      type: 'category' as const,
      inverse: true,
      data: bars.drawnTitles,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: theme.soft } },
      axisLabel: { ...labelStyle(theme), width: 76, overflow: 'break' as const },
    },
    series: parts.map(({ drawn, colour, values, places }) => ({
      type: 'bar' as const,
      name: drawn,
      stack: 'all',
      barWidth: BAR_PX * 0.62,
      itemStyle: { color: colour, borderColor: theme.paper, borderWidth: 0.8 },
      emphasis: { focus: 'series' as const },
      label: { show: true, ...labelStyle(theme, inkOn(colour)) },
      data: values.map((value, bar) => ({
        value: shown(value),
        ...(places[bar] ? { place: places[bar] } : {}),
        // A label is only written where it fits.
        label: { show: Math.abs(value) > 0.09 * widest, formatter: axisNumber(shown(value), reader) },
      })),
    })),
  }
  return {
    kind: 'stacked',
    option,
    heightPx: bars.titles.length * BAR_PX + legendPx(parts, theme) + 62,
    description: describe(bars, reader),
    remark:
      put === 0
        ? null
        : picked(reader, `另有 ${put} 个较小的地类并入“其他”。`, `${put} smaller classes are put together as “Other”.`),
  }
}

function barsOfColumns(table: ResultTable, reader: TableReader): Bars | null {
  const columns = sameUnit(figureColumns(table, reader))
  const [first] = columns
  if (first === undefined) return null
  const keys = new Set(table.rows.map(({ key }) => key))
  return {
    titles: columns.map(({ title }) => inLang(title, reader.lang)),
    drawnTitles: columns.map(({ title }) => drawnWords(reader, title, '\n')),
    unit: first.shown,
    // Rows below a row of the same table are in it already.
    parts: table.rows
      .filter(({ parent }) => parent === undefined || !keys.has(parent))
      .map((row, part) => ({
        key: row.key,
        title: inLang(row.title, reader.lang),
        drawn: drawnWords(reader, row.title),
        colour: row.colour ?? PARTS[part % PARTS.length] ?? NEUTRAL,
        values: columns.map(({ at }) => numberOf(row.cells[at])),
        places: columns.map(({ key }) => ({ row: row.key, column: key })),
      })),
  }
}

function barsOfFlows(table: ResultTable, reader: TableReader): Bars | null {
  const [column] = figureColumns(table, reader)
  if (column === undefined) return null
  const parts = new Map<string, Part>()
  for (const { from, to, value } of flowsOf(table))
    for (const [node, side] of [
      [from, 0],
      [to, 1],
    ] as const) {
      const part = parts.get(node.key) ?? {
        key: node.key,
        title: inLang(node.title, reader.lang),
        drawn: drawnWords(reader, node.title),
        colour: node.colour,
        values: [0, 0],
        places: [table.rows.some(({ key }) => key === node.key) ? { row: node.key } : undefined, undefined],
      }
      part.values[side] = (part.values[side] ?? 0) + value
      parts.set(node.key, part)
    }
  return {
    titles: SIDES.map((title) => inLang(title, reader.lang)),
    drawnTitles: SIDES.map((title) => drawnWords(reader, title, '\n')),
    unit: column.shown,
    parts: [...parts.values()].toSorted((a, b) => a.key.localeCompare(b.key)),
  }
}

const numberOf = (cell: unknown): number => (typeof cell === 'number' && Number.isFinite(cell) ? cell : 0)
const sizeOf = ({ values }: Part): number => Math.max(...values.map(Math.abs), 0)

/** The largest classes in their order, and one part for all others. */
function withOther(parts: readonly Part[], reader: TableReader): { parts: Part[]; put: number } {
  const filled = parts.filter((part) => sizeOf(part) > 0)
  if (filled.length <= MOST_CLASSES) return { parts: filled, put: 0 }
  const large = new Set(filled.toSorted((a, b) => sizeOf(b) - sizeOf(a)).slice(0, MOST_CLASSES - 1))
  const rest = filled.filter((part) => !large.has(part))
  const other: Part = {
    key: 'other',
    title: inLang(OTHER, reader.lang),
    drawn: drawnWords(reader, OTHER),
    colour: NEUTRAL,
    values: (rest[0]?.values ?? []).map((_, bar) => rest.reduce((sum, { values }) => sum + (values[bar] ?? 0), 0)),
    places: [],
  }
  return { parts: [...filled.filter((part) => large.has(part)), other], put: rest.length }
}

/** Room for the legend, whose entries are set in lines of about this width. */
const LEGEND_LINE_PX = 560

function legendPx(parts: readonly Part[], { fontPx }: ChartTheme): number {
  let [lines, used] = [1, 0]
  for (const { drawn } of parts) {
    const width = 40 + textWidth(drawn, fontPx)
    if (used > 0 && used + width > LEGEND_LINE_PX) [lines, used] = [lines + 1, 0]
    used += width
  }
  return lines * (fontPx + 13)
}

function describe({ titles, unit, parts }: Bars, reader: TableReader): string {
  const sentences = titles.map((title, bar) => {
    const largest = parts
      .filter(({ values }) => (values[bar] ?? 0) !== 0)
      .toSorted((a, b) => Math.abs(b.values[bar] ?? 0) - Math.abs(a.values[bar] ?? 0))
      .slice(0, 3)
      .map((part) => `${part.title} ${valueWords(part.values[bar] ?? 0, unit, reader)}`)
    const nothing = picked(reader, '无', 'nothing')
    const words = largest.length === 0 ? nothing : joined(largest, reader)
    return picked(reader, `${title}：${words}`, `${title}: ${words}`)
  })
  return picked(reader, `最大的部分——${sentences.join('；')}。`, `The largest parts – ${sentences.join('; ')}.`)
}
