import { GitCompareArrows, Repeat2 } from 'lucide-react'
import { useState } from 'react'
import type { CarriedFinding, RoundView } from '#core/contract/round-procedures.ts'
import type { FindingId, PlanId } from '#core/model/ids.ts'
import { useRead } from '../api/use-api.tsx'
import { planName } from '../format/plan-name.ts'
import { useWords } from '../i18n/use-words.ts'
import { useUi } from '../state/ui-store.ts'
import { Button } from '../ui/button.tsx'
import { Desk, type DeskPanel } from '../ui/desk.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { TopBar } from '../ui/top-bar.tsx'
import { useReview } from '../workbench/use-review.ts'
import { AdoptionTable } from './adoption-table.tsx'
import { CarriedList } from './carried-list.tsx'
import { CarriedMaps } from './carried-maps.tsx'
import { EarlierPlan } from './earlier-plan.tsx'
import { RaisedList } from './raised-list.tsx'
import { ScoreComparison } from './score-comparison.tsx'
import './rounds.css'

type Part = 'carried' | 'raised' | 'scores' | 'adoption'

interface PartsProps {
  view: RoundView
  planId: PlanId
  checklistId: string
  planTitle: string
}

function Carried({ view, planId, before }: { view: RoundView; planId: PlanId; before: PlanId }) {
  const { t } = useWords()
  const [chosen, setChosen] = useState<FindingId | null>(null)
  // A copy for each wish: asking for the same finding again moves the maps there again.
  const [wanted, setWanted] = useState<CarriedFinding | null>(null)
  const list = (
    <section className="panel" data-desk-panel tabIndex={-1} aria-label={t('rounds.carried')}>
      <div className="panel-scroll round-list">
        <CarriedList
          view={view}
          chosen={chosen}
          onChoose={(row) => {
            setChosen(row.finding.id)
            setWanted({ ...row })
          }}
        />
      </div>
    </section>
  )
  const panels: readonly DeskPanel[] = [
    { id: 'round-findings', content: list, size: '46%', least: '340px', stackedAt: 0 },
    {
      id: 'round-maps',
      kind: 'map',
      content: <CarriedMaps before={before} after={planId} wanted={wanted} />,
      least: '300px',
      stackedAt: 1,
    },
  ]
  return <Desk id="round" panels={panels} />
}

function Parts({ view, planId, checklistId, planTitle }: PartsProps) {
  const { t } = useWords()
  const [part, setPart] = useState<Part>('carried')
  const before = view.earlier?.id ?? null
  const late = [...view.raised, ...view.carried].filter(({ notes }) => notes.length > 0).length
  return (
    <>
      <div className="round-parts">
        <Segmented<Part>
          label={t('rounds.parts')}
          value={part}
          segments={[
            { id: 'carried', label: `${t('rounds.carried')} ${view.carried.length}` },
            {
              id: 'raised',
              label: late > 0 ? `${t('rounds.raised')} ${view.raised.length} (!)` : `${t('rounds.raised')} ${view.raised.length}`,
            },
            { id: 'scores', label: t('rounds.scores') },
            { id: 'adoption', label: t('rounds.adoption') },
          ]}
          onChange={setPart}
        />
      </div>
      {part === 'carried' && before !== null ? (
        <Carried view={view} planId={planId} before={before} />
      ) : (
        <main className="round-page">
          {part === 'raised' && <RaisedList view={view} />}
          {part === 'scores' &&
            (view.scores ? <ScoreComparison scores={view.scores} /> : <p className="quiet">{t('rounds.noEarlierReview')}</p>)}
          {part === 'adoption' && (
            <AdoptionTable rows={view.adoption} planId={planId} checklistId={checklistId} planTitle={planTitle} />
          )}
        </main>
      )}
    </>
  )
}

/** A plan that was submitted again: findings of the earlier round, what is new, scores of both, and what was adopted. */
export function RoundScreen({ planId }: { planId: PlanId }) {
  const { t, lang } = useWords()
  const go = useUi((state) => state.go)
  const plan = useRead('plans.get', { planId })
  const review = useReview(planId)
  const { checklistId } = review
  const round = useRead('rounds.get', { planId, checklistId }, { enabled: review.state === 'ready' })
  const title = plan.data ? planName(plan.data.plan, lang) : ''
  const error = plan.error ?? (review.state === 'failed' ? review.error : null) ?? round.error
  const view = round.data
  return (
    <div className="screen">
      <TopBar
        title={view?.round ? t('rounds.titleOf', { number: view.round.number }) : t('rounds.title')}
        subtitle={title}
        back={{ page: 'plan', planId }}
      >
        <Button
          isDisabled={view?.earlier == null}
          onPress={() => go({ page: 'compare', planId, beforeId: view?.earlier?.id ?? null })}
        >
          <GitCompareArrows className="icon" aria-hidden />
          {t('compare.title')}
        </Button>
      </TopBar>
      {error !== null && (
        <div className="screen-notice">
          <ErrorNotice error={error} />
        </div>
      )}
      {error === null && view === undefined && <p className="panel-wait quiet">{t('common.loading')}</p>}
      {view && <EarlierPlan planId={planId} checklistId={checklistId} view={view} />}
      {view?.round && <Parts view={view} planId={planId} checklistId={checklistId} planTitle={title} />}
      {view && view.round === null && (
        <EmptyState icon={Repeat2} title={t('rounds.isFirst')}>
          <p className="quiet">{t('rounds.isFirstText')}</p>
        </EmptyState>
      )}
    </div>
  )
}
