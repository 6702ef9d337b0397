import { FileSpreadsheet, MapPinned, Sheet } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Group, Panel, Separator } from 'react-resizable-panels'
import type { ChartKind, ChartPlace } from '#core/charts/chart.ts'
import { chartKinds, chartOfTable } from '#core/charts/chart-of-table.ts'
import type { TableFormat } from '#core/contract/table-procedures.ts'
import type { IndicatorInfo } from '#core/indicators/indicator.ts'
import type { PlanId } from '#core/model/ids.ts'
import type { Measurement } from '#core/model/measurement.ts'
import type { ResultTable } from '#core/model/result-table.ts'
import type { AreaUnit } from '#core/model/units.ts'
import { tableAsRows, type TableReader } from '#core/tables/shown-table.ts'
import { useFileExport } from '../api/use-file-export.ts'
import { ChartSlot } from '../charts/chart-slot.tsx'
import { useChartTheme } from '../charts/use-chart-theme.ts'
import { useWords } from '../i18n/use-words.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { FormatMenu } from '../ui/format-menu.tsx'
import { JobProgress } from '../ui/job-progress.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { useNarrow } from '../ui/use-narrow.ts'
import { QualityBadges } from './quality-badges.tsx'
import { ResultGrid } from './result-grid.tsx'

const UNITS_OF_AREA: readonly AreaUnit[] = ['ha', 'mu', 'km2', 'm2']
const FORMATS: readonly { id: TableFormat; icon: typeof Sheet }[] = [
  { id: 'csv', icon: Sheet },
  { id: 'xlsx', icon: FileSpreadsheet },
  { id: 'gpkg', icon: MapPinned },
]

interface TablePanelProps {
  planId: PlanId
  indicator: IndicatorInfo
  measurement: Measurement
  table: ResultTable
  reader: TableReader
  onUnit: (unit: AreaUnit) => void
  opened: ChartPlace | null
  onOpen: (place: ChartPlace) => void
}

/** One table: what it is and how good, its chart, its figures, and the ways out of the program. */
export function TablePanel({ planId, indicator, measurement, table, reader, onUnit, opened, onOpen }: TablePanelProps) {
  const { t, say } = useWords()
  const narrow = useNarrow()
  const theme = useChartTheme()
  const kinds = useMemo(() => chartKinds(table), [table])
  const [kind, setKind] = useState<ChartKind | 'none'>(kinds[0] ?? 'none')
  const shown = useMemo(() => tableAsRows(table, reader), [table, reader])
  const chart = useMemo(() => (kind === 'none' ? null : chartOfTable(table, kind, reader, theme)), [table, kind, reader, theme])
  const exporting = useFileExport('analysis.exportTable')
  const hasAreas = table.columns.some(({ unit }) => unit === 'ha')
  const figure = chart && <ChartSlot chart={chart} onPick={onOpen} />
  const grid = <ResultGrid key={table.id} table={shown} opened={opened} onOpen={onOpen} />
  return (
    <section className="panel" aria-label={t('results.tablePanel')} data-desk-panel tabIndex={-1}>
      <header className="result-title">
        <div className="result-name">
          <h2>
            <span className="number">{indicator.id}</span> {shown.title}
          </h2>
          <FormatMenu
            label={t('results.exportAs')}
            formats={FORMATS.map(({ id, icon }) => ({ id, icon, label: t(`results.${id}`) }))}
            isDisabled={exporting.busy}
            onChoose={(format) =>
              void exporting.start(`${indicator.id}-${say(table.title)}.${format}`, {
                planId,
                indicator: indicator.id,
                table: table.id,
                format,
              })
            }
          />
        </div>
        <p className="quiet">{say(measurement.method)}</p>
        <div className="row row-wrap">
          <QualityBadges measurement={measurement} unit={indicator.displayUnit} areaUnit={reader.areaUnit} />
          <span className="spacer" />
          {kinds.length > 0 && (
            <Segmented<ChartKind | 'none'>
              label={t('results.chart')}
              value={kind}
              segments={[...kinds, 'none' as const].map((id) => ({ id, label: t(`results.chart_${id}`) }))}
              onChange={setKind}
            />
          )}
          {hasAreas && (
            <Segmented
              label={t('results.areaUnit')}
              value={reader.areaUnit}
              segments={UNITS_OF_AREA.map((id) => ({ id, label: t(`settings.${id}`) }))}
              onChange={onUnit}
            />
          )}
        </div>
      </header>
      {exporting.busy && <JobProgress label={t('results.exporting')} progress={exporting.progress} onCancel={exporting.cancel} />}
      {exporting.error !== null && <ErrorNotice error={exporting.error} onDismiss={exporting.reset} />}
      {kind !== 'none' && chart === null && <p className="panel-wait quiet">{t('results.noChart')}</p>}
      {figure && !narrow ? (
        <Group className="result-split" orientation="vertical" id="result-split">
          <Panel id="chart" className="result-chart" defaultSize="50%" minSize="120px">
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a tall chart scrolls by keyboard only with the focus */}
            <div className="chart-scroll" role="region" tabIndex={0} aria-label={t('results.chart')}>
              {figure}
            </div>
          </Panel>
          <Separator className="divider across" aria-label={t('common.resize')} />
          <Panel id="grid" className="result-grid" minSize="120px">
            {grid}
          </Panel>
        </Group>
      ) : (
        <div className="result-stack">
          {figure}
          {grid}
        </div>
      )}
      {shown.remarks.map((remark) => (
        <p key={remark} className="result-remark quiet">
          {remark}
        </p>
      ))}
    </section>
  )
}
