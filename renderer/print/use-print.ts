import { useState } from 'react'
import type { ExportedFile, Input } from '#core/contract/procedures.ts'
import type { Signing } from '#core/contract/sign-procedures.ts'
import { download, pickSaveTarget } from '../api/shell.ts'
import { useCommand } from '../api/use-api.tsx'
import { formatBytes } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useToasts } from '../state/toasts.ts'
import { pictureOf } from './picture.ts'
import type { PrintChoice } from './print-store.ts'

/** Writes a map to a file where the person says; a picture is drawn here, of the very PDF. */
export function usePrintMap() {
  const { t, lang } = useWords()
  const print = useCommand('map.print')
  const pdf = useCommand('map.sheetPdf')
  const save = useCommand('map.savePicture')
  const toast = useToasts((state) => state.add)
  const [isDrawing, setDrawing] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)

  const pictured = async (asked: Input<'map.sheet'>, name: string, target: Input<'map.print'>['target']) => {
    const made = await pdf.run(asked)
    if (!made) return null
    const png = await pictureOf(made.output.pdf, name)
    return (await save.run({ planId: asked.planId, png, target }))?.output ?? null
  }
  const start = async (
    asked: Input<'map.sheet'>,
    format: PrintChoice['format'],
    name: string,
    sign?: Signing,
  ): Promise<boolean> => {
    setFailure(null)
    const chosen = await pickSaveTarget(`${name.replace(/[\\/:*?"<>|\p{Cc}]+/gu, '-').slice(0, 80)}.${format}`)
    if (chosen.kind === 'cancelled') return false
    const target = chosen.kind === 'chosen' ? chosen.token : null
    try {
      setDrawing(true)
      const file: ExportedFile | null =
        format === 'png'
          ? await pictured(asked, name, target)
          : ((await print.run({ ...asked, format, ...(sign && { sign }), target }))?.output ?? null)
      if (file === null) return false
      await download(file)
      toast({ tone: 'done', text: t('results.exported', { file: file.fileName, size: formatBytes(file.sizeBytes, lang) }) })
      return true
    } catch (error) {
      setFailure(error)
      return false
    } finally {
      setDrawing(false)
    }
  }
  const commands = [print, pdf, save]
  return {
    busy: isDrawing,
    progress: commands.find(({ busy }) => busy)?.progress ?? null,
    cancel: () => commands.forEach(({ busy, cancel }) => busy && cancel()),
    error: failure ?? commands.find(({ error }) => error !== null)?.error ?? null,
    start,
  }
}
