import type { PlanId } from '#core/model/ids.ts'
import { useCommand } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { useToasts } from '../state/toasts.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { JobProgress } from '../ui/job-progress.tsx'

/** Measures every indicator of a plan; says at the end how many had the data they need. */
export function useAnalysis(planId: PlanId) {
  const { t } = useWords()
  const command = useCommand('analysis.run')
  const toast = useToasts((state) => state.add)
  return {
    ...command,
    start: async () => {
      const done = await command.run({ planId })
      if (!done) return
      const { measured, missing, unusedParameters } = done.output
      toast({ tone: 'done', text: t('workbench.analysed', { measured, missing }) })
      if (unusedParameters.length > 0) {
        toast({ tone: 'done', text: t('workbench.unusedParameters', { names: unusedParameters.join(', ') }) })
      }
    },
  }
}

export type Analysis = ReturnType<typeof useAnalysis>

/** How far the analysis is, or why it failed; takes no room otherwise. */
export function AnalysisBar({ analysis }: { analysis: Analysis }) {
  const { t } = useWords()
  if (!analysis.busy && analysis.error === null) return null
  return (
    <div className="screen-notice">
      {analysis.busy ? (
        <JobProgress label={t('workbench.analysing')} progress={analysis.progress} onCancel={analysis.cancel} />
      ) : (
        <ErrorNotice error={analysis.error} onRetry={() => void analysis.start()} onDismiss={analysis.reset} />
      )}
    </div>
  )
}
