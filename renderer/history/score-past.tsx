import { useEffect, useMemo, useState } from 'react'
import type { PlanId, ReviewId } from '#core/model/ids.ts'
import type { PastScore } from '#core/contract/past-procedures.ts'
import { judgedPercent } from '#core/review/words.ts'
import { useClient, useRead } from '../api/use-api.tsx'
import { formatDay, formatMoment, formatScore } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useReview } from '../workbench/use-review.ts'
import { lineOf, momentsOf, type PastTotal } from './score-line.ts'
import '../scoring/scoring.css'

/** Totals at the moments at which something was done, oldest first. */
function useTotals(reviewId: ReviewId, moments: readonly string[]): PastTotal[] {
  const client = useClient()
  const [totals, setTotals] = useState<PastTotal[]>([])
  useEffect(() => {
    let current = true
    Promise.all(moments.map((at) => client.call('reviews.asOf', { reviewId, at }))).then(
      (scores) => current && setTotals(scores.map(({ at, result }) => ({ at, total: result.total }))),
      // The date field below asks for the same and says what failed.
      () => current && setTotals([]),
    )
    return () => {
      current = false
    }
  }, [client, reviewId, moments])
  return totals
}

function Line({ totals }: { totals: readonly PastTotal[] }) {
  const { t, lang } = useWords()
  const line = lineOf(totals)
  if (line === null) return null
  const words = t('scoring.line', { first: formatScore(line.first, lang), last: formatScore(line.last, lang), count: line.count })
  return (
    <figure>
      <svg className="score-line" viewBox="0 0 100 40" preserveAspectRatio="none" role="img" aria-label={words}>
        <line className="axis" x1="0" y1="39.5" x2="100" y2="39.5" />
        <polyline points={line.points} />
      </svg>
      <figcaption className="quiet">{words}</figcaption>
    </figure>
  )
}

/** The score of a day's end, whichever day is asked for. */
function OnDate({ reviewId }: { reviewId: ReviewId }) {
  const { t, lang } = useWords()
  const [day, setDay] = useState('')
  const end = day === '' ? null : new Date(`${day}T23:59:59.999`)
  const at = end === null || Number.isNaN(end.getTime()) ? '' : end.toISOString()
  const asked = useRead('reviews.asOf', { reviewId, at }, { enabled: at !== '' })
  const said = ({ result, measuredLater }: PastScore) => (
    <p role="status">
      {t('scoring.asOf', {
        date: formatDay(at, lang),
        total: result.total === null ? '–' : formatScore(result.total, lang),
        percent: judgedPercent(result.coverage, lang),
      })}
      {measuredLater.length > 0 && (
        <span className="quiet" title={measuredLater.join(', ')}>
          {' '}
          {t('scoring.measuredLater', { count: measuredLater.length })}
        </span>
      )}
    </p>
  )
  return (
    <div className="stack">
      <label className="field date-field">
        <span className="field-label">{t('scoring.scoreOn')}</span>
        <input type="date" value={day} onChange={(event) => setDay(event.target.value)} />
      </label>
      {asked.data && said(asked.data)}
    </div>
  )
}

function Past({ reviewId }: { reviewId: ReviewId }) {
  const { t, lang } = useWords()
  const history = useRead('history.get', {})
  const steps = history.data?.steps
  const moments = useMemo(() => momentsOf(steps ?? []), [steps])
  const totals = useTotals(reviewId, moments)
  const judged = totals.filter(({ total }) => total !== null)
  return (
    <section className="score-past" aria-label={t('scoring.overTime')}>
      <h3>{t('scoring.overTime')}</h3>
      <Line totals={totals} />
      {judged.length > 1 && (
        <details className="parts">
          <summary>{t('scoring.pastScores')}</summary>
          <dl className="facts">
            {judged.map(({ at, total }) => (
              <div key={at} className="fact">
                <dt>{formatMoment(at, lang)}</dt>
                <dd className="number">{total === null ? '–' : formatScore(total, lang)}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      <OnDate reviewId={reviewId} />
    </section>
  )
}

/** How the total came to be what it is, and what it was on any day. */
export function ScorePast({ planId }: { planId: PlanId }) {
  const review = useReview(planId)
  return review.state === 'ready' ? <Past reviewId={review.view.review.id} /> : null
}
