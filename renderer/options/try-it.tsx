import { FlaskConical } from 'lucide-react'
import type { SessionEdit } from '#core/contract/analysis-procedures.ts'
import type { ReviewId } from '#core/model/ids.ts'
import type { Bilingual } from '#core/text.ts'
import { useWords } from '../i18n/use-words.ts'
import { useToasts } from '../state/toasts.ts'
import { useUi } from '../state/ui-store.ts'
import { Button } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { JobProgress } from '../ui/job-progress.tsx'
import { useTryEdits } from './use-option.ts'

interface TryItProps {
  reviewId: ReviewId
  title: Bilingual
  edits: readonly SessionEdit[]
}

/** Puts what was suggested as a step into the option that is worked on, and goes there. */
export function TryIt({ reviewId, title, edits }: TryItProps) {
  const { t } = useWords()
  const { tryEdits, busy, progress, cancel, error, reset } = useTryEdits(reviewId)
  const toast = useToasts((state) => state.add)
  const run = async () => {
    const view = await tryEdits(title, edits)
    if (!view) return
    toast({ tone: 'done', text: t('options.tried', { letter: view.option.letter }) })
    useUi.getState().showTab('options')
  }
  return (
    <div className="stack">
      {busy ? (
        <JobProgress label={t('options.trying')} progress={progress} onCancel={cancel} />
      ) : (
        <div className="row row-wrap">
          <Button size="small" isDisabled={edits.length === 0} onPress={() => void run()}>
            <FlaskConical className="icon" aria-hidden />
            {t('options.tryIt')}
          </Button>
          <span className="quiet">{t('options.tryHint')}</span>
        </div>
      )}
      {error !== null && <ErrorNotice error={error} onDismiss={reset} />}
    </div>
  )
}
