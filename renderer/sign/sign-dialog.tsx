import { KeyRound, PenLine } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { Progress } from '#core/contract/procedures.ts'
import type { Signing } from '#core/contract/sign-procedures.ts'
import type { FileToken } from '#core/model/ids.ts'
import type { SigningKeyFacts } from '#core/model/signature.ts'
import { useCommand, useRead } from '../api/use-api.tsx'
import { useChooseFiles } from '../api/use-choose-files.ts'
import { useWords } from '../i18n/use-words.ts'
import { PassphraseField } from '../share/passphrase-field.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { Checkbox, TextField } from '../ui/fields.tsx'
import { JobProgress } from '../ui/job-progress.tsx'
import { SigningKeyView } from './signing-key-view.tsx'

/** The act that a signature is for, in its owner's hands. */
export interface SigningAct {
  busy: boolean
  progress: Progress | null
  error: unknown
  cancel: () => void
  /** True when it was done. */
  run: (signing: Signing) => Promise<boolean>
}

interface SignDialogProps {
  title: string
  intro: string
  act: SigningAct
  /** False while something else is missing. */
  isReady?: boolean
  onClose: () => void
  /** What is chosen before the key. */
  children?: ReactNode
}

/** A browser hands over copies: only the desktop knows where a file lies. */
const hasOwnFiles = (): boolean => window.greenprint !== undefined

/** A key file is chosen, opened and looked at; then it signs. The passphrase lives in this dialog and goes with it. */
export function SignDialog({ title, intro, act, isReady = true, onClose, children }: SignDialogProps) {
  const { t } = useWords()
  const choose = useChooseFiles()
  const look = useCommand('sign.look')
  const known = useRead('sign.remembered', {}).data?.fileName ?? null
  const [key, setKey] = useState<FileToken | null>(null)
  const [passphrase, setPassphrase] = useState('')
  const [words, setWords] = useState({ reason: t('sign.reasonFirst'), place: '' })
  const [remember, setRemember] = useState(false)
  const [facts, setFacts] = useState<SigningKeyFacts | null>(null)
  const [isAnyway, setAnyway] = useState(false)
  const hasKey = key !== null || known !== null
  const secret = passphrase === '' ? null : passphrase
  const forget = () => {
    setFacts(null)
    setAnyway(false)
    look.reset()
  }
  const chooseKey = async () => {
    const token = await choose.pick('files', '.p12,.pfx,.pem,.key,.crt,.cer')
    if (token === null) return
    forget()
    setKey(token)
  }
  const opened = async (): Promise<SigningKeyFacts | null> => {
    const seen = await look.run({ key, passphrase: secret })
    setFacts(seen?.output ?? null)
    return seen?.output ?? null
  }
  /** Nobody signs unseen: the certificate is shown first, and a doubt about it asks once more. */
  const start = async () => {
    const seen = facts ?? (await opened())
    if (seen === null || (seen.doubt !== null && !isAnyway)) return
    const signing = {
      key,
      passphrase: secret,
      ...words,
      evenIfDoubtful: isAnyway,
      remember: remember || (key === null && known !== null),
    }
    if (await act.run(signing)) onClose()
  }
  const busy = act.busy || look.busy || choose.busy
  const error = choose.error ?? look.error ?? act.error
  return (
    <Dialog
      title={title}
      onClose={onClose}
      dismissable={!act.busy}
      foot={
        <>
          <Button onPress={() => void opened()} isDisabled={busy || !hasKey}>
            <KeyRound className="icon" aria-hidden />
            {t('sign.look')}
          </Button>
          <Button
            look="primary"
            onPress={() => void start()}
            isDisabled={busy || !hasKey || !isReady || (facts?.doubt != null && !isAnyway)}
          >
            <PenLine className="icon" aria-hidden />
            {t('sign.go')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>{intro}</p>
        {children}
        <section className="field">
          <span className="row row-wrap">
            <Button onPress={() => void chooseKey()} isDisabled={busy}>
              {t(hasKey ? 'sign.otherKey' : 'sign.chooseKey')}
            </Button>
            {key !== null && <span className="chip">{t('sign.keyChosen')}</span>}
            {key === null && known !== null && <span className="chip">{t('sign.keyRemembered', { file: known })}</span>}
          </span>
          <p className="field-hint">{t('sign.keyHint')}</p>
        </section>
        <PassphraseField
          label={t('sign.passphrase')}
          hint={t('sign.passphraseHint')}
          value={passphrase}
          onChange={(value) => {
            setPassphrase(value)
            forget()
          }}
        />
        {facts && <SigningKeyView facts={facts} />}
        {facts?.doubt != null && (
          <Checkbox isSelected={isAnyway} onChange={setAnyway}>
            {t('sign.anyway')}
          </Checkbox>
        )}
        <TextField label={t('sign.reason')} value={words.reason} onChange={(reason) => setWords({ ...words, reason })} />
        <TextField label={t('sign.place')} value={words.place} onChange={(place) => setWords({ ...words, place })} />
        {key !== null && hasOwnFiles() && (
          <Checkbox isSelected={remember} onChange={setRemember}>
            {t('sign.remember')}
          </Checkbox>
        )}
        {look.busy && <JobProgress label={t('sign.looking')} progress={look.progress} onCancel={look.cancel} />}
        {act.busy && <JobProgress label={t('sign.working')} progress={act.progress} onCancel={act.cancel} />}
        {error !== null && error !== undefined && <ErrorNotice error={error} />}
      </div>
    </Dialog>
  )
}
