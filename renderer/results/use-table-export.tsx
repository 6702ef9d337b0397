import { useState } from 'react'
import type { TableFormat } from '#core/contract/table-procedures.ts'
import type { PlanId } from '#core/model/ids.ts'
import type { ResultTable } from '#core/model/result-table.ts'
import { download, pickSaveTarget } from '../api/shell.ts'
import { useCommand } from '../api/use-api.tsx'
import { formatBytes } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useToasts } from '../state/toasts.ts'

/** Writes the table that is shown to a file and says what came out. */
export function useTableExport(planId: PlanId, indicator: string, table: ResultTable) {
  const { t, lang, say } = useWords()
  const command = useCommand('analysis.exportTable')
  const toast = useToasts((state) => state.add)
  const [failure, setFailure] = useState<unknown>(null)
  const start = async (format: TableFormat) => {
    setFailure(null)
    const name = `${indicator}-${say(table.title)}`.replace(/[\\/:*?"<>|\p{Cc}]+/gu, '-').slice(0, 80)
    const target = await pickSaveTarget(`${name}.${format}`)
    if (target.kind === 'cancelled') return
    const asked = { planId, indicator, table: table.id, format, lang, target: target.kind === 'chosen' ? target.token : null }
    const done = await command.run(asked)
    if (!done) return
    try {
      await download(done.output)
      const { fileName, sizeBytes } = done.output
      toast({ tone: 'done', text: t('results.exported', { file: fileName, size: formatBytes(sizeBytes, lang) }) })
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

export type TableExport = ReturnType<typeof useTableExport>
