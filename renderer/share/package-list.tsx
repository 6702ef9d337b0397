import { FileText, FileWarning, Lock, Package } from 'lucide-react'
import type { PackageView } from '#core/contract/share-procedures.ts'
import { describeError } from '#core/errors.ts'
import { findingName } from '#core/review/finding.ts'
import { author, formatBytes, formatMoment, formatScore } from '../format/format.ts'
import { planName } from '../format/plan-name.ts'
import { useWords } from '../i18n/use-words.ts'
import { SignatureList } from '../sign/signature-list.tsx'

type Content = NonNullable<PackageView['content']>

function Inside({ content }: { content: Content }) {
  const { t, lang } = useWords()
  const plan = content.plans.at(-1)
  const isMissing = content.plans.some(({ isKnown, hasData }) => !isKnown && !hasData)
  return (
    <>
      <strong>{plan && planName(plan, lang)}</strong>
      <span>{t('share.counts', content.counts)}</span>
      <span className="quiet">
        {author(content.made.by, formatMoment(content.made.at, lang))}
        {' · '}
        {content.fresh === 0 ? t('share.nothingFresh') : t('share.fresh', { count: content.fresh })}
      </span>
      <span className="share-chips">
        {plan?.isKnown === true && <span className="chip">{t('share.known')}</span>}
        {plan?.hasData === true && <span className="chip">{t('share.withData')}</span>}
        {isMissing && <span className="chip warn">{t('share.noData')}</span>}
      </span>
    </>
  )
}

/** What a memo says, to be read before anything is brought in, and without the plan. */
function MemoSays({ memo }: { memo: NonNullable<PackageView['memo']> }) {
  const { t, say, lang } = useWords()
  const total = memo.total === null ? '—' : formatScore(memo.total, lang)
  return (
    <details className="share-memo">
      <summary>{t('share.memoSays', { opinion: say(memo.opinion), total, count: memo.findings.length })}</summary>
      <ol>
        {memo.findings.map((finding) => (
          <li key={finding.id}>
            <span className="number">{findingName(finding)}</span>
            <span>
              {finding.item !== null && <span className="code">{finding.item} </span>}
              {t(`findings.${finding.severity}`)}
              {' · '}
              {finding.text}
            </span>
          </li>
        ))}
      </ol>
      <p className="code quiet">{t('share.memoSeal', { seal: memo.seal })}</p>
    </details>
  )
}

function Problem({ problem }: { problem: NonNullable<PackageView['problem']> }) {
  const { lang } = useWords()
  const { title, cause, next } = describeError(problem, lang)
  return (
    <>
      <strong>{title}</strong>
      <span>{cause}</span>
      <span className="quiet">{next}</span>
    </>
  )
}

/** Each chosen file with what is in it, or why it cannot be taken. */
export function PackageList({ packages }: { packages: readonly PackageView[] }) {
  const { t, lang } = useWords()
  return (
    <ul className="share-packages" aria-label={t('share.files')}>
      {packages.map(({ fileName, sizeBytes, isEncrypted, memo, content, problem }, at) => {
        const Icon = problem ? (isEncrypted ? Lock : FileWarning) : memo ? FileText : Package
        return (
          // Two chosen files may have one name.
          <li key={`${at} ${fileName}`} className={problem ? 'share-package refused' : 'share-package'}>
            <Icon className="icon" aria-hidden />
            <div className="share-package-body">
              <span className="code">
                {fileName}
                {sizeBytes > 0 && ` · ${formatBytes(sizeBytes, lang)}`}
                {isEncrypted && ` · ${t('share.sealed')}`}
              </span>
              {content && <Inside content={content} />}
              {memo && <MemoSays memo={memo} />}
              {memo?.signatures && <SignatureList found={memo.signatures} />}
              {problem && <Problem problem={problem} />}
            </div>
          </li>
        )
      })}
    </ul>
  )
}
