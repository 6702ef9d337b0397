import { useState } from 'react'
import type { OverlayFormat } from '#core/contract/overlay-procedures.ts'
import type { PlanId } from '#core/model/ids.ts'
import { download, pickSaveTarget } from '../api/shell.ts'
import { useCommand } from '../api/use-api.tsx'
import { formatBytes } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useToasts } from '../state/toasts.ts'
import { useOverlays } from './overlay-store.ts'

/** Writes some overlays (all that can be drawn where none is named) to a file and says what came out. */
export function useOverlayExport(planId: PlanId, overlays: readonly string[], name: string) {
  const { t, lang } = useWords()
  const command = useCommand('overlays.export')
  const parameters = useOverlays((state) => state.choices.parameters)
  const toast = useToasts((state) => state.add)
  const [failure, setFailure] = useState<unknown>(null)
  const start = async (format: OverlayFormat) => {
    setFailure(null)
    const target = await pickSaveTarget(`${name.replace(/[\\/:*?"<>|\p{Cc}]+/gu, '-').slice(0, 80)}.${format}`)
    if (target.kind === 'cancelled') return
    const done = await command.run({
      planId,
      overlays: [...overlays],
      parameters: Object.fromEntries(Object.entries(parameters).map(([overlay, values]) => [overlay, { ...values }])),
      format,
      lang,
      target: target.kind === 'chosen' ? target.token : null,
    })
    if (!done) return
    try {
      await download(done.output)
      const { fileName, sizeBytes } = done.output
      toast({ tone: 'done', text: t('overlays.exported', { file: fileName, size: formatBytes(sizeBytes, lang) }) })
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

export type OverlayExport = ReturnType<typeof useOverlayExport>
