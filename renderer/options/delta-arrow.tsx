import { ArrowDownRight, ArrowRightLeft, ArrowUpRight, Equal } from 'lucide-react'
import { useWords } from '../i18n/use-words.ts'
import type { Direction } from './item-values.ts'

const ICONS = { better: ArrowUpRight, worse: ArrowDownRight, changed: ArrowRightLeft, same: Equal } as const

/** Better, worse or the same, by shape and in words as well as by colour. */
export function DeltaArrow({ direction, words }: { direction: Direction; words?: string }) {
  const { t } = useWords()
  const Icon = ICONS[direction]
  return (
    <span className={`delta ${direction}`}>
      <Icon className="icon" aria-hidden />
      <span className={words === undefined ? 'visually-hidden' : undefined}>{words ?? t(`options.${direction}`)}</span>
      {words !== undefined && <span className="visually-hidden">{t(`options.${direction}`)}</span>}
    </span>
  )
}

/** Up for more points, down for fewer. */
export const directionOfTotals = (before: number | null, after: number | null): Direction =>
  before === null || after === null || Math.abs(after - before) < 0.05 ? 'same' : after > before ? 'better' : 'worse'
