import { FileSearch, PackageOpen, PenLine, ShieldAlert, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import type { Verification } from '#core/contract/procedures.ts'
import { auditClaimWords } from '#core/model/audit-claim.ts'
import type { FileToken } from '#core/model/ids.ts'
import { useCommand } from '../api/use-api.tsx'
import { useChooseFiles } from '../api/use-choose-files.ts'
import { putDropped, useTakeDropped } from '../drop/dropped.ts'
import { useWords } from '../i18n/use-words.ts'
import { SignPdfDialog } from '../sign/sign-pdf-dialog.tsx'
import { SignatureList } from '../sign/signature-list.tsx'
import { useUi } from '../state/ui-store.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { JobProgress } from '../ui/job-progress.tsx'

function Differences({ verification }: { verification: Verification }) {
  const { t } = useWords()
  return (
    <table className="table">
      <thead>
        <tr>
          <th>{t('verify.path')}</th>
          <th>{t('verify.stored')}</th>
          <th>{t('verify.recomputed')}</th>
        </tr>
      </thead>
      <tbody>
        {verification.differences.map(({ path, stored, recomputed }) => (
          <tr key={path}>
            <td className="code">{path}</td>
            <td className="code">{stored}</td>
            <td className="code">{recomputed}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What a memo's own seal says. */
function SealVerdict({ verification }: { verification: Verification }) {
  const { t } = useWords()
  const { differences, sealStored, sealRecomputed } = verification
  // A signature that does not hold is told below; it says nothing about the seal.
  const match = sealStored === sealRecomputed && differences.length === 0
  const Icon = match ? ShieldCheck : ShieldAlert
  const words = match ? t('verify.matchText') : t(differences.length > 0 ? 'verify.differText' : 'verify.differNoDetail')
  return (
    <div className={match ? 'notice good' : 'notice error'}>
      <Icon className="icon" aria-hidden />
      <div className="notice-body">
        <strong>{t(match ? 'verify.match' : 'verify.differ')}</strong>
        <p>{words}</p>
      </div>
    </div>
  )
}

/** What was found out about a file: its seal, its signatures, and what could not be checked. */
export function Verdict({ verification }: { verification: Verification }) {
  const { t, say } = useWords()
  const { differences, sealStored, sealRecomputed, signatures, hasNoRecord, chain } = verification
  return (
    <div className="stack" aria-live="polite">
      {hasNoRecord ? <p className="notice">{t('sign.noRecord')}</p> : <SealVerdict verification={verification} />}
      {signatures && <SignatureList found={signatures} />}
      {chain && (
        <p className={chain.state === 'gone' ? 'notice error' : chain.state === 'held' ? 'notice good' : 'notice'}>
          {say(auditClaimWords(chain))}
        </p>
      )}
      {(verification.notes ?? []).map((note) => (
        <p key={note.en} className="notice warn">
          {say(note)}
        </p>
      ))}
      {differences.length > 0 && <Differences verification={verification} />}
      {!hasNoRecord && (
        <dl className="facts">
          <dt>{t('verify.sealStored')}</dt>
          <dd className="code">{sealStored}</dd>
          <dt>{t('verify.sealRecomputed')}</dt>
          <dd className="code">{sealRecomputed}</dd>
        </dl>
      )}
    </div>
  )
}

/** Was this memo changed since it left the office? */
export function VerifyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords()
  const choose = useChooseFiles()
  const verify = useCommand('memo.verify')
  const [verification, setVerification] = useState<Verification | null>(null)
  const [chosen, setChosen] = useState<FileToken | null>(null)
  const [isSigning, setSigning] = useState(false)
  const openDialog = useUi((state) => state.open)
  /** A memo carries its review: it is read and brought in where packages are. */
  const openReview = () => {
    if (chosen === null) return
    putDropped('package', chosen)
    openDialog('merge')
  }
  const run = async () => {
    const files = await choose.pick('files', '.pdf,.json,.html,.zip')
    if (files !== null) await check(files)
  }
  const check = async (files: FileToken) => {
    setVerification(null)
    const done = await verify.run({ files })
    if (done) setVerification(done.output)
    setChosen(done ? files : null)
  }
  useTakeDropped('memo', (files) => void check(files))
  const error = choose.error ?? verify.error
  if (isSigning) return <SignPdfDialog onClose={() => setSigning(false)} />
  return (
    <Dialog
      title={t('verify.title')}
      size="medium"
      reading
      onClose={onClose}
      foot={
        <>
          <Button onPress={() => setSigning(true)} isDisabled={verify.busy}>
            <PenLine className="icon" aria-hidden />
            {t('sign.signPdf')}
          </Button>
          {verification?.match === true && !verification.hasNoRecord && (
            <Button onPress={openReview} isDisabled={verify.busy}>
              <PackageOpen className="icon" aria-hidden />
              {t('share.openMemo')}
            </Button>
          )}
          <Button look="primary" onPress={() => void run()} isDisabled={verify.busy || choose.busy}>
            <FileSearch className="icon" aria-hidden />
            {t(verification ? 'verify.chooseOther' : 'verify.choose')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>{t('verify.intro')}</p>
        {choose.busy && <JobProgress label={t('importing.uploading')} progress={choose.progress} onCancel={choose.cancel} />}
        {verify.busy && <JobProgress label={t('common.working')} progress={verify.progress} onCancel={verify.cancel} />}
        {error !== null && <ErrorNotice error={error} onRetry={() => void run()} />}
        {verification && <Verdict verification={verification} />}
      </div>
    </Dialog>
  )
}
