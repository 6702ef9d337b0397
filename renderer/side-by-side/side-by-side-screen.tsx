import { Columns2 } from 'lucide-react'
import type { PlanId } from '#core/model/ids.ts'
import { useRead } from '../api/use-api.tsx'
import { VersionChooser } from '../compare/version-chooser.tsx'
import { previousVersion } from '../compare/versions.ts'
import { planName } from '../format/plan-name.ts'
import { useWords } from '../i18n/use-words.ts'
import { useUi } from '../state/ui-store.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { TopBar } from '../ui/top-bar.tsx'
import { BesideBase } from './beside-base.tsx'
import { BesideVersion } from './beside-version.tsx'
import { hasBase } from './sides.ts'

interface Address {
  planId: PlanId
  beforeId: PlanId | null
}

/** Two linked maps: the base year beside the plan, or an older version beside the newer one. */
export function SideBySideScreen({ planId, beforeId }: Address) {
  const { t, lang } = useWords()
  const go = useUi((state) => state.go)
  const plan = useRead('plans.get', { planId })
  const plans = useRead('plans.list', {})
  const setup = useRead('map.setup', { planId })
  const olderSetup = useRead('map.setup', { planId: beforeId ?? planId }, { enabled: beforeId !== null })
  const failed = [plan, plans, setup, olderSetup].find(({ error }) => error !== null)
  const other = plans.data ? previousVersion(plans.data, planId) : null
  const summaryOf = (id: PlanId) => plans.data?.find((one) => one.id === id)
  const [older, newer] = [beforeId === null ? undefined : summaryOf(beforeId), summaryOf(planId)]
  const back = beforeId === null ? ({ page: 'plan', planId } as const) : ({ page: 'compare', planId, beforeId } as const)
  return (
    <div className="screen">
      <TopBar title={t('sides.title')} subtitle={plan.data && planName(plan.data.plan, lang)} back={back}>
        {beforeId === null ? (
          other !== null && (
            <Button onPress={() => go({ page: 'sides', planId, beforeId: other })}>{t('sides.compareVersions')}</Button>
          )
        ) : (
          <Button onPress={() => go({ page: 'sides', planId, beforeId: null })}>{t('sides.compareBase')}</Button>
        )}
      </TopBar>
      {failed && (
        <div className="screen-notice">
          <ErrorNotice error={failed.error} onRetry={() => void failed.refetch()} />
        </div>
      )}
      {beforeId !== null && plans.data && (
        <VersionChooser
          plans={plans.data}
          planId={planId}
          beforeId={beforeId}
          onChoose={(before, after) => go({ page: 'sides', planId: after, beforeId: before })}
        />
      )}
      {beforeId === null && plan.data && setup.data && hasBase(setup.data.layers) && (
        <BesideBase plan={plan.data.plan} setup={setup.data} />
      )}
      {beforeId === null && setup.data && !hasBase(setup.data.layers) && (
        <EmptyState icon={Columns2} title={t('sides.noBase')}>
          <p className="quiet">{t('sides.noBaseText')}</p>
        </EmptyState>
      )}
      {older && newer && setup.data && olderSetup.data && (
        <BesideVersion
          key={`${older.id}/${newer.id}`}
          older={{ plan: older, setup: olderSetup.data }}
          newer={{ plan: newer, setup: setup.data }}
        />
      )}
    </div>
  )
}
