import { MonitorCheck, Undo2 } from 'lucide-react'
import { useEffect } from 'react'
import type { PlanId } from '#core/model/ids.ts'
import type { WindowPanel } from '#core/windows/address.ts'
import { useRead } from '../api/use-api.tsx'
import { AttributeDock } from '../attributes/attribute-dock.tsx'
import { planName } from '../format/plan-name.ts'
import { useWords } from '../i18n/use-words.ts'
import { useUi } from '../state/ui-store.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/fields.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { MapPane } from '../workbench/map-pane.tsx'
import { ReviewPane } from '../workbench/review-pane.tsx'
import { StatusBar } from '../workbench/status-bar.tsx'
import { useShownReview } from '../workbench/use-review.ts'
import { useFollowing } from './use-following.ts'
import { sayToWindow } from './use-windows.ts'
import { useWindows } from './windows-store.ts'
import './windows.css'

/** Gives the panel back: the first window takes it, this one closes. */
function giveBack(): void {
  sayToWindow({ kind: 'bye' })
  useWindows.setState({ isReturned: true })
  window.close()
}

/** One panel of the desk alone, for the second screen, with furniture of its own. */
export function WindowScreen({ planId, panel }: { planId: PlanId; panel: WindowPanel }) {
  const { t, lang } = useWords()
  const plan = useRead('plans.get', { planId })
  const setup = useRead('map.setup', { planId }, { enabled: panel === 'map' })
  const review = useShownReview(planId)
  const { isFollowing, isReturned } = useWindows()
  const reviewId = review.state === 'ready' ? review.view.review.id : null
  useFollowing(planId, setup.data?.frame, panel === 'map')
  useEffect(() => {
    if (panel !== 'map') useUi.getState().showTab(panel)
  }, [panel])
  const error = plan.error ?? setup.error
  const name = plan.data ? planName(plan.data.plan, lang) : ''
  return (
    <div className="screen window-screen">
      <header className="window-head">
        <h1>
          {t(`windows.panel_${panel}`)}
          <span className="quiet">{name}</span>
        </h1>
        <span className="spacer" />
        {panel === 'map' && (
          <Checkbox isSelected={isFollowing} onChange={(on) => useWindows.setState({ isFollowing: on })}>
            {t('windows.follow')}
          </Checkbox>
        )}
        <Button size="small" onPress={giveBack}>
          <Undo2 className="icon" aria-hidden />
          {t('windows.giveBack')}
        </Button>
      </header>
      {error !== null && <ErrorNotice error={error} onRetry={() => void plan.refetch()} />}
      <main className="window-main">
        {isReturned ? (
          <EmptyState icon={MonitorCheck} title={t('windows.returned')}>
            <p>{t('windows.returnedHint')}</p>
          </EmptyState>
        ) : panel === 'map' ? (
          <AttributeDock planId={planId}>
            <MapPane planId={planId} setup={setup.data ?? null} reviewId={reviewId} />
          </AttributeDock>
        ) : (
          <ReviewPane planId={planId} review={review} />
        )}
      </main>
      <StatusBar plan={plan.data?.plan ?? null} />
    </div>
  )
}
