import type { Level } from '#core/checklist/result.ts'
import { useWords } from '../i18n/use-words.ts'

/** Outlines on a 24 × 24 grid, so that a level is told by shape and number as well as by colour. */
const SHAPES: Record<Level, string> = {
  0: 'M8 2h8l6 6v8l-6 6H8l-6-6V8z',
  1: 'M12 1 23 12 12 23 1 12z',
  2: 'M3 3h18v18H3z',
  3: 'M12 1.5 21.5 7v10L12 22.5 2.5 17V7z',
  4: 'M12 1.5a10.5 10.5 0 1 0 0 21 10.5 10.5 0 0 0 0-21z',
}

const NAMES = ['level.name0', 'level.name1', 'level.name2', 'level.name3', 'level.name4'] as const

/** The words for a level, or for its absence. */
export function useLevelName() {
  const { t } = useWords()
  return (level: Level | null, applicable = true) =>
    !applicable ? t('level.notApplicable') : level === null ? t('level.none') : t(NAMES[level])
}

interface LevelBadgeProps {
  level: Level | null
  applicable?: boolean
  size?: number
}

/** A level at a glance: 0 octagon, 1 diamond, 2 square, 3 hexagon, 4 circle; dashed when nobody has judged yet. */
export function LevelBadge({ level, applicable = true, size = 24 }: LevelBadgeProps) {
  const name = useLevelName()(level, applicable)
  return (
    <span className="level-badge">
      <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden>
        {level !== null && applicable ? (
          <>
            <path d={SHAPES[level]} className={`level-shape level-${level}`} />
            <text x="12" y="12.5" className="level-number">
              {level}
            </text>
          </>
        ) : (
          <>
            <circle cx="12" cy="12" r="9.5" className={applicable ? 'level-open' : 'level-open off'} />
            {applicable ? <path d="M8.5 12h7" className="level-dash" /> : <path d="m6 18 12-12" className="level-dash" />}
          </>
        )}
      </svg>
      <span className="visually-hidden">{name}</span>
    </span>
  )
}
