import { FileDown, Globe } from 'lucide-react'
import { useState } from 'react'
import { answersOf } from '#core/intake/answers.ts'
import type { ImportDraft } from '#core/intake/draft.ts'
import type { FileToken } from '#core/model/ids.ts'
import { download, pickSaveTarget } from '../api/shell.ts'
import { useCommand } from '../api/use-api.tsx'
import { formatBytes } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useToasts } from '../state/toasts.ts'
import { Button } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { JobProgress } from '../ui/job-progress.tsx'

/** The report for whoever submitted the files, as a page to send back. */
export function ReportButtons({ files, draft }: { files: FileToken; draft: ImportDraft }) {
  const { t, lang } = useWords()
  const toast = useToasts((state) => state.add)
  const report = useCommand('import.report')
  const [failure, setFailure] = useState<unknown>(null)
  const error = report.error ?? failure
  const write = async (format: 'pdf' | 'html') => {
    setFailure(null)
    const target = await pickSaveTarget(`${t('importing.reportFile')}.${format}`)
    if (target.kind === 'cancelled') return
    const token = target.kind === 'chosen' ? target.token : null
    const done = await report.run({ files, answers: answersOf(draft), lang, format, target: token })
    if (!done) return
    try {
      await download(done.output)
      const { fileName, sizeBytes } = done.output
      toast({ tone: 'done', text: t('importing.reportDone', { file: fileName, size: formatBytes(sizeBytes, lang) }) })
    } catch (problem) {
      setFailure(problem)
    }
  }
  return (
    <section className="stack" aria-labelledby="import-report">
      <h3 id="import-report">{t('importing.report')}</h3>
      <p className="quiet">{t('importing.reportText')}</p>
      {error !== null && <ErrorNotice error={error} />}
      {report.busy ? (
        <JobProgress label={t('importing.reportWriting')} progress={report.progress} onCancel={report.cancel} />
      ) : (
        <div className="row">
          <Button size="small" onPress={() => void write('pdf')}>
            <FileDown className="icon" aria-hidden />
            {t('importing.reportPdf')}
          </Button>
          <Button size="small" onPress={() => void write('html')}>
            <Globe className="icon" aria-hidden />
            {t('importing.reportHtml')}
          </Button>
        </div>
      )}
    </section>
  )
}
