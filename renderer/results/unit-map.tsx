import { useMemo, useState } from 'react'
import type { MapSetup } from '#core/contract/map-data.ts'
import { MAP_CLASSES } from '#core/map/map-classes.ts'
import type { PlanId } from '#core/model/ids.ts'
import type { ResultTable } from '#core/model/result-table.ts'
import { CLASS_METHODS } from '#core/tables/classes.ts'
import type { TableReader } from '#core/tables/shown-table.ts'
import { useWords } from '../i18n/use-words.ts'
import { useUi } from '../state/ui-store.ts'
import { SelectField, TextField } from '../ui/fields.tsx'
import { visibleLayers } from '../workbench/layer-visibility.ts'
import { usePlanLook } from '../workbench/use-look.ts'
import { HighlightNotice } from '../workbench/map-pane.tsx'
import { MapSlot } from '../workbench/map-slot.tsx'
import { classWords, colouredBy, mapColumns, readNumber, type Coloured, type MapChoice } from './map-classes.ts'
import { useAreas } from './use-areas.ts'

const NO_COLUMN = ''
const NO_LAYERS: ReadonlySet<never> = new Set()

interface ControlsProps {
  columns: ResultTable['columns']
  choice: MapChoice
  onChoose: (choice: MapChoice) => void
}

function Controls({ columns, choice, onChoose }: ControlsProps) {
  const { t, say } = useWords()
  const wrong = choice.threshold.trim() !== '' && readNumber(choice.threshold) === null
  return (
    <div className="map-choice">
      <SelectField
        label={t('results.mapBy')}
        value={choice.column}
        choices={[
          { id: NO_COLUMN, label: t('results.mapByNone') },
          ...columns.map(({ key, title }) => ({ id: key, label: say(title) })),
        ]}
        placeholder={t('results.mapByNone')}
        onChange={(column) => onChoose({ ...choice, column })}
      />
      {choice.column !== NO_COLUMN && (
        <>
          <SelectField
            label={t('results.method')}
            value={choice.method}
            choices={CLASS_METHODS.map((id) => ({ id, label: t(`results.method_${id}`) }))}
            placeholder={t('results.method')}
            onChange={(method) => onChoose({ ...choice, method })}
          />
          <TextField
            label={t('results.threshold')}
            value={choice.threshold}
            placeholder={t('results.thresholdHint')}
            inputMode="numeric"
            error={wrong ? t('results.thresholdWrong') : null}
            onChange={(threshold) => onChoose({ ...choice, threshold })}
          />
        </>
      )}
    </div>
  )
}

/** Colours with their limits and how many units have them. */
function Legend({ coloured, title, reader }: { coloured: Coloured; title: string; reader: TableReader }) {
  const { t, say } = useWords()
  const { classes, unknown } = coloured.classes
  return (
    <section className="map-legend" aria-label={t('results.legend')}>
      <strong>{title}</strong>
      <ul>
        {classes.toReversed().map((each) => (
          <li key={each.low}>
            <span className="map-legend-swatch" style={{ background: each.colour }} aria-hidden />
            <span className="number">{classWords(each, coloured.unit, reader)}</span>
            <span className="quiet number">{t('results.legendCount', { count: each.count })}</span>
          </li>
        ))}
        {unknown > 0 && (
          <li>
            <span className="map-legend-swatch unknown" aria-hidden />
            <span>{say(MAP_CLASSES.noData.label)}</span>
            <span className="quiet number">{t('results.legendCount', { count: unknown })}</span>
          </li>
        )}
      </ul>
    </section>
  )
}

interface UnitMapProps {
  planId: PlanId
  setup: MapSetup | null
  table: ResultTable | null
  reader: TableReader
}

/** The plan's map; where rows of the table are units, they can be coloured by any of its columns. */
export function UnitMap({ planId, setup, table, reader }: UnitMapProps) {
  const { t, lang, say } = useWords()
  const highlights = useUi((state) => state.highlights)
  const look = usePlanLook(planId)
  const columns = useMemo(() => (table === null ? [] : mapColumns(table)), [table])
  const [chosen, setChoice] = useState<MapChoice | null>(null)
  const first = columns.find(({ unit }) => unit === 'percent' || unit === 'index') ?? columns[0]
  const choice: MapChoice = chosen ?? { column: first?.key ?? NO_COLUMN, method: 'quantile', threshold: '' }
  const { column, method, threshold } = choice
  const coloured = useMemo(
    () => (table === null || column === NO_COLUMN ? null : colouredBy(table, { column, method, threshold }, reader)),
    [table, column, method, threshold, reader],
  )
  const { areas, failed } = useAreas(planId, setup, coloured)
  const visible = useMemo(
    () => (coloured === null ? visibleLayers(setup?.layers ?? [], look) : NO_LAYERS),
    [coloured, setup, look],
  )
  const title = columns.find(({ key }) => key === column)?.title
  return (
    <>
      {columns.length > 0 && <Controls columns={columns} choice={choice} onChoose={setChoice} />}
      <section className="map-sheet" data-desk-panel tabIndex={-1} aria-label={t('results.mapPanel')}>
        {setup && (
          <MapSlot planId={planId} setup={setup} visibleLayers={visible} highlights={highlights} areas={areas} lang={lang} />
        )}
        {coloured && title && <Legend coloured={coloured} title={say(title)} reader={reader} />}
        <HighlightNotice />
        {failed && (
          <div className="map-notice">
            <div className="map-notice-card">{t('results.mapFailed')}</div>
          </div>
        )}
      </section>
    </>
  )
}
