import { ActivityDialog } from './activity/activity-dialog.tsx'
import { CatalogueScreen } from './catalogue/catalogue-screen.tsx'
import { ChecklistEditorScreen } from './checklist-editor/checklist-editor-screen.tsx'
import { CompareScreen } from './compare/compare-screen.tsx'
import { useFormats } from './format/chosen.ts'
import { AuditDialog } from './history/audit-dialog.tsx'
import { ImportDialog } from './import/import-dialog.tsx'
import { WindowDrop } from './drop/window-drop.tsx'
import { MergeDialog } from './share/merge-dialog.tsx'
import { ReplyDialog } from './share/reply-dialog.tsx'
import { MemoScreen } from './memo/memo-screen.tsx'
import { MonitoringScreen } from './monitoring/monitoring-screen.tsx'
import { OpportunityScreen } from './opportunity/opportunity-screen.tsx'
import { PanelScreen } from './panel/panel-screen.tsx'
import { OrientationScreen } from './orientation/orientation-screen.tsx'
import { RoundScreen } from './rounds/round-screen.tsx'
import { ResultsScreen } from './results/results-screen.tsx'
import { InboxScreen } from './inbox/inbox-screen.tsx'
import { LibraryScreen } from './library/library-screen.tsx'
import { MemoReader } from './library/memo-reader.tsx'
import { SearchEverything } from './search/search-dialog.tsx'
import { SettingsDialog } from './settings/settings-dialog.tsx'
import { useApplySettings } from './settings/use-settings.ts'
import { ShortcutsDialog } from './shortcuts/shortcuts-dialog.tsx'
import { useShortcuts } from './shortcuts/use-shortcuts.ts'
import { useUi, type OpenDialog } from './state/ui-store.ts'
import { SideBySideScreen } from './side-by-side/side-by-side-screen.tsx'
import { Toasts } from './ui/toasts.tsx'
import { useWindowLink } from './windows/use-windows.ts'
import { WindowScreen } from './windows/window-screen.tsx'
import { VerifyDialog } from './verify/verify-dialog.tsx'
import { WorkbenchScreen } from './workbench/workbench-screen.tsx'

function Page() {
  const route = useUi((state) => state.route)
  switch (route.page) {
    case 'catalogue':
      return <CatalogueScreen />
    case 'plan':
      return <WorkbenchScreen key={route.planId} planId={route.planId} />
    case 'window':
      return <WindowScreen key={route.planId} planId={route.planId} panel={route.panel} />
    case 'compare':
      return <CompareScreen planId={route.planId} beforeId={route.beforeId} />
    case 'sides':
      return <SideBySideScreen planId={route.planId} beforeId={route.beforeId} />
    case 'round':
      return <RoundScreen key={route.planId} planId={route.planId} />
    case 'orientation':
      return <OrientationScreen key={route.planId} planId={route.planId} />
    case 'opportunity':
      return <OpportunityScreen key={route.planId} planId={route.planId} />
    case 'panel':
      return <PanelScreen key={route.planId} planId={route.planId} />
    case 'library':
      return route.memoId === null ? <LibraryScreen /> : <MemoReader key={route.memoId} memoId={route.memoId} at={route.at} />
    case 'inbox':
      return <InboxScreen />
    case 'monitoring':
      return <MonitoringScreen />
    case 'checklist':
      return <ChecklistEditorScreen key={route.checklistId} checklistId={route.checklistId} />
    case 'results':
      return <ResultsScreen key={route.planId} planId={route.planId} indicator={route.indicator} table={route.table} />
    case 'memo':
      return <MemoScreen key={route.planId} planId={route.planId} />
  }
}

function OpenedDialog({ dialog, onClose }: { dialog: Exclude<OpenDialog, null>; onClose: () => void }) {
  switch (dialog) {
    case 'import':
      return <ImportDialog onClose={onClose} />
    case 'settings':
      return <SettingsDialog onClose={onClose} />
    case 'verify':
      return <VerifyDialog onClose={onClose} />
    case 'shortcuts':
      return <ShortcutsDialog onClose={onClose} />
    case 'merge':
      return <MergeDialog onClose={onClose} />
    case 'reply':
      return <ReplyDialog onClose={onClose} />
    case 'activity':
      return <ActivityDialog onClose={onClose} />
    case 'audit':
      return <AuditDialog onClose={onClose} />
  }
}

/** The page that the address names, the dialog that is open over it, and the messages over both. */
export function Screens() {
  const dialog = useUi((state) => state.dialog)
  const open = useUi((state) => state.open)
  // Numbers and days are written anew everywhere.
  const formats = useFormats(({ digits, dates }) => `${digits} ${dates}`)
  useApplySettings()
  useShortcuts()
  useWindowLink()
  return (
    <>
      <Page key={formats} />
      {dialog && <OpenedDialog dialog={dialog} onClose={() => open(null)} />}
      <SearchEverything />
      <WindowDrop />
      <Toasts />
    </>
  )
}
