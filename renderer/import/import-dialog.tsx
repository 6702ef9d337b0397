import { FileJson, History, Redo2, RotateCcw, Undo2 } from 'lucide-react'
import { useEffect } from 'react'
import { draftManifest, layerQuestions, planQuestions } from '#core/intake/draft.ts'
import { saveText } from '../api/shell.ts'
import { useCommand } from '../api/use-api.tsx'
import { formatMoment } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useToasts } from '../state/toasts.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { JobProgress } from '../ui/job-progress.tsx'
import { ChooseFiles } from './choose-files.tsx'
import { ImportResult } from './import-result.tsx'
import { InspectionView } from './inspection-view.tsx'
import { useImport, type Import, type Inspected } from './use-import.ts'

const MANIFEST_NAME = 'manifest.json'

function Footer({ work, inspected }: { work: Import; inspected: Inspected }) {
  const { t } = useWords()
  const toast = useToasts((state) => state.add)
  const saving = useCommand('files.saveText')
  const { past, present: draft, future } = inspected.steps
  const questions = planQuestions(draft.plan).length + draft.layers.reduce((sum, layer) => sum + layerQuestions(layer).length, 0)
  const manifest = questions === 0 ? draftManifest(draft) : null
  const nothing = draft.layers.every(({ role }) => role === 'leave-out')
  const save = async () => {
    if (!manifest) return
    const file = await saveText(`${JSON.stringify(manifest, null, 2)}\n`, MANIFEST_NAME, saving)
    if (file !== null) toast({ tone: 'done', text: t('importing.manifestSaved', { file }) })
  }
  if (work.run.busy) return <JobProgress label={t('importing.running')} progress={work.run.progress} onCancel={work.run.cancel} />
  return (
    <>
      {saving.error !== null && <ErrorNotice error={saving.error} onDismiss={saving.reset} />}
      <Button look="bare" onPress={work.startOver}>
        <RotateCcw className="icon" aria-hidden />
        {t('importing.startOver')}
      </Button>
      <IconButton label={t('importing.undo')} onPress={work.undo} isDisabled={past.length === 0}>
        <Undo2 className="icon" />
      </IconButton>
      <IconButton label={t('importing.redo')} onPress={work.redo} isDisabled={future.length === 0}>
        <Redo2 className="icon" />
      </IconButton>
      <span className="spacer" />
      <span className={questions > 0 ? 'questions-left open' : 'questions-left'} aria-live="polite">
        {nothing
          ? t('importing.foundNone')
          : questions > 0
            ? t('importing.questions', { count: questions })
            : t('importing.noQuestions')}
      </span>
      <Button onPress={() => void save()} isDisabled={manifest === null || saving.busy}>
        <FileJson className="icon" aria-hidden />
        {t('importing.saveManifest')}
      </Button>
      <Button look="primary" onPress={() => void work.start()} isDisabled={manifest === null}>
        {t('importing.run')}
      </Button>
    </>
  )
}

/** Undo and redo of the answers by keyboard, also while typing: a field's own undo would not know what belongs together. */
function useUndoKeys({ inspected, imported, run, undo, redo }: Import): void {
  const active = inspected !== null && imported === null && !run.busy
  useEffect(() => {
    if (!active) return undefined
    const press = (event: KeyboardEvent) => {
      if (event.isComposing || event.altKey || !(event.ctrlKey || event.metaKey)) return
      if (event.target instanceof Element && event.target.closest('[data-own-undo]')) return
      const key = event.key.toLowerCase()
      if (key !== 'z' && key !== 'y') return
      event.preventDefault()
      if (key === 'y' || event.shiftKey) redo()
      else undo()
    }
    window.addEventListener('keydown', press, true)
    return () => window.removeEventListener('keydown', press, true)
  }, [active, undo, redo])
}

function Beginning({ work }: { work: Import }) {
  const { t, lang } = useWords()
  const { choose, inspect, waiting, opening } = work
  const busy = choose.busy || inspect.busy
  return (
    <>
      {waiting !== null && (
        <div className="notice">
          <History className="icon" aria-hidden />
          <div className="stack">
            <p>{t('importing.resumeGone', { when: formatMoment(waiting.savedAt, lang) })}</p>
            <p className="code">{waiting.missing.join(', ')}</p>
          </div>
          <Button size="small" onPress={work.startOver}>
            {t('importing.discard')}
          </Button>
        </div>
      )}
      {choose.busy && <JobProgress label={t('importing.uploading')} progress={choose.progress} onCancel={choose.cancel} />}
      {inspect.busy && <JobProgress label={t('importing.inspecting')} progress={inspect.progress} onCancel={inspect.cancel} />}
      {!busy && !opening && <ChooseFiles choose={choose} onChosen={(files) => void work.look(files)} />}
    </>
  )
}

/**
 * Puts a plan into the catalogue. Nothing unsure is taken silently, nothing is stored before the last press, and what was
 * answered outlives the dialog and the program.
 */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t, lang } = useWords()
  const work = useImport(onClose)
  const { choose, inspect, run, inspected, imported, failure } = work
  const busy = choose.busy || inspect.busy || run.busy
  useUndoKeys(work)
  const stopAll = () => {
    choose.cancel()
    inspect.cancel()
    run.cancel()
  }
  // A dialog that is taken away (Back, a lost connection) must not leave its job running.
  // oxlint-disable-next-line react/exhaustive-deps -- only when the dialog goes away, never between renders
  useEffect(() => stopAll, [])
  return (
    <Dialog
      title={t('importing.title')}
      size="wide"
      onClose={onClose}
      dismissable={!busy}
      foot={
        imported ? (
          <>
            <span className="spacer" />
            <Button look="primary" onPress={() => work.openPlan(imported.planId)}>
              {t('importing.openPlan')}
            </Button>
          </>
        ) : inspected ? (
          <Footer work={work} inspected={inspected} />
        ) : undefined
      }
    >
      <div className="stack import">
        {run.error !== null && <ErrorNotice error={run.error} onDismiss={run.reset} />}
        {choose.error !== null && <ErrorNotice error={choose.error} />}
        {inspect.error !== null && <ErrorNotice error={inspect.error} />}
        {failure !== null && <ErrorNotice error={failure} />}
        {imported ? (
          <ImportResult imported={imported} onOpen={work.openPlan} />
        ) : inspected ? (
          <>
            {inspected.resumedFrom !== null && (
              <p className="notice">
                <History className="icon" aria-hidden />
                <span>{t('importing.resumed', { when: formatMoment(inspected.resumedFrom, lang) })}</span>
              </p>
            )}
            <InspectionView
              inspection={inspected.inspection}
              draft={inspected.steps.present}
              files={inspected.files}
              shift={inspected.shift}
              onShift={work.chooseShift}
              onChange={work.change}
            />
          </>
        ) : (
          <Beginning work={work} />
        )}
      </div>
    </Dialog>
  )
}
