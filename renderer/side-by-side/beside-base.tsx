import { Columns2 } from 'lucide-react'
import { useMemo } from 'react'
import type { MapSetup } from '#core/contract/map-data.ts'
import type { Plan } from '#core/model/plan.ts'
import { useWords } from '../i18n/use-words.ts'
import { useUi } from '../state/ui-store.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { usePlanLook } from '../workbench/use-look.ts'
import { useReview } from '../workbench/use-review.ts'
import { TRANSITION } from './flows.ts'
import { LandChanges } from './land-changes.tsx'
import { SidesDesk } from './sides-desk.tsx'
import { sidesOf } from './sides.ts'
import { TwinMaps, type Half } from './twin-maps.tsx'

interface BesideBaseProps {
  plan: Plan
  setup: MapSetup
}

/** The base year and the plan of one plan, with the matrix of land use between them. */
export function BesideBase({ plan, setup }: BesideBaseProps) {
  const { t } = useWords()
  const go = useUi((state) => state.go)
  const highlights = useUi((state) => state.highlights)
  const review = useReview(plan.id)
  const look = usePlanLook(plan.id)
  const sides = useMemo(() => sidesOf(setup.layers, look), [setup, look])
  const measurements = review.state === 'ready' ? review.view.measurements : []
  const table = measurements.find(({ id }) => id === TRANSITION.indicator)?.tables?.find(({ id }) => id === TRANSITION.table)
  const yearWords = (year: number | null, withYear: 'sides.baseYear' | 'sides.planYear', without: 'sides.base' | 'sides.plan') =>
    year === null ? t(without) : t(withYear, { year })
  const before: Half = {
    planId: plan.id,
    setup,
    title: yearWords(plan.baseYear, 'sides.baseYear', 'sides.base'),
    visible: sides.before,
  }
  const after: Half = {
    planId: plan.id,
    setup,
    title: yearWords(plan.targetYear, 'sides.planYear', 'sides.plan'),
    visible: sides.after,
  }
  const changes = (
    <section className="panel" data-desk-panel tabIndex={-1} aria-label={t('sides.changesPanel')}>
      <div className="panel-scroll">
        {table ? (
          <LandChanges planId={plan.id} table={table} />
        ) : (
          review.state === 'ready' && (
            <EmptyState icon={Columns2} title={t('sides.noMatrix')}>
              <p className="quiet">{t('sides.noMatrixText')}</p>
              <Button onPress={() => go({ page: 'plan', planId: plan.id })}>{t('results.backToReview')}</Button>
            </EmptyState>
          )
        )}
        {review.state === 'failed' && <ErrorNotice error={review.error} onRetry={review.retry} />}
      </div>
    </section>
  )
  const maps = <TwinMaps before={before} after={after} highlights={highlights} />
  return <SidesDesk changes={changes} maps={maps} />
}
