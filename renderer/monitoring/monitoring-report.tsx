import { BellOff } from 'lucide-react'
import { useMemo } from 'react'
import { chartOfTable } from '#core/charts/chart-of-table.ts'
import { monitoredTable } from '#core/charts/monitored-series.ts'
import type { PlanId } from '#core/model/ids.ts'
import { readableValue, UNITS, type AreaUnit, type UnitId } from '#core/model/units.ts'
import type { IndicatorSeries, MonitoringReport } from '#core/monitoring/series.ts'
import { TREND_WORDS } from '#core/monitoring/tables.ts'
import { tableAsRows, type TableReader } from '#core/tables/shown-table.ts'
import { ChartSlot } from '../charts/chart-slot.tsx'
import { useChartTheme } from '../charts/use-chart-theme.ts'
import { useWords } from '../i18n/use-words.ts'
import { ResultGrid } from '../results/result-grid.tsx'
import { useSettings } from '../settings/use-settings.ts'
import { useUi } from '../state/ui-store.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { TableHead } from '../ui/table-head.tsx'
import { LevelChip } from './level-chip.tsx'

const inUnit = (unit: UnitId, areaUnit: AreaUnit): UnitId => (UNITS[unit].base === 'm2' ? areaUnit : unit)

/** What needs attention, the worst first, each with why. */
function Warnings({ series, onChoose }: { series: readonly IndicatorSeries[]; onChoose: (id: string) => void }) {
  const { t, say } = useWords()
  const order = { alert: 0, watch: 1 } as const
  const raised = series
    .flatMap((each) => (each.level === 'alert' || each.level === 'watch' ? [{ each, rank: order[each.level] }] : []))
    .toSorted((a, b) => a.rank - b.rank)
  return (
    <section className="monitoring-part" aria-label={t('monitoring.warnings')}>
      <h2>{t('monitoring.warnings')}</h2>
      {raised.length === 0 ? (
        <EmptyState icon={BellOff} title={t('monitoring.noWarnings')}>
          <p className="quiet">{t('monitoring.noWarningsText')}</p>
        </EmptyState>
      ) : (
        <ul className="warning-list">
          {raised.map(({ each }) => (
            <li key={each.id}>
              <LevelChip level={each.level} />
              <button type="button" className="text-button" onClick={() => onChoose(each.id)}>
                {each.id} {say(each.title)}
              </button>
              <span className="quiet">{each.notes.map(say).join(' ')}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

interface SeriesListProps {
  report: MonitoringReport
  chosen: string | null
  onChoose: (id: string) => void
}

/** Every indicator that was measured in any state: last value, change, trend and level. */
function SeriesList({ report, chosen, onChoose }: SeriesListProps) {
  const { t, lang, say } = useWords()
  const { areaUnit } = useSettings()
  return (
    <section className="monitoring-part" aria-label={t('monitoring.series')}>
      <h2>{t('monitoring.series')}</h2>
      <table className="table">
        <TableHead
          columns={[
            { title: t('monitoring.indicator') },
            { title: t('monitoring.last'), isFigure: true },
            { title: t('monitoring.change'), isFigure: true },
            { title: t('monitoring.trend') },
            { title: t('monitoring.level') },
          ]}
        />
        <tbody>
          {report.series.map(({ id, title, unit, points, changePerYear, trend, level }) => {
            const last = points.findLast(({ value }) => value !== null)?.value ?? null
            const write = (value: number | null) => (value === null ? '—' : readableValue(value, inUnit(unit, areaUnit), lang))
            return (
              <tr key={id} className={id === chosen ? 'compare-chosen' : undefined}>
                <th scope="row">
                  <button type="button" className="text-button" aria-pressed={id === chosen} onClick={() => onChoose(id)}>
                    <span className="number">{id}</span> {say(title)}
                  </button>
                </th>
                <td className="right number">{write(last)}</td>
                <td className="right number">{write(changePerYear)}</td>
                <td>{trend ? say(TREND_WORDS[trend]) : '—'}</td>
                <td>
                  <LevelChip level={level} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

/** One indicator over the states: its line between warning lines, and the figures; a state opens the item in its own review. */
function OneSeries({ report, series }: { report: MonitoringReport; series: IndicatorSeries }) {
  const { t, lang, say } = useWords()
  const { areaUnit } = useSettings()
  const theme = useChartTheme()
  const reader = useMemo((): TableReader => ({ lang, areaUnit }), [lang, areaUnit])
  const table = useMemo(() => monitoredTable(report, series), [report, series])
  const chart = useMemo(() => chartOfTable(table, 'series', reader, theme), [table, reader, theme])
  const shown = useMemo(() => tableAsRows(table, reader), [table, reader])
  const openItem = (planId: string) => {
    const { go, selectItem } = useUi.getState()
    go({ page: 'plan', planId: planId as PlanId })
    selectItem(series.id)
  }
  return (
    <section className="monitoring-part" aria-label={t('monitoring.chartOf', { name: say(series.title) })}>
      <h2>
        <span className="number">{series.id}</span> {say(series.title)}
      </h2>
      {chart && <ChartSlot chart={chart} onPick={({ row }) => openItem(row)} />}
      <ResultGrid table={shown} opened={null} onOpen={({ row }) => openItem(row)} />
      {series.notes.map((note) => (
        <p key={note.en} className="quiet">
          {say(note)}
        </p>
      ))}
    </section>
  )
}

interface MonitoringReportProps {
  report: MonitoringReport
  /** The indicator that was chosen, kept while the states change; null: the one that needs attention most. */
  wanted: string | null
  onWant: (id: string) => void
}

/** What the series say: warnings first, then every indicator, then the one that was chosen. */
export function MonitoringReportView({ report, wanted, onWant }: MonitoringReportProps) {
  const worst =
    report.series.find(({ level }) => level === 'alert') ??
    report.series.find(({ level }) => level === 'watch') ??
    report.series[0]
  const chosen = report.series.find(({ id }) => id === wanted) ?? worst
  return (
    <div className="monitoring-report">
      <div className="monitoring-column">
        <Warnings series={report.series} onChoose={onWant} />
        <SeriesList report={report} chosen={chosen?.id ?? null} onChoose={onWant} />
      </div>
      <div className="monitoring-column">{chosen && <OneSeries key={chosen.id} report={report} series={chosen} />}</div>
    </div>
  )
}
