import { Eye, Layers } from 'lucide-react'
import { useMemo } from 'react'
import type { MapLayer, MapSetup } from '#core/contract/map-data.ts'
import { withNames } from '#core/map/layer-tree.ts'
import { legendInPalette } from '#core/map/palettes.ts'
import type { PlanId } from '#core/model/ids.ts'
import { useRead } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { LayerTree } from '../layers/layer-tree.tsx'
import type { TreeLayer } from '../layers/layer-row.tsx'
import { PanelTools } from '../layers/panel-tools.tsx'
import { useSeen } from '../layers/use-seen.ts'
import { useMapPlace } from '../map/map-place.ts'
import { SheetsPanel } from '../sheets/sheets-panel.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { BasemapPanel } from './basemap-panel.tsx'
import { LookBar } from './look-bar.tsx'
import { useLookStore } from './look-store.ts'
import { usePlanLook, useShownLayers } from './use-look.ts'

interface LayersPanelProps {
  planId: PlanId
  setup: MapSetup | null
  error: unknown
  onRetry: () => void
}

const NO_LAYERS: MapLayer[] = []

/** The layers as they are drawn, each with where it came from and with its attributes. */
function useTreeLayers(planId: PlanId, layers: readonly MapLayer[]): TreeLayer[] {
  const look = usePlanLook(planId)
  const stored = useRead('plans.get', { planId }).data
  const attributes = useRead('attributes.layers', { planId }).data
  const formats = useRead('app.formats', {}).data
  return useMemo(() => {
    const titles = new Map(layers.map(({ id, title }) => [id, title]))
    return withNames(layers, look).map((layer) => {
      const { id } = layer
      const record = stored?.layers.find((one) => one.id === id)
      return {
        layer: { ...layer, legend: legendInPalette(layer, look.palette) },
        usual: titles.get(id) ?? layer.title,
        attributes: attributes?.find((one) => one.id === id) ?? null,
        source: record && stored ? { layer: record, plan: stored.plan, formats: formats ?? [] } : null,
      }
    })
  }, [layers, look, stored, attributes, formats])
}

/** While one layer is looked at alone: which, and the way back. */
function SoloNotice({ layers }: { layers: readonly MapLayer[] }) {
  const { t, say } = useWords()
  const solo = useLookStore((state) => state.solo)
  const showOnly = useLookStore((state) => state.showOnly)
  const layer = layers.find(({ id }) => id === solo)
  return (
    <div role="status">
      {layer && (
        <div className="tree-solo">
          <Eye className="icon" aria-hidden />
          <span>{t('layers.soloOn', { layer: say(layer.title) })}</span>
          <Button size="small" onPress={() => showOnly(null)}>
            {t('layers.soloOff')}
          </Button>
        </div>
      )}
    </div>
  )
}

function Tree({ planId, setup }: { planId: PlanId; setup: MapSetup }) {
  const look = usePlanLook(planId)
  const solo = useLookStore((state) => state.solo)
  const metresPerPixel = useMapPlace((state) => state.sight?.metresPerPixel ?? null)
  const layers = useTreeLayers(planId, setup.layers)
  const placed = useMemo(() => layers.map(({ layer }) => layer), [layers])
  const visible = useShownLayers(setup.layers, look)
  const seen = useSeen({ planId, layers: placed, visible, look })
  return (
    <>
      <PanelTools planId={planId} layers={placed} look={look} solo={solo} />
      <LookBar planId={planId} />
      <SoloNotice layers={placed} />
      <LayerTree
        planId={planId}
        layers={layers}
        look={look}
        visible={visible}
        solo={solo}
        metresPerPixel={metresPerPixel}
        seen={seen}
      />
    </>
  )
}

/** The plan's layers in their groups, what the map looks like as a whole, sheets and the picture below. */
export function LayersPanel({ planId, setup, error, onRetry }: LayersPanelProps) {
  const { t } = useWords()
  const look = usePlanLook(planId)
  // Nothing can be changed before it is known how the plan is looked at.
  const isReady = useLookStore((state) => state.planId === planId) && setup !== null
  const visible = useShownLayers(setup?.layers ?? NO_LAYERS, look)
  return (
    <section className="panel" data-desk-panel tabIndex={-1} aria-label={t('workbench.layersPanel')}>
      <header className="panel-head">
        <h2>{t('workbench.layersPanel')}</h2>
        {isReady && <span className="quiet number">{`${visible.size}/${setup.layers.length}`}</span>}
      </header>
      <div className="panel-scroll">
        {error !== null && <ErrorNotice error={error} onRetry={onRetry} />}
        {!isReady && error === null && <p className="panel-wait quiet">{t('common.loading')}</p>}
        {isReady && setup.layers.length === 0 && <EmptyState icon={Layers} title={t('common.none')} />}
        {isReady && <Tree planId={planId} setup={setup} />}
        {setup !== null && <SheetsPanel planId={planId} setup={setup} />}
        {setup !== null && <BasemapPanel isOnEarth={setup.frame.kind === 'equal-area'} />}
      </div>
    </section>
  )
}
