import { ChevronDown, ChevronRight, Layers } from 'lucide-react'
import { useState } from 'react'
import type { MapLayer, MapSetup } from '#core/contract/map-data.ts'
import type { PlanId } from '#core/model/ids.ts'
import { formatCount } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { IconButton } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { Checkbox } from '../ui/fields.tsx'
import { SheetsPanel } from '../sheets/sheets-panel.tsx'
import { BasemapPanel } from './basemap-panel.tsx'
import { FaultList } from './fault-list.tsx'
import { LookBar } from './look-bar.tsx'
import { switchLayer, useLookStore } from './look-store.ts'
import { useLook } from './use-look.ts'
import { legendInPalette } from '#core/map/palettes.ts'
import { LegendSwatch } from './legend-swatch.tsx'
import { visibleLayers } from './layer-visibility.ts'

function Legend({ layer }: { layer: MapLayer }) {
  const { lang, say } = useWords()
  return (
    <ul className="legend">
      {layer.legend
        .filter(({ features }) => features > 0)
        .map((entry) => (
          <li key={entry.index}>
            <LegendSwatch entry={entry} kind={layer.kind} />
            <span className="legend-label">{say(entry.label)}</span>
            <span className="quiet number">{formatCount(entry.features, lang)}</span>
          </li>
        ))}
    </ul>
  )
}

function LayerRow({ planId, layer, visible }: { planId: PlanId; layer: MapLayer; visible: boolean }) {
  const { t, lang, say } = useWords()
  const several = layer.legend.length > 1
  const [open, setOpen] = useState(false)
  const title = say(layer.title)
  const only = layer.legend[0]
  const Chevron = open ? ChevronDown : ChevronRight
  return (
    <li className="layer">
      <div className="layer-row">
        <Checkbox
          isSelected={visible}
          onChange={(on) => switchLayer(planId, layer.id, on)}
          label={t('workbench.showLayer', { layer: title })}
        />
        {only && !several && <LegendSwatch entry={only} kind={layer.kind} />}
        <span className="layer-title" title={layer.name}>
          {title}
        </span>
        <span className="quiet number layer-count">{formatCount(layer.features, lang)}</span>
        {several ? (
          <IconButton
            size="small"
            label={t(open ? 'workbench.hideLegend' : 'workbench.showLegend', { layer: title })}
            aria-expanded={open}
            onPress={() => setOpen(!open)}
          >
            <Chevron className="icon" />
          </IconButton>
        ) : (
          <span className="layer-gap" />
        )}
      </div>
      {several && open && <Legend layer={layer} />}
      {open && layer.faults && <FaultList planId={planId} layer={layer} />}
    </li>
  )
}

interface LayersPanelProps {
  planId: PlanId
  setup: MapSetup | null
  error: unknown
  onRetry: () => void
}

/** The plan's layers, topmost first, each with its switch and its legend. */
export function LayersPanel({ planId, setup, error, onRetry }: LayersPanelProps) {
  const { t } = useWords()
  const { look } = useLook(planId)
  const isReady = useLookStore((state) => state.planId === planId) && setup !== null
  const layers = (setup?.layers ?? [])
    .map((layer) => ({ ...layer, legend: legendInPalette(layer, look.palette) }))
    .toSorted((a, b) => b.order - a.order)
  const visible = visibleLayers(layers, look)
  return (
    <section className="panel" data-desk-panel tabIndex={-1} aria-label={t('workbench.layersPanel')}>
      <header className="panel-head">
        <h2>{t('workbench.layersPanel')}</h2>
        {setup && <span className="quiet number">{`${visible.size}/${layers.length}`}</span>}
      </header>
      <div className="panel-scroll">
        {error !== null && <ErrorNotice error={error} onRetry={onRetry} />}
        {!isReady && error === null && <p className="panel-wait quiet">{t('common.loading')}</p>}
        {setup !== null && layers.length === 0 && <EmptyState icon={Layers} title={t('common.none')} />}
        {isReady && <LookBar planId={planId} />}
        <ul className="layers">
          {(isReady ? layers : []).map((layer) => (
            <LayerRow key={layer.id} planId={planId} layer={layer} visible={visible.has(layer.id)} />
          ))}
        </ul>
        {setup !== null && <SheetsPanel planId={planId} setup={setup} />}
        {setup !== null && <BasemapPanel isOnEarth={setup.frame.kind === 'equal-area'} />}
      </div>
    </section>
  )
}
