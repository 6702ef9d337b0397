import { Redo2, Undo2 } from 'lucide-react'
import type { OptionView } from '#core/contract/option-procedures.ts'
import { author, formatMoment } from '../format/format.ts'
import { useHistorySteps } from '../history/use-history.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'

/** Takes the last step back, or makes it again: each button says which step that is, wherever it was made. */
function StepButtons() {
  const { t, say } = useWords()
  const { undo, redo, undoName, redoName } = useHistorySteps()
  return (
    <div className="option-undo">
      <Button size="small" isDisabled={undoName === null} onPress={undo}>
        <Undo2 className="icon" aria-hidden />
        <span>{undoName ? t('history.undoStep', { step: say(undoName) }) : t('history.nothingToUndo')}</span>
      </Button>
      {redoName !== null && (
        <Button size="small" onPress={redo}>
          <Redo2 className="icon" aria-hidden />
          <span>{t('history.redoStep', { step: say(redoName) })}</span>
        </Button>
      )}
    </div>
  )
}

/** The steps of an option, the newest last, with who made them and when. */
export function StepList({ steps }: { steps: OptionView['steps'] }) {
  const { t, lang, say } = useWords()
  return (
    <section className="option-part" aria-label={t('options.steps')}>
      <h3>
        {t('options.steps')} <span className="quiet number">{steps.length}</span>
      </h3>
      {steps.length === 0 ? (
        <p className="quiet">{t('options.noSteps')}</p>
      ) : (
        <ol className="option-steps">
          {steps.map(({ id, title, by, at }) => (
            <li key={id}>
              {say(title)} <span className="quiet">{author(by, formatMoment(at, lang))}</span>
            </li>
          ))}
        </ol>
      )}
      <StepButtons />
    </section>
  )
}
