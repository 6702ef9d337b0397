import { FileJson, RotateCcw } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { FileToken } from '#core/model/ids.ts'
import type { Inspection } from '#core/model/inspection.ts'
import { saveText } from '../api/shell.ts'
import { useCommand } from '../api/use-api.tsx'
import { useChooseFiles } from '../api/use-choose-files.ts'
import { useWords } from '../i18n/use-words.ts'
import { useToasts } from '../state/toasts.ts'
import { useUi } from '../state/ui-store.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { JobProgress } from '../ui/job-progress.tsx'
import { ChooseFiles } from './choose-files.tsx'
import { draftManifest, importDraft, layerQuestions, planQuestions, type ImportDraft } from '#core/intake/draft.ts'
import { InspectionView } from './inspection-view.tsx'

/** What stands between choosing files and a plan in the catalogue. */
interface Inspected {
  files: FileToken
  inspection: Inspection
  draft: ImportDraft
}

const MANIFEST_NAME = 'manifest.json'

/** The whole conversation of an import: choose, inspect, answer, run. */
function useImport(onDone: () => void) {
  const { t } = useWords()
  const toast = useToasts((state) => state.add)
  const choose = useChooseFiles()
  const inspect = useCommand('import.inspect')
  const run = useCommand('import.run')
  const [inspected, setInspected] = useState<Inspected | null>(null)

  const look = async (files: FileToken) => {
    const done = await inspect.run({ files })
    if (done) setInspected({ files, inspection: done.output, draft: importDraft(done.output) })
  }
  const start = async () => {
    const manifest = inspected && draftManifest(inspected.draft)
    if (!inspected || !manifest) return
    const done = await run.run({ files: inspected.files, manifest })
    if (!done) return
    toast({ tone: 'done', text: t('importing.done', { name: manifest.nameZh ?? manifest.name }) })
    onDone()
    useUi.getState().go({ page: 'plan', planId: done.output.planId })
  }
  const startOver = () => {
    inspect.reset()
    run.reset()
    setInspected(null)
  }
  const change = (draft: ImportDraft) => setInspected((now) => now && { ...now, draft })
  return { choose, inspect, run, inspected, look, start, startOver, change }
}

type Import = ReturnType<typeof useImport>

function Footer({ work, inspected }: { work: Import; inspected: Inspected }) {
  const { t } = useWords()
  const toast = useToasts((state) => state.add)
  const { draft } = inspected
  const questions = planQuestions(draft.plan).length + draft.layers.reduce((sum, layer) => sum + layerQuestions(layer).length, 0)
  const manifest = questions === 0 ? draftManifest(draft) : null
  const nothing = draft.layers.every(({ role }) => role === 'leave-out')
  const save = () => {
    if (!manifest) return
    saveText(`${JSON.stringify(manifest, null, 2)}\n`, MANIFEST_NAME)
    toast({ tone: 'done', text: t('importing.manifestSaved', { file: MANIFEST_NAME }) })
  }
  if (work.run.busy) return <JobProgress label={t('importing.running')} progress={work.run.progress} onCancel={work.run.cancel} />
  return (
    <>
      <Button look="bare" onPress={work.startOver}>
        <RotateCcw className="icon" aria-hidden />
        {t('importing.startOver')}
      </Button>
      <span className="spacer" />
      <span className={questions > 0 ? 'questions-left open' : 'questions-left'} aria-live="polite">
        {nothing
          ? t('importing.foundNone')
          : questions > 0
            ? t('importing.questions', { count: questions })
            : t('importing.noQuestions')}
      </span>
      <Button onPress={save} isDisabled={manifest === null}>
        <FileJson className="icon" aria-hidden />
        {t('importing.saveManifest')}
      </Button>
      <Button look="primary" onPress={() => void work.start()} isDisabled={manifest === null}>
        {t('importing.run')}
      </Button>
    </>
  )
}

/** Puts a plan into the catalogue. Nothing unsure is taken silently, and nothing is stored before the last press. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords()
  const work = useImport(onClose)
  const { choose, inspect, run, inspected } = work
  const busy = choose.busy || inspect.busy || run.busy
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
      foot={inspected ? <Footer work={work} inspected={inspected} /> : undefined}
    >
      <div className="stack import">
        {run.error !== null && <ErrorNotice error={run.error} onDismiss={run.reset} />}
        {choose.error !== null && <ErrorNotice error={choose.error} />}
        {inspect.error !== null && <ErrorNotice error={inspect.error} />}
        {inspected ? (
          <InspectionView inspection={inspected.inspection} draft={inspected.draft} onChange={work.change} />
        ) : (
          <>
            {choose.busy && <JobProgress label={t('importing.uploading')} progress={choose.progress} onCancel={choose.cancel} />}
            {inspect.busy && (
              <JobProgress label={t('importing.inspecting')} progress={inspect.progress} onCancel={inspect.cancel} />
            )}
            {!busy && <ChooseFiles choose={choose} onChosen={(files) => void work.look(files)} />}
          </>
        )}
      </div>
    </Dialog>
  )
}
