import type { ReactNode } from 'react'
import type { PlanId } from '#core/model/ids.ts'
import { useRead } from '../api/use-api.tsx'
import { planName } from '../format/plan-name.ts'
import { useWords } from '../i18n/use-words.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { TopBar } from '../ui/top-bar.tsx'

interface PlanScreenProps {
  planId: PlanId
  title: string
  /** What the screen waits for beside the plan itself; the first that failed is told, and can be tried again. */
  reads: readonly { error: Error | null; refetch: () => Promise<unknown> }[]
  children: ReactNode
}

/** A screen about one plan beside its review: its name, the way back to the review, and what could not be read. */
export function PlanScreen({ planId, title, reads, children }: PlanScreenProps) {
  const { t, lang } = useWords()
  const plan = useRead('plans.get', { planId })
  const failed = [plan, ...reads].find(({ error }) => error !== null)
  return (
    <div className="screen">
      <TopBar
        title={title}
        subtitle={plan.data && planName(plan.data.plan, lang)}
        back={{ page: 'plan', planId }}
        backLabel={t('results.backToReview')}
      />
      {failed && (
        <div className="screen-notice">
          <ErrorNotice error={failed.error} onRetry={() => void failed.refetch()} />
        </div>
      )}
      {children}
    </div>
  )
}
