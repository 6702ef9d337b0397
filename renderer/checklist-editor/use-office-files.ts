import { useState } from 'react'
import type { Checklist } from '#core/checklist/schema.ts'
import { download, pickSaveTarget, saveText } from '../api/shell.ts'
import { useClient, useCommand, useRemember } from '../api/use-api.tsx'
import { useChooseFiles } from '../api/use-choose-files.ts'
import { useWords } from '../i18n/use-words.ts'
import { useToasts } from '../state/toasts.ts'

/** Checklists in and out: versions of the catalogue, files, and a new version published. Failures stand in `error`. */
export function useOfficeFiles(checklistId: string) {
  const { t } = useWords()
  const client = useClient()
  const files = useChooseFiles()
  const reading = useCommand('checklists.read')
  const publishing = useCommand('checklists.publish')
  const exporting = useCommand('checklists.export')
  const writing = useCommand('files.saveText')
  const remember = useRemember()
  const toast = useToasts((state) => state.add)
  const [failure, setFailure] = useState<unknown>(null)
  const said = (file: string) => toast({ tone: 'done', text: t('checklists.exported', { file }) })

  return {
    busy: files.busy || reading.busy || publishing.busy || exporting.busy || writing.busy,
    error: failure ?? files.error ?? reading.error ?? publishing.error ?? exporting.error ?? writing.error,
    reset() {
      setFailure(null)
      for (const command of [reading, publishing, exporting, writing]) command.reset()
    },
    /** One version in full; null where it could not be had. */
    async version(version: string): Promise<Checklist | null> {
      try {
        return await client.call('checklists.version', { checklistId, version })
      } catch (error) {
        setFailure(error)
        return null
      }
    },
    /** A checklist from a file that the person chooses. */
    async read(): Promise<Checklist | null> {
      const token = await files.pick('files', '.json,application/json')
      if (token === null) return null
      return (await reading.run({ files: token }))?.output ?? null
    },
    async publish(checklist: Checklist): Promise<boolean> {
      const done = await publishing.run({ checklist })
      if (!done) return false
      remember('checklists.versions', { checklistId }, done.output)
      toast({ tone: 'done', text: t('checklists.published', { version: checklist.version }) })
      return true
    },
    /** The draft as it stands, or the current version where there is none. */
    async save(draft: Checklist | null, version: string): Promise<void> {
      if (draft !== null) {
        const name = await saveText(`${JSON.stringify(draft, null, 1)}\n`, `${draft.id}-${draft.version}.json`, writing)
        if (name !== null) said(name)
        return
      }
      const target = await pickSaveTarget(`${checklistId}-${version}.json`)
      if (target.kind === 'cancelled') return
      const done = await exporting.run({ checklistId, version, target: target.kind === 'chosen' ? target.token : null })
      if (!done) return
      try {
        await download(done.output)
        said(done.output.fileName)
      } catch (error) {
        setFailure(error)
      }
    },
  }
}
