import { Check } from 'lucide-react'
import type { ConflictView } from '#core/contract/share-procedures.ts'
import { author, formatMoment } from '../format/format.ts'
import { useCommand } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { conflictName, sideWords } from './side-words.ts'

interface OneConflictProps {
  conflict: ConflictView
  busy: boolean
  onTake: (opId: string) => void
}

/** A, B, C …: two sides may be of people who gave no name. */
const letter = (at: number): string => String.fromCodePoint(65 + at)

function OneConflict({ conflict, busy, onTake }: OneConflictProps) {
  const { t, lang } = useWords()
  const what = conflictName(conflict, t, lang)
  return (
    <li className="share-conflict">
      <h4>{what}</h4>
      <div className="share-sides">
        {conflict.sides.map((side, at) => (
          <section
            key={side.opId}
            className="share-side"
            aria-label={t('share.sideOf', { what, by: side.by, letter: letter(at) })}
          >
            <header>
              <span className="quiet">{author(side.by, formatMoment(side.at, lang))}</span>
              {at === 0 && <span className="chip">{t('share.holds')}</span>}
            </header>
            {sideWords(conflict, at, t, lang).map((line) => (
              <p key={line}>{line}</p>
            ))}
            <Button
              size="small"
              isDisabled={busy}
              aria-label={t('share.takeOf', { what, by: side.by, letter: letter(at) })}
              onPress={() => onTake(side.opId)}
            >
              <Check className="icon" aria-hidden />
              {t('share.take')}
            </Button>
          </section>
        ))}
      </div>
    </li>
  )
}

/** What two people made of the same thing, side by side, until somebody chooses. */
export function ConflictList({ conflicts }: { conflicts: readonly ConflictView[] }) {
  const { t } = useWords()
  const resolve = useCommand('share.resolve')
  if (conflicts.length === 0) return <p className="quiet">{t('share.noConflicts')}</p>
  return (
    <section className="stack" aria-live="polite">
      <h3>{t('share.conflictsTitle', { count: conflicts.length })}</h3>
      <p className="quiet">{t('share.conflictsText')}</p>
      {resolve.error !== null && <ErrorNotice error={resolve.error} onDismiss={resolve.reset} />}
      <ul className="share-conflicts">
        {conflicts.map((conflict) => (
          <OneConflict
            key={`${conflict.planId} ${conflict.id}`}
            conflict={conflict}
            busy={resolve.busy}
            onTake={(side) => void resolve.run({ planId: conflict.planId, conflictId: conflict.id, side })}
          />
        ))}
      </ul>
    </section>
  )
}
