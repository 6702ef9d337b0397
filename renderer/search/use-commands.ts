import i18next, { type ParseKeys } from 'i18next'
import type { PlanId } from '#core/model/ids.ts'
import { useAttributes } from '../attributes/attribute-store.ts'
import { useFindings } from '../findings/findings-store.ts'
import { useHistorySteps } from '../history/use-history.ts'
import { useWords } from '../i18n/use-words.ts'
import { openPanelDialog, openPanelMenu } from '../layers/tree-store.ts'
import { sendToWindow } from '../windows/use-windows.ts'
import { takeTool } from '../measure/ask-toolbar.tsx'
import { useChangeSettings, useSettings } from '../settings/use-settings.ts'
import { keyWords, type KeyName } from '../shortcuts/keys.ts'
import type { Route } from '../state/route.ts'
import { useUi, type OpenDialog } from '../state/ui-store.ts'
import type { SearchEntry } from './rank.ts'
import { usePrint } from '../print/print-store.ts'
import { describeMapNow } from '../workbench/map-words-store.ts'
import { onDesk } from './use-entries.ts'

/** Everything that the window can do and every place in it, by name; in the other language's words too, so that either is found. */
export function useCommands(planId: PlanId | null): SearchEntry[] {
  const { t, lang } = useWords()
  const otherLanguage = i18next.getFixedT(lang === 'zh' ? 'en' : 'zh')
  const { keys = {} } = useSettings()
  const { undo, redo } = useHistorySteps()
  const settings = useChangeSettings()
  const { go, open, showTab } = useUi.getState()
  const key = (name: KeyName) => keyWords(name, keys)
  const command = (id: string, title: ParseKeys, act: () => void, name?: KeyName): SearchEntry => ({
    id: `command-${id}`,
    group: 'commands',
    title: t(title),
    more: otherLanguage(title),
    go: act,
    ...(name === undefined ? {} : { keys: key(name) }),
  })
  const place = (id: string, title: ParseKeys, route: Route, name?: KeyName): SearchEntry => ({
    ...command(id, title, () => go(route), name),
    group: 'places',
  })
  const dialog = (id: Exclude<OpenDialog, null>, title: ParseKeys, name?: KeyName) => command(id, title, () => open(id), name)
  const everywhere = [
    command('undo', 'shortcuts.undo', undo, 'undo'),
    command('redo', 'shortcuts.redo', redo, 'redo'),
    dialog('settings', 'catalogue.settings'),
    dialog('shortcuts', 'shortcuts.help', 'help'),
    dialog('verify', 'verify.title'),
    dialog('audit', 'history.audit'),
    dialog('activity', 'activity.title', 'activity'),
    command('light', 'search.light', () => void settings.change({ theme: 'light' })),
    command('dark', 'search.dark', () => void settings.change({ theme: 'dark' })),
    command('contrast', 'search.contrast', () => void settings.change({ theme: 'contrast' })),
    command('chinese', 'search.chinese', () => void settings.change({ lang: 'zh' })),
    command('english', 'search.english', () => void settings.change({ lang: 'en' })),
    place('catalogue', 'search.catalogue', { page: 'catalogue' }),
    place('monitoring', 'monitoring.title', { page: 'monitoring' }),
    place('library', 'library.title', { page: 'library', memoId: null, at: null }),
    place('inbox', 'inbox.title', { page: 'inbox' }),
  ]
  if (planId === null) return everywhere
  const desk = (id: string, title: ParseKeys, act: () => void, name?: KeyName) =>
    command(id, title, () => onDesk(planId, act), name)
  return [
    ...everywhere,
    desk('table', 'attributes.title', () => useAttributes.getState().open(true), 'table'),
    desk('print', 'print.title', () => usePrint.getState().open(true)),
    desk('describeMap', 'shortcuts.describeMap', describeMapNow, 'describeMap'),
    desk('bookmarks', 'layers.bookmarks', () => openPanelMenu('bookmarks'), 'bookmarks'),
    desk('addBookmark', 'layers.addBookmark', () => openPanelDialog('addBookmark')),
    desk('themes', 'layers.themes', () => openPanelMenu('themes')),
    desk('saveTheme', 'layers.saveTheme', () => openPanelDialog('saveTheme')),
    desk('distance', 'measure.distance', () => takeTool('distance'), 'measureDistance'),
    desk('area', 'measure.area', () => takeTool('area'), 'measureArea'),
    desk('angle', 'measure.angle', () => takeTool('angle')),
    desk('box', 'measure.box', () => takeTool('box')),
    desk('polygon', 'measure.polygon', () => takeTool('polygon')),
    desk('comment', 'shortcuts.comment', () => useFindings.getState().draw('area'), 'comment'),
    desk('mapWindow', 'windows.openMap', () => sendToWindow(planId, 'map'), 'mapWindow'),
    desk('checklistWindow', 'windows.openChecklist', () => sendToWindow(planId, 'checklist')),
    desk('findingsWindow', 'windows.openFindings', () => sendToWindow(planId, 'findings')),
    desk('options', 'options.tab', () => showTab('options')),
    desk('findings', 'workbench.findingsTab', () => showTab('findings')),
    place('review', 'search.review', { page: 'plan', planId }),
    place('orientation', 'orientation.open', { page: 'orientation', planId }),
    place('memo', 'workbench.memo', { page: 'memo', planId }, 'memo'),
    place('results', 'results.open', { page: 'results', planId, indicator: null, table: null }, 'results'),
    place('opportunity', 'opportunity.title', { page: 'opportunity', planId }),
    place('panel', 'panel.title', { page: 'panel', planId }),
    place('sides', 'sides.title', { page: 'sides', planId, beforeId: null }),
    place('compare', 'compare.title', { page: 'compare', planId, beforeId: null }),
    place('round', 'rounds.title', { page: 'round', planId }),
  ]
}
