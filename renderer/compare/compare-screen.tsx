import { ArrowLeftRight, GitCompareArrows } from 'lucide-react'
import { useState } from 'react'
import type { PlanId } from '#core/model/ids.ts'
import type { PlanSummary } from '#core/model/plan.ts'
import type { PlanComparison } from '#core/plan-diff/compare-plans.ts'
import type { FeatureChange, LayerComparison } from '#core/plan-diff/result.ts'
import { useRead } from '../api/use-api.tsx'
import { formatMoment } from '../format/format.ts'
import { planName } from '../format/plan-name.ts'
import { useWords } from '../i18n/use-words.ts'
import { useUi } from '../state/ui-store.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Desk, type DeskPanel } from '../ui/desk.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { SelectField } from '../ui/fields.tsx'
import { JobProgress } from '../ui/job-progress.tsx'
import { TopBar } from '../ui/top-bar.tsx'
import { ChangeList } from './change-list.tsx'
import { CompareMap } from './compare-map.tsx'
import { SummaryTable } from './summary-table.tsx'
import { useComparison } from './use-comparison.ts'
import { previousVersion, versionsOf } from './versions.ts'
import { hasChanges } from './words.ts'

interface Pair {
  planId: PlanId
  beforeId: PlanId | null
}

/** Two plans of one city, and the way to exchange them. */
function Chooser({ plans, planId, beforeId }: Pair & { plans: readonly PlanSummary[] }) {
  const { t, lang } = useWords()
  const go = useUi((state) => state.go)
  const versions = versionsOf(plans, planId)
  const choices = versions.map((plan) => ({
    id: plan.id,
    label: `${planName(plan, lang)} · ${formatMoment(plan.importedAt, lang)}`,
  }))
  const open = (before: PlanId | null, after: PlanId) => go({ page: 'compare', planId: after, beforeId: before })
  return (
    <div className="compare-chooser">
      <SelectField
        label={t('compare.older')}
        value={beforeId}
        choices={choices.filter(({ id }) => id !== planId)}
        placeholder={t('compare.choose')}
        onChange={(id) => open(id, planId)}
      />
      <IconButton
        label={t('compare.swap')}
        isDisabled={beforeId === null}
        onPress={() => beforeId !== null && open(planId, beforeId)}
      >
        <ArrowLeftRight className="icon" />
      </IconButton>
      <SelectField
        label={t('compare.newer')}
        value={planId}
        choices={choices.filter(({ id }) => id !== beforeId)}
        placeholder={t('compare.choose')}
        onChange={(id) => open(beforeId, id)}
      />
    </div>
  )
}

/** What changed, layer by layer: the table over the list of one layer. */
function Results({ comparison, onShow }: { comparison: PlanComparison; onShow: (changes: readonly FeatureChange[]) => void }) {
  const { t, say } = useWords()
  const [chosen, setChosen] = useState<LayerComparison | null>(null)
  const changed = comparison.layers.filter(hasChanges)
  const layer = chosen !== null && changed.includes(chosen) ? chosen : (changed[0] ?? null)
  return (
    <>
      {comparison.notes.map(({ code, text }) => (
        <p key={code} className="compare-note quiet">
          {say(text)}
        </p>
      ))}
      <SummaryTable comparison={comparison} chosen={layer} onChoose={setChosen} />
      {layer ? (
        <ChangeList key={`${layer.role}-${layer.kind}`} layer={layer} onShow={onShow} />
      ) : (
        <EmptyState icon={GitCompareArrows} title={t('compare.same')} />
      )}
    </>
  )
}

function Comparison({ planId, beforeId }: { planId: PlanId; beforeId: PlanId }) {
  const { t } = useWords()
  const { comparison, busy, progress, cancel, error, start } = useComparison(beforeId, planId)
  const [wanted, setWanted] = useState<readonly FeatureChange[]>([])
  const results = (
    <section className="panel" data-desk-panel tabIndex={-1} aria-label={t('compare.results')}>
      <div className="panel-scroll compare-results" aria-busy={busy}>
        {busy && <JobProgress label={t('compare.running')} progress={progress} onCancel={cancel} />}
        {error !== null && <ErrorNotice error={error} onRetry={start} />}
        {!busy && error === null && comparison === null && (
          <EmptyState icon={GitCompareArrows} title={t('compare.cancelled')}>
            <Button onPress={start}>{t('compare.again')}</Button>
          </EmptyState>
        )}
        {/* A copy: asking for the same changes again moves the map there again. */}
        {comparison && <Results comparison={comparison} onShow={(changes) => setWanted([...changes])} />}
      </div>
    </section>
  )
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
  const plans = useRead('plans.list', {})
  const before = beforeId ?? (plans.data ? previousVersion(plans.data, planId) : null)
  return (
    <div className="screen">
      <TopBar title={t('compare.title')} back={{ page: 'catalogue' }} />
      {plans.error && <ErrorNotice error={plans.error} onRetry={() => void plans.refetch()} />}
      {plans.data && <Chooser plans={plans.data} planId={planId} beforeId={before} />}
      {plans.data && before === null && (
        <EmptyState icon={GitCompareArrows} title={t('compare.alone')}>
          <p className="quiet">{t('compare.aloneText')}</p>
        </EmptyState>
      )}
      {before !== null && <Comparison key={`${before}/${planId}`} planId={planId} beforeId={before} />}
    </div>
  )
}
