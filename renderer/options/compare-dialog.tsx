import { Hourglass } from 'lucide-react'
import type { OptionComparison } from '#core/contract/option-procedures.ts'
import type { ReviewId } from '#core/model/ids.ts'
import type { Standing } from '#core/review/option.ts'
import { useCommand, useRead, useRemember } from '../api/use-api.tsx'
import { formatScore } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useSettings } from '../settings/use-settings.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { JobProgress } from '../ui/job-progress.tsx'
import type { OpenReview } from '../workbench/use-review.ts'
import { DeltaArrow, directionOfTotals } from './delta-arrow.tsx'
import { directionOf, levelWords, valueWords, type ValueReader } from './item-values.ts'

/** Items that some option changes, each option beside the submitted plan. */
export function ComparisonTable({ comparison, reader }: { comparison: OptionComparison; reader: ValueReader }) {
  const { t, lang, say } = useWords()
  const { base, options, items } = comparison
  const score = (total: number | null) => (total === null ? '—' : formatScore(total, lang))
  const title = (id: string) => reader.checklist.items.find((item) => item.id === id)?.title
  const standing = (item: string, { level, value }: Standing) => (
    <>
      {valueWords(item, value, reader)} <span className="quiet">{t('options.levelOf', { level: levelWords(level) })}</span>
    </>
  )
  return (
    <table className="option-table">
      <caption className="visually-hidden">{t('options.compareTitle')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('options.item')}</th>
          <th scope="col">{t('options.submitted')}</th>
          {options.map(({ option }) => (
            <th key={option.id} scope="col">
              {t('options.optionLetter', { letter: option.letter })} <span className="quiet">{option.name}</span>
              {option.recommended !== null && <span className="chip">{t('options.recommended')}</span>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr className="option-sum">
          <th scope="row">{t('options.total')}</th>
          <td className="number">{score(base.total)}</td>
          {options.map(({ option, total }) => (
            <td key={option.id} className="number">
              <DeltaArrow direction={directionOfTotals(base.total, total)} words={score(total)} />
            </td>
          ))}
        </tr>
        <tr className="option-sum">
          <th scope="row">{t('options.opinion')}</th>
          <td>{say(base.opinion.title)}</td>
          {options.map(({ option, opinion }) => (
            <td key={option.id}>{say(opinion.title)}</td>
          ))}
        </tr>
        {items.map(({ item, base: before, options: after }) => (
          <tr key={item}>
            <th scope="row">
              {item} {say(title(item) ?? { zh: '', en: '' })}
            </th>
            <td className="number">{standing(item, before)}</td>
            {options.map(({ option }, at) => {
              const now = after[at]
              return (
                <td key={option.id} className="number">
                  {now && !now.isWaiting && <DeltaArrow direction={directionOf(reader.checklist, item, before, now)} />}{' '}
                  {standing(item, now ?? before)}
                  {now?.isWaiting === true && (
                    <span className="option-waits" title={t('options.waitsHint')}>
                      <Hourglass className="icon" aria-hidden />
                      {t('options.waits')}
                    </span>
                  )}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Options in which slow indicators stand at an earlier step, and the way to measure them all. */
export function WaitingOptions({ comparison, onSettle }: { comparison: OptionComparison; onSettle: () => void }) {
  const { t, lang } = useWords()
  const late = comparison.options.filter(({ waiting }) => waiting.length > 0).map(({ option }) => option.letter)
  if (late.length === 0) return null
  return (
    <div className="notice">
      <Hourglass className="icon" aria-hidden />
      <div className="notice-body stack option-notice">
        <p>{t('options.waitingIn', { letters: late.join(lang === 'zh' ? '、' : ', ') })}</p>
        <Button size="small" onPress={onSettle}>
          {t('options.settle')}
        </Button>
      </div>
    </div>
  )
}

/** All options of a review side by side. */
export function CompareDialog({ reviewId, review, onClose }: { reviewId: ReviewId; review: OpenReview; onClose: () => void }) {
  const { t, lang } = useWords()
  const { areaUnit } = useSettings()
  const { data, error, refetch } = useRead('options.compare', { reviewId })
  const all = useCommand('options.compare')
  const remember = useRemember()
  const settle = async () => {
    const done = await all.run({ reviewId, settle: true })
    if (done) remember('options.compare', { reviewId }, done.output)
  }
  const reader = { checklist: review.checklist, measurements: review.view.measurements, areaUnit, lang }
  return (
    <Dialog title={t('options.compareTitle')} size="wide" onClose={onClose} reading>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <p className="quiet">{t('options.loading')}</p>}
      {all.error !== null && <ErrorNotice error={all.error} onDismiss={all.reset} />}
      {all.busy && <JobProgress label={t('options.settling')} progress={all.progress} onCancel={all.cancel} />}
      {data && (
        <>
          {!all.busy && <WaitingOptions comparison={data} onSettle={() => void settle()} />}
          <ComparisonTable comparison={data} reader={reader} />
          {data.items.length === 0 && <p className="quiet">{t('options.nothingChanged')}</p>}
        </>
      )}
    </Dialog>
  )
}
