import { Table2 } from 'lucide-react'
import { useMemo, useState, type ReactNode } from 'react'
import type { ChartPlace } from '#core/charts/chart.ts'
import type { MapSetup } from '#core/contract/map-data.ts'
import type { IndicatorInfo } from '#core/indicators/indicator.ts'
import type { PlanId } from '#core/model/ids.ts'
import type { Measurement } from '#core/model/measurement.ts'
import type { ResultTable } from '#core/model/result-table.ts'
import type { AreaUnit } from '#core/model/units.ts'
import type { TableReader } from '#core/tables/shown-table.ts'
import { useRead } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { useSettings } from '../settings/use-settings.ts'
import { useUi } from '../state/ui-store.ts'
import { Button } from '../ui/button.tsx'
import { Desk, type DeskPanel } from '../ui/desk.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { PlanScreen } from '../workbench/plan-screen.tsx'
import { useReview } from '../workbench/use-review.ts'
import { FigureFeatures } from './figure-features.tsx'
import { TableNav } from './table-nav.tsx'
import { TablePanel } from './table-panel.tsx'
import { UnitMap } from './unit-map.tsx'
import { useFigure } from './use-figure.ts'

interface Address {
  planId: PlanId
  indicator: string | null
  table: string | null
}

interface TablesProps extends Address {
  measurements: readonly Measurement[]
  indicators: readonly IndicatorInfo[]
  setup: MapSetup | null
}

/** "01 耕地 → 07 居住用地", "东城 · 开发强度": a figure by the words of its row and column. */
function figureName(table: ResultTable, { row, column }: ChartPlace, say: (text: ResultTable['title']) => string): string {
  const rowTitle = table.rows.find(({ key }) => key === row)?.title
  const columnTitle = table.columns.find(({ key }) => key === column)?.title
  const words = [rowTitle, columnTitle].flatMap((title) => (title ? [say(title)] : []))
  return words.join(table.kind === 'flows' ? ' → ' : ' · ')
}

interface OpenTableProps {
  planId: PlanId
  indicator: IndicatorInfo
  measurement: Measurement
  table: ResultTable
  setup: MapSetup | null
  nav: ReactNode
}

/** The table, its map, and the figure that is open between them. */
function OpenTable({ planId, indicator, measurement, table, setup, nav }: OpenTableProps) {
  const { lang, say } = useWords()
  const settings = useSettings()
  const [unit, setUnit] = useState<AreaUnit | null>(null)
  const areaUnit = unit ?? settings.areaUnit
  const reader = useMemo((): TableReader => ({ lang, areaUnit }), [lang, areaUnit])
  const { figure, open, close, stop } = useFigure(planId, indicator.id)
  const opened = figure?.indicator === indicator.id && figure.place.table === table.id ? figure : null
  const onOpen = (place: ChartPlace) => open({ table: table.id, ...place })
  const main = (
    <TablePanel
      key={`${indicator.id} ${table.id}`}
      planId={planId}
      indicator={indicator}
      measurement={measurement}
      table={table}
      reader={reader}
      onUnit={setUnit}
      opened={opened?.place ?? null}
      onOpen={onOpen}
    />
  )
  const side = (
    <>
      <UnitMap key={`${indicator.id} ${table.id}`} planId={planId} setup={setup} table={table} reader={reader} />
      {opened && (
        <FigureFeatures
          key={`${opened.place.row} ${opened.place.column}`}
          name={figureName(table, opened.place, say)}
          figure={opened}
          areaUnit={areaUnit}
          actions={{ open, close, stop }}
        />
      )}
    </>
  )
  return <Desk id="results" panels={panelsOf(nav, main, side)} />
}

/** The list of tables, the one that is open, and its map. */
const panelsOf = (nav: ReactNode, main: ReactNode, side: ReactNode): DeskPanel[] => [
  { id: 'tables', kind: 'nav', content: nav, size: '250px', least: '180px', most: '420px' },
  { id: 'table', content: main, least: '320px' },
  { id: 'map', kind: 'map', content: side, size: '34%', least: '240px' },
]

function Tables({ planId, indicator, table, measurements, indicators, setup }: TablesProps) {
  const { t, lang } = useWords()
  const go = useUi((state) => state.go)
  const clear = useUi((state) => state.clearEvidence)
  const { areaUnit } = useSettings()
  const reader = useMemo((): TableReader => ({ lang, areaUnit }), [lang, areaUnit])
  const measured = measurements.filter(({ tables = [] }) => tables.length > 0)
  const measurement = indicator === null ? measured[0] : measured.find(({ id }) => id === indicator)
  const found = table === null ? measurement?.tables?.[0] : measurement?.tables?.find(({ id }) => id === table)
  const info = indicators.find(({ id }) => id === measurement?.id)
  const nav = (
    <TableNav
      measurements={measured}
      indicators={indicators}
      indicator={measurement?.id ?? null}
      table={found?.id ?? null}
      onChoose={(chosen, id) => {
        // What was lit belongs to another table.
        clear()
        go({ page: 'results', planId, indicator: chosen, table: id })
      }}
    />
  )
  if (measurement && found && info)
    return <OpenTable planId={planId} indicator={info} measurement={measurement} table={found} setup={setup} nav={nav} />
  const isEmpty = measured.length === 0
  const empty = (
    <EmptyState icon={Table2} title={t(isEmpty ? 'results.none' : 'results.noTable')}>
      <p className="quiet">{t(isEmpty ? 'results.noneText' : 'results.noTableText')}</p>
      <Button onPress={() => go({ page: 'plan', planId })}>{t('results.backToReview')}</Button>
    </EmptyState>
  )
  const side = <UnitMap planId={planId} setup={setup} table={null} reader={reader} />
  return <Desk id="results" panels={panelsOf(nav, empty, side)} />
}

/** What the analysis found as tables, charts and maps; every figure opens the features behind it. */
export function ResultsScreen({ planId, indicator, table }: Address) {
  const { t } = useWords()
  const setup = useRead('map.setup', { planId })
  const indicators = useRead('indicators.list', {})
  const review = useReview(planId)
  const hasFailed = [setup, indicators].some(({ error }) => error !== null)
  const ready = review.state === 'ready' && indicators.data !== undefined
  return (
    <PlanScreen planId={planId} title={t('results.title')} reads={[setup, indicators]}>
      {review.state === 'failed' && !hasFailed && (
        <div className="screen-notice">
          <ErrorNotice error={review.error} onRetry={review.retry} />
        </div>
      )}
      {!ready && !hasFailed && review.state !== 'failed' && <p className="panel-wait quiet">{t('common.loading')}</p>}
      {ready && (
        <Tables
          planId={planId}
          indicator={indicator}
          table={table}
          measurements={review.view.measurements}
          indicators={indicators.data}
          setup={setup.data ?? null}
        />
      )}
    </PlanScreen>
  )
}
