import type { ResultTable, TableCell } from '../model/result-table.ts'
import type { UnitId } from '../model/units.ts'
import { formatValue } from '../model/units.ts'
import type { Certainty } from '../checklist/schema.ts'
import { sourceText } from '../reference/sources.ts'
import type { Bilingual } from '../text.ts'
import type { IndicatorSeries, MonitoringReport, Trend, WarningLevel } from './series.ts'

export const LEVEL_WORDS: Readonly<Record<WarningLevel, Bilingual>> = {
  ok: { zh: '正常', en: 'ok' },
  watch: { zh: '关注', en: 'watch' },
  alert: { zh: '告警', en: 'alert' },
}

export const TREND_WORDS: Readonly<Record<Trend, Bilingual>> = {
  improving: { zh: '向好', en: 'improving' },
  worsening: { zh: '变差', en: 'worsening' },
  steady: { zh: '平稳', en: 'steady' },
}

/** The series for a chart (a row per state, a column per indicator), and where each indicator stands. */
export function monitoringTables(states: MonitoringReport['states'], series: readonly IndicatorSeries[]): ResultTable[] {
  return [
    {
      id: 'series',
      kind: 'series',
      title: { zh: '监测指标历次数值', en: 'Monitored indicators over time' },
      rowTitle: { zh: '状态', en: 'State' },
      columns: series.map(({ id, title, unit }) => ({ key: id, title: named(id, title), unit })),
      rows: states.map(({ planId, year, label }, at) => ({
        key: planId,
        title: { zh: `${year} 年 · ${label.zh}`, en: `${year} · ${label.en}` },
        cells: series.map(({ points }) => points[at]?.value ?? null),
      })),
    },
    {
      id: 'warnings',
      kind: 'list',
      title: { zh: '评估与预警', en: 'Assessment and early warning' },
      rowTitle: { zh: '指标', en: 'Indicator' },
      columns: [
        ...text(['last', '最近值', 'Latest'], ['change', '年均变化', 'Change per year'], ['trend', '趋势', 'Trend']),
        ...text(['watch', '关注线', 'Watch line'], ['alert', '告警线', 'Alert line'], ['target', '目标', 'Target']),
        ...text(
          ['level', '等级', 'Level'],
          ['alertYear', '预计越过告警线', 'Reaches the alert line'],
          ['source', '依据', 'Source'],
        ),
      ],
      rows: series.map((each) => ({ key: each.id, title: named(each.id, each.title), cells: warningCells(each) })),
    },
  ]
}

const named = (id: string, { zh, en }: Bilingual): Bilingual => ({ zh: `${id} ${zh}`, en: `${id} ${en}` })

const text = (...columns: [key: string, zh: string, en: string][]) =>
  columns.map(([key, zh, en]) => ({ key, title: { zh, en }, unit: null }))

/** Indicators differ in their units, so that figures of this table are texts with theirs. */
function warningCells({ points, unit, changePerYear, trend, threshold, level, alertYear }: IndicatorSeries): TableCell[] {
  const last = points.findLast(({ value }) => value !== null)?.value ?? null
  return [
    said(last, unit),
    said(changePerYear, unit),
    trend && TREND_WORDS[trend],
    said(threshold?.watch ?? null, unit),
    said(threshold?.alert ?? null, unit),
    said(threshold?.target ?? null, unit),
    level && LEVEL_WORDS[level],
    alertYear === null ? null : { zh: `${alertYear} 年`, en: String(alertYear) },
    threshold && sourceOf(threshold.source, threshold.certainty),
  ]
}

const said = (value: number | null, unit: UnitId): Bilingual | null =>
  value === null ? null : { zh: formatValue(value, unit, 'zh'), en: formatValue(value, unit, 'en') }

const CERTAINTY_WORDS: Readonly<Record<Certainty, Bilingual>> = {
  verified: { zh: '已核对公开文本', en: 'verified' },
  seed: { zh: '选自专题文章', en: 'from the article' },
  unverified: { zh: '待核对', en: 'unverified' },
  interpolated: { zh: '内插，供单位确认', en: 'interpolated, for the office to adopt' },
}

function sourceOf(source: string, certainty: Certainty): Bilingual {
  const text = sourceText(source) ?? { zh: source, en: source }
  const words = CERTAINTY_WORDS[certainty]
  return { zh: `${text.zh}（${words.zh}）`, en: `${text.en} (${words.en})` }
}
