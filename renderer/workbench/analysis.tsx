import { useState } from 'react'
import type { RunEstimate } from '#core/contract/analysis-procedures.ts'
import type { PlanId } from '#core/model/ids.ts'
import { useCommand } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { useToasts } from '../state/toasts.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { JobProgress } from '../ui/job-progress.tsx'
import { EstimateDialog } from './estimate-dialog.tsx'

/** A run that takes longer than this is announced before it starts. */
const SHORT_SECONDS = 5

/** Measures every indicator of a plan; says beforehand what a long run takes, and at the end how many had the data they need. */
export function useAnalysis(planId: PlanId) {
  const { t } = useWords()
  const command = useCommand('analysis.run')
  const estimating = useCommand('analysis.estimate')
  const [estimate, setEstimate] = useState<RunEstimate | null>(null)
  const toast = useToasts((state) => state.add)
  const run = async (evenIfShort = false) => {
    setEstimate(null)
    const done = await command.run({ planId, evenIfShort })
    if (!done) return
    const { measured, missing, unusedParameters, fromCache } = done.output
    toast({ tone: 'done', text: t('workbench.analysed', { measured, missing }) })
    if (fromCache) toast({ tone: 'done', text: t('workbench.fromCache') })
    if (unusedParameters.length > 0) {
      toast({ tone: 'done', text: t('workbench.unusedParameters', { names: unusedParameters.join(', ') }) })
    }
  }
  return {
    ...command,
    error: command.error ?? estimating.error,
    reset: () => {
      command.reset()
      estimating.reset()
    },
    estimate,
    run,
    giveUp: () => setEstimate(null),
    start: async () => {
      const expected = await estimating.run({ planId })
      if (!expected) return
      const { cached, seconds, fits } = expected.output
      if (cached || (seconds <= SHORT_SECONDS && fits === 'yes')) await run()
      else setEstimate(expected.output)
    },
  }
}

export type Analysis = ReturnType<typeof useAnalysis>

/** What a long run would take, how far it is, or why it failed; takes no room otherwise. */
export function AnalysisBar({ analysis }: { analysis: Analysis }) {
  const { t } = useWords()
  if (analysis.estimate !== null) {
    return (
      <EstimateDialog
        estimate={analysis.estimate}
        onStart={() => void analysis.run(analysis.estimate?.fits === 'no')}
        onClose={analysis.giveUp}
      />
    )
  }
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
