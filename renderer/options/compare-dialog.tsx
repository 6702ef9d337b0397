import type { OptionComparison } from '#core/contract/option-procedures.ts'
import type { ReviewId } from '#core/model/ids.ts'
import type { Standing } from '#core/review/option.ts'
import { useRead } from '../api/use-api.tsx'
import { formatScore } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useSettings } from '../settings/use-settings.ts'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
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
              const now = after[at] ?? before
              return (
                <td key={option.id} className="number">
                  <DeltaArrow direction={directionOf(reader.checklist, item, before, now)} /> {standing(item, now)}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** All options of a review side by side. */
export function CompareDialog({ reviewId, review, onClose }: { reviewId: ReviewId; review: OpenReview; onClose: () => void }) {
  const { t, lang } = useWords()
  const { areaUnit } = useSettings()
  const { data, error, refetch } = useRead('options.compare', { reviewId })
  const reader = { checklist: review.checklist, measurements: review.view.measurements, areaUnit, lang }
  return (
    <Dialog title={t('options.compareTitle')} size="wide" onClose={onClose} reading>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <p className="quiet">{t('options.loading')}</p>}
      {data && (
        <>
          <ComparisonTable comparison={data} reader={reader} />
          {data.items.length === 0 && <p className="quiet">{t('options.nothingChanged')}</p>}
        </>
      )}
    </Dialog>
  )
}
