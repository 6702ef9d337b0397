import { lazy, Suspense, useCallback, useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import type { ChartViewProps } from './chart-view.tsx'

/** Charts are a chunk of their own: nobody waits for them who looks at none. */
const ChartView = lazy(async () => ({ default: (await import('./chart-view.tsx')).ChartView }))

/** A chart with the sentences under it; one calm line until the drawing code has been fetched. */
export function ChartSlot(props: Omit<ChartViewProps, 'onFailed'>) {
  const { t } = useWords()
  const { chart } = props
  const [failed, setFailed] = useState<object | null>(null)
  const onFailed = useCallback(() => setFailed(chart), [chart])
  if (failed === chart) return <p className="notice warn">{t('results.chartFailed')}</p>
  return (
    <figure className="chart-figure">
      <Suspense fallback={<p className="empty">{t('common.loading')}</p>}>
        <ChartView {...props} onFailed={onFailed} />
      </Suspense>
      <figcaption className="quiet">
        {chart.description} {chart.remark}
      </figcaption>
    </figure>
  )
}
