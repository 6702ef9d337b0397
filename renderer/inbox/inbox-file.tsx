import { FileText, FileWarning, Hourglass, Lock, Package, Reply, Unlink } from 'lucide-react'
import { useState } from 'react'
import type { InboxFile } from '#core/contract/inbox-procedures.ts'
import { describeError } from '#core/errors.ts'
import { author, formatBytes, formatMoment, formatScore } from '../format/format.ts'
import { planName } from '../format/plan-name.ts'
import { useWords } from '../i18n/use-words.ts'
import { PassphraseField } from '../share/passphrase-field.tsx'
import { Button } from '../ui/button.tsx'

export interface FileActs {
  merge: (file: InboxFile, passphrase: string | null) => void
  bring: (file: InboxFile) => void
  dismiss: (file: InboxFile, dismissed: boolean) => void
  archive: (file: InboxFile) => void
  busy: boolean
  isReadOnly: boolean
}

const TONES: Partial<Record<InboxFile['state'], string>> = {
  new: 'good',
  locked: 'warn',
  refused: 'bad',
  outside: 'bad',
  waiting: 'info',
}

function StateIcon({ file: { state, kind } }: { file: InboxFile }) {
  const look = { className: 'icon', 'aria-hidden': true } as const
  if (state === 'waiting') return <Hourglass {...look} />
  if (state === 'outside') return <Unlink {...look} />
  if (state === 'locked') return <Lock {...look} />
  if (state === 'refused' || state === 'large') return <FileWarning {...look} />
  if (kind === 'memo') return <FileText {...look} />
  return kind === 'reply' ? <Reply {...look} /> : <Package {...look} />
}

/** What is in it, as far as it was looked into. */
function Inside({ file: { state, view, reply, problem } }: { file: InboxFile }) {
  const { t, say, lang } = useWords()
  if (problem) {
    const { title, cause, next } = describeError(problem, lang)
    return (
      <>
        <strong>{title}</strong>
        <span>{cause}</span>
        <span className="quiet">{next}</span>
      </>
    )
  }
  if (reply)
    return (
      <>
        <strong>{reply.plan}</strong>
        <span>{reply.isHere ? t('inbox.replyWhat', { by: reply.by, count: reply.ready }) : t('inbox.replyElsewhere')}</span>
      </>
    )
  const content = view?.content
  if (!content) return null
  const plan = content.plans.at(-1)
  const by = author(content.made.by, formatMoment(content.made.at, lang))
  const memo = view.memo
  return (
    <>
      <strong>{plan && planName(plan, lang)}</strong>
      <span>
        {memo
          ? t('inbox.memoWhat', {
              opinion: say(memo.opinion),
              total: memo.total === null ? '—' : formatScore(memo.total, lang),
              count: memo.findings.length,
              by: memo.reviewer,
            })
          : t('inbox.what', { findings: content.counts.findings, by })}
      </span>
      {/* Counted when the file was looked at: no longer so once it is merged. */}
      {state !== 'taken' && (
        <span className="quiet">
          {content.fresh === 0 ? t('share.nothingFresh') : t('share.fresh', { count: content.fresh })}
        </span>
      )}
    </>
  )
}

/** One file of the folder: what it is, what is in it, and what can be done with it. */
export function InboxFileRow({ file, acts }: { file: InboxFile; acts: FileActs }) {
  const { t, lang } = useWords()
  const [passphrase, setPassphrase] = useState('')
  const { name, state, kind } = file
  const isDone = state === 'taken' || state === 'dismissed'
  const canMerge = kind === 'package' || kind === 'memo'
  return (
    <li className={`inbox-file ${state}`}>
      <StateIcon file={file} />
      <div className="inbox-file-body">
        <span className="code">
          {name} · {formatBytes(file.sizeBytes, lang)} · {formatMoment(file.modifiedAt, lang)}
        </span>
        <Inside file={file} />
        <span className="inbox-chips">
          <span className={`chip ${TONES[state] ?? ''}`}>{t(`inbox.state_${state}`)}</span>
          {kind !== null && <span className="chip">{t(`inbox.kind_${kind}`)}</span>}
        </span>
        {state === 'locked' && <PassphraseField label={t('inbox.passphrase')} value={passphrase} onChange={setPassphrase} />}
      </div>
      <div className="inbox-acts">
        {state === 'new' && canMerge && (
          <Button onPress={() => acts.merge(file, null)} isDisabled={acts.busy} aria-label={t('inbox.mergeFile', { name })}>
            {t('inbox.merge')}
          </Button>
        )}
        {state === 'locked' && (
          <Button
            onPress={() => acts.merge(file, passphrase)}
            isDisabled={acts.busy || passphrase === ''}
            aria-label={t('inbox.mergeFile', { name })}
          >
            {t('inbox.merge')}
          </Button>
        )}
        {state === 'new' && kind === 'reply' && (
          <Button
            onPress={() => acts.bring(file)}
            isDisabled={acts.busy || (file.reply?.ready ?? 0) === 0}
            aria-label={t('inbox.bringFile', { name })}
          >
            {t('inbox.bring')}
          </Button>
        )}
        {(state === 'new' || state === 'locked' || state === 'refused') && (
          <Button
            look="bare"
            onPress={() => acts.dismiss(file, true)}
            isDisabled={acts.busy}
            aria-label={t('inbox.dismissFile', { name })}
          >
            {t('inbox.dismiss')}
          </Button>
        )}
        {state === 'dismissed' && (
          <Button
            look="bare"
            onPress={() => acts.dismiss(file, false)}
            isDisabled={acts.busy}
            aria-label={t('inbox.restoreFile', { name })}
          >
            {t('inbox.restore')}
          </Button>
        )}
        {isDone && (
          <Button
            look="bare"
            onPress={() => acts.archive(file)}
            isDisabled={acts.busy || acts.isReadOnly}
            aria-label={t('inbox.archiveFile', { name })}
          >
            {t('inbox.archive')}
          </Button>
        )}
      </div>
    </li>
  )
}
