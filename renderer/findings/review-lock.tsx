import { Lock } from 'lucide-react'
import { useWords } from '../i18n/use-words.ts'
import type { OpenReview } from '../workbench/use-review.ts'

/** A review that was handed in is only read, until the lead hands it back. */
export const isReadOnly = ({ view }: Pick<OpenReview, 'view'>): boolean => view.review.submittedAt !== undefined

/** Why nothing here can be changed. */
export function ReviewLock() {
  const { t } = useWords()
  return (
    <p className="finding-lock">
      <Lock className="icon" aria-hidden />
      {t('panel.lockedFindings')}
    </p>
  )
}
