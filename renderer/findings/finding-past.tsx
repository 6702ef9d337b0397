import type { PastStep } from '#core/contract/past-procedures.ts'
import { statusOf, type Finding } from '#core/review/finding.ts'
import { statusWord } from '#core/review/finding-rows.ts'
import { useState } from 'react'
import { useCommand, useRead } from '../api/use-api.tsx'
import { author, formatMoment } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'

function Wording({ step, onRestore }: { step: PastStep<Finding>; onRestore: (() => void) | null }) {
  const { t, lang, say } = useWords()
  const { after } = step
  return (
    <li className={step.kind === 'undo' ? 'step undone' : 'step'}>
      <span className="step-title">{say(step.title)}</span>
      {after && (
        <span className="step-words">
          {statusWord({ finding: after, status: statusOf(after) }, lang)} · {t(`findings.${after.severity}`)} · {after.text}
        </span>
      )}
      <span className="quiet number">{author(step.by, formatMoment(step.at, lang))}</span>
      {after && onRestore && (
        <Button size="small" look="bare" onPress={onRestore}>
          {t('findings.restore')}
        </Button>
      )}
    </li>
  )
}

/** What the finding said before, newest first; any of it can be brought back as a step of its own. */
export function FindingPast({ finding, isLocked }: { finding: Finding; isLocked: boolean }) {
  const { t } = useWords()
  const [isOpen, open] = useState(false)
  const past = useRead('history.ofFinding', { findingId: finding.id }, { enabled: isOpen })
  const restore = useCommand('history.restore')
  const error = past.error ?? restore.error
  return (
    <section className="stack">
      <Button size="small" look="bare" aria-expanded={isOpen} onPress={() => open(!isOpen)}>
        {t(isOpen ? 'findings.hidePast' : 'findings.showPast')}
      </Button>
      {error !== null && <ErrorNotice error={error} />}
      {isOpen && past.data && (
        <ol className="steps finding-steps" aria-label={t('findings.past')}>
          {past.data.toReversed().map((step, index) => (
            <Wording
              key={step.opId}
              step={step}
              onRestore={isLocked || index === 0 ? null : () => void restore.run({ opId: step.opId })}
            />
          ))}
        </ol>
      )}
    </section>
  )
}
