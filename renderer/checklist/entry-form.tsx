import { UserPen, Users } from 'lucide-react'
import { useState } from 'react'
import { Label, Radio, RadioGroup } from 'react-aria-components'
import type { Level } from '#core/checklist/result.ts'
import type { ReviewId } from '#core/model/ids.ts'
import { useCommand, useRead, useRemember } from '../api/use-api.tsx'
import { author, formatMoment } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { LockedEntry } from '../panel/locked-entry.tsx'
import { useSettings } from '../settings/use-settings.ts'
import { useUi } from '../state/ui-store.ts'
import { useToasts } from '../state/toasts.ts'
import { Button } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { Checkbox, TextField } from '../ui/fields.tsx'
import { LevelBadge } from '../ui/level-badge.tsx'
import { draftOf, draftProblems, parsePage, type EntryDraft } from './entry-draft.ts'
import type { ItemRow } from './item-list.ts'

const LEVELS: readonly Level[] = [0, 1, 2, 3, 4]

function LevelRadios({ draft, onChange, invalid }: { draft: EntryDraft; onChange: (level: Level) => void; invalid: boolean }) {
  const { t } = useWords()
  return (
    <RadioGroup
      className="field level-radios"
      orientation="horizontal"
      value={draft.level === null ? null : String(draft.level)}
      onChange={(value) => {
        const level = LEVELS.find((one) => String(one) === value)
        if (level !== undefined) onChange(level)
      }}
      isDisabled={draft.notApplicable}
      isInvalid={invalid}
    >
      <Label className="field-label">{t('checklist.chooseLevel')}</Label>
      <div className="row">
        {LEVELS.map((level) => (
          <Radio key={level} value={String(level)} className="level-radio">
            <LevelBadge level={level} size={28} />
          </Radio>
        ))}
      </div>
      {invalid && <span className="field-error">{t('checklist.levelRequired')}</span>}
    </RadioGroup>
  )
}

/** A judgement without a name is worth little later: asks for it before the first one, without standing in the way. */
function NameFirst() {
  const { t } = useWords()
  const { reviewer } = useSettings()
  const open = useUi((state) => state.open)
  if (reviewer !== '') return null
  return (
    <p>
      <Button look="link" onPress={() => open('settings')}>
        <UserPen className="icon" aria-hidden />
        {t('checklist.nameFirst')}
      </Button>
    </p>
  )
}

/** The two calls behind the form, each with its word of success. */
function useEntryCommands(item: string, reviewId: ReviewId) {
  const { t } = useWords()
  const set = useCommand('reviews.setEntry')
  const clear = useCommand('reviews.clearEntry')
  const remember = useRemember()
  const toast = useToasts((state) => state.add)
  const save = async (draft: EntryDraft) => {
    const done = await set.run({
      reviewId,
      item,
      level: draft.notApplicable ? null : draft.level,
      notApplicable: draft.notApplicable,
      reason: draft.reason.trim(),
      document: draft.document.trim() || null,
      page: parsePage(draft.page) ?? null,
      ...(draft.quote.trim() !== '' && { quote: draft.quote.trim() }),
    })
    if (!done) return
    remember('reviews.get', { reviewId }, done.output)
    toast({ tone: 'done', text: t('checklist.savedEntry', { item }) })
  }
  const remove = async () => {
    const done = await clear.run({ reviewId, item })
    if (!done) return false
    remember('reviews.get', { reviewId }, done.output)
    toast({ tone: 'done', text: t('checklist.cleared', { item }) })
    return true
  }
  return { save, remove, busy: set.busy || clear.busy, error: set.error ?? clear.error }
}

interface EntryFormProps {
  row: ItemRow
  reviewId: ReviewId
}

/** The reviewer's own level; only to be read once the review is handed in. */
export function EntryForm({ row, reviewId }: EntryFormProps) {
  const { data } = useRead('reviews.get', { reviewId })
  if (data?.review.submittedAt !== undefined) return <LockedEntry entry={row.result.entry} />
  return <OpenEntryForm row={row} reviewId={reviewId} />
}

/** Chosen, reasoned, with where it stands in the documents. */
function OpenEntryForm({ row, reviewId }: EntryFormProps) {
  const { t, lang } = useWords()
  const { entry } = row.result
  const [draft, setDraft] = useState(() => draftOf(entry))
  const [tried, setTried] = useState(false)
  const { save, remove, busy, error } = useEntryCommands(row.item.id, reviewId)
  const problems = tried ? draftProblems(draft) : []
  const change = (part: Partial<EntryDraft>) => setDraft({ ...draft, ...part })
  const submit = () => {
    setTried(true)
    if (draftProblems(draft).length === 0) void save(draft).then(() => setTried(false))
  }
  const reset = async () => {
    if (!(await remove())) return
    setDraft(draftOf(null))
    setTried(false)
  }
  return (
    <section className="detail-part entry-form">
      <h4>{t('checklist.judgement')}</h4>
      <p className="quiet">
        {entry
          ? t('checklist.entryBy', { author: author(entry.by, formatMoment(entry.at, lang)) })
          : t('checklist.judgementHint')}
      </p>
      {entry?.settled && (
        <p className="notice">
          <Users className="icon" aria-hidden />
          <span>
            {t('panel.formSettled', {
              level: entry.level ?? '–',
              how: t(entry.settled.how === 'median' ? 'panel.settledMedian' : 'panel.settledLead'),
            })}
          </span>
        </p>
      )}
      <NameFirst />
      <LevelRadios draft={draft} onChange={(level) => change({ level })} invalid={problems.includes('level')} />
      <Checkbox isSelected={draft.notApplicable} onChange={(notApplicable) => change({ notApplicable })}>
        {t('checklist.setNotApplicable')}
      </Checkbox>
      <TextField
        label={t('checklist.reason')}
        value={draft.reason}
        onChange={(reason) => change({ reason })}
        rows={3}
        required
        hint={t('checklist.reasonHint')}
        error={problems.includes('reason') ? t('checklist.reasonRequired') : null}
      />
      <div className="document-page">
        <TextField
          label={`${t('checklist.document')} (${t('common.optional')})`}
          value={draft.document}
          onChange={(document) => change({ document })}
          placeholder={t('checklist.documentHint')}
        />
        <TextField
          label={t('checklist.page')}
          value={draft.page}
          onChange={(page) => change({ page })}
          inputMode="numeric"
          error={problems.includes('page') ? t('checklist.pageInvalid') : null}
        />
      </div>
      <TextField
        label={`${t('scoring.quote')} (${t('common.optional')})`}
        value={draft.quote}
        onChange={(quote) => change({ quote })}
        rows={2}
        hint={t('scoring.quoteHint')}
      />
      {error !== null && <ErrorNotice error={error} />}
      <div className="row">
        <Button look="primary" onPress={submit} isDisabled={busy}>
          {t('checklist.saveEntry')}
        </Button>
        {entry && (
          <Button look="danger" onPress={() => void reset()} isDisabled={busy}>
            {t('checklist.clearEntry')}
          </Button>
        )}
      </div>
    </section>
  )
}
