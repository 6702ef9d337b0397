import { Hourglass } from 'lucide-react'
import type { OptionView } from '#core/contract/option-procedures.ts'
import type { Standing } from '#core/review/option.ts'
import { useCommand, useRemember } from '../api/use-api.tsx'
import { formatScore } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useSettings } from '../settings/use-settings.ts'
import { useUi } from '../state/ui-store.ts'
import { Button } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { JobProgress } from '../ui/job-progress.tsx'
import { LevelBadge } from '../ui/level-badge.tsx'
import type { OpenReview } from '../workbench/use-review.ts'
import { DeltaArrow, directionOfTotals } from './delta-arrow.tsx'
import { directionOf, valueWords } from './item-values.ts'
import { useOptions } from './option-store.ts'

/** Points with their sign: "+2.3". */
export const signed = (points: number, words: string): string => (points > 0 ? `+${words}` : words)

function Totals({ view }: { view: OptionView }) {
  const { t, lang, say } = useWords()
  const { base, result } = view
  const score = (total: number | null) => (total === null ? '—' : formatScore(total, lang))
  const difference = base.total === null || result.total === null ? null : result.total - base.total
  return (
    <dl className="option-totals">
      <div>
        <dt>{t('options.submitted')}</dt>
        <dd className="number">{score(base.total)}</dd>
        <dd>{say(base.opinion.title)}</dd>
      </div>
      <div className="now">
        <dt>{t('options.optionLetter', { letter: view.option.letter })}</dt>
        <dd className="number">
          {score(result.total)}{' '}
          {difference !== null && (
            <DeltaArrow
              direction={directionOfTotals(base.total, result.total)}
              words={signed(difference, formatScore(difference, lang))}
            />
          )}
        </dd>
        <dd>{say(result.opinion.title)}</dd>
      </div>
    </dl>
  )
}

function Deltas({ view, review }: { view: OptionView; review: OpenReview }) {
  const { t, lang, say } = useWords()
  const { areaUnit } = useSettings()
  const selectItem = useUi((state) => state.selectItem)
  const { checklist } = review
  const reader = { checklist, measurements: review.view.measurements, areaUnit, lang }
  const changeWords = (item: string, before: Standing, after: Standing) => {
    const [was, now] = [valueWords(item, before.value, reader), valueWords(item, after.value, reader)]
    // An arrow beside twice the same figure would be a riddle.
    return was === now && before.value !== after.value ? t('options.slightly', { value: now }) : `${was} → ${now}`
  }
  const known = view.deltas.filter(({ isWaiting }) => !isWaiting)
  if (known.length === 0) return <p className="quiet">{t('options.nothingChanged')}</p>
  return (
    <ul className="option-deltas" aria-label={t('options.deltas')}>
      {known.map(({ item, before, after }) => {
        const title = checklist.items.find(({ id }) => id === item)?.title
        return (
          <li key={item} data-item={item}>
            <DeltaArrow direction={directionOf(checklist, item, before, after)} />
            <Button look="link" size="small" onPress={() => selectItem(item)}>
              {item} {title && say(title)}
            </Button>
            <span className="option-delta">
              <LevelBadge level={before.level} size={18} /> → <LevelBadge level={after.level} size={18} />
            </span>
            <span className="option-values number">{changeWords(item, before, after)}</span>
          </li>
        )
      })}
    </ul>
  )
}

/** Slow indicators stand at an earlier step until somebody asks for them. */
function Waiting({ view }: { view: OptionView }) {
  const { t, lang } = useWords()
  const settle = useCommand('options.settle')
  const remember = useRemember()
  const items = view.deltas.filter(({ isWaiting }) => isWaiting).map(({ item }) => item)
  if (view.waiting.length === 0) return null
  const measure = async () => {
    const done = await settle.run({ optionId: view.option.id })
    if (done) remember('options.open', { optionId: view.option.id }, done.output)
  }
  const names = (items.length > 0 ? items : view.waiting).join(lang === 'zh' ? '、' : ', ')
  return (
    <div className="notice">
      <Hourglass className="icon" aria-hidden />
      <div className="notice-body stack option-notice">
        <p>{t('options.waiting', { items: names })}</p>
        {settle.busy ? (
          <JobProgress label={t('options.settling')} progress={settle.progress} onCancel={settle.cancel} />
        ) : (
          <Button size="small" onPress={() => void measure()}>
            {t('options.settle')}
          </Button>
        )}
        {settle.error !== null && <ErrorNotice error={settle.error} onDismiss={settle.reset} />}
      </div>
    </div>
  )
}

/** What the option comes to beside the submitted plan: totals, changed items, what still waits. */
export function LiveResult({ view, review }: { view: OptionView; review: OpenReview }) {
  const { t } = useWords()
  const last = useOptions((state) => state.lastStep)
  return (
    <section className="option-part" aria-label={t('options.result')}>
      <h3>{t('options.result')}</h3>
      <Totals view={view} />
      <div aria-live="polite">
        <Deltas view={view} review={review} />
      </div>
      <Waiting view={view} />
      {last && <p className="quiet number">{t('options.took', { ms: Math.round(last.ms) })}</p>}
    </section>
  )
}
