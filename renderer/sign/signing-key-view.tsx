import { ShieldAlert } from 'lucide-react'
import type { SigningKeyFacts } from '#core/model/signature.ts'
import { useWords } from '../i18n/use-words.ts'

/** Whose key it is, before anything is signed with it. */
export function SigningKeyView({ facts }: { facts: SigningKeyFacts }) {
  const { t, say } = useWords()
  const { subject, issuer, validFrom, validTo, algorithm, fingerprint, isSelfSigned, doubt } = facts
  return (
    <div className="stack" aria-live="polite">
      {doubt && (
        <div className="notice warn">
          <ShieldAlert className="icon" aria-hidden />
          <div className="notice-body">{say(doubt)}</div>
        </div>
      )}
      <dl className="facts">
        <dt>{t('sign.signer')}</dt>
        <dd>{subject}</dd>
        <dt>{t('sign.issuer')}</dt>
        <dd>{isSelfSigned ? t('sign.selfSigned') : issuer}</dd>
        <dt>{t('sign.validity')}</dt>
        <dd className="number">{t('sign.validFromTo', { from: validFrom.slice(0, 10), to: validTo.slice(0, 10) })}</dd>
        <dt>{t('sign.algorithm')}</dt>
        <dd>{algorithm}</dd>
        <dt>{t('sign.fingerprint')}</dt>
        <dd className="code">{fingerprint}</dd>
      </dl>
    </div>
  )
}
