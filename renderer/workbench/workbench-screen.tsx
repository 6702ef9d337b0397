import { Group, Panel, Separator } from 'react-resizable-panels'
import type { PlanId } from '#core/model/ids.ts'
import { useRead } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { AnalysisBar, useAnalysis } from './analysis.tsx'
import { LayersPanel } from './layers-panel.tsx'
import { MapPane } from './map-pane.tsx'
import { ReviewPane } from './review-pane.tsx'
import { StatusBar } from './status-bar.tsx'
import { Toolbar } from './toolbar.tsx'
import { useReview } from './use-review.ts'

/** The reviewer's desk: layers, map, and the review beside each other, each as wide as its reader likes. */
export function WorkbenchScreen({ planId }: { planId: PlanId }) {
  const { t } = useWords()
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
      <Group className="workbench" orientation="horizontal" id="workbench">
        <Panel
          id="layers"
          className="pane"
          defaultSize="230px"
          minSize="170px"
          maxSize="420px"
          groupResizeBehavior="preserve-pixel-size"
        >
          <LayersPanel setup={setup.data ?? null} error={setup.error} onRetry={() => void setup.refetch()} />
        </Panel>
        <Separator className="divider" aria-label={t('common.resize')} />
        <Panel id="map" className="pane map-pane" minSize="240px">
          <MapPane planId={planId} setup={setup.data ?? null} />
        </Panel>
        <Separator className="divider" aria-label={t('common.resize')} />
        <Panel id="review" className="pane" defaultSize="440px" minSize="340px" groupResizeBehavior="preserve-pixel-size">
          <ReviewPane review={review} />
        </Panel>
      </Group>
      <StatusBar plan={plan.data?.plan ?? null} />
    </div>
  )
}
