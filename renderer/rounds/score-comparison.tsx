import { ArrowRight } from 'lucide-react'
import { useState } from 'react'
import { hasMoved, type ItemChange, type ScoreChange } from '#core/review/rounds-scores.ts'
import { judgedPercent } from '#core/review/words.ts'
import { formatMeasured, formatScore } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useSettings } from '../settings/use-settings.ts'
import { Checkbox } from '../ui/fields.tsx'
import { LevelBadge } from '../ui/level-badge.tsx'

function Standing({ of, change }: { of: ItemChange['before']; change: ItemChange }) {
  const { t, lang } = useWords()
  const { areaUnit } = useSettings()
  if (of === null) return <span className="quiet">{t('level.notApplicable')}</span>
  return (
    <span className="row">
      <LevelBadge level={of.level} size={20} />
      <span className="number">
        {of.value === null || change.base === null ? '—' : formatMeasured(of.value, change.base, change.unit, areaUnit, lang)}
      </span>
    </span>
  )
}

/** Up, down or the same, told by words and an arrow and not by colour alone. */
function Direction({ change }: { change: ItemChange }) {
  const { t } = useWords()
  const [was, is] = [change.before?.level ?? null, change.after?.level ?? null]
  if (was === null || is === null || was === is)
    return <span className="quiet">{hasMoved(change) ? t('rounds.valueOnly') : '—'}</span>
  const steps = is - was
  return (
    <span className={steps > 0 ? 'chip good' : 'chip bad'}>
      {t(steps > 0 ? 'rounds.up' : 'rounds.down', { count: Math.abs(steps) })}
    </span>
  )
}

/** Scores of both rounds: total and opinion, then item by item. */
export function ScoreComparison({ scores }: { scores: ScoreChange }) {
  const { t, say, lang } = useWords()
  const [onlyMoved, setOnlyMoved] = useState(true)
  const rows = scores.items.filter((change) => !onlyMoved || hasMoved(change))
  const sum = ({ total, coverage, opinion }: ScoreChange['before']) => (
    <>
      <strong className="round-total number">{total === null ? '—' : formatScore(total, lang)}</strong>
      <span>{say(opinion.title)}</span>
      <span className="quiet">{t('rounds.coverage', { percent: judgedPercent(coverage, lang) })}</span>
    </>
  )
  return (
    <>
      <div className="round-sums">
        <div className="round-sum">
          <span className="quiet">{t('rounds.earlierRound')}</span>
          {sum(scores.before)}
        </div>
        <ArrowRight className="icon" aria-hidden />
        <div className="round-sum">
          <span className="quiet">{t('rounds.thisRound')}</span>
          {sum(scores.after)}
        </div>
        <span className="spacer" />
        <Checkbox isSelected={onlyMoved} onChange={setOnlyMoved}>
          {t('rounds.onlyMoved')}
        </Checkbox>
      </div>
      {rows.length === 0 ? (
        <p className="quiet">{t('rounds.sameScores')}</p>
      ) : (
        // Wide on a narrow window: it scrolls by itself, so it can have the focus.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className="round-table" tabIndex={0} role="region" aria-label={t('rounds.scores')}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('rounds.item')}</th>
                <th scope="col">{t('rounds.earlierRound')}</th>
                <th scope="col">{t('rounds.thisRound')}</th>
                <th scope="col">{t('rounds.change')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((change) => (
                <tr key={change.item}>
                  <th scope="row">
                    {change.item} {say(change.title)}
                  </th>
                  <td>
                    <Standing of={change.before} change={change} />
                  </td>
                  <td>
                    <Standing of={change.after} change={change} />
                  </td>
                  <td>
                    <Direction change={change} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}
