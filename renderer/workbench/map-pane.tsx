import { Lightbulb, X } from 'lucide-react'
import { useMemo } from 'react'
import type { MapSetup } from '#core/contract/map-data.ts'
import type { PlanId } from '#core/model/ids.ts'
import { useWords } from '../i18n/use-words.ts'
import { useUi } from '../state/ui-store.ts'
import { IconButton } from '../ui/button.tsx'
import { useFlipShapes } from '../checklist/flip-store.ts'
import { MapSlot } from './map-slot.tsx'
import { visibleLayers } from './layer-visibility.ts'
import { useDrawnOverlays } from '../overlays/use-drawn-overlays.ts'

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
export function MapPane({ planId, setup }: { planId: PlanId; setup: MapSetup | null }) {
  const { t, lang } = useWords()
  const shown = useUi((state) => state.shownLayers)
  const hidden = useUi((state) => state.hiddenLayers)
  const highlights = useUi((state) => state.highlights)
  const drawn = useDrawnOverlays(planId)
  const proposed = useFlipShapes()
  const visible = useMemo(() => visibleLayers(setup?.layers ?? [], shown, hidden), [setup, shown, hidden])
  return (
    <section className="map-sheet" data-desk-panel tabIndex={-1} aria-label={t('workbench.mapPanel')}>
      {setup && (
        <MapSlot
          planId={planId}
          setup={setup}
          visibleLayers={visible}
          highlights={highlights}
          overlay={proposed}
          lang={lang}
          {...drawn}
        />
      )}
      <HighlightNotice />
    </section>
  )
}
