import { ArrowLeft } from 'lucide-react'
import { useEffect } from 'react'
import type { PlanId } from '#core/model/ids.ts'
import { useRead } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { useUi } from '../state/ui-store.ts'
import { Button } from '../ui/button.tsx'
import { Desk, type DeskPanel } from '../ui/desk.tsx'
import { AttributeDock } from '../attributes/attribute-dock.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { FindingsDock } from '../findings/findings-dock.tsx'
import { rememberFrontPage } from '../orientation/opening.ts'
import { OverlaysPanel } from '../overlays/overlays-panel.tsx'
import { SidePanel } from '../overlays/side-panel.tsx'
import { AnalysisBar, useAnalysis } from './analysis.tsx'
import { LayersPanel } from './layers-panel.tsx'
import { MapPane } from './map-pane.tsx'
import { ReviewPane } from './review-pane.tsx'
import { StatusBar } from './status-bar.tsx'
import { Toolbar } from './toolbar.tsx'
import { useShownReview } from './use-review.ts'

/** An address that leads nowhere: says so once, and leads back. */
function PlanGone({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useWords()
  const go = useUi((state) => state.go)
  return (
    <main className="lost">
      <div className="stack">
        <ErrorNotice error={error} onRetry={onRetry} />
        <Button onPress={() => go({ page: 'catalogue' })}>
          <ArrowLeft className="icon" aria-hidden />
          {t('catalogue.title')}
        </Button>
      </div>
    </main>
  )
}

/** A plan under review: toolbar, desk and status line. */
export function WorkbenchScreen({ planId }: { planId: PlanId }) {
  useEffect(() => rememberFrontPage(planId, 'plan'), [planId])
  const plan = useRead('plans.get', { planId })
  const setup = useRead('map.setup', { planId })
  const review = useShownReview(planId)
  const analysis = useAnalysis(planId)
  const measured = review.state === 'ready' && review.view.measurements.length > 0
  const reviewId = review.state === 'ready' ? review.view.review.id : null
  if (plan.error) return <PlanGone error={plan.error} onRetry={() => void plan.refetch()} />
  const layers = (
    <LayersPanel planId={planId} setup={setup.data ?? null} error={setup.error} onRetry={() => void setup.refetch()} />
  )
  const side = <SidePanel layers={layers} overlays={<OverlaysPanel planId={planId} />} />
  const map = (
    <FindingsDock review={review.state === 'ready' ? review : null}>
      <AttributeDock planId={planId}>
        <MapPane planId={planId} setup={setup.data ?? null} reviewId={reviewId} />
      </AttributeDock>
    </FindingsDock>
  )
  const panels: readonly DeskPanel[] = [
    { id: 'layers', content: side, size: '310px', least: '200px', most: '480px', stackedAt: 2 },
    { id: 'map', kind: 'map', content: map, least: '240px', stackedAt: 0 },
    { id: 'review', content: <ReviewPane planId={planId} review={review} />, size: '440px', least: '340px', stackedAt: 1 },
  ]
  return (
    <div className="screen">
      <Toolbar planId={planId} plan={plan.data?.plan ?? null} analysis={analysis} measured={measured} />
      <AnalysisBar analysis={analysis} />
      <Desk id="workbench" panels={panels} />
      <StatusBar plan={plan.data?.plan ?? null} />
    </div>
  )
}
