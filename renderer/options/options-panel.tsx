import { GitBranch, Plus, ShieldCheck } from 'lucide-react'
import type { PlanOption } from '#core/review/option.ts'
import { useCommand, useRead } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { JobProgress } from '../ui/job-progress.tsx'
import type { OpenReview } from '../workbench/use-review.ts'
import { EditSection } from './edit-section.tsx'
import { LiveResult } from './live-result.tsx'
import { OptionBar } from './option-bar.tsx'
import { useOptions, type Loading } from './option-store.ts'
import { StepList } from './steps.tsx'
import { useOptionList, useOptionView } from './use-option.ts'
import './options.css'

function NoOptions({ review }: { review: OpenReview }) {
  const { t } = useWords()
  const add = useCommand('options.add')
  const start = async () => {
    const done = await add.run({ reviewId: review.view.review.id, name: '', copyOf: null })
    if (done) useOptions.getState().open(done.output.id)
  }
  return (
    <EmptyState icon={GitBranch} title={t('options.none')}>
      <p>{t('options.noneText')}</p>
      <Button look="primary" isDisabled={add.busy} onPress={() => void start()}>
        <Plus className="icon" aria-hidden />
        {t('options.start')}
      </Button>
      {add.error !== null && <ErrorNotice error={add.error} onDismiss={add.reset} />}
    </EmptyState>
  )
}

interface LoadingOptionProps {
  loading: Loading | null
  isStopped: boolean
  onAgain: () => void
}

/** A large plan takes a while: how far it is, and the way to stop and to begin again. */
export function LoadingOption({ loading, isStopped, onAgain }: LoadingOptionProps) {
  const { t } = useWords()
  return (
    <div className="option-part">
      {isStopped ? (
        <>
          <p>{t('options.loadingStopped')}</p>
          <div>
            <Button size="small" onPress={onAgain}>
              {t('options.loadAgain')}
            </Button>
          </div>
        </>
      ) : (
        <>
          <JobProgress label={t('options.loading')} progress={loading?.progress ?? null} onCancel={() => loading?.cancel()} />
          <p className="quiet">{t('options.loadingHint')}</p>
        </>
      )}
    </div>
  )
}

function OpenOption({ option, review }: { option: PlanOption; review: OpenReview }) {
  const { t } = useWords()
  const { planId } = review.view.review
  const setup = useRead('map.setup', { planId })
  const { data, error, isStopped, isFetching, refetch } = useOptionView(option.id)
  const loading = useOptions((state) => state.loading)
  const again = () => void refetch()
  const changed =
    option.summary !== undefined &&
    data !== undefined &&
    data.steps.map(({ id }) => id).join() !== option.summary.steps.map(({ id }) => id).join()
  return (
    <>
      {changed && <p className="notice warn">{t('options.changedSince')}</p>}
      {error && <ErrorNotice error={error} onRetry={again} />}
      {!data && !error && <LoadingOption loading={loading} isStopped={isStopped} onAgain={again} />}
      {data && isFetching && loading?.progress && <LoadingOption loading={loading} isStopped={false} onAgain={again} />}
      {data && <LiveResult view={data} review={review} />}
      {setup.data && <EditSection planId={planId} setup={setup.data} optionId={option.id} />}
      {data && <StepList steps={data.steps} />}
    </>
  )
}

/** What if: options over the submitted plan, edited on the map, re-scored at once. */
export function OptionsPanel({ review }: { review: OpenReview }) {
  const { t } = useWords()
  const { options, option, error } = useOptionList(review.view.review.id)
  return (
    <div className="panel-scroll options">
      <p className="notice good">
        <ShieldCheck className="icon" aria-hidden />
        <span className="notice-body">{t('options.safe')}</span>
      </p>
      {error !== null && <ErrorNotice error={error} />}
      {options?.length === 0 && <NoOptions review={review} />}
      {option && options && <OptionBar options={options} option={option} review={review} />}
      {option && <OpenOption key={option.id} option={option} review={review} />}
    </div>
  )
}
