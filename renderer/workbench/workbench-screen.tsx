import type { PlanId } from '#core/model/ids.ts'
import { useRead } from '../api/use-api.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { AnalysisBar, useAnalysis } from './analysis.tsx'
import { Desk } from './desk.tsx'
import { LayersPanel } from './layers-panel.tsx'
import { MapPane } from './map-pane.tsx'
import { ReviewPane } from './review-pane.tsx'
import { StatusBar } from './status-bar.tsx'
import { Toolbar } from './toolbar.tsx'
import { useReview } from './use-review.ts'

/** A plan under review: toolbar, desk and status line. */
export function WorkbenchScreen({ planId }: { planId: PlanId }) {
  const plan = useRead('plans.get', { planId })
  const setup = useRead('map.setup', { planId })
  const review = useReview(planId)
  const analysis = useAnalysis(planId)
  const measured = review.state === 'ready' && review.view.measurements.length > 0
  return (
    <div className="screen">
      <Toolbar planId={planId} plan={plan.data?.plan ?? null} analysis={analysis} measured={measured} />
      <AnalysisBar analysis={analysis} />
      {plan.error && (
        <div className="screen-notice">
          <ErrorNotice error={plan.error} onRetry={() => void plan.refetch()} />
        </div>
      )}
      <Desk
        layers={<LayersPanel setup={setup.data ?? null} error={setup.error} onRetry={() => void setup.refetch()} />}
        map={<MapPane planId={planId} setup={setup.data ?? null} />}
        review={<ReviewPane review={review} />}
      />
      <StatusBar plan={plan.data?.plan ?? null} />
    </div>
  )
}
