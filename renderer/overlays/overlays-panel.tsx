import { ArrowDown, ArrowUp, ChevronRight } from 'lucide-react'
import type { OverlayInfo } from '#core/contract/overlay-procedures.ts'
import type { PlanId } from '#core/model/ids.ts'
import { useRead } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { Checkbox } from '../ui/fields.tsx'
import { JobProgress } from '../ui/job-progress.tsx'
import { ExportMenu } from './export-menu.tsx'
import { lackWords } from './missing-layers.ts'
import { OverlayDetail } from './overlay-detail.tsx'
import { runKey, useOverlayRuns } from './overlay-runs.ts'
import { useOverlays } from './overlay-store.ts'
import { useOverlayExport } from './use-overlay-export.ts'
import './overlays.css'

/** In the panel's order, as `core/overlays` groups them. */
const GROUPS = ['network', 'access', 'opportunity'] as const

function OverlayRow({ planId, overlay }: { planId: PlanId; overlay: OverlayInfo }) {
  const { t, say } = useWords()
  const shown = useOverlays((state) => state.choices.shown)
  const parameters = useOverlays((state) => state.choices.parameters[overlay.id])
  const { setShown, move, open } = useOverlays.getState()
  const key = runKey(planId, overlay.id, parameters)
  const run = useOverlayRuns((state) => state.runs[key])
  const stop = useOverlayRuns((state) => state.stop)
  const name = say(overlay.title)
  const at = shown.indexOf(overlay.id)
  const isLacking = overlay.lacks.length > 0
  const words = isLacking
    ? t('overlays.lacks', { roles: lackWords(overlay.lacks, { or: t('overlays.or'), and: t('overlays.and'), say }) })
    : say(overlay.summary)
  return (
    <li className={isLacking ? 'overlay-row lacking' : 'overlay-row'}>
      <div className="overlay-line">
        <Checkbox
          isSelected={at >= 0 && !isLacking}
          isDisabled={isLacking}
          onChange={(on) => setShown(overlay.id, on)}
          label={t('overlays.show', { name })}
        />
        <Button look="bare" size="small" aria-label={t('overlays.open', { name })} onPress={() => open(overlay.id)}>
          <span className="overlay-row-name">{name}</span>
          <ChevronRight className="icon" aria-hidden />
        </Button>
        {at >= 0 && shown.length > 1 && (
          <span className="overlay-order">
            <IconButton
              size="small"
              label={t('overlays.up', { name })}
              isDisabled={at === 0}
              onPress={() => move(overlay.id, -1)}
            >
              <ArrowUp className="icon" />
            </IconButton>
            <IconButton
              size="small"
              label={t('overlays.down', { name })}
              isDisabled={at === shown.length - 1}
              onPress={() => move(overlay.id, 1)}
            >
              <ArrowDown className="icon" />
            </IconButton>
          </span>
        )}
      </div>
      <p className="quiet overlay-row-words">
        {words}
        {overlay.isSlow && !isLacking && !overlay.isReady && run?.state !== 'drawn' && (
          <span className="overlay-slow">{t('overlays.slow')}</span>
        )}
      </p>
      {run?.state === 'drawing' && (
        <JobProgress label={t('overlays.drawing', { name })} progress={run.progress} onCancel={() => stop(key)} />
      )}
      {run?.state === 'failed' && <ErrorNotice error={run.error} />}
    </li>
  )
}

function OverlayGroups({ planId, overlays }: { planId: PlanId; overlays: readonly OverlayInfo[] }) {
  const { t } = useWords()
  const { isNumbered, isFaded, shown } = useOverlays((state) => state.choices)
  const { setNumbered, setFaded, hideAll } = useOverlays.getState()
  const exporting = useOverlayExport(planId, [], t('overlays.title'))
  return (
    <>
      <div className="overlay-tools">
        <Checkbox isSelected={isNumbered} onChange={setNumbered}>
          {t('overlays.numbers')}
        </Checkbox>
        <Checkbox isSelected={isFaded} onChange={setFaded}>
          {t('overlays.fade')}
        </Checkbox>
        <div className="row row-wrap">
          <Button size="small" isDisabled={shown.length === 0} onPress={hideAll}>
            {t('overlays.hideAll')}
          </Button>
          <ExportMenu label={t('overlays.exportAll')} exporting={exporting} />
        </div>
        {exporting.busy && (
          <JobProgress label={t('overlays.exporting')} progress={exporting.progress} onCancel={exporting.cancel} />
        )}
        {exporting.error !== null && <ErrorNotice error={exporting.error} onDismiss={exporting.reset} />}
      </div>
      {GROUPS.map((group) => (
        <section key={group} className="overlay-group" aria-label={t(`overlays.group_${group}`)}>
          <h3>{t(`overlays.group_${group}`)}</h3>
          <ul>
            {overlays
              .filter((overlay) => overlay.group === group)
              .map((overlay) => (
                <OverlayRow key={overlay.id} planId={planId} overlay={overlay} />
              ))}
          </ul>
        </section>
      ))}
    </>
  )
}

/** Analysis overlays of a plan: what can be drawn over it, what is on the map, and what each one shows. */
export function OverlaysPanel({ planId }: { planId: PlanId }) {
  const { t } = useWords()
  const listed = useRead('overlays.list', { planId })
  const opened = useOverlays((state) => state.opened)
  const overlay = listed.data?.find(({ id }) => id === opened)
  return (
    <section className="panel overlays" data-desk-panel tabIndex={-1} aria-label={t('overlays.title')}>
      <div className="panel-scroll">
        {listed.error !== null && <ErrorNotice error={listed.error} onRetry={() => void listed.refetch()} />}
        {listed.isPending && <p className="panel-wait quiet">{t('common.loading')}</p>}
        {listed.data && !overlay && <OverlayGroups planId={planId} overlays={listed.data} />}
        {overlay && <OverlayDetail key={overlay.id} planId={planId} overlay={overlay} />}
      </div>
    </section>
  )
}
