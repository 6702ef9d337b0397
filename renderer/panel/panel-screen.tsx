import { useMemo, useState } from 'react'
import type { MapSetup } from '#core/contract/map-data.ts'
import type { PanelView } from '#core/contract/panel-procedures.ts'
import type { PlanId } from '#core/model/ids.ts'
import { contention } from '#core/review/contention.ts'
import { useRead } from '../api/use-api.tsx'
import { planName } from '../format/plan-name.ts'
import { useWords } from '../i18n/use-words.ts'
import { useUi } from '../state/ui-store.ts'
import { Desk, type DeskPanel } from '../ui/desk.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { TopBar } from '../ui/top-bar.tsx'
import { UndoButtons } from '../history/undo-buttons.tsx'
import { ChecklistChooser } from '../workbench/checklist-chooser.tsx'
import { useReview, type OpenReview } from '../workbench/use-review.ts'
import { AgreementPart, Calibration } from './agreement.tsx'
import { ContentionPane } from './contention-pane.tsx'
import { DisagreementTable } from './disagreement-table.tsx'
import { Members, type PanelKey } from './members.tsx'
import { Consolidated } from './opinion.tsx'
import './panel.css'

interface DeskProps {
  panel: PanelView
  panelKey: PanelKey
  review: OpenReview
  setup: MapSetup
  lists: ReturnType<typeof useReview>['lists']
}

/** Who takes part, where they differ, and where that lies on the map. */
function PanelDesk({ panel, panelKey, review, setup, lists }: DeskProps) {
  const { t } = useWords()
  const chooseChecklist = useUi((state) => state.chooseChecklist)
  const [chosen, setChosen] = useState<string | null>(null)
  const [only, setOnly] = useState<readonly string[] | null>(null)
  const { checklist, view } = review
  const { measurements } = view
  const { disagreements: standings } = panel
  const features = useMemo(() => contention(standings, checklist, measurements), [standings, checklist, measurements])
  const people = (
    <section className="panel" data-desk-panel tabIndex={-1} aria-label={t('panel.members')}>
      <ChecklistChooser lists={lists} value={panelKey.checklistId} onChange={chooseChecklist} />
      <div className="panel-scroll panel-people">
        <Members panel={panel} panelKey={panelKey} leadFindings={view.findings.filter(({ withdrawn }) => !withdrawn).length} />
        <Consolidated panel={panel} panelKey={panelKey} />
        <AgreementPart panel={panel} />
        <Calibration panel={panel} checklist={checklist} />
      </div>
    </section>
  )
  const table = (
    <DisagreementTable
      panel={panel}
      checklist={checklist}
      panelKey={panelKey}
      chosen={chosen}
      only={only}
      onChoose={setChosen}
      onShowAll={() => setOnly(null)}
    />
  )
  const map = (
    <ContentionPane
      planId={panelKey.planId}
      setup={setup}
      features={features}
      isWaiting={panel.waiting > 0}
      onPick={({ items }) => {
        setOnly(items)
        setChosen(items[0] ?? null)
      }}
    />
  )
  const panels: readonly DeskPanel[] = [
    { id: 'people', content: people, size: '336px', least: '280px', most: '480px', stackedAt: 0 },
    { id: 'standings', content: table, least: '420px', stackedAt: 1 },
    { id: 'contention', kind: 'map', content: map, size: '26%', least: '240px', stackedAt: 2 },
  ]
  return <Desk id="panel-desk" panels={panels} />
}

/** The panel of experts over a plan: members, differences, agreement, and what the lead makes of it. */
export function PanelScreen({ planId }: { planId: PlanId }) {
  const { t, lang } = useWords()
  const plan = useRead('plans.get', { planId })
  const setup = useRead('map.setup', { planId })
  const review = useReview(planId)
  const { checklistId } = review
  const panelKey = useMemo(() => ({ planId, checklistId }), [planId, checklistId])
  // The lead's review is there before the panel is asked: the panel's figures come of it.
  const panel = useRead('panel.get', panelKey, { enabled: review.state === 'ready' })
  const failed = [plan, setup, panel].find(({ error }) => error !== null)
  return (
    <div className="screen">
      <TopBar
        title={t('panel.title')}
        subtitle={plan.data && planName(plan.data.plan, lang)}
        back={{ page: 'plan', planId }}
        backLabel={t('results.backToReview')}
      >
        <UndoButtons />
      </TopBar>
      {failed && (
        <div className="screen-notice">
          <ErrorNotice error={failed.error} onRetry={() => void failed.refetch()} />
        </div>
      )}
      {review.state === 'failed' && (
        <div className="screen-notice">
          <ErrorNotice error={review.error} onRetry={review.retry} />
        </div>
      )}
      {review.state === 'ready' && setup.data && panel.data && (
        <PanelDesk panel={panel.data} panelKey={panelKey} review={review} setup={setup.data} lists={review.lists} />
      )}
    </div>
  )
}
