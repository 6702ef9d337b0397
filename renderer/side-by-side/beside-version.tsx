import { X } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { MapSetup } from '#core/contract/map-data.ts'
import type { PlanSummary } from '#core/model/plan.ts'
import type { FeatureChange } from '#core/plan-diff/result.ts'
import { ComparisonPanel } from '../compare/comparison-panel.tsx'
import { movedTo } from '../compare/shapes.ts'
import { useChangeShapes } from '../compare/use-change-shapes.ts'
import { useComparison } from '../compare/use-comparison.ts'
import { planName } from '../format/plan-name.ts'
import { useWords } from '../i18n/use-words.ts'
import { IconButton } from '../ui/button.tsx'
import { visibleLayers } from '../workbench/layer-visibility.ts'
import { usePlanLook } from '../workbench/use-look.ts'
import { SidesDesk } from './sides-desk.tsx'
import { TwinMaps, type Half } from './twin-maps.tsx'

const NO_HIGHLIGHTS: never[] = []

interface Version {
  plan: PlanSummary
  setup: MapSetup
}

/** Two versions of a plan, with what changed between them. */
export function BesideVersion({ older, newer }: { older: Version; newer: Version }) {
  const { t, lang } = useWords()
  const looks = { older: usePlanLook(older.plan.id), newer: usePlanLook(newer.plan.id) }
  const running = useComparison(older.plan.id, newer.plan.id)
  const [wanted, setWanted] = useState<readonly FeatureChange[]>([])
  const from = { planId: older.plan.id, frame: older.setup.frame }
  const to = { planId: newer.plan.id, frame: newer.setup.frame }
  const { shapes, failed } = useChangeShapes(from, to, wanted)
  const olderShapes = useMemo(
    () => shapes.map(({ shape, tone }) => ({ shape: movedTo(shape, newer.setup.frame, older.setup.frame), tone })),
    [shapes, newer.setup.frame, older.setup.frame],
  )
  const halfOf = ({ plan, setup }: Version, which: 'older' | 'newer'): Omit<Half, 'overlay'> => ({
    planId: plan.id,
    setup,
    title: t(`sides.${which}`, { name: planName(plan, lang) }),
    visible: visibleLayers(setup.layers, looks[which]),
  })
  const maps = (
    <TwinMaps
      before={{ ...halfOf(older, 'older'), overlay: olderShapes }}
      after={{ ...halfOf(newer, 'newer'), overlay: shapes }}
      highlights={NO_HIGHLIGHTS}
    >
      <div className="row quiet" aria-live="polite">
        {shapes.length > 0 && (
          <>
            {t('compare.legend')}
            <IconButton size="small" label={t('compare.clear')} onPress={() => setWanted([])}>
              <X className="icon" />
            </IconButton>
          </>
        )}
        {failed && t('compare.shapesFailed')}
      </div>
    </TwinMaps>
  )
  return <SidesDesk changes={<ComparisonPanel running={running} onShow={setWanted} />} maps={maps} />
}
