import { useEffect } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { useHistorySteps } from '../history/use-history.ts'
import { useFindings } from '../findings/findings-store.ts'
import { useToasts } from '../state/toasts.ts'
import { useSettings } from '../settings/use-settings.ts'
import { useAttributes } from '../attributes/attribute-store.ts'
import { useAsk } from '../measure/ask-store.ts'
import { takeTool } from '../measure/ask-toolbar.tsx'
import { describeMapNow } from '../workbench/map-words-store.ts'
import { openPanelMenu } from '../layers/tree-store.ts'
import { useSearch } from '../search/search-store.ts'
import { useUi } from '../state/ui-store.ts'
import { sendToWindow } from '../windows/use-windows.ts'
import { shortcutOf, useKeys, type WindowKey } from './keys.ts'

/** Lists jump to what is typed, so that letters are theirs too. */
const isWriting = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) ||
    target.closest('[role="listbox"], [role="menu"]') !== null)

/** Sends the focus to the next panel of the desk, from the last one to the first. */
function focusNextPanel(): void {
  const panels = [...document.querySelectorAll<HTMLElement>('[data-desk-panel]')]
  const at = panels.findIndex((panel) => panel.contains(document.activeElement))
  panels[(at + 1) % Math.max(1, panels.length)]?.focus()
}

/** Steps through the items exactly as the buttons on screen would; nothing when no item is open. */
const pressStep = (step: 'next' | 'previous') => document.querySelector<HTMLButtonElement>(`[data-item-step="${step}"]`)?.click()

/** Only where the map of the workbench is, in either window. */
const onPlan = (act: () => void) => () => {
  const { route } = useUi.getState()
  if (route.page === 'plan' || (route.page === 'window' && route.panel === 'map')) act()
}

/** The window's own keys. Nothing happens mid-composition, so an input method never loses a character. */
export function useShortcuts(): void {
  const { t } = useWords()
  const { undo, redo } = useHistorySteps()
  const toast = useToasts((state) => state.add)
  const { keys } = useSettings()
  useEffect(() => useKeys.setState({ changed: keys ?? {} }), [keys])
  useEffect(() => {
    const act: Record<WindowKey | 'escape', () => void> = {
      undo,
      redo,
      save: () => void toast({ tone: 'done', text: t('common.allSaved') }),
      memo: () => {
        const { route, go } = useUi.getState()
        if (route.page === 'plan') go({ page: 'memo', planId: route.planId })
      },
      results: () => {
        const { route, go } = useUi.getState()
        if (route.page === 'plan' || route.page === 'memo')
          go({ page: 'results', planId: route.planId, indicator: null, table: null })
      },
      help: () => useUi.getState().open('shortcuts'),
      escape: () => {
        useFindings.getState().step({ do: 'cancel' })
        useAsk.getState().step({ do: 'cancel' })
        useUi.getState().clearEvidence()
      },
      panels: focusNextPanel,
      // A new comment begins with its mark on the map.
      comment: () => {
        if (useUi.getState().route.page === 'plan') useFindings.getState().draw('area')
      },
      search: () => useSearch.getState().open(true),
      table: onPlan(() => useAttributes.getState().open(!useAttributes.getState().isOpen)),
      measureDistance: onPlan(() => takeTool('distance')),
      measureArea: onPlan(() => takeTool('area')),
      activity: () => useUi.getState().open('activity'),
      describeMap: onPlan(describeMapNow),
      mapWindow: () => {
        const { route } = useUi.getState()
        if (route.page === 'plan') sendToWindow(route.planId, 'map')
      },
      bookmarks: onPlan(() => openPanelMenu('bookmarks')),
      deselect: () => useAttributes.getState().clear(),
      nextItem: () => pressStep('next'),
      previousItem: () => pressStep('previous'),
    }
    const press = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented) return
      const name = shortcutOf(event, isWriting(event.target), useKeys.getState().changed)
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
