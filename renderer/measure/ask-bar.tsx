import { Check, Copy, Magnet, Trash2, Undo2, X } from 'lucide-react'
import { useEffect } from 'react'
import { ToggleButton } from 'react-aria-components'
import type { MapSetup } from '#core/contract/map-data.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'
import { useCommand, useRead } from '../api/use-api.tsx'
import { useAttributes } from '../attributes/attribute-store.ts'
import { TypedPlace } from '../findings/draw-bar.tsx'
import { useWords } from '../i18n/use-words.ts'
import { placesOf } from '../map/mark-draft.ts'
import { useSettings } from '../settings/use-settings.ts'
import { useToasts } from '../state/toasts.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { hasValue, isMeasure, useAsk, type Measured } from './ask-store.ts'
import { figureOf } from './figures.ts'
import './measure.css'

/** Selects what lies in a box or polygon as soon as it is drawn. */
function useSelectWithin(planId: PlanId, layerIds: readonly LayerId[]) {
  const { t } = useWords()
  const { run, busy, error, reset } = useCommand('attributes.selectWithin')
  const polygon = useAsk((state) => state.polygon)
  const toast = useToasts((state) => state.add)
  useEffect(() => {
    if (polygon === null || layerIds.length === 0) return
    const { mode } = useAsk.getState()
    void run({ planId, layerIds: [...layerIds], xyM: [...polygon.xyM], mode }).then((done) => {
      if (!done) return
      useAttributes.getState().select(done.output, 'replace')
      if (done.output.length === 0) toast({ tone: 'done', text: t('measure.foundNone') })
      else useAttributes.getState().open(true)
      const first = done.output[0]
      const isShown = done.output.some(({ layerId }) => layerId === useAttributes.getState().layerId)
      if (first && !isShown) useAttributes.getState().showLayer(first.layerId)
    })
    // oxlint-disable-next-line react/exhaustive-deps -- a drawing is asked about once, not again when layers are switched
  }, [polygon, planId, run])
  return { busy, error, reset }
}

/** What the tool in hand does, its places, and what the drawing comes to so far; nothing without a tool. */
export function AskBar({ planId, setup, visible }: { planId: PlanId; setup: MapSetup; visible: ReadonlySet<LayerId> }) {
  const { t, lang } = useWords()
  const { areaUnit } = useSettings()
  const { tool, draft, mode } = useAsk()
  const { step, setMode, take } = useAsk.getState()
  const crs = useRead('plans.get', { planId }).data?.plan.crs
  const layerIds = setup.layers
    .filter(({ id, kind, role }) => visible.has(id) && kind !== 'raster' && role !== 'topology')
    .map(({ id }) => id)
  const selecting = useSelectWithin(planId, layerIds)
  if (tool === null || draft === null) {
    return selecting.error === null ? null : (
      <section className="ask-bar" aria-label={t('measure.tools')}>
        <ErrorNotice error={selecting.error} onDismiss={selecting.reset} />
      </section>
    )
  }
  const now = isMeasure(tool) ? figureOf({ kind: tool, xyM: draft.xyM }, setup.frame, areaUnit, lang) : null
  const isCrossing = tool === 'area' && placesOf(draft) > 3 && !hasValue({ kind: tool, xyM: draft.xyM })
  return (
    <section className="ask-bar" aria-label={t(`measure.${tool}`)}>
      <div className="row row-wrap">
        <strong>{t(`measure.${tool}`)}</strong>
        {!isMeasure(tool) && (
          <Segmented
            label={t('measure.mode')}
            value={mode}
            segments={[
              { id: 'touching', label: t('measure.touching') },
              { id: 'inside', label: t('measure.inside') },
            ]}
            onChange={setMode}
          />
        )}
        <ToggleButton className="ask-toggle" isSelected={draft.isSnapping} onChange={() => step({ do: 'snap' })}>
          <Magnet className="icon" aria-hidden />
          {t('measure.snap')}
        </ToggleButton>
        <span className="spacer" />
        <output className="ask-now number" aria-live="polite">
          {selecting.busy ? t('measure.selecting') : isCrossing ? t('measure.crossing') : (now?.text ?? '')}
        </output>
        <IconButton
          size="small"
          label={t('measure.back')}
          isDisabled={placesOf(draft) === 0}
          onPress={() => step({ do: 'back' })}
        >
          <Undo2 className="icon" />
        </IconButton>
        <IconButton size="small" label={t('findings.mark_end')} onPress={() => step({ do: 'end' })}>
          <Check className="icon" />
        </IconButton>
        <IconButton size="small" label={t('measure.putAway')} onPress={() => take(null)}>
          <X className="icon" />
        </IconButton>
      </div>
      {crs !== undefined && <TypedPlace planId={planId} crs={crs} onPlace={(at) => step({ do: 'add', at })} />}
      <p className="quiet">
        {t(`measure.how_${tool}`)} {t('measure.keysHow')}
      </p>
      {selecting.error !== null && <ErrorNotice error={selecting.error} onDismiss={selecting.reset} />}
    </section>
  )
}

/** Everything that was measured, until it is cleared, with the method by which it was. */
export function MeasuredList({ setup }: { setup: MapSetup }) {
  const { t } = useWords()
  const measured = useAsk((state) => state.measured)
  const { clear } = useAsk.getState()
  if (measured.length === 0) return null
  return (
    <section className="measured-list" aria-label={t('measure.results')}>
      <header>
        <strong>{t('measure.results')}</strong>
        <Button size="small" look="link" onPress={clear}>
          {t('measure.clear')}
        </Button>
      </header>
      <ol>
        {measured.map((one) => (
          <MeasuredRow key={one.id} one={one} setup={setup} />
        ))}
      </ol>
      <p className="quiet">{t(setup.frame.kind === 'planar' ? 'measure.planar' : 'measure.ellipsoidal')}</p>
    </section>
  )
}

function MeasuredRow({ one, setup }: { one: Measured; setup: MapSetup }) {
  const { t, lang } = useWords()
  const { areaUnit } = useSettings()
  const toast = useToasts((state) => state.add)
  const figure = figureOf(one, setup.frame, areaUnit, lang)
  const value = figure?.text ?? '–'
  const copy = () => {
    navigator.clipboard.writeText(value).then(
      () => toast({ tone: 'done', text: t('measure.copied', { value }) }),
      () => toast({ tone: 'done', text: t('measure.notCopied') }),
    )
  }
  return (
    <li>
      <span className="quiet">{t(`measure.name_${one.kind}`)}</span>
      <strong className="number">{figure === null && one.kind === 'area' ? t('measure.crossing') : value}</strong>
      {figure?.more && <span className="quiet number">{t('measure.outline', { length: figure.more })}</span>}
      <span className="spacer" />
      <IconButton size="small" label={t('measure.copy', { value })} onPress={copy}>
        <Copy className="icon" />
      </IconButton>
      <IconButton size="small" label={t('measure.remove')} onPress={() => useAsk.getState().remove(one.id)}>
        <Trash2 className="icon" />
      </IconButton>
    </li>
  )
}
