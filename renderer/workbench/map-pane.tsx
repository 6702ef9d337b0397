import { Lightbulb, X } from 'lucide-react'
import { lazy, Suspense, useMemo } from 'react'
import type { MapSetup } from '#core/contract/map-data.ts'
import { withNames } from '#core/map/layer-tree.ts'
import type { PlanId, ReviewId } from '#core/model/ids.ts'
import { useWords } from '../i18n/use-words.ts'
import { useUi } from '../state/ui-store.ts'
import { DrawBar } from '../findings/draw-bar.tsx'
import { useMapMarks } from '../findings/use-map-marks.ts'
import { AskBar, MeasuredList } from '../measure/ask-bar.tsx'
import { AskToolbar } from '../measure/ask-toolbar.tsx'
import { useDrawnWith, useMapAsk } from '../measure/use-map-ask.ts'
import { IconButton } from '../ui/button.tsx'
import { useFlipShapes } from '../checklist/flip-store.ts'
import { MapWords } from './map-words.tsx'
import { useLook, useShownLayers } from './use-look.ts'
import { MapSlot } from './map-slot.tsx'
import { useOptionMap } from '../options/use-option-map.ts'
import { usePrint } from '../print/print-store.ts'
import { deskLink } from '../print/use-seen.ts'
import { WhatIfBanner } from '../options/what-if-banner.tsx'
import { useDrawnOverlays } from '../overlays/use-drawn-overlays.ts'

const NO_LAYERS: MapSetup['layers'] = []

/** Fetched when a map is first printed. */
const PrintDialog = lazy(async () => ({ default: (await import('../print/print-dialog.tsx')).PrintDialog }))

/** What is lit up right now, and the way to put it out. */
export function HighlightNotice() {
  const { t } = useWords()
  const highlights = useUi((state) => state.highlights)
  const clear = useUi((state) => state.clearEvidence)
  const count = highlights.reduce((sum, { fids }) => sum + fids.length, 0)
  return (
    <div aria-live="polite" className="map-notice">
      {count > 0 && (
        <div className="map-notice-card">
          <Lightbulb className="icon" aria-hidden />
          {t('workbench.highlighted', { count })}
          <IconButton size="small" label={t('workbench.clearHighlight')} onPress={clear}>
            <X className="icon" />
          </IconButton>
        </div>
      )}
    </div>
  )
}

/** The map sheet with what lies over it. */
export function MapPane({ planId, setup, reviewId }: { planId: PlanId; setup: MapSetup | null; reviewId: ReviewId | null }) {
  const { t, lang } = useWords()
  const highlights = useUi((state) => state.highlights)
  const marks = useDrawnWith(useMapMarks(planId, reviewId))
  const ask = useMapAsk(planId, setup)
  const isPrinting = usePrint((state) => state.isOpen)
  const drawn = useDrawnOverlays(planId)
  const proposed = useFlipShapes()
  const chosen = useLook(planId)
  const edit = useOptionMap(planId, setup, reviewId)
  const { look } = chosen
  const visible = useShownLayers(setup?.layers ?? NO_LAYERS, look)
  const named = useMemo(() => setup && { ...setup, layers: withNames(setup.layers, look) }, [setup, look])
  return (
    <section className="map-sheet" data-desk-panel tabIndex={-1} aria-label={t('workbench.mapPanel')}>
      {named && <MapWords planId={planId} setup={named} visible={visible} />}
      {setup && (
        <MapSlot
          planId={planId}
          setup={setup}
          visibleLayers={visible}
          highlights={highlights}
          overlay={proposed}
          marks={marks}
          lang={lang}
          edit={edit}
          ask={ask}
          chosen={chosen}
          link={deskLink}
          identify={ask.onBox === null && (edit === null || edit.tool === 'look')}
          {...drawn}
        />
      )}
      {edit && <WhatIfBanner />}
      <HighlightNotice />
      <DrawBar planId={planId} />
      <AskToolbar />
      {setup && <AskBar planId={planId} setup={setup} visible={visible} />}
      {setup && <MeasuredList setup={setup} />}
      {setup && isPrinting && (
        <Suspense>
          <PrintDialog
            planId={planId}
            frame={setup.frame}
            layerIds={[...visible]}
            reviewId={marks.shown.length > 0 ? reviewId : null}
          />
        </Suspense>
      )}
    </section>
  )
}
