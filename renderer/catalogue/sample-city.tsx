import { Building2 } from 'lucide-react'
import { useCommand } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { openingRoute } from '../orientation/opening.ts'
import { useUi } from '../state/ui-store.ts'
import { Button } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { JobProgress } from '../ui/job-progress.tsx'

/** Small enough to be there in seconds, large enough to look like a city; the seed fixes it for every reader of the manual. */
const SAMPLE = { parcels: 5000, seed: 1 }

/** Makes the sample city and opens it. */
export function useSampleCity() {
  const create = useCommand('sample.create')
  const go = useUi((state) => state.go)
  return {
    ...create,
    start: async () => {
      const made = await create.run(SAMPLE)
      if (made) go(openingRoute({ id: made.output.planId }))
    },
  }
}

type Sample = ReturnType<typeof useSampleCity>

export function SampleButton({ sample }: { sample: Sample }) {
  const { t } = useWords()
  return (
    <Button onPress={() => void sample.start()} isDisabled={sample.busy}>
      <Building2 className="icon" aria-hidden />
      {t('catalogue.sample')}
    </Button>
  )
}

/** How far the sample city is, or why it failed; nothing otherwise. */
export function SampleProgress({ sample }: { sample: Sample }) {
  const { t } = useWords()
  return (
    <>
      {sample.busy && <JobProgress label={t('catalogue.creatingSample')} progress={sample.progress} onCancel={sample.cancel} />}
      {sample.error !== null && <ErrorNotice error={sample.error} onRetry={() => void sample.start()} onDismiss={sample.reset} />}
    </>
  )
}
