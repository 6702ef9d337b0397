import { useState } from 'react'
import type { Finding, Remark } from '#core/review/finding.ts'
import { ADOPTION_WORDS } from '#core/review/adoption.ts'
import { STATUS_WORDS } from '#core/review/words.ts'
import { useCommand, useRead } from '../api/use-api.tsx'
import { author, formatMoment } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { TextField } from '../ui/fields.tsx'

function Said({ remark }: { remark: Remark }) {
  const { t, lang, say } = useWords()
  return (
    <li className={remark.step ? 'remark stepped' : 'remark'}>
      {remark.step && (
        <strong>
          {t('findings.stepped', { from: say(STATUS_WORDS[remark.step.from]), to: say(STATUS_WORDS[remark.step.to]) })}
        </strong>
      )}
      {remark.reply && (
        <span className="share-chips">
          <span className="chip">{t('reply.applicant')}</span>
          {remark.reply.says !== null && <span className="chip">{say(ADOPTION_WORDS[remark.reply.says])}</span>}
        </span>
      )}
      {remark.text !== '' && <p className="finding-text">{remark.text}</p>}
      <span className="quiet">
        {author(remark.by, remark.reply?.on ?? formatMoment(remark.at, lang))}
        {remark.reply && ` · ${t('reply.fromFile', { file: remark.reply.file })}`}
      </span>
    </li>
  )
}

/** What was answered and decided under a finding, oldest first, and the place to answer. */
export function FindingThread({ finding, isLocked }: { finding: Finding; isLocked: boolean }) {
  const { t } = useWords()
  const thread = useRead('findings.thread', { findingId: finding.id })
  const reply = useCommand('findings.reply')
  const [text, setText] = useState('')
  const send = async () => {
    if (text.trim() !== '' && (await reply.run({ findingId: finding.id, text: text.trim() }))) setText('')
  }
  const error = thread.error ?? reply.error
  return (
    <section className="stack" aria-label={t('findings.thread')}>
      <h3>{t('findings.thread')}</h3>
      {error !== null && <ErrorNotice error={error} />}
      {thread.data && thread.data.length > 0 && (
        <ol className="remarks">
          {thread.data.map((remark) => (
            <Said key={remark.id} remark={remark} />
          ))}
        </ol>
      )}
      {!isLocked && (
        <div className="reply">
          <TextField label={t('findings.reply')} value={text} onChange={setText} rows={2} />
          <Button size="small" isDisabled={reply.busy || text.trim() === ''} onPress={() => void send()}>
            {t('findings.send')}
          </Button>
        </div>
      )}
    </section>
  )
}
