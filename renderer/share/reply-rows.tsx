import type { ReplyView } from '#core/contract/reply-procedures.ts'
import { isBringable, type ReplyRow } from '#core/reply/match.ts'
import { ADOPTION_WORDS } from '#core/review/adoption.ts'
import { useWords } from '../i18n/use-words.ts'
import { Checkbox } from '../ui/fields.tsx'

interface RowsProps {
  view: ReplyView
  /** Keys that are left out. */
  leftOut: ReadonlySet<string>
  onLeaveOut: (key: string, isOut: boolean) => void
}

function Row({ row, isOut, onLeaveOut }: { row: ReplyRow; isOut: boolean; onLeaveOut: RowsProps['onLeaveOut'] }) {
  const { t, say } = useWords()
  const name = row.name ?? '—'
  const can = isBringable(row)
  const tone = row.state === 'ready' ? 'good' : can || row.state === 'empty' || row.state === 'already' ? '' : 'warn'
  return (
    <li className="reply-row">
      {can ? (
        <Checkbox isSelected={!isOut} onChange={(on) => onLeaveOut(row.key, !on)} label={t('reply.row', { name })} />
      ) : (
        <span />
      )}
      <strong className="number">{name}</strong>
      <div className="reply-words">
        <span className="quiet">{row.question}</span>
        <span>
          {row.says !== null && <strong>{say(ADOPTION_WORDS[row.says])} </strong>}
          {row.text === '' ? <span className="quiet">{t('reply.noAnswer')}</span> : row.text}
        </span>
        <span className="share-chips">
          <span className={tone === 'warn' ? 'chip warn' : 'chip'}>{t(`reply.state_${row.state}`)}</span>
          {row.changed.map((where) => (
            <span key={where} className="chip warn">
              {t(`reply.changed_${where}`)}
            </span>
          ))}
          {row.oddStatus !== undefined && <span className="chip warn">{t('reply.oddStatus', { words: row.oddStatus })}</span>}
        </span>
      </div>
    </li>
  )
}

/** What a file of answers would bring, one by one, with what is wrong with each. */
export function ReplyRows({ view, leftOut, onLeaveOut }: RowsProps) {
  const { t } = useWords()
  const { here, head, by, on } = view
  if (here === undefined) return null
  return (
    <section className="stack" aria-label={t('reply.rows')}>
      <header className="reply-file">
        <strong>{head.plan}</strong>
        <span>{t('reply.by', { by: by === '' ? t('reply.noBy') : by, on: on ?? t('reply.noDay') })}</span>
        <span className="code quiet">{t('reply.sealed', { seal: head.seal.slice(0, 12) })}</span>
      </header>
      {!here.isOurs && <p className="notice warn">{t('reply.notOurs')}</p>}
      {here.isOurs && !here.isCurrent && <p className="quiet">{t('reply.notCurrent')}</p>}
      {here.missing.length > 0 && <p className="notice warn">{t('reply.missing', { numbers: here.missing.join(', ') })}</p>}
      <ol className="reply-rows">
        {here.rows.map((row, at) => (
          // A key may be in the file twice.
          <Row key={`${at} ${row.key}`} row={row} isOut={leftOut.has(row.key)} onLeaveOut={onLeaveOut} />
        ))}
      </ol>
    </section>
  )
}
