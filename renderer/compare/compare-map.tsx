import { Lightbulb, X } from 'lucide-react'
import { useMemo } from 'react'
import { FRESH_LOOK } from '#core/map/look.ts'
import type { PlanId } from '#core/model/ids.ts'
import type { FeatureChange } from '#core/plan-diff/result.ts'
import { useRead } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { IconButton } from '../ui/button.tsx'
import { visibleLayers } from '../workbench/layer-visibility.ts'
import { MapSlot } from '../workbench/map-slot.tsx'
import { useChangeShapes } from './use-change-shapes.ts'

const NO_LAYERS: ReadonlySet<never> = new Set()
const NO_HIGHLIGHTS: never[] = []

interface CompareMapProps {
  before: PlanId
  after: PlanId
  /** What to mark; a new list is a new wish, even for the same changes. */
  wanted: readonly FeatureChange[]
  onClear: () => void
}

/** The newer plan's map with the outlines of changes over it: newer ones in red, older ones dashed. */
export function CompareMap({ before, after, wanted, onClear }: CompareMapProps) {
  const { t, lang } = useWords()
  const setup = useRead('map.setup', { planId: after })
  const older = useRead('plans.get', { planId: before })
  const { shapes, failed } = useChangeShapes(
    { planId: before, frame: older.data?.plan.frame },
    { planId: after, frame: setup.data?.frame },
    wanted,
  )
  const visible = useMemo(() => (setup.data ? visibleLayers(setup.data.layers, FRESH_LOOK) : NO_LAYERS), [setup.data])
  return (
    <section className="map-sheet" data-desk-panel tabIndex={-1} aria-label={t('compare.mapPanel')}>
      {setup.data && (
        <MapSlot
          planId={after}
          setup={setup.data}
          visibleLayers={visible}
          highlights={NO_HIGHLIGHTS}
          overlay={shapes}
          lang={lang}
        />
      )}
      <div aria-live="polite" className="map-notice">
        {shapes.length > 0 && (
          <div className="map-notice-card">
            <Lightbulb className="icon" aria-hidden />
            <span>{t('compare.shown', { count: wanted.length })}</span>
            <span className="quiet">{t('compare.legend')}</span>
            <IconButton size="small" label={t('compare.clear')} onPress={onClear}>
              <X className="icon" />
            </IconButton>
          </div>
        )}
        {failed && <div className="map-notice-card">{t('compare.shapesFailed')}</div>}
      </div>
    </section>
  )
}
