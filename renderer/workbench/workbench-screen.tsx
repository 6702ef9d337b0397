import { ArrowLeft } from 'lucide-react'
import { useDeferredValue, useEffect } from 'react'
import type { PlanId } from '#core/model/ids.ts'
import { definedOnly } from '#core/without.ts'
import type { WindowPanel } from '#core/windows/address.ts'
import { useRead } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { useUi } from '../state/ui-store.ts'
import { Button } from '../ui/button.tsx'
import { useAttributes } from '../attributes/attribute-store.ts'
import { useFindings } from '../findings/findings-store.ts'
import { AwayBar } from '../windows/away-card.tsx'
import { useFollowing } from '../windows/use-following.ts'
import { useWindows } from '../windows/windows-store.ts'
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

/** The panels that stand in this window; where the widest is away, the last one takes the room. */
function hereOf(panels: readonly DeskPanel[], away: WindowPanel | null, hasMiddle: boolean): DeskPanel[] {
  const isReviewAway = away === 'checklist' || away === 'findings'
  const here = panels.filter(({ id }) => (id === 'map' ? hasMiddle : id !== 'review' || !isReviewAway))
  if (here.some(({ size }) => size === undefined)) return here
  return here.map(({ size, most, ...panel }, at) =>
    at === here.length - 1 ? panel : { ...panel, ...definedOnly({ size, most }) },
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
  const away = useWindows((state) => state.away)
  const isMapHere = useWindows((state) => state.away !== 'map' || state.isHereToo)
  const hasAttributes = useAttributes((state) => state.isOpen)
  const hasFindings = useFindings((state) => state.isDocked)
  useFollowing(planId, setup.data?.frame, away === 'map' && isMapHere)
  // The map comes first: its tiles are on their way while the panels beside it are made.
  const hasPanels = useDeferredValue(true, false)
  if (plan.error) return <PlanGone error={plan.error} onRetry={() => void plan.refetch()} />
  const layers = (
    <LayersPanel planId={planId} setup={setup.data ?? null} error={setup.error} onRetry={() => void setup.refetch()} />
  )
  const side = <SidePanel layers={layers} overlays={<OverlaysPanel planId={planId} />} />
  const above =
    isMapHere || hasAttributes ? (
      <AttributeDock planId={planId}>
        {isMapHere ? <MapPane planId={planId} setup={setup.data ?? null} reviewId={reviewId} /> : null}
      </AttributeDock>
    ) : null
  const map = <FindingsDock review={review.state === 'ready' ? review : null}>{above}</FindingsDock>
  const panels: readonly DeskPanel[] = [
    { id: 'layers', content: hasPanels && side, size: '310px', least: '200px', most: '480px', stackedAt: 2 },
    { id: 'map', kind: 'map', content: map, least: '240px', stackedAt: 0 },
    {
      id: 'review',
      content: hasPanels && <ReviewPane planId={planId} review={review} />,
      size: '440px',
      least: '340px',
      stackedAt: 1,
    },
  ]
  // Panels that come and go begin with the widths of a new desk.
  const here = hereOf(panels, away, isMapHere || hasAttributes || hasFindings)
  return (
    <div className="screen">
      <Toolbar planId={planId} plan={plan.data?.plan ?? null} analysis={analysis} measured={measured} />
      <AnalysisBar analysis={analysis} />
      <AwayBar planId={planId} />
      <Desk key={here.map(({ id }) => id).join()} id="workbench" panels={here} />
      <StatusBar plan={plan.data?.plan ?? null} />
    </div>
  )
}
