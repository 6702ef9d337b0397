import { MessageSquarePlus } from 'lucide-react'
import { useState } from 'react'
import { findingName } from '#core/review/finding.ts'
import type { RaisedFinding, RoundView } from '#core/contract/round-procedures.ts'
import { useCommand } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { TextField } from '../ui/fields.tsx'

function Raised({ row }: { row: RaisedFinding }) {
  const { t, say } = useWords()
  const explain = useCommand('rounds.explain')
  const { finding, notes, reason } = row
  const [words, setWords] = useState('')
  const save = async () => {
    if (await explain.run({ findingId: finding.id, reason: words })) setWords('')
  }
  return (
    <li className="raised-row">
      <div className="row row-wrap">
        <span className="finding-number number">{findingName(finding)}</span>
        {finding.item !== null && <span className="quiet">{finding.item}</span>}
        <span className={notes.length === 0 ? 'chip good' : reason === null ? 'chip warn' : 'chip info'}>
          {t(notes.length === 0 ? 'rounds.noObjection' : reason === null ? 'rounds.needsReason' : 'rounds.explained')}
        </span>
      </div>
      <p>{finding.text}</p>
      {notes.map((note) => (
        <p key={`${note.code}-${note.number}`} className="round-note">
          {say(note.text)}
        </p>
      ))}
      {reason !== null && <p className="quiet">{t('rounds.reasonGiven', { reason })}</p>}
      {notes.length > 0 && (
        <div className="raised-reason">
          <TextField
            label={t(reason === null ? 'rounds.reason' : 'rounds.otherReason', { number: finding.number })}
            value={words}
            onChange={setWords}
            rows={2}
          />
          <Button size="small" isDisabled={words.trim() === '' || explain.busy} onPress={() => void save()}>
            {t('common.save')}
          </Button>
        </div>
      )}
      {explain.error !== null && <ErrorNotice error={explain.error} />}
    </li>
  )
}

/** Findings that are late: what the earlier round accepted or could have said, each with the reviewer's reason. */
export function RaisedList({ view }: { view: RoundView }) {
  const { t } = useWords()
  const harder = view.carried.filter(({ notes }) => notes.length > 0)
  const rows = [...view.raised, ...harder]
  if (rows.length === 0)
    return (
      <EmptyState icon={MessageSquarePlus} title={t('rounds.nothingRaised')}>
        <p className="quiet">{t('rounds.raisedHint')}</p>
      </EmptyState>
    )
  return (
    <>
      <p className="quiet">{t('rounds.raisedHint')}</p>
      <ol className="carried">
        {rows.map((row) => (
          <Raised key={row.finding.id} row={row} />
        ))}
      </ol>
    </>
  )
}
