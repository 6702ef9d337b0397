import { Save } from 'lucide-react'
import { useState } from 'react'
import { REPLY_FORMATS, type ReplyFileFormat, type ReplyView } from '#core/contract/reply-procedures.ts'
import type { FileToken } from '#core/model/ids.ts'
import type { ReplyAnswers } from '#core/reply/pack.ts'
import { ADOPTION_WORDS } from '#core/review/adoption.ts'
import { ADOPTIONS, type Adoption } from '#core/review/finding.ts'
import { download, pickSaveTarget } from '../api/shell.ts'
import { useCommand } from '../api/use-api.tsx'
import { formatBytes } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useToasts } from '../state/toasts.ts'
import { Button } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { SelectField, TextField } from '../ui/fields.tsx'

type Asked = NonNullable<ReplyView['questions']>
type Given = Record<string, { text: string; says: Adoption | null }>

const DAY = /^\d{4}-\d\d-\d\d$/

/** For the applicant who has Greenprint: every question with its answer, written back into a file. */
export function ReplyAnswer({ files, asked }: { files: FileToken; asked: Asked }) {
  const { t, say, lang } = useWords()
  const { pack, answers } = asked
  const command = useCommand('replies.answer')
  const toast = useToasts((state) => state.add)
  const [given, setGiven] = useState<Given>(() =>
    Object.fromEntries(answers.answers.map(({ key, text, says }) => [key, { text, says }])),
  )
  const [by, setBy] = useState(answers.by)
  const [on, setOn] = useState(answers.on ?? '')
  const [format, setFormat] = useState<ReplyFileFormat>('greenprint-reply')
  const [failure, setFailure] = useState<unknown>(null)
  const change = (key: string, part: Partial<Given[string]>) =>
    setGiven((all) => ({ ...all, [key]: { text: '', says: null, ...all[key], ...part } }))
  const isDay = on === '' || DAY.test(on)
  const save = async () => {
    setFailure(null)
    const target = await pickSaveTarget(
      `${pack.plan.replace(/[\\/:*?"<>|\p{Cc}]+/gu, '-').slice(0, 80)}-${t('reply.fileSuffix')}.${format}`,
    )
    if (target.kind === 'cancelled') return
    const written: ReplyAnswers = {
      by: by.trim(),
      on: on === '' ? null : on,
      answers: Object.entries(given)
        .map(([key, { text, says }]) => ({ key, text: text.trim(), says }))
        .filter(({ text, says }) => text !== '' || says !== null),
    }
    const token = target.kind === 'chosen' ? target.token : null
    const done = await command.run({ files, answers: written, format, target: token })
    if (!done) return
    try {
      await download(done.output)
      const { fileName, sizeBytes } = done.output
      toast({ tone: 'done', text: t('reply.made', { file: fileName, size: formatBytes(sizeBytes, lang) }) })
    } catch (error) {
      setFailure(error)
    }
  }
  const outcomes = [
    { id: 'none' as const, label: t('reply.notSaid') },
    ...ADOPTIONS.map((id) => ({ id, label: say(ADOPTION_WORDS[id]) })),
  ]
  const error = command.error ?? failure
  return (
    <section className="stack" aria-label={t('reply.fill')}>
      <p className="notice">{t('reply.elsewhere')}</p>
      <strong>{pack.plan}</strong>
      <div className="reply-who">
        <TextField label={t('reply.answeredBy')} value={by} onChange={setBy} />
        <TextField label={t('reply.answeredOn')} value={on} onChange={setOn} error={isDay ? null : t('reply.badDay')} />
      </div>
      <ol className="reply-rows">
        {pack.questions.map(({ key, name, severity, item, text, action }) => (
          <li key={key} className="reply-question">
            <span>
              <strong className="number">{name}</strong> {t(`findings.${severity}`)}
              {item !== null && <span className="code"> {item}</span>}
            </span>
            <span className="reply-text">{text}</span>
            {action !== '' && (
              <span className="reply-text">
                <span className="quiet">{t('findings.action')}</span> {action}
              </span>
            )}
            <TextField
              label={t('reply.answerOf', { name })}
              value={given[key]?.text ?? ''}
              onChange={(words) => change(key, { text: words })}
              rows={3}
            />
            <SelectField
              label={t('reply.saysOf', { name })}
              value={given[key]?.says ?? 'none'}
              choices={outcomes}
              onChange={(one) => change(key, { says: one === 'none' ? null : one })}
              placeholder={t('reply.notSaid')}
            />
          </li>
        ))}
      </ol>
      {error !== null && <ErrorNotice error={error} />}
      <div className="reply-who">
        <SelectField
          label={t('reply.format')}
          value={format}
          choices={REPLY_FORMATS.map((id) => ({ id, label: t(`reply.${id}`) }))}
          onChange={setFormat}
          placeholder=""
        />
        <Button look="primary" onPress={() => void save()} isDisabled={command.busy || !isDay}>
          <Save className="icon" aria-hidden />
          {t('reply.save')}
        </Button>
      </div>
    </section>
  )
}
