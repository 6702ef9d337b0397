import { Redo2, Undo2 } from 'lucide-react'
import { useWords } from '../i18n/use-words.ts'
import { IconButton } from '../ui/button.tsx'
import { useHistorySteps } from './use-history.ts'

/** Undo and redo; each button says which step it would take. */
export function UndoButtons() {
  const { t, say } = useWords()
  const { undo, redo, undoName, redoName } = useHistorySteps()
  return (
    <>
      <IconButton
        label={undoName ? t('history.undoStep', { step: say(undoName) }) : t('history.nothingToUndo')}
        isDisabled={undoName === null}
        onPress={undo}
      >
        <Undo2 className="icon" />
      </IconButton>
      <IconButton
        label={redoName ? t('history.redoStep', { step: say(redoName) }) : t('history.nothingToRedo')}
        isDisabled={redoName === null}
        onPress={redo}
      >
        <Redo2 className="icon" />
      </IconButton>
    </>
  )
}
