import { ChartLine, FileSpreadsheet, Sheet } from 'lucide-react'
import { useState } from 'react'
import { useRead } from '../api/use-api.tsx'
import { useFileExport } from '../api/use-file-export.ts'
import { useWords } from '../i18n/use-words.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { FormatMenu } from '../ui/format-menu.tsx'
import { TopBar } from '../ui/top-bar.tsx'
import { MonitoringReportView } from './monitoring-report.tsx'
import { readYear, StateChooser, type ChosenState } from './state-chooser.tsx'

/** Several plans of the catalogue as states of one territory: the same indicators over the years, with warning levels. */
export function MonitoringScreen() {
  const { t } = useWords()
  const plans = useRead('plans.list', {})
  const [wanted, setWanted] = useState<readonly ChosenState[] | null>(null)
  const [indicator, setIndicator] = useState<string | null>(null)
  const all = plans.data ?? []
  // To begin with: every plan of the city that has most of them; those not yet analysed are told in the series.
  const byCity = Map.groupBy(all, ({ cityName }) => cityName ?? '')
  const largest = [...byCity.values()].toSorted((a, b) => b.length - a.length)[0] ?? []
  const chosen = wanted ?? largest.map(({ id }) => ({ planId: id, year: '' }))
  const years = chosen.map(({ year }) => readYear(year) ?? null)
  const report = useRead(
    'monitoring.series',
    { planIds: chosen.map(({ planId }) => planId), years },
    { enabled: chosen.length >= 2 },
  )
  const exporting = useFileExport('monitoring.export')
  const exportAs = (what: 'xlsx' | 'series' | 'warnings') => {
    const format = what === 'xlsx' ? 'xlsx' : 'csv'
    const table = what === 'warnings' ? 'warnings' : 'series'
    return exporting.start(`${t('monitoring.title')}-${table}.${format}`, {
      planIds: chosen.map(({ planId }) => planId),
      years,
      table,
      format,
    })
  }
  const failed = [plans, report].find(({ error }) => error !== null)
  return (
    <div className="screen">
      <TopBar title={t('monitoring.title')} back={{ page: 'catalogue' }}>
        <FormatMenu
          label={t('results.exportAs')}
          formats={[
            { id: 'xlsx', icon: FileSpreadsheet, label: t('monitoring.xlsx') },
            { id: 'series', icon: Sheet, label: t('monitoring.csvSeries') },
            { id: 'warnings', icon: Sheet, label: t('monitoring.csvWarnings') },
          ]}
          isDisabled={exporting.busy || report.data === undefined}
          onChoose={(what) => void exportAs(what)}
        />
      </TopBar>
      {exporting.error !== null && (
        <div className="screen-notice">
          <ErrorNotice error={exporting.error} onDismiss={exporting.reset} />
        </div>
      )}
      {failed && (
        <div className="screen-notice">
          <ErrorNotice error={failed.error} onRetry={() => void failed.refetch()} />
        </div>
      )}
      <div className="monitoring">
        <StateChooser plans={all} chosen={chosen} onChange={setWanted} />
        <main className="panel-scroll" aria-busy={report.isFetching}>
          {chosen.length < 2 ? (
            <EmptyState icon={ChartLine} title={t('monitoring.needTwo')}>
              <p className="quiet">{t('monitoring.needTwoText')}</p>
            </EmptyState>
          ) : report.data ? (
            <MonitoringReportView report={report.data} wanted={indicator} onWant={setIndicator} />
          ) : (
            !failed && <p className="panel-wait quiet">{t('monitoring.running')}</p>
          )}
        </main>
      </div>
    </div>
  )
}
