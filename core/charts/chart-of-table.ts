import type { ResultTable } from '../model/result-table.ts'
import type { TableReader } from '../tables/shown-table.ts'
import type { Chart, ChartKind, ChartTheme } from './chart.ts'
import { rangeChart, rangeEnds } from './range-bars.ts'
import { sankeyChart } from './sankey.ts'
import { seriesChart } from './series.ts'
import { multiplesChart } from './small-multiples.ts'
import { stackedChart } from './stacked-bars.ts'

type Builder = (table: ResultTable, reader: TableReader, theme: ChartTheme) => Chart | null

/** THE LIST: how each kind of chart is made. A new one is a file and a line here. */
const BUILDERS: Record<ChartKind, Builder> = {
  sankey: sankeyChart,
  stacked: stackedChart,
  multiples: multiplesChart,
  series: seriesChart,
  range: rangeChart,
}

/** The kinds of chart that say something about a table, best first. A list of words has none. */
export function chartKinds(table: ResultTable): ChartKind[] {
  const isRange = rangeEnds(table, { lang: 'zh', areaUnit: 'ha' }) !== null
  const byKind: Record<ResultTable['kind'], ChartKind[]> = {
    flows: ['sankey', 'stacked'],
    units: isRange ? ['range', 'multiples'] : ['multiples'],
    classes: isRange ? ['range', 'stacked'] : ['stacked'],
    series: ['series'],
    list: isRange ? ['range'] : [],
  }
  return byKind[table.kind]
}

/** A table as a chart; null where it holds nothing that such a chart could show. */
export const chartOfTable = (table: ResultTable, kind: ChartKind, reader: TableReader, theme: ChartTheme): Chart | null =>
  BUILDERS[kind](table, reader, theme)
