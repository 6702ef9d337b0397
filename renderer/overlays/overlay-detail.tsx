import { ArrowLeft, MapPinOff } from 'lucide-react'
import { useMemo } from 'react'
import type { OverlayInfo, OverlayView } from '#core/contract/overlay-procedures.ts'
import type { PlanId } from '#core/model/ids.ts'
import { readableValue } from '#core/model/units.ts'
import { roleInfo, ROLE_IDS } from '#core/model/roles.ts'
import { shownUnit, type TableReader } from '#core/tables/shown-table.ts'
import { useClient, useRead } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { Checkbox } from '../ui/fields.tsx'
import { JobProgress } from '../ui/job-progress.tsx'
import { ExportMenu } from './export-menu.tsx'
import { lackWords } from './missing-layers.ts'
import { OpacityField } from './opacity-field.tsx'
import { OverlayLegend } from './overlay-legend.tsx'
import { OverlayList } from './overlay-list.tsx'
import { OverlayParameters } from './overlay-parameters.tsx'
import { runKey, useOverlayRuns, type OverlayRun } from './overlay-runs.ts'
import { useOverlays } from './overlay-store.ts'
import { OVERLAY_CARDS } from './slots.ts'
import { useOverlayExport } from './use-overlay-export.ts'

interface DetailProps {
  planId: PlanId
  overlay: OverlayInfo
}

/** One overlay: what it shows, its legend and figures, its numbered lists, and how it was made. */
export function OverlayDetail({ planId, overlay }: DetailProps) {
  const { t, say } = useWords()
  const client = useClient()
  const open = useOverlays((state) => state.open)
  const shown = useOverlays((state) => state.choices.shown.includes(overlay.id))
  const parameters = useOverlays((state) => state.choices.parameters[overlay.id])
  const setShown = useOverlays((state) => state.setShown)
  const key = runKey(planId, overlay.id, parameters)
  const run = useOverlayRuns((state) => state.runs[key])
  const start = useOverlayRuns((state) => state.start)
  const stop = useOverlayRuns((state) => state.stop)
  const title = say(overlay.title)
  const draw = () => {
    if (shown) start(client, planId, overlay.id, parameters)
    else setShown(overlay.id, true)
  }
  return (
    <div className="overlay-detail">
      <div className="overlay-title">
        <IconButton size="small" label={t('overlays.back')} onPress={() => open(null)}>
          <ArrowLeft className="icon" />
        </IconButton>
        <h3>{title}</h3>
      </div>
      <p className="quiet overlay-words">{say(overlay.summary)}</p>
      {overlay.lacks.length > 0 ? (
        <Lacking overlay={overlay} />
      ) : (
        <>
          <div className="overlay-switch">
            <Checkbox isSelected={shown} onChange={(on) => setShown(overlay.id, on)}>
              {t('overlays.onMap')}
            </Checkbox>
            {shown && <OpacityField overlay={overlay.id} name={title} />}
          </div>
          {run === undefined && !shown && (
            <div className="overlay-actions">
              <Button size="small" look="primary" onPress={draw}>
                {t('overlays.draw')}
              </Button>
            </div>
          )}
          <RunView planId={planId} overlay={overlay} run={run} onDraw={draw} onStop={() => stop(key)} />
        </>
      )}
    </div>
  )
}

function Lacking({ overlay }: { overlay: OverlayInfo }) {
  const { t, say } = useWords()
  const words = lackWords(overlay.lacks, { or: t('overlays.or'), and: t('overlays.and'), say })
  return (
    <EmptyState icon={MapPinOff} title={t('overlays.nothing')}>
      <p>{t('overlays.needsLayers')}</p>
      <p>
        <strong>{words}</strong>
      </p>
    </EmptyState>
  )
}

interface RunViewProps extends DetailProps {
  run: OverlayRun | undefined
  onDraw: () => void
  onStop: () => void
}

/** How a drawing stands, or what came of it. */
export function RunView({ planId, overlay, run, onDraw, onStop }: RunViewProps) {
  const { t, say } = useWords()
  const name = say(overlay.title)
  switch (run?.state) {
    case undefined:
      return null
    case 'drawn':
      return <Drawn planId={planId} overlay={overlay} view={run.view} />
    case 'drawing':
      return <JobProgress label={t('overlays.drawing', { name })} progress={run.progress} onCancel={onStop} />
    case 'failed':
      return <ErrorNotice error={run.error} onRetry={onDraw} />
    case 'stopped':
      return (
        <div className="overlay-actions" role="status">
          <span className="quiet">{t('overlays.stopped')}</span>
          <Button size="small" onPress={onDraw}>
            {t('overlays.draw')}
          </Button>
        </div>
      )
  }
}

function Drawn({ planId, overlay, view }: DetailProps & { view: OverlayView }) {
  const { t, lang, say } = useWords()
  const settings = useRead('settings.get', {})
  const areaUnit = settings.data?.areaUnit ?? 'ha'
  const reader = useMemo((): TableReader => ({ lang, areaUnit }), [lang, areaUnit])
  const focus = useOverlays((state) => (state.focus?.overlay === overlay.id ? state.focus : null))
  const choose = useOverlays((state) => state.choose)
  const setShown = useOverlays((state) => state.setShown)
  const shown = useOverlays((state) => state.choices.shown.includes(overlay.id))
  const setParameters = useOverlays((state) => state.setParameters)
  const exporting = useOverlayExport(planId, [overlay.id], say(overlay.title))
  const { outcome, method, notes } = view
  const Card = OVERLAY_CARDS[overlay.id]
  const onChoose = (part: string, row: number) => {
    // What is not on the map cannot be gone to.
    if (!shown) setShown(overlay.id, true)
    choose({ overlay: overlay.id, part, row }, 'list')
  }
  return (
    <>
      {outcome.kind === 'missing' ? (
        <EmptyState icon={MapPinOff} title={t('overlays.nothing')}>
          <p>{say(outcome.why)}</p>
          <NeedWords needs={outcome.needs} />
        </EmptyState>
      ) : (
        <>
          <dl className="overlay-figures">
            {outcome.figures.map(({ title, value, unit }) => (
              <div key={title.en}>
                <dt>{say(title)}</dt>
                <dd className="number">{readableValue(value, shownUnit({ unit }, areaUnit) ?? unit, lang)}</dd>
              </div>
            ))}
          </dl>
          <div className="overlay-legend-head">
            <h4>{t('overlays.legend')}</h4>
            <ExportMenu label={t('overlays.exportOne')} exporting={exporting} />
          </div>
          {outcome.parts.toReversed().map((part) => (
            <OverlayLegend key={part.id} part={part} />
          ))}
          {exporting.busy && (
            <JobProgress label={t('overlays.exporting')} progress={exporting.progress} onCancel={exporting.cancel} />
          )}
          {exporting.error !== null && <ErrorNotice error={exporting.error} onDismiss={exporting.reset} />}
          {Card && <Card planId={planId} overlay={overlay} view={view} chosen={focus} onChoose={onChoose} />}
          {outcome.parts.toReversed().map(
            (part) =>
              part.list && (
                <section key={part.id} className="overlay-part" aria-label={say(part.list.title)}>
                  <h4 className="overlay-head">
                    {say(part.list.title)} <span className="quiet number">{part.list.rows.length}</span>
                  </h4>
                  <OverlayList
                    part={part}
                    reader={reader}
                    chosen={focus?.part === part.id ? focus.row : null}
                    onChoose={(row) => onChoose(part.id, row)}
                  />
                </section>
              ),
          )}
        </>
      )}
      <OverlayParameters overlay={overlay} values={view.parameters} onApply={(values) => setParameters(overlay.id, values)} />
      <section className="overlay-method" aria-label={t('overlays.method')}>
        <h4 className="overlay-head">{t('overlays.method')}</h4>
        <p>{say(method)}</p>
        {notes.map((note) => (
          <p key={note.en}>{say(note)}</p>
        ))}
        <p className="quiet">
          {t('overlays.source')}
          {lang === 'zh' ? '：' : ': '}
          {say(overlay.source)}
        </p>
      </section>
    </>
  )
}

/** Which layers would help, by their names; what is no layer is said in the sentence above. */
function NeedWords({ needs }: { needs: readonly string[] }) {
  const { t, say } = useWords()
  const roles = ROLE_IDS.filter((role) => needs.includes(role))
  if (roles.length === 0) return null
  return (
    <p className="quiet">
      {t('overlays.lacks', { roles: roles.map((role) => say(roleInfo(role).title)).join(t('overlays.and')) })}
    </p>
  )
}
