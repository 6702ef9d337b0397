import type { ResultTable, TableColumn } from '../model/result-table.ts'
import type { IndicatorSeries, MonitoringReport } from '../monitoring/series.ts'
import type { Bilingual } from '../text.ts'

const LINES = [
  ['watch', { zh: '关注线', en: 'Watch line' }, 'limit'],
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
    columns: [{ key: 'value', title, unit }, ...lines.map(({ column }) => column)],
    rows: states.map(({ planId, year, label }, at) => ({
      key: planId,
      title: { zh: `${year} 年 · ${label.zh}`, en: `${year} · ${label.en}` },
      cells: [points[at]?.value ?? null, ...lines.map(({ value }) => value)],
    })),
  }
}
