import { Ban, CheckCheck, CircleCheck, CircleDashed, Info, Lightbulb, Lock, MessageCircle, OctagonAlert } from 'lucide-react'
import type { FindingStatus, Severity } from '#core/review/finding.ts'
import { statusWord, type FindingRow } from '#core/review/finding-rows.ts'
import { useWords } from '../i18n/use-words.ts'

const SEVERITY_LOOK: Record<Severity, { tone: string; icon: typeof Info }> = {
  must: { tone: 'bad', icon: OctagonAlert },
  should: { tone: 'warn', icon: Lightbulb },
  note: { tone: 'info', icon: Info },
}

const STATUS_LOOK: Record<FindingStatus, { tone: string; icon: typeof Info }> = {
  open: { tone: '', icon: CircleDashed },
  answered: { tone: 'info', icon: MessageCircle },
  resolved: { tone: 'good', icon: CircleCheck },
  exception: { tone: 'warn', icon: CheckCheck },
  verified: { tone: 'good', icon: Lock },
}

/** 必须修改 · 建议 · 说明, told by colour, sign and word. */
export function SeverityChip({ severity }: { severity: Severity }) {
  const { t } = useWords()
  const { tone, icon: Icon } = SEVERITY_LOOK[severity]
  return (
    <span className={`chip ${tone}`}>
      <Icon className="icon" aria-hidden />
      {t(`findings.${severity}`)}
    </span>
  )
}

/** The status with its sign; verified and withdrawn findings are locked. */
export function StatusChip({ row }: { row: Pick<FindingRow, 'finding' | 'status'> }) {
  const { lang } = useWords()
  const { tone, icon: Icon } = row.finding.withdrawn ? { tone: '', icon: Ban } : STATUS_LOOK[row.status]
  return (
    <span className={`chip ${tone}`}>
      <Icon className="icon" aria-hidden />
      {statusWord(row, lang)}
    </span>
  )
}
