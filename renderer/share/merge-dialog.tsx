import { GitMerge, PackageOpen, Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { PackageView } from '#core/contract/share-procedures.ts'
import type { FileToken } from '#core/model/ids.ts'
import type { MergeReceipt } from '#core/share/receipt.ts'
import { useChooseFiles } from '../api/use-choose-files.ts'
import { useCommand, useRead } from '../api/use-api.tsx'
import { formatCount } from '../format/format.ts'
import { useTakeDropped } from '../drop/dropped.ts'
import { useWords } from '../i18n/use-words.ts'
import { DropZone } from '../import/drop-zone.tsx'
import { useToasts } from '../state/toasts.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { JobProgress } from '../ui/job-progress.tsx'
import { AsRound } from './as-round.tsx'
import { ConflictList } from './conflict-list.tsx'
import { PackageList } from './package-list.tsx'
import { PassphraseField } from './passphrase-field.tsx'
import './share.css'

interface Chosen {
  files: FileToken
  packages: PackageView[]
}

const LOCKED = ['share.passphrase-needed', 'share.wrong-passphrase']
const SUMS = ['in', 'merged', 'already', 'conflicts', 'dropped'] as const

export function Receipt({ receipt, heading: Heading = 'h3' }: { receipt: MergeReceipt; heading?: 'h2' | 'h3' }) {
  const { t, lang } = useWords()
  const isNew = receipt.merged > 0 || Object.keys(receipt.changed).length > 0
  return (
    <section className="stack" aria-live="polite" aria-label={t('share.receipt')}>
      <Heading>{t('share.receipt')}</Heading>
      <dl className="share-sums">
        {SUMS.map((sum) => (
          <div key={sum}>
            <dt>{t(`share.${sum}`)}</dt>
            <dd className="number">{formatCount(receipt[sum], lang)}</dd>
          </div>
        ))}
      </dl>
      <p className="notice good">{t(isNew ? 'share.done' : 'share.nothingNew')}</p>
    </section>
  )
}

function Choosing({ choose, onChosen }: { choose: ReturnType<typeof useChooseFiles>; onChosen: (files: FileToken) => void }) {
  const { t } = useWords()
  return (
    <DropZone choose={choose} onChosen={onChosen} icon={PackageOpen} title={t('share.drop')} text={t('share.dropText')} isLow>
      {(pass) => (
        <Button
          look="primary"
          size="large"
          onPress={() => pass(choose.pick('files', '.greenprint,.pdf'))}
          isDisabled={choose.busy}
        >
          {t('share.choose')}
        </Button>
      )}
    </DropZone>
  )
}

/** Packages that came back: chosen, checked, merged in one step, then what is left to decide. */
export function MergeDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords()
  const choose = useChooseFiles()
  const look = useCommand('share.look')
  const merge = useCommand('share.merge')
  const undo = useCommand('history.undo')
  const receipts = useCommand('share.receipts')
  const toast = useToasts((state) => state.add)
  const conflicts = useRead('share.conflicts', { planId: null })
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [passphrase, setPassphrase] = useState('')
  const [receipt, setReceipt] = useState<MergeReceipt | null>(null)
  const words = passphrase === '' ? null : passphrase
  const open = async (files: FileToken) => {
    const done = await look.run({ files, passphrase: words })
    if (done) setChosen({ files, packages: done.output })
  }
  useTakeDropped('package', (files) => void open(files))
  const unite = async () => {
    if (chosen === null) return
    const done = await merge.run({ files: chosen.files, passphrase: words })
    if (done) setReceipt(done.output)
  }
  /** The choices made since are steps after the merge: they are taken back before it. */
  const takeBack = async () => {
    for (let stands = receipt !== null; stands;) {
      if (!(await undo.run({}))) return
      const left = await receipts.run({})
      if (!left) return
      stands = left.output.some(({ id }) => id === receipt?.id)
    }
    toast({ tone: 'done', text: t('share.undone') })
    onClose()
  }
  const locked = chosen?.packages.some(({ problem }) => problem !== undefined && LOCKED.includes(problem.code)) ?? false
  // Findings of one file at a time: which of several would be the round before cannot be told.
  const only = chosen?.packages.length === 1 ? chosen.packages[0] : undefined
  const isSound = chosen !== null && chosen.packages.every(({ problem }) => problem === undefined)
  const error = choose.error ?? look.error ?? merge.error ?? undo.error ?? receipts.error ?? conflicts.error
  const busy = look.busy || merge.busy || undo.busy
  return (
    <Dialog
      title={t('share.mergeTitle')}
      size="medium"
      reading
      onClose={onClose}
      dismissable={!merge.busy}
      foot={
        receipt ? (
          <Button onPress={() => void takeBack()} isDisabled={busy || receipt.merged === 0}>
            <Undo2 className="icon" aria-hidden />
            {t('share.undo')}
          </Button>
        ) : (
          chosen && (
            <>
              <Button onPress={() => setChosen(null)} isDisabled={busy}>
                {t('share.chooseOther')}
              </Button>
              <Button look="primary" onPress={() => void unite()} isDisabled={busy || !isSound}>
                <GitMerge className="icon" aria-hidden />
                {t('share.mergeNow', { count: chosen.packages.length })}
              </Button>
            </>
          )
        )
      }
    >
      <div className="stack">
        {chosen === null && !look.busy && <Choosing choose={choose} onChosen={(files) => void open(files)} />}
        {choose.busy && <JobProgress label={t('importing.uploading')} progress={choose.progress} onCancel={choose.cancel} />}
        {look.busy && <JobProgress label={t('share.checking')} progress={look.progress} onCancel={look.cancel} />}
        {merge.busy && <JobProgress label={t('share.merging')} progress={merge.progress} onCancel={merge.cancel} />}
        {error !== null && <ErrorNotice error={error} />}
        {chosen && !receipt && <PackageList packages={chosen.packages} />}
        {chosen && !receipt && locked && (
          <div className="share-unlock">
            <PassphraseField label={t('share.passphraseOpen')} value={passphrase} onChange={setPassphrase} />
            <Button onPress={() => void open(chosen.files)} isDisabled={busy || passphrase === ''}>
              {t('share.passphraseAgain')}
            </Button>
          </div>
        )}
        {chosen && !receipt && only?.content && (
          <AsRound key={only.content.sha256} files={chosen.files} passphrase={words} view={only} />
        )}
        {receipt && <Receipt receipt={receipt} />}
        {conflicts.data && (receipt !== null || (chosen === null && conflicts.data.length > 0)) && (
          <ConflictList conflicts={conflicts.data} />
        )}
      </div>
    </Dialog>
  )
}
