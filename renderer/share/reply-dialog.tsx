import { FileOutput, MessageSquareReply, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { REPLY_FORMATS, type ReplyFileFormat, type ReplyLook, type ReplyReceipt } from '#core/contract/reply-procedures.ts'
import { describeError } from '#core/errors.ts'
import type { FileToken, ReviewId } from '#core/model/ids.ts'
import { isBringable } from '#core/reply/match.ts'
import { useCommand } from '../api/use-api.tsx'
import { useChooseFiles } from '../api/use-choose-files.ts'
import { useFileExport } from '../api/use-file-export.ts'
import { useTakeDropped } from '../drop/dropped.ts'
import { useWords } from '../i18n/use-words.ts'
import { DropZone } from '../import/drop-zone.tsx'
import { useToasts } from '../state/toasts.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { JobProgress } from '../ui/job-progress.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { ReplyAnswer } from './reply-answer.tsx'
import { ReplyRows } from './reply-rows.tsx'
import './share.css'

const ACCEPTED = '.xlsx,.csv,.txt,.html,.htm,.greenprint-reply'

/** The empty form on its way out. */
function Leaving({ reviewId }: { reviewId: ReviewId }) {
  const { t } = useWords()
  const making = useFileExport('replies.make')
  const [format, setFormat] = useState<ReplyFileFormat>('xlsx')
  const make = () => {
    making.reset()
    void making.start(`${t('reply.title')}.${format}`, { reviewId, findingIds: null, format })
  }
  return (
    <section className="stack" aria-label={t('reply.out')}>
      <h3>{t('reply.out')}</h3>
      <p>{t('reply.outText')}</p>
      <div className="row row-wrap">
        <Segmented
          label={t('reply.format')}
          value={format}
          segments={REPLY_FORMATS.map((id) => ({ id, label: t(`reply.${id}`) }))}
          onChange={setFormat}
        />
        <Button onPress={make} isDisabled={making.busy}>
          <FileOutput className="icon" aria-hidden />
          {t('reply.make')}
        </Button>
      </div>
      {making.error !== null && <ErrorNotice error={making.error} />}
    </section>
  )
}

/** What was chosen: to bring in, to answer here, or refused with the reason. */
export function ChosenReply({
  look,
  files,
  leftOut,
  onLeaveOut,
}: {
  look: ReplyLook
  files: FileToken
  leftOut: ReadonlySet<string>
  onLeaveOut: (key: string, isOut: boolean) => void
}) {
  const { t, lang } = useWords()
  const { view, problem, fileName } = look
  const words = problem && describeError(problem, lang)
  return (
    <section className="stack">
      <span className="code">{fileName}</span>
      {words && (
        <div className="notice bad">
          <strong>{words.title}</strong>
          <p>{words.cause}</p>
          <p className="quiet">{words.next}</p>
        </div>
      )}
      {view?.here && <ReplyRows view={view} leftOut={leftOut} onLeaveOut={onLeaveOut} />}
      {view && !view.here && view.questions && <ReplyAnswer files={files} asked={view.questions} />}
      {view && !view.here && !view.questions && <p className="notice warn">{t('reply.elsewhereTable')}</p>}
    </section>
  )
}

/** Findings that leave for the applicant, and the answers that come back; without a review, only answers. */
export function ReplyDialog({ reviewId, onClose }: { reviewId?: ReviewId; onClose: () => void }) {
  const { t } = useWords()
  const choose = useChooseFiles()
  const looking = useCommand('replies.look')
  const bringing = useCommand('replies.bring')
  const undo = useCommand('history.undo')
  const toast = useToasts((state) => state.add)
  const [chosen, setChosen] = useState<{ files: FileToken; look: ReplyLook } | null>(null)
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set())
  const [receipt, setReceipt] = useState<ReplyReceipt | null>(null)
  const open = async (files: FileToken) => {
    setLeftOut(new Set())
    const [look] = (await looking.run({ files }))?.output ?? []
    if (look) setChosen({ files, look })
  }
  useTakeDropped('reply', (files) => void open(files))
  const leaveOut = (key: string, isOut: boolean) =>
    setLeftOut((all) => new Set(isOut ? [...all, key] : [...all].filter((one) => one !== key)))
  const keys = (chosen?.look.view?.here?.rows ?? [])
    .filter((row) => isBringable(row) && !leftOut.has(row.key))
    .map(({ key }) => key)
  const bring = async () => {
    const done = chosen && (await bringing.run({ files: chosen.files, keys }))
    if (done) setReceipt(done.output)
  }
  const takeBack = async () => {
    if (!(await undo.run({}))) return
    toast({ tone: 'done', text: t('reply.undone') })
    onClose()
  }
  const busy = looking.busy || bringing.busy || undo.busy
  const error = choose.error ?? looking.error ?? bringing.error ?? undo.error
  return (
    <Dialog
      title={t('reply.title')}
      size="medium"
      reading
      onClose={onClose}
      dismissable={!bringing.busy}
      foot={
        receipt ? (
          <Button onPress={() => void takeBack()} isDisabled={busy}>
            <Undo2 className="icon" aria-hidden />
            {t('reply.undo')}
          </Button>
        ) : (
          chosen && (
            <>
              <Button onPress={() => setChosen(null)} isDisabled={busy}>
                {t('reply.chooseOther')}
              </Button>
              {chosen.look.view?.here && (
                <Button look="primary" onPress={() => void bring()} isDisabled={busy || keys.length === 0}>
                  <MessageSquareReply className="icon" aria-hidden />
                  {t('reply.bring', { count: keys.length })}
                </Button>
              )}
            </>
          )
        )
      }
    >
      <div className="stack">
        {reviewId !== undefined && chosen === null && <Leaving reviewId={reviewId} />}
        {chosen === null && !busy && (
          <section className="stack" aria-label={t('reply.in')}>
            {reviewId !== undefined && <h3>{t('reply.in')}</h3>}
            <DropZone
              choose={choose}
              onChosen={(files) => void open(files)}
              icon={MessageSquareReply}
              title={t('reply.drop')}
              text={t('reply.inText')}
              isLow
            >
              {(pass) => (
                <Button look="primary" onPress={() => pass(choose.pick('files', ACCEPTED))} isDisabled={choose.busy}>
                  {t('reply.choose')}
                </Button>
              )}
            </DropZone>
          </section>
        )}
        {choose.busy && <JobProgress label={t('importing.uploading')} progress={choose.progress} onCancel={choose.cancel} />}
        {looking.busy && <JobProgress label={t('reply.reading')} progress={looking.progress} onCancel={looking.cancel} />}
        {bringing.busy && <JobProgress label={t('reply.bringing')} progress={bringing.progress} onCancel={bringing.cancel} />}
        {error !== null && <ErrorNotice error={error} />}
        {chosen && !receipt && <ChosenReply {...chosen} leftOut={leftOut} onLeaveOut={leaveOut} />}
        {receipt && (
          <p className="notice good" aria-live="polite">
            {t('reply.brought', { count: receipt.brought, numbers: receipt.numbers.join(', ') })}
          </p>
        )}
      </div>
    </Dialog>
  )
}
