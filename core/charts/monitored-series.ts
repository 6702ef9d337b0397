import type { ResultTable, TableColumn } from '../model/result-table.ts'
import type { IndicatorSeries, MonitoringReport } from '../monitoring/series.ts'
import type { Bilingual } from '../text.ts'

const LINES = [
  ['watch', { zh: '关注线', en: 'Watch line' }, 'watch'],
  ['alert', { zh: '告警线', en: 'Alert line' }, 'limit'],
  ['target', { zh: '目标', en: 'Target' }, 'aim'],
] as const satisfies readonly (readonly [string, Bilingual, TableColumn['drawn']])[]

/** One monitored indicator as a table: a row per state, its value beside the lines that decide. */
export function monitoredTable({ states }: Pick<MonitoringReport, 'states'>, series: IndicatorSeries): ResultTable {
  const { id, title, unit, points, threshold } = series
  const lines = LINES.flatMap(([key, words, drawn]) => {
    const value = threshold?.[key] ?? null
    return value === null ? [] : [{ value, column: { key, title: words, unit, drawn } satisfies TableColumn }]
  })
  return {
    id,
    kind: 'series',
    title: { zh: `${id} ${title.zh}`, en: `${id} ${title.en}` },
    rowTitle: { zh: '时点', en: 'State' },
    columns: [{ key: 'value', title: { zh: '数值', en: 'Value' }, unit }, ...lines.map(({ column }) => column)],
    rows: states.map(({ planId, year }, at) => ({
      key: planId,
      title: yearTitle(
        year,
        states.slice(0, at).filter((before) => before.year === year).length,
        states.filter((each) => each.year === year).length,
      ),
      cells: [points[at]?.value ?? null, ...lines.map(({ value }) => value)],
    })),
  }
}

/** The year; states of one year are numbered in their order. */
const yearTitle = (year: number, before: number, ofYear: number): Bilingual =>
  ofYear === 1 ? { zh: `${year} 年`, en: String(year) } : { zh: `${year} 年（${before + 1}）`, en: `${year} (${before + 1})` }
