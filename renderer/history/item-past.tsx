import { RotateCcw } from 'lucide-react'
import type { ItemEntry } from '#core/checklist/result.ts'
import type { PastStep } from '#core/contract/past-procedures.ts'
import type { ReviewId } from '#core/model/ids.ts'
import { useCommand, useRead } from '../api/use-api.tsx'
import { author, formatMoment } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useToasts } from '../state/toasts.ts'
import { Button } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import '../scoring/scoring.css'

/** What an entry said, in a few words. */
function useEntryWords() {
  const { t } = useWords()
  return (entry: ItemEntry | null): string => {
    if (entry === null) return t('scoring.cleared')
    const level = entry.notApplicable
      ? t('checklist.notApplicable')
      : entry.level === null
        ? t('scoring.noLevel')
        : t('checklists.levelShort', { level: entry.level })
    return entry.reason === '' ? level : `${level} · ${entry.reason}`
  }
}

interface ItemPastProps {
  item: string
  reviewId: ReviewId
  isLocked: boolean
}

/** Every earlier decision on one item, newest first; any of them can be brought back, which touches nothing else. */
export function ItemPast({ item, reviewId, isLocked }: ItemPastProps) {
  const { t, lang } = useWords()
  const past = useRead('history.ofItem', { reviewId, item })
  const restore = useCommand('history.restore')
  const toast = useToasts((state) => state.add)
  const words = useEntryWords()
  const steps: readonly PastStep<ItemEntry>[] = past.data ?? []
  if (steps.length === 0)
    return past.error === null ? null : <ErrorNotice error={past.error} onRetry={() => void past.refetch()} />
  const newestFirst = steps.toSorted((a, b) => b.at.localeCompare(a.at))
  const bringBack = async (opId: string) => {
    if (await restore.run({ opId })) toast({ tone: 'done', text: t('scoring.restored', { item }) })
  }
  return (
    <section className="detail-part" aria-label={t('scoring.past')}>
      <h4>{t('scoring.past')}</h4>
      {restore.error !== null && <ErrorNotice error={restore.error} onDismiss={restore.reset} />}
      <ol className="past-list">
        {newestFirst.map((step, at) => (
          <li key={step.opId}>
            <p>{words(step.after)}</p>
            <p className="row row-wrap">
              <span className="quiet number">
                {t(`scoring.kind_${step.kind}`)} · {author(step.by, formatMoment(step.at, lang))}
              </span>
              <span className="spacer" />
              {at > 0 && !isLocked && (
                <Button look="link" size="small" onPress={() => void bringBack(step.opId)} isDisabled={restore.busy}>
                  <RotateCcw className="icon" aria-hidden />
                  {t('scoring.restore')}
                </Button>
              )}
            </p>
          </li>
        ))}
      </ol>
    </section>
  )
}
