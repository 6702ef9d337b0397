import { FolderInput, FolderX, GitMerge, Inbox, RefreshCw } from 'lucide-react'
import { useState } from 'react'
import type { InboxFile, InboxView } from '#core/contract/inbox-procedures.ts'
import type { FileToken } from '#core/model/ids.ts'
import type { MergeReceipt } from '#core/share/receipt.ts'
import { useChooseFiles } from '../api/use-choose-files.ts'
import { useCommand, useRead, useRemember } from '../api/use-api.tsx'
import { formatMoment } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { Receipt } from '../share/merge-dialog.tsx'
import { useToasts } from '../state/toasts.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { JobProgress } from '../ui/job-progress.tsx'
import { TopBar } from '../ui/top-bar.tsx'
import { ChosenElsewhere } from './chosen-elsewhere.tsx'
import { InboxFileRow, type FileActs } from './inbox-file.tsx'
import { Outboxes } from './outboxes.tsx'
import './inbox.css'

/** Why there is nothing to be listed, where there is not. */
function Nothing({ view }: { view: InboxView }) {
  const { t } = useWords()
  if (view.state === 'none')
    return (
      <EmptyState icon={Inbox} title={t('inbox.none')}>
        <p>{t('inbox.noneText')}</p>
        {!window.greenprint && <ChosenElsewhere />}
      </EmptyState>
    )
  if (view.state === 'gone' || view.state === 'not-a-folder')
    return (
      <EmptyState icon={FolderX} title={t(view.state === 'gone' ? 'inbox.gone' : 'inbox.notAFolder')}>
        <p>{t('inbox.goneText')}</p>
      </EmptyState>
    )
  if (view.state === 'unreadable')
    return (
      <EmptyState icon={FolderX} title={t('inbox.unreadable')}>
        <p>{t('inbox.unreadableText')}</p>
      </EmptyState>
    )
  return view.files.length > 0 ? null : (
    <EmptyState icon={Inbox} title={t('inbox.empty')}>
      <p>{t('inbox.emptyText')}</p>
    </EmptyState>
  )
}

const canMerge = ({ state, kind }: InboxFile): boolean => state === 'new' && (kind === 'package' || kind === 'memo')

/** The folder that others put files into: shown as they come, merged when asked. */
export function InboxScreen() {
  const { t, lang } = useWords()
  const read = useRead('inbox.get', {})
  const remember = useRemember()
  const choose = useChooseFiles()
  const [placing, looking, merging] = [useCommand('inbox.choose'), useCommand('inbox.look'), useCommand('inbox.merge')]
  const [bringing, dismissing, archiving] = [
    useCommand('inbox.bringReply'),
    useCommand('inbox.dismiss'),
    useCommand('inbox.archive'),
  ]
  const toast = useToasts((state) => state.add)
  const [receipt, setReceipt] = useState<MergeReceipt | null>(null)
  const view = read.data
  const show = (output: InboxView) => remember('inbox.get', {}, output)
  const place = async (picked: Promise<FileToken | null>) => {
    const folder = await picked
    if (folder) await placing.run({ folder }, show)
  }
  const unite = async (fileIds: string[] | null, passphrase: string | null) => {
    const done = await merging.run({ fileIds, passphrase })
    if (done) setReceipt(done.output)
  }
  const done = (view?.files ?? []).filter(({ state }) => state === 'taken' || state === 'dismissed')
  const fresh = (view?.files ?? []).filter(canMerge)
  const acts: FileActs = {
    merge: (file, passphrase) => void unite([file.id], passphrase),
    bring: (file) =>
      void bringing.run({ fileId: file.id }, ({ brought }) =>
        toast({ tone: 'done', text: t('inbox.brought', { count: brought }) }),
      ),
    dismiss: (file, dismissed) => void dismissing.run({ fileIds: [file.id], dismissed }, show),
    archive: (file) => void archiving.run({ fileIds: [file.id] }, show),
    busy: merging.busy || bringing.busy || dismissing.busy || archiving.busy,
    isReadOnly: view?.isReadOnly ?? false,
  }
  const failed = [read, choose, placing, looking, merging, bringing, dismissing, archiving].find((one) => one.error !== null)
  return (
    <div className="screen">
      <TopBar
        title={t('inbox.title')}
        subtitle={view?.folder ? t('inbox.folder', { name: view.folder }) : undefined}
        back={{ page: 'catalogue' }}
      >
        {view && view.state !== 'none' && (
          <>
            <Button look="bare" onPress={() => void placing.run({ folder: null }, show)}>
              {t('inbox.forget')}
            </Button>
            <Button onPress={() => void looking.run({}, show)} isDisabled={looking.busy}>
              <RefreshCw className="icon" aria-hidden />
              {t('inbox.lookNow')}
            </Button>
          </>
        )}
        {window.greenprint && (
          <Button
            look={view?.state === 'none' ? 'primary' : 'plain'}
            onPress={() => void place(choose.pick('folder'))}
            isDisabled={placing.busy || choose.busy}
          >
            <FolderInput className="icon" aria-hidden />
            {t(view?.state === 'none' ? 'inbox.choose' : 'inbox.change')}
          </Button>
        )}
      </TopBar>
      <main className="inbox" aria-busy={read.isPending}>
        {failed && <ErrorNotice error={failed.error} />}
        {looking.busy && <JobProgress label={t('inbox.looking')} progress={looking.progress} onCancel={looking.cancel} />}
        {merging.busy && <JobProgress label={t('inbox.merging')} progress={merging.progress} onCancel={merging.cancel} />}
        {receipt && !merging.busy && <Receipt receipt={receipt} heading="h2" />}
        {view && view.files.length > 0 && (
          <div className="inbox-head">
            <Button look="primary" onPress={() => void unite(null, null)} isDisabled={acts.busy || fresh.length === 0}>
              <GitMerge className="icon" aria-hidden />
              {t('inbox.mergeAll', { count: fresh.length })}
            </Button>
            {done.length > 1 && (
              <Button
                onPress={() => void archiving.run({ fileIds: done.map(({ id }) => id) }, show)}
                isDisabled={acts.busy || acts.isReadOnly}
              >
                {t('inbox.archiveAll', { count: done.length })}
              </Button>
            )}
            <span className="spacer" />
            {view.lookedAt && <span className="quiet">{t('inbox.lookedAt', { at: formatMoment(view.lookedAt, lang) })}</span>}
          </div>
        )}
        {view?.isReadOnly && view.state === 'ready' && <p className="notice">{t('inbox.readOnly')}</p>}
        {view && <Nothing view={view} />}
        {view && view.files.length > 0 && (
          <ul className="inbox-files" aria-label={t('inbox.files')}>
            {view.files.map((file) => (
              <InboxFileRow key={file.id} file={file} acts={acts} />
            ))}
          </ul>
        )}
        {view && view.others > 0 && <p className="quiet">{t('inbox.others', { count: view.others })}</p>}
        {view && view.left > 0 && <p className="notice warn">{t('inbox.left', { count: view.left })}</p>}
        {view && <Outboxes outboxes={view.outboxes} />}
      </main>
    </div>
  )
}
