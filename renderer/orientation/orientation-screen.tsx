import { ClipboardCheck } from 'lucide-react'
import { useEffect } from 'react'
import type { PlanId } from '#core/model/ids.ts'
import type { Orientation } from '#core/review/orientation.ts'
import { useRead } from '../api/use-api.tsx'
import { planName } from '../format/plan-name.ts'
import { useWords } from '../i18n/use-words.ts'
import { useUi } from '../state/ui-store.ts'
import { Button } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { TopBar } from '../ui/top-bar.tsx'
import { usePreparedMap } from '../workbench/use-prepared-map.ts'
import { useReview } from '../workbench/use-review.ts'
import { ChangedCard } from './changed-card.tsx'
import { CompletenessCard } from './completeness-card.tsx'
import { NeedsCard } from './needs-card.tsx'
import { rememberFrontPage } from './opening.ts'
import { PlanCard } from './plan-card.tsx'
import { ScaleCard } from './scale-card.tsx'
import './orientation.css'

/** Everything on one page; each line leads to its place. */
export const OrientationCards = ({ page, checklistId }: { page: Orientation; checklistId: string }) => (
  <main className="orientation">
    <div className="orientation-columns">
      <NeedsCard page={page} checklistId={checklistId} />
      <PlanCard page={page} />
      <ScaleCard page={page} />
      <CompletenessCard page={page} />
      <ChangedCard page={page} />
    </div>
  </main>
)

/** What a plan is, how large and complete, what changed since the last round, and what waits for the reviewer. */
export function OrientationScreen({ planId }: { planId: PlanId }) {
  const { t, lang } = useWords()
  const go = useUi((state) => state.go)
  const review = useReview(planId)
  usePreparedMap(planId)
  const { checklistId } = review
  const page = useRead('orientation.get', { planId, checklistId }, { enabled: checklistId !== '' && review.state === 'ready' })
  const round = page.data && (page.data.round?.number ?? 1)
  useEffect(() => {
    if (round !== undefined) rememberFrontPage(planId, 'orientation', round)
  }, [planId, round])
  const error = page.error ?? (review.state === 'failed' ? review.error : null)
  return (
    <div className="screen">
      <TopBar
        title={t('orientation.title')}
        subtitle={page.data && planName(page.data.plan, lang)}
        back={{ page: 'catalogue' }}
        backLabel={t('catalogue.title')}
      >
        {/* One key leads on to the map: this is where a plan opens. */}
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
        <Button look="primary" autoFocus onPress={() => go({ page: 'plan', planId })}>
          <ClipboardCheck className="icon" aria-hidden />
          {t('orientation.toReview')}
        </Button>
      </TopBar>
      {error !== null && (
        <div className="screen-notice">
          <ErrorNotice error={error} onRetry={() => void page.refetch()} />
        </div>
      )}
      {error === null && page.data === undefined && <p className="panel-wait quiet">{t('common.loading')}</p>}
      {page.data && <OrientationCards page={page.data} checklistId={checklistId} />}
    </div>
  )
}
