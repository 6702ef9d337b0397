import { useCallback, useEffect, useRef, useState } from 'react'
import type { HandedFile } from '../api/shell.ts'
import { useChooseFiles } from '../api/use-choose-files.ts'
import { useCommand, useRead } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { droppedFiles, droppedItems } from '../import/dropped-files.ts'
import { useToasts } from '../state/toasts.ts'
import { useUi, type OpenDialog } from '../state/ui-store.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { JobProgress } from '../ui/job-progress.tsx'
import { dropKinds, kindsOfTypes, type DropKind } from './drop-kinds.ts'
import { putDropped } from './dropped.ts'
import './drop.css'

const DIALOGS: Partial<Record<DropKind, OpenDialog>> = { plan: 'import', memo: 'verify', package: 'merge', reply: 'reply' }

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true
/** A dialog has places of its own for files, and only those. */
const isDialogOpen = () => document.querySelector('[role="dialog"]') !== null

/** What the pointer carries over the window, by what it can become; a drop anywhere hands over the files. */
function useWindowDrop(onFiles: (files: HandedFile[]) => void): DropKind[] | null {
  const [over, setOver] = useState<DropKind[] | null>(null)
  const depth = useRef(0)
  useEffect(() => {
    const leave = () => {
      depth.current = 0
      setOver(null)
    }
    const enter = (event: DragEvent) => {
      if (!hasFiles(event) || isDialogOpen()) return
      depth.current += 1
      setOver(kindsOfTypes([...(event.dataTransfer?.items ?? [])].map(({ type }) => type)))
    }
    const exit = (event: DragEvent) => {
      if (!hasFiles(event)) return
      depth.current -= 1
      if (depth.current <= 0) leave()
    }
    // Without this the browser would leave the page for the file.
    const hover = (event: DragEvent) => {
      if (!hasFiles(event) || event.defaultPrevented) return
      event.preventDefault()
      if (event.dataTransfer) event.dataTransfer.dropEffect = isDialogOpen() ? 'none' : 'copy'
    }
    const drop = (event: DragEvent) => {
      const wasTaken = event.defaultPrevented
      if (!hasFiles(event) || event.dataTransfer === null) return
      event.preventDefault()
      leave()
      if (wasTaken || isDialogOpen()) return
      if (window.greenprint) onFiles(droppedItems(event.dataTransfer))
      else void droppedFiles(event.dataTransfer).then(onFiles)
    }
    const heard = [
      ['dragenter', enter],
      ['dragleave', exit],
      ['dragover', hover],
      ['drop', drop],
    ] as const
    for (const [name, listener] of heard) window.addEventListener(name, listener)
    return () => {
      for (const [name, listener] of heard) window.removeEventListener(name, listener)
    }
  }, [onFiles])
  return over
}

/** Files may be dropped anywhere: what they can become is said before, asked where it is not clear, and done after. */
export function WindowDrop() {
  const { t } = useWords()
  const formats = useRead('app.formats', {}).data
  const choose = useChooseFiles()
  const basemap = useCommand('basemap.choose')
  const toast = useToasts((state) => state.add)
  const [asked, setAsked] = useState<{ files: HandedFile[]; kinds: DropKind[] } | null>(null)
  const { take } = choose
  const { run } = basemap

  const use = useCallback(
    async (files: HandedFile[], kind: DropKind) => {
      setAsked(null)
      const { route, open } = useUi.getState()
      if (kind === 'sheet' && route.page !== 'plan') {
        toast({ tone: 'error', text: t('drop.needsPlan') })
        return
      }
      const token = await take(files)
      if (token === null) return
      const dialog = DIALOGS[kind]
      if (kind === 'basemap') {
        const done = await run({ files: token })
        if (done) toast({ tone: 'done', text: t('drop.done_basemap', { name: done.output.name }) })
        return
      }
      putDropped(kind, token)
      if (dialog !== undefined) open(dialog)
    },
    [take, run, toast, t],
  )
  const onFiles = useCallback(
    (files: HandedFile[]) => {
      const endings = new Set((formats ?? []).flatMap(({ extensions }) => extensions.map((ending) => ending.replace('.', ''))))
      const kinds = dropKinds(
        files.map(({ path }) => path),
        endings,
        useUi.getState().route.page === 'plan',
      )
      const [only] = kinds
      if (only === undefined) toast({ tone: 'error', text: t('drop.unknown', { name: files[0]?.path ?? '' }) })
      else if (kinds.length === 1) void use(files, only)
      else setAsked({ files, kinds })
    },
    [formats, toast, t, use],
  )
  const over = useWindowDrop(onFiles)
  const error = choose.error ?? basemap.error
  return (
    <>
      {over && (
        <div className="drop-veil" role="status">
          <div className="drop-card">
            <h2>{t('drop.title')}</h2>
            <ul>
              {over.map((kind) => (
                <li key={kind}>{t(`drop.release_${kind}`)}</li>
              ))}
            </ul>
          </div>
        </div>
      )}
      {(choose.busy || basemap.busy || error !== null) && (
        <div className="drop-work">
          {choose.busy && <JobProgress label={t('importing.uploading')} progress={choose.progress} onCancel={choose.cancel} />}
          {basemap.busy && <JobProgress label={t('activity.basemap')} progress={basemap.progress} onCancel={basemap.cancel} />}
          {choose.error !== null && <ErrorNotice error={choose.error} onDismiss={choose.forget} />}
          {basemap.error !== null && <ErrorNotice error={basemap.error} onDismiss={basemap.reset} />}
        </div>
      )}
      {asked && (
        <Dialog title={t('drop.which')} onClose={() => setAsked(null)}>
          <div className="stack">
            <p>{t('drop.whichText', { name: asked.files[0]?.path ?? '' })}</p>
            {asked.kinds.map((kind) => (
              <Button key={kind} size="large" onPress={() => void use(asked.files, kind)}>
                {t(`drop.release_${kind}`)}
              </Button>
            ))}
          </div>
        </Dialog>
      )}
    </>
  )
}
