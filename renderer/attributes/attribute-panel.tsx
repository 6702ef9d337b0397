import { ChartColumn, Columns3, Crosshair, Download, ListX, X } from 'lucide-react'
import { useMemo, useState, type ReactNode } from 'react'
import { ToggleButton } from 'react-aria-components'
import { NO_FEATURES } from '#core/attributes/feature-set.ts'
import { ATTRIBUTE_FORMATS, type AttributeFormat, type AttributeLayer } from '#core/contract/attribute-procedures.ts'
import type { PlanId } from '#core/model/ids.ts'
import { useCommand, useRead } from '../api/use-api.tsx'
import { useFileExport } from '../api/use-file-export.ts'
import { formatCount } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { SelectField } from '../ui/fields.tsx'
import { FormatMenu } from '../ui/format-menu.tsx'
import { usePlanLook } from '../workbench/use-look.ts'
import { AttributeGrid } from './attribute-grid.tsx'
import { countOf, useAttributes } from './attribute-store.ts'
import { ColumnsDialog } from './columns-dialog.tsx'
import { FilterForm } from './filter-form.tsx'
import { Statistics } from './statistics.tsx'
import { ScanNotice } from './scan-notice.tsx'
import { useTableLook, type TableArrangement } from './use-table-look.ts'
import { useTableRead, type TableAsked } from './use-table-read.ts'
import './attributes.css'

/** The features of a layer as a table: filtered, sorted, summed up, selected together with the map, and taken away as CSV. */
export function AttributePanel({ planId }: { planId: PlanId }) {
  const { t, say } = useWords()
  const layers = useRead('attributes.layers', { planId })
  const { names } = usePlanLook(planId)
  const { layerId, open, showLayer } = useAttributes()
  const layer =
    layers.data &&
    (layers.data.find(({ id }) => id === layerId) ?? layers.data.find(({ role }) => role === 'landuse_plan') ?? layers.data[0])
  return (
    <section className="attributes" data-desk-panel tabIndex={-1} aria-label={t('attributes.title')}>
      {layers.error !== null && <ErrorNotice error={layers.error} onRetry={() => void layers.refetch()} />}
      {!layer && layers.error === null && <p className="panel-wait quiet">{t('common.loading')}</p>}
      {layer && layers.data && (
        <LayerTable key={layer.id} planId={planId} layer={layer}>
          <h2>{t('attributes.title')}</h2>
          <SelectField
            label={t('attributes.layer')}
            hideLabel
            value={layer.id}
            choices={layers.data.map(({ id, title, name }) => ({ id, label: `${names[id] ?? say(title)} · ${name}` }))}
            onChange={showLayer}
            placeholder={t('attributes.layer')}
          />
          <IconButton size="small" label={t('attributes.close')} onPress={() => open(false)}>
            <X className="icon" />
          </IconButton>
        </LayerTable>
      )}
    </section>
  )
}

/** Which rows the table shows now. */
function useAsked(planId: PlanId, layer: AttributeLayer, sort: TableAsked['sort']): TableAsked {
  const { where, isOnlySelected, selection } = useAttributes()
  const own = selection.get(layer.id)
  return useMemo(
    () => ({ planId, layerId: layer.id, where, sort, only: isOnlySelected ? (own ?? NO_FEATURES) : null }),
    [planId, layer.id, where, sort, isOnlySelected, own],
  )
}

function LayerTable({
  planId,
  layer,
  children,
}: {
  planId: PlanId
  layer: AttributeLayer
  children: [title: ReactNode, chooser: ReactNode, close: ReactNode]
}) {
  const { t, lang } = useWords()
  const { where, selection, statisticsOf, select, filter } = useAttributes()
  const table = useTableLook(planId, layer)
  const asked = useAsked(planId, layer, table.sort)
  const counted = useTableRead('attributes.page', { ...asked, offset: 0, limit: 0 })
  const selecting = useCommand('attributes.select')
  const [failure, setFailure] = useState<unknown>(null)
  const matching = counted.data?.matching ?? 0
  const selected = selection.get(layer.id) ?? NO_FEATURES
  const selectAll = async () => {
    const done = await selecting.run({ planId, layerId: layer.id, where })
    if (done) select([done.output], 'replace')
  }
  const error = counted.error ?? selecting.error ?? failure
  const [title, chooser, close] = children
  return (
    <>
      <header className="attributes-head">
        {title}
        {chooser}
        <span className="quiet number" role="status">
          {t('attributes.matching', {
            count: layer.features,
            // Before it is counted there is no number, not a nought.
            shown: counted.data === undefined ? '…' : formatCount(matching, lang),
            total: formatCount(layer.features, lang),
          })}
        </span>
        <span className="spacer" />
        {close}
      </header>
      <div className="attributes-head">
        <SelectionTools count={countOf(selection)} />
        <span className="spacer" />
        <TableTools asked={asked} layer={layer} table={table} onFailed={setFailure} />
      </div>
      <FilterForm planId={planId} layer={layer} />
      {error !== null && (
        <ErrorNotice
          error={error}
          onDismiss={() => {
            setFailure(null)
            selecting.reset()
            if (counted.error !== null) filter('')
          }}
        />
      )}
      <div className="attributes-body">
        {counted.data === undefined ? (
          <ScanNotice scan={counted.scan} />
        ) : matching === 0 ? (
          <EmptyState icon={ListX} title={t('attributes.noRows')}>
            <p>{t('attributes.noRowsHint')}</p>
          </EmptyState>
        ) : (
          <AttributeGrid
            key={where}
            layer={layer}
            table={table}
            asked={asked}
            matching={matching}
            selected={selected}
            onSelectAll={() => void selectAll()}
            onFailed={setFailure}
          />
        )}
        {statisticsOf !== null && <Statistics layer={layer} asked={asked} field={statisticsOf} />}
      </div>
      <Foot planId={planId} />
    </>
  )
}

/** How the figures were measured, and which keys there are. */
function Foot({ planId }: { planId: PlanId }) {
  const { t } = useWords()
  const frame = useRead('plans.get', { planId }).data?.plan.frame
  const method = t(frame?.kind === 'planar' ? 'attributes.planar' : 'attributes.ellipsoidal')
  return (
    <p className="attributes-foot quiet">
      {frame && <span>{t('attributes.method', { method })}</span>}
      <span>{t('attributes.keys')}</span>
    </p>
  )
}

function SelectionTools({ count }: { count: number }) {
  const { t } = useWords()
  const isOnlySelected = useAttributes((state) => state.isOnlySelected)
  const { clear, zoomToSelection, showOnlySelected } = useAttributes.getState()
  return (
    <>
      <span className="quiet" role="status">
        {count === 0 ? t('attributes.noneSelected') : t('attributes.selected', { count })}
      </span>
      <ToggleButton className="attribute-toggle" isSelected={isOnlySelected} isDisabled={count === 0} onChange={showOnlySelected}>
        {t('attributes.onlySelected')}
      </ToggleButton>
      <IconButton size="small" label={t('attributes.zoomToSelection')} isDisabled={count === 0} onPress={zoomToSelection}>
        <Crosshair className="icon" />
      </IconButton>
      <IconButton size="small" label={t('attributes.deselect')} isDisabled={count === 0} onPress={clear}>
        <ListX className="icon" />
      </IconButton>
    </>
  )
}

function TableTools({
  asked,
  layer,
  table,
  onFailed,
}: {
  asked: TableAsked
  layer: AttributeLayer
  table: TableArrangement
  onFailed: (error: unknown) => void
}) {
  const { t, say } = useWords()
  const statisticsOf = useAttributes((state) => state.statisticsOf)
  const [isChoosing, setChoosing] = useState(false)
  const { showStatistics } = useAttributes.getState()
  const exporting = useFileExport('attributes.export')
  const usual = table.sort[0]?.field ?? layer.fields.find(({ unit }) => unit !== null)?.key ?? layer.fields[0]?.key ?? null
  const keys = table.columns.flatMap(({ field, isShown }) => (isShown ? [field.key] : []))
  const take = async (format: AttributeFormat) => {
    await exporting.start(`${say(layer.title)}.${format}`, { ...asked, columns: keys, format })
    if (exporting.error !== null) onFailed(exporting.error)
  }
  return (
    <>
      <Button size="small" onPress={() => setChoosing(true)}>
        <Columns3 className="icon" aria-hidden />
        <span className="attribute-word">{t('attributes.columns')}</span>
      </Button>
      {isChoosing && <ColumnsDialog layer={layer} table={table} onClose={() => setChoosing(false)} />}
      <ToggleButton
        className="attribute-toggle"
        isSelected={statisticsOf !== null}
        onChange={(isOn) => showStatistics(isOn ? usual : null)}
      >
        <ChartColumn className="icon" aria-hidden />
        <span className="attribute-word">{t('attributes.statistics')}</span>
      </ToggleButton>
      <FormatMenu
        label={t('attributes.export')}
        formats={ATTRIBUTE_FORMATS.map((id) => ({ id, icon: Download, label: id === 'gpkg' ? 'GeoPackage' : id.toUpperCase() }))}
        isDisabled={exporting.busy}
        onChoose={(format) => void take(format)}
      />
      {exporting.error !== null && <ErrorNotice error={exporting.error} onDismiss={exporting.reset} />}
    </>
  )
}
