import { Sparkles } from 'lucide-react'
import { MOVE_TITLES } from '#core/flip/flip-rules.ts'
import { goalOf, isGoal } from '#core/flip/goal.ts'
import { leastAmount } from '#core/flip/bound.ts'
import type { Found } from '#core/flip/result.ts'
import { leastWords } from '#core/flip/words.ts'
import { bilingual } from '#core/text.ts'
import { useCommand } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { useSettings } from '../settings/use-settings.ts'
import { Button } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { JobProgress } from '../ui/job-progress.tsx'
import type { OpenReview } from '../workbench/use-review.ts'
import { FlipResultView } from './flip-result.tsx'
import { TryIt } from '../options/try-it.tsx'
import { useFlips } from './flip-store.ts'
import type { ItemRow } from './item-list.ts'

/** What the step is called that puts a search result into an option. */
const tryTitle = (item: string, { from, reached }: Found) =>
  bilingual(`${item} 由 ${from} 级升到 ${reached} 级的改动`, `Changes that lift ${item} from level ${from} to ${reached}`)

/** “What would lift it”: says what would be tried, searches on demand, and shows what came of it. */
export function FlipSection({ row, review }: { row: ItemRow; review: OpenReview }) {
  const { t, lang, say } = useWords()
  const { areaUnit } = useSettings()
  const command = useCommand('flip.search')
  const { item, measurement, result } = row
  const { planId } = review.view.review
  const key = JSON.stringify([
    planId,
    review.checklist.id,
    review.checklist.version,
    item.id,
    measurement?.inputs,
    measurement?.outcome,
  ])
  const kept = useFlips((state) => state.results.get(key))
  const keep = useFlips((state) => state.keep)
  if (item.rule === null || !result.applicable) return null
  const goal = goalOf(item, measurement ?? undefined)
  const search = async () => {
    const done = await command.run({ planId, checklistId: review.checklist.id, item: item.id })
    if (done) keep(key, done.output)
  }
  if (!isGoal(goal)) {
    return (
      <section className="detail-part">
        <h4>{t('flip.title')}</h4>
        <p className="quiet">{say(goal.because)}</p>
      </section>
    )
  }
  const least = measurement && leastWords({ least: leastAmount(goal, measurement) ?? null }, areaUnit)
  const moves = goal.flip.moves.map((move) => say(MOVE_TITLES[move])).join(lang === 'zh' ? '；' : '; ')
  return (
    <section className="detail-part">
      <h4>{t('flip.title')}</h4>
      {!kept && (
        <>
          <p>
            <strong>{t('flip.aim', { from: goal.from, to: goal.to })}</strong> {least && say(least)}
          </p>
          <p className="quiet">{t('flip.tries', { moves })}</p>
        </>
      )}
      {kept && <FlipResultView result={kept} reading={{ unit: item.unit, areaUnit }} />}
      {kept?.state === 'found' && kept.edits && (
        <TryIt reviewId={review.view.review.id} title={tryTitle(item.id, kept)} edits={kept.edits} />
      )}
      {command.busy && <JobProgress label={t('flip.searching')} progress={command.progress} onCancel={command.cancel} />}
      {command.error !== null && <ErrorNotice error={command.error} onRetry={() => void search()} onDismiss={command.reset} />}
      {!command.busy && (
        <div>
          <Button size="small" onPress={() => void search()}>
            <Sparkles className="icon" aria-hidden />
            {t(kept ? 'flip.again' : 'flip.search')}
          </Button>
        </div>
      )}
    </section>
  )
}
