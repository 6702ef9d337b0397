import { useCallback, useEffect } from 'react'
import type { History } from '#core/contract/procedures.ts'
import type { Bilingual } from '#core/text.ts'
import { useCommand, useRead, useRemember } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { useToasts } from '../state/toasts.ts'
import { errorSentences } from '../ui/error-notice.tsx'

const NOTHING: History = { undo: null, redo: null, steps: [] }

/** The steps of this catalogue, and the two ways along them. Every step says its name when it is taken back or done again. */
export function useHistorySteps() {
  const { t, lang, say } = useWords()
  const { data } = useRead('history.get', {})
  const { undo, redo, steps } = data ?? NOTHING
  const back = useCommand('history.undo')
  const forth = useCommand('history.redo')
  const remember = useRemember()
  const toast = useToasts((state) => state.add)

  const step = useCallback(
    async (command: { run: typeof back.run }, name: Bilingual | null, words: 'history.undid' | 'history.redid') => {
      if (name === null) {
        toast({ tone: 'done', text: t(words === 'history.undid' ? 'history.nothingToUndo' : 'history.nothingToRedo') })
        return
      }
      const done = await command.run({})
      if (!done) return
      remember('history.get', {}, done.output)
      toast({ tone: 'done', text: t(words, { step: say(name) }) })
    },
    [t, say, toast, remember],
  )
  const failure = back.error ?? forth.error
  useEffect(() => {
    if (failure === null) return
    const { title, cause } = errorSentences(failure, lang)
    toast({ tone: 'error', text: `${title} ${cause}` })
  }, [failure, lang, toast])

  const runBack = back.run
  const runForth = forth.run
  return {
    steps,
    undoName: undo,
    redoName: redo,
    undo: useCallback(() => void step({ run: runBack }, undo, 'history.undid'), [step, runBack, undo]),
    redo: useCallback(() => void step({ run: runForth }, redo, 'history.redid'), [step, runForth, redo]),
  }
}
