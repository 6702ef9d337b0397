import { TriangleAlert } from 'lucide-react'
import type { ReviewId } from '#core/model/ids.ts'
import type { EvidenceFeature } from '#core/model/measurement.ts'
import type { GuardNote } from '#core/review/rounds-guard.ts'
import { useRead } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { TextField } from '../ui/fields.tsx'
import type { FindingFields } from './finding-draft.ts'

/** What speaks against raising a new finding only now; always empty in a first round. */
export function useLateNotes(
  reviewId: ReviewId,
  { item, mark }: FindingFields,
  evidence: readonly Pick<EvidenceFeature, 'layer' | 'fid'>[],
  isNew: boolean,
): readonly GuardNote[] {
  const places = evidence.map(({ layer, fid }) => ({ layer, fid }))
  const check = useRead(
    'rounds.check',
    { reviewId, item, evidence: places, ...(mark !== null && { mark }) },
    { enabled: isNew && (places.length > 0 || mark !== null) },
  )
  return isNew ? (check.data ?? []) : []
}

interface LateNotesProps {
  notes: readonly GuardNote[]
  reason: string
  onReason: (reason: string) => void
  tried: boolean
}

/** Says that the finding contradicts an earlier acceptance or could have been raised before, and asks why it is raised all the same. */
export function LateNotes({ notes, reason, onReason, tried }: LateNotesProps) {
  const { t, say } = useWords()
  if (notes.length === 0) return null
  return (
    <div className="notice warn stack" role="status">
      <p className="row">
        <TriangleAlert className="icon" aria-hidden />
        <strong>{t('findings.late')}</strong>
      </p>
      <ul>
        {notes.map((note) => (
          <li key={`${note.code}-${note.number}`}>{say(note.text)}</li>
        ))}
      </ul>
      <TextField
        label={t('findings.lateReason')}
        value={reason}
        onChange={onReason}
        rows={2}
        required
        error={tried && reason.trim() === '' ? t('findings.lateReasonRequired') : null}
      />
    </div>
  )
}
