import { BellRing, CircleCheck, CircleDashed, Eye } from 'lucide-react'
import type { WarningLevel } from '#core/monitoring/series.ts'
import { LEVEL_WORDS } from '#core/monitoring/tables.ts'
import { useWords } from '../i18n/use-words.ts'

const LOOKS = {
  ok: { icon: CircleCheck, tone: 'good' },
  watch: { icon: Eye, tone: 'warn' },
  alert: { icon: BellRing, tone: 'bad' },
} as const

/** A warning level by word, shape and colour. */
export function LevelChip({ level }: { level: WarningLevel | null }) {
  const { t, say } = useWords()
  const Icon = level === null ? CircleDashed : LOOKS[level].icon
  return (
    <span className={`chip ${level === null ? '' : LOOKS[level].tone}`}>
      <Icon className="icon" aria-hidden />
      {level === null ? t('monitoring.noLine') : say(LEVEL_WORDS[level])}
    </span>
  )
}
