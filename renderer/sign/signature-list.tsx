import { ShieldAlert, ShieldCheck, ShieldQuestion } from 'lucide-react'
import type { PdfSignature, PdfSignatures } from '#core/model/signature.ts'
import { signatureLines, signatureVerdict, takenOutWords } from '#core/sign/signature-words.ts'
import { useWords } from '../i18n/use-words.ts'

/** A signature that holds is green only where its chain leads to a root that the office trusts. */
function looks({ state, chain }: PdfSignature): { Icon: typeof ShieldCheck; className: string } {
  if (state !== 'valid') return { Icon: ShieldAlert, className: 'notice error' }
  return chain === 'trusted'
    ? { Icon: ShieldCheck, className: 'notice good' }
    : { Icon: ShieldQuestion, className: chain === 'not-trusted' ? 'notice warn' : 'notice' }
}

/** Every signature of a PDF with what is known of it, and what was not checked. */
export function SignatureList({ found }: { found: PdfSignatures }) {
  const { t, say } = useWords()
  const { signatures, takenOut } = found
  return (
    <section className="stack" aria-label={t('sign.signatures')}>
      {takenOut > 0 && <p className="notice error">{say(takenOutWords(found))}</p>}
      {signatures.length === 0 && takenOut === 0 && <p className="quiet">{t('sign.unsigned')}</p>}
      {signatures.map((signature, at) => {
        const { Icon, className } = looks(signature)
        return (
          <div key={`${at} ${signature.field}`} className={className}>
            <Icon className="icon" aria-hidden />
            <div className="notice-body">
              <strong>{say(signatureVerdict(signature))}</strong>
              <ul>
                {signatureLines(signature).map((line) => (
                  <li key={line.en}>{say(line)}</li>
                ))}
              </ul>
            </div>
          </div>
        )
      })}
    </section>
  )
}
