import { useEffect } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { useHistorySteps } from '../history/use-history.ts'
import { useToasts } from '../state/toasts.ts'
import { useUi } from '../state/ui-store.ts'

/** What a key press means for the whole window; null when it is not ours. */
export type ShortcutName = 'undo' | 'redo' | 'save' | 'memo' | 'help' | 'escape'

interface KeyPress {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
}

/** Reads a key press. While someone writes, only keys that no text field uses are ours. */
export function shortcutOf(press: KeyPress, writing: boolean): ShortcutName | null {
  const key = press.key.toLowerCase()
  if (press.altKey) return null
  if (press.ctrlKey || press.metaKey) {
    if (key === 's') return 'save'
    if (key === 'p') return 'memo'
    if (writing) return null
    if (key === 'z') return press.shiftKey ? 'redo' : 'undo'
    return key === 'y' ? 'redo' : null
  }
  if (key === 'f1') return 'help'
  if (key === 'escape') return 'escape'
  return key === '?' && !writing ? 'help' : null
}

const isWriting = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))

/** The window's own keys. Nothing happens mid-composition, so an input method never loses a character. */
export function useShortcuts(): void {
  const { t } = useWords()
  const { undo, redo } = useHistorySteps()
  const toast = useToasts((state) => state.add)
  useEffect(() => {
    const act: Record<ShortcutName, () => void> = {
      undo,
      redo,
      save: () => void toast({ tone: 'done', text: t('common.allSaved') }),
      memo: () => {
        const { route, go } = useUi.getState()
        if (route.page === 'plan') go({ page: 'memo', planId: route.planId })
      },
      help: () => useUi.getState().open('shortcuts'),
      escape: () => useUi.getState().clearEvidence(),
    }
    const press = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented) return
      const name = shortcutOf(event, isWriting(event.target))
      if (name === null) return
      const modal = document.querySelector('[role="dialog"]') !== null
      if (modal && name !== 'save') return
      if (name !== 'escape') event.preventDefault()
      act[name]()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [t, undo, redo, toast])
}
