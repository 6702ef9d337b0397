import { GitCompareArrows } from 'lucide-react'
import type { FeatureChange } from '#core/plan-diff/result.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { JobProgress } from '../ui/job-progress.tsx'
import { ComparisonResults } from './comparison-results.tsx'
import type { useComparison } from './use-comparison.ts'

interface ComparisonPanelProps {
  running: ReturnType<typeof useComparison>
  /** Always a list of its own: asking for the same changes again moves the map there again. */
  onShow: (changes: readonly FeatureChange[]) => void
}

/** A comparison as it runs, failed, was cancelled, or with what it found. */
export function ComparisonPanel({ running, onShow }: ComparisonPanelProps) {
  const { t } = useWords()
  const { comparison, busy, progress, cancel, error, start } = running
  return (
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
        {comparison && <ComparisonResults comparison={comparison} onShow={(changes) => onShow([...changes])} />}
      </div>
    </section>
  )
}
