import type { Guess } from '#core/model/inspection.ts'
import { wholePercent } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'

interface GuessNoteProps {
  guess: Guess<unknown>
  confirmed: boolean
  /** null while there is nothing yet that could be confirmed. */
  onConfirm: (() => void) | null
}

/** Why this was proposed and how sure it is; asks to be confirmed when it is not sure enough. */
export function GuessNote({ guess, confirmed, onConfirm }: GuessNoteProps) {
  const { t, say } = useWords()
  return (
    <p className={confirmed ? 'guess' : 'guess open'}>
      <span>{t('importing.why', { reason: say(guess.reason) })}</span>
      {guess.value !== null && (
        <span className="number"> {t('importing.confidence', { percent: wholePercent(guess.confidence) })}</span>
      )}
      {!confirmed && onConfirm && (
        <Button look="link" onPress={onConfirm}>
          {t('importing.confirm')}
        </Button>
      )}
    </p>
  )
}
