import { ArrowRightLeft } from 'lucide-react'
import type { RoundView } from '#core/contract/round-procedures.ts'
import type { PlanId } from '#core/model/ids.ts'
import { useCommand, useRead } from '../api/use-api.tsx'
import { versionsOf } from '../compare/versions.ts'
import { formatMoment } from '../format/format.ts'
import { planName } from '../format/plan-name.ts'
import { useWords } from '../i18n/use-words.ts'
import { useToasts } from '../state/toasts.ts'
import { Button } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { SelectField } from '../ui/fields.tsx'
import { JobProgress } from '../ui/job-progress.tsx'

const NO_PLAN = 'none'

interface EarlierPlanProps {
  planId: PlanId
  checklistId: string
  view: RoundView
}

/** Which plan this one answers, and the way to bring its findings along. */
export function EarlierPlan({ planId, checklistId, view }: EarlierPlanProps) {
  const { t, lang } = useWords()
  const plans = useRead('plans.list', {})
  const choose = useCommand('rounds.setEarlier')
  const start = useCommand('rounds.start')
  const toast = useToasts((state) => state.add)
  const versions = versionsOf(plans.data ?? [], planId).filter(({ id }) => id !== planId)
  const carry = async () => {
    const done = await start.run({ planId, checklistId })
    if (done) toast({ tone: 'done', text: t('rounds.carriedDone', { count: done.output.carried }) })
  }
  const error = choose.error ?? start.error ?? plans.error
  const isFirst = view.round === null
  return (
    <div className="round-head">
      <div className="round-choose">
        <SelectField<PlanId | typeof NO_PLAN>
          label={t('rounds.earlier')}
          value={view.round?.previousPlanId ?? NO_PLAN}
          placeholder={t('rounds.chooseEarlier')}
          disabled={view.carried.length > 0 || choose.busy || start.busy}
          choices={[
            { id: NO_PLAN, label: t('rounds.first') },
            ...versions.map((plan) => ({
              id: plan.id,
              label: `${planName(plan, lang)} · ${formatMoment(plan.importedAt, lang)}`,
            })),
          ]}
          onChange={(id) => void choose.run({ planId, previousPlanId: id === NO_PLAN ? null : id })}
        />
        <Button
          look={view.toCarry > 0 ? 'primary' : 'plain'}
          isDisabled={isFirst || start.busy || view.earlierReview === null}
          onPress={() => void carry()}
        >
          <ArrowRightLeft className="icon" aria-hidden />
          {view.toCarry > 0 ? t('rounds.carry', { count: view.toCarry }) : t('rounds.carryAgain')}
        </Button>
      </div>
      {versions.length === 0 && <p className="quiet">{t('compare.aloneText')}</p>}
      {!isFirst && view.earlierReview === null && <p className="round-note">{t('rounds.noEarlierReview')}</p>}
      {!isFirst && !view.isMeasured && view.toCarry > 0 && <p className="round-note">{t('rounds.measureFirst')}</p>}
      {start.busy && <JobProgress label={t('rounds.carrying')} progress={start.progress} onCancel={start.cancel} />}
      {error !== null && <ErrorNotice error={error} />}
    </div>
  )
}
