import { ListChecks } from 'lucide-react'
import { useState } from 'react'
import { useCommand, useRead, useRemember } from '../api/use-api.tsx'
import { ChangeList } from '../checklist-editor/change-list.tsx'
import { useWords } from '../i18n/use-words.ts'
import { useToasts } from '../state/toasts.ts'
import { Button } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import type { OpenReview } from '../workbench/use-review.ts'
import '../checklist-editor/checklist-editor.css'

/** Says that the review is judged by an older version, what the newer one changes, and takes the review to it. */
export function NewerChecklist({ review: { view } }: { review: OpenReview }) {
  const { t } = useWords()
  const { id: reviewId, checklistId, checklistVersion } = view.review
  const newest = view.newerChecklist ?? ''
  const [isOpen, setOpen] = useState(false)
  const asked = { checklistId, before: checklistVersion, after: newest }
  const changes = useRead('checklists.compare', asked, { enabled: isOpen && newest !== '' })
  const move = useCommand('reviews.moveToChecklist')
  const remember = useRemember()
  const toast = useToasts((state) => state.add)
  if (newest === '') return null
  const moveOver = async () => {
    const done = await move.run({ reviewId, version: newest })
    if (!done) return
    remember('reviews.get', { reviewId }, done.output)
    toast({ tone: 'done', text: t('checklists.moved', { version: newest }) })
  }
  return (
    <div className="notice warn newer-checklist">
      <ListChecks className="icon" aria-hidden />
      <div className="notice-body">
        <p>{t('checklists.newer', { version: checklistVersion, newest })}</p>
        <div className="row row-wrap">
          <Button size="small" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
            {t('checklists.newerShow')}
          </Button>
          <Button size="small" look="primary" onPress={() => void moveOver()} isDisabled={move.busy}>
            {t('checklists.newerMove', { newest })}
          </Button>
        </div>
        {(move.error ?? changes.error) !== null && <ErrorNotice error={move.error ?? changes.error} onDismiss={move.reset} />}
        {isOpen && changes.data && <ChangeList changes={changes.data} />}
      </div>
    </div>
  )
}
