import { useState } from 'react'
import type { ExportedFile, Input } from '#core/contract/procedures.ts'
import { formatBytes } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useToasts } from '../state/toasts.ts'
import { download, pickSaveTarget } from './shell.ts'
import { useCommand } from './use-api.tsx'

/** Procedures that write one file where a person says. */
type ExportProcedure =
  | 'attributes.export'
  | 'analysis.exportTable'
  | 'opportunity.export'
  | 'monitoring.export'
  | 'findings.export'
  | 'rounds.export'
  | 'replies.make'
  | 'attachments.save'
type Asked<N extends ExportProcedure> = Omit<Input<N>, 'target' | 'lang'>

/** Names that file systems accept, and that fit into their dialogs. */
const plainName = (name: string) => name.replace(/[\\/:*?"<>|\p{Cc}]+/gu, '-').slice(0, 80)

/** Writes something to a file in the reader's language, where the person says, and says what came out. */
export function useFileExport<N extends ExportProcedure>(procedure: N) {
  const { t, lang } = useWords()
  const command = useCommand(procedure)
  const toast = useToasts((state) => state.add)
  const [failure, setFailure] = useState<unknown>(null)
  const start = async (name: string, asked: Asked<N>) => {
    setFailure(null)
    const target = await pickSaveTarget(plainName(name))
    if (target.kind === 'cancelled') return
    // What is asked lacks exactly these two; the compiler cannot add members to a type parameter.
    const input = { ...asked, lang, target: target.kind === 'chosen' ? target.token : null } as unknown as Input<N>
    const done = await command.run(input)
    if (!done) return
    try {
      const file = done.output as ExportedFile // what every export answers
      await download(file)
      toast({ tone: 'done', text: t('results.exported', { file: file.fileName, size: formatBytes(file.sizeBytes, lang) }) })
    } catch (error) {
      setFailure(error)
    }
  }
  const reset = () => {
    setFailure(null)
    command.reset()
  }
  return { busy: command.busy, progress: command.progress, cancel: command.cancel, error: command.error ?? failure, reset, start }
}
