import { useState } from 'react'
import type { FileToken } from '#core/model/ids.ts'
import type { Signing } from '#core/contract/sign-procedures.ts'
import { download, pickSaveTarget } from '../api/shell.ts'
import { useCommand } from '../api/use-api.tsx'
import { useChooseFiles } from '../api/use-choose-files.ts'
import { formatBytes } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useToasts } from '../state/toasts.ts'
import { Button } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { JobProgress } from '../ui/job-progress.tsx'
import { SignDialog } from './sign-dialog.tsx'

/** Signs a PDF that lies on the disk: a map, a memo that was printed before, or one that somebody else signed already. */
export function SignPdfDialog({ onClose }: { onClose: () => void }) {
  const { t, lang } = useWords()
  const choose = useChooseFiles()
  const command = useCommand('sign.pdf')
  const toast = useToasts((state) => state.add)
  const [files, setFiles] = useState<FileToken | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const run = async (signing: Signing): Promise<boolean> => {
    if (files === null) return false
    setFailure(null)
    const target = await pickSaveTarget('signed.pdf')
    if (target.kind === 'cancelled') return false
    const done = await command.run({ files, sign: signing, target: target.kind === 'chosen' ? target.token : null })
    if (!done) return false
    try {
      await download(done.output)
      const { fileName, sizeBytes } = done.output
      toast({ tone: 'done', text: t('sign.done', { file: fileName, size: formatBytes(sizeBytes, lang) }) })
      return true
    } catch (error) {
      setFailure(error)
      return false
    }
  }
  const choosePdf = async () => {
    const token = await choose.pick('files', '.pdf')
    if (token !== null) setFiles(token)
  }
  const { busy, progress, cancel } = command
  const act = { busy, progress, cancel, error: command.error ?? failure, run }
  return (
    <SignDialog title={t('sign.pdfTitle')} intro={t('sign.pdfIntro')} act={act} isReady={files !== null} onClose={onClose}>
      <span className="row row-wrap">
        <Button onPress={() => void choosePdf()} isDisabled={busy || choose.busy}>
          {t('sign.choosePdf')}
        </Button>
        {files !== null && <span className="chip">{t('sign.pdfChosen')}</span>}
      </span>
      {choose.busy && <JobProgress label={t('importing.uploading')} progress={choose.progress} onCancel={choose.cancel} />}
      {choose.error !== null && <ErrorNotice error={choose.error} />}
    </SignDialog>
  )
}
