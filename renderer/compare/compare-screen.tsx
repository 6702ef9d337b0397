import { Columns2, GitCompareArrows } from 'lucide-react'
import { useState } from 'react'
import type { PlanId } from '#core/model/ids.ts'
import type { FeatureChange } from '#core/plan-diff/result.ts'
import { useRead } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { useUi } from '../state/ui-store.ts'
import { Button } from '../ui/button.tsx'
import { Desk, type DeskPanel } from '../ui/desk.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { TopBar } from '../ui/top-bar.tsx'
import { CompareMap } from './compare-map.tsx'
import { ComparisonPanel } from './comparison-panel.tsx'
import { useComparison } from './use-comparison.ts'
import { VersionChooser } from './version-chooser.tsx'
import { previousVersion } from './versions.ts'

interface Pair {
  planId: PlanId
  beforeId: PlanId | null
}

function Comparison({ planId, beforeId }: { planId: PlanId; beforeId: PlanId }) {
  const running = useComparison(beforeId, planId)
  const [wanted, setWanted] = useState<readonly FeatureChange[]>([])
  const results = <ComparisonPanel running={running} onShow={(changes) => setWanted(changes)} />
  const map = <CompareMap before={beforeId} after={planId} wanted={wanted} onClear={() => setWanted([])} />
  const panels: readonly DeskPanel[] = [
    { id: 'changes', content: results, size: '46%', least: '360px' },
    { id: 'compare-map', kind: 'map', content: map, least: '240px' },
  ]
  return <Desk id="compare" panels={panels} />
}

/** Two versions of a plan side by side: what changed, with areas, and where. */
export function CompareScreen({ planId, beforeId }: Pair) {
  const { t } = useWords()
  const go = useUi((state) => state.go)
  const plans = useRead('plans.list', {})
  const before = beforeId ?? (plans.data ? previousVersion(plans.data, planId) : null)
  return (
    <div className="screen">
      <TopBar title={t('compare.title')} back={{ page: 'catalogue' }}>
        <Button isDisabled={before === null} onPress={() => go({ page: 'sides', planId, beforeId: before })}>
          <Columns2 className="icon" aria-hidden />
          {t('sides.openVersions')}
        </Button>
      </TopBar>
      {plans.error && <ErrorNotice error={plans.error} onRetry={() => void plans.refetch()} />}
      {plans.data && (
        <VersionChooser
          plans={plans.data}
          planId={planId}
          beforeId={before}
          onChoose={(older, newer) => go({ page: 'compare', planId: newer, beforeId: older })}
        />
      )}
      {plans.data && before === null && (
        <EmptyState icon={GitCompareArrows} title={t('compare.alone')}>
          <p className="quiet">{t('compare.aloneText')}</p>
        </EmptyState>
      )}
      {before !== null && <Comparison key={`${before}/${planId}`} planId={planId} beforeId={before} />}
    </div>
  )
}
