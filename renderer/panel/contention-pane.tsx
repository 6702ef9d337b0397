import { useMemo, useState } from 'react'
import type { MapSetup } from '#core/contract/map-data.ts'
import type { PlanId } from '#core/model/ids.ts'
import type { ContestedFeature } from '#core/review/contention.ts'
import { formatScore } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import type { OverlayFocus, OverlayPick } from '../map/map-props.ts'
import type { Highlight } from '../state/ui-store.ts'
import { Button } from '../ui/button.tsx'
import { LegendSwatch } from '../workbench/legend-swatch.tsx'
import { visibleLayers } from '../workbench/layer-visibility.ts'
import { usePlanLook } from '../workbench/use-look.ts'
import { MapSlot } from '../workbench/map-slot.tsx'
import { useContention } from './use-contention.ts'

const OVERLAY = 'contention'
/** What is in dispute stands out, what it lies in stays readable. */
const PLAN_OPACITY = 0.45
/** So many features are listed beside the map. */
const MOST_LISTED = 12

let requests = 0

interface PaneProps {
  planId: PlanId
  setup: MapSetup
  features: readonly ContestedFeature[]
  /** The blind round is on: there may be differences, but nobody sees them yet. */
  isWaiting: boolean
  onPick: (feature: ContestedFeature) => void
}

/** The same places as words: for the keyboard, and for who wants the worst first. */
function ContestedList({ features, setup, onPick }: Omit<PaneProps, 'planId' | 'isWaiting'>) {
  const { t, lang, say } = useWords()
  const titles = new Map(setup.layers.map(({ role, title }) => [String(role), say(title)]))
  const listed = features.slice(0, MOST_LISTED)
  return (
    <section className="contested panel-scroll" aria-label={t('panel.contested')}>
      <h3>{t('panel.contested')}</h3>
      <ul>
        {listed.map((feature) => (
          <li key={`${feature.layer}/${feature.fid}`}>
            <Button look="bare" size="small" onPress={() => onPick(feature)}>
              <span>{t('panel.place', { layer: titles.get(feature.layer) ?? feature.layer, fid: feature.fid })}</span>
              <span className="quiet">
                {t('panel.placeText', { points: formatScore(feature.points, lang), items: feature.items.join(', ') })}
              </span>
            </Button>
          </li>
        ))}
      </ul>
      {features.length > listed.length && (
        <p className="quiet">{t('panel.places', { count: features.length, shown: listed.length })}</p>
      )}
    </section>
  )
}

/** Where the disagreement lies: evidence of disputed items, coloured by what hangs on it. A click leads to the items. */
export function ContentionPane({ planId, setup, features, isWaiting, onPick }: PaneProps) {
  const { t, lang, say } = useWords()
  const look = usePlanLook(planId)
  const { drawn, layers, failed } = useContention(planId, setup, features)
  const [focus, setFocus] = useState<OverlayFocus | null>(null)
  const [lit, setLit] = useState<readonly Highlight[]>([])
  const overlays = useMemo(() => [{ id: OVERLAY, opacity: 0.9, isNumbered: false, parts: drawn.parts }], [drawn])
  const visible = useMemo(() => visibleLayers(setup.layers, look), [setup, look])
  const pickOnMap = (pick: OverlayPick) => {
    const from = layers.find(({ layer }) => layer.id === pick.part)
    const fid = from?.shape.fid[pick.row - 1]
    const feature = features.find((one) => one.layer === from?.layer.role && one.fid === fid)
    if (feature === undefined) return
    setFocus({ ...pick, move: false, request: ++requests })
    setLit([])
    onPick(feature)
  }
  const pickInList = (feature: ContestedFeature) => {
    setFocus(null)
    setLit([{ role: feature.layer, fids: [feature.fid], request: ++requests }])
    onPick(feature)
  }
  return (
    <section className="contention" data-desk-panel tabIndex={-1} aria-label={t('panel.map')}>
      <div className="panel-head">
        <h2>{t('panel.map')}</h2>
      </div>
      <p className="quiet contention-text">
        {t(isWaiting ? 'panel.hiddenText' : features.length === 0 ? 'panel.noPlaces' : 'panel.mapText')}
      </p>
      <div className="map-sheet">
        <MapSlot
          planId={planId}
          setup={setup}
          visibleLayers={visible}
          highlights={lit}
          overlays={overlays}
          overlayFocus={focus}
          onOverlayPicked={pickOnMap}
          planOpacity={features.length > 0 ? PLAN_OPACITY : 1}
          lang={lang}
        />
        {drawn.legend.length > 0 && (
          <div className="contention-legend">
            <strong>{t('panel.points')}</strong>
            <ul aria-label={t('panel.points')}>
              {drawn.legend.map((entry) => (
                <li key={entry.code}>
                  <LegendSwatch entry={entry} kind={drawn.kind} />
                  {say(entry.label)}
                </li>
              ))}
            </ul>
          </div>
        )}
        {failed && (
          <div className="map-notice">
            <div className="map-notice-card">{t('panel.mapFailed')}</div>
          </div>
        )}
      </div>
      {features.length > 0 && <ContestedList features={features} setup={setup} onPick={pickInList} />}
    </section>
  )
}
