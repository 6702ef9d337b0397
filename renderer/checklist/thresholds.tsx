import { BadgeCheck, BookOpen, CircleQuestionMark, Spline } from 'lucide-react'
import type { Level } from '#core/checklist/result.ts'
import type { Certainty } from '#core/checklist/schema.ts'
import { useWords } from '../i18n/use-words.ts'
import { LevelBadge } from '../ui/level-badge.tsx'
import type { ItemRow } from './item-list.ts'

/** How sure a number is, as a sign beside its source. */
export const CERTAINTY_ICON: Record<Certainty, typeof BadgeCheck> = {
  verified: BadgeCheck,
  seed: BookOpen,
  unverified: CircleQuestionMark,
  interpolated: Spline,
}

const isLevel = (level: number): level is Level => Number.isInteger(level) && level >= 0 && level <= 4

/** The ladder of levels, best first, with where each number comes from and how sure that is. */
export function Thresholds({ row: { item, result } }: { row: ItemRow }) {
  const { t, say } = useWords()
  const levels = item.levels.toSorted((a, b) => b.level - a.level)
  return (
    <section className="detail-part">
      <h4>{t('checklist.thresholds')}</h4>
      <ol className="ladder">
        {levels.map(({ level, text, source, certainty }) => {
          const reached = result.level === level
          const Icon = CERTAINTY_ICON[certainty]
          return (
            <li key={level} className={reached ? 'rung reached' : 'rung'} aria-current={reached ? 'true' : undefined}>
              <LevelBadge level={isLevel(level) ? level : null} size={22} />
              <div>
                <p className="rung-text">
                  {say(text)}
                  {reached && <span className="chip good">{t('checklist.reached')}</span>}
                </p>
                <p className="rung-source">
                  <Icon className="icon" aria-hidden />
                  <span>
                    {t(`checklist.certainty_${certainty}`)} · {say(source)}
                  </span>
                </p>
              </div>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
