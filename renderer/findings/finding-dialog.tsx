import { X } from 'lucide-react'
import { useState } from 'react'
import { SEVERITIES } from '#core/review/finding.ts'
import { REVIEW_POINTS } from '#core/review/review-points.ts'
import { useCommand } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { useToasts } from '../state/toasts.ts'
import { useUi, type FindingDraft } from '../state/ui-store.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { SelectField, TextField, type Choice } from '../ui/fields.tsx'
import { Segmented } from '../ui/segmented.tsx'
import type { OpenReview } from '../workbench/use-review.ts'
import { contentOf, firstFields, problemsOf, withTemplate, type FindingFields } from './finding-draft.ts'
import { LateNotes, useLateNotes } from './late-notes.tsx'
import { TemplateChooser } from './template-chooser.tsx'

const NONE = 'none'

interface FieldsProps {
  fields: FindingFields
  change: (change: Partial<FindingFields>) => void
  tried: boolean
}

function WordFields({ fields, change, tried }: FieldsProps) {
  const { t } = useWords()
  const isEmpty = problemsOf(fields).includes('text')
  return (
    <>
      <TextField
        label={t('findings.text')}
        value={fields.text}
        onChange={(text) => change({ text })}
        rows={4}
        required
        focusFirst
        error={tried && isEmpty ? t('findings.textRequired') : null}
      />
      <TextField
        label={`${t('findings.action')} (${t('common.optional')})`}
        value={fields.action}
        onChange={(action) => change({ action })}
        rows={3}
      />
    </>
  )
}

/** Words of a submitted document that prove the finding. */
function QuoteFields({ fields, change, tried }: FieldsProps) {
  const { t } = useWords()
  const [isOpen, open] = useState(fields.document !== '')
  const problems = tried ? problemsOf(fields) : []
  if (!isOpen)
    return (
      <div>
        <Button size="small" look="bare" onPress={() => open(true)}>
          {t('findings.addQuote')}
        </Button>
      </div>
    )
  return (
    <fieldset className="quote-fields">
      <legend className="field-label">{t('findings.quote')}</legend>
      <TextField
        label={t('findings.document')}
        value={fields.document}
        onChange={(document) => change({ document })}
        error={problems.includes('document') ? t('findings.documentRequired') : null}
      />
      <TextField
        label={t('findings.page')}
        value={fields.page}
        onChange={(page) => change({ page })}
        inputMode="numeric"
        error={problems.includes('page') ? t('findings.pageWrong') : null}
      />
      <TextField label={t('findings.words')} value={fields.words} onChange={(words) => change({ words })} rows={2} />
    </fieldset>
  )
}

/** What is drawn on the map, and what is written beside it. */
function MarkFields({ fields, change }: Omit<FieldsProps, 'tried'>) {
  const { t } = useWords()
  const { mark } = fields
  if (mark === null) return null
  return (
    <div className="stack">
      <div className="row">
        <span>{t('findings.mark_drawnAs', { kind: t(`findings.mark_${mark.kind}`), count: mark.xyM.length / 2 })}</span>
        <IconButton size="small" label={t('findings.mark_takeOff')} onPress={() => change({ mark: null })}>
          <X className="icon" />
        </IconButton>
      </div>
      <TextField
        label={`${t('findings.mark_label')} (${t('common.optional')})`}
        value={mark.label ?? ''}
        onChange={(label) => change({ mark: { ...mark, label: label.slice(0, 200) } })}
      />
    </div>
  )
}

/** Writes a new finding or changes one; its number is given once and stays. */
export function FindingDialog({ draft, review }: { draft: FindingDraft; review: OpenReview }) {
  const { t, say } = useWords()
  const close = () => useUi.getState().draftFinding(null)
  const toast = useToasts((state) => state.add)
  const add = useCommand('findings.add')
  const update = useCommand('findings.update')
  const [fields, setFields] = useState(() => firstFields(draft))
  const [tried, setTried] = useState(false)
  const change = (part: Partial<FindingFields>) => setFields((now) => ({ ...now, ...part }))
  const evidence = draft.kind === 'edit' ? draft.finding.evidence : draft.evidence
  const [reason, setReason] = useState('')
  const notes = useLateNotes(review.view.review.id, fields, evidence, draft.kind === 'new')
  const explain = useCommand('rounds.explain')
  const items: Choice<string>[] = [
    { id: NONE, label: t('findings.noItem') },
    ...review.checklist.items.map(({ id, title }) => ({ id, label: `${id} ${say(title)}` })),
  ]
  const points: Choice<string>[] = [
    { id: NONE, label: t('findings.noPoint') },
    ...REVIEW_POINTS.map(({ id, title }) => ({ id, label: say(title) })),
  ]
  const save = async () => {
    setTried(true)
    if (problemsOf(fields).length > 0 || (notes.length > 0 && reason.trim() === '')) return
    const content = contentOf(fields, evidence)
    const done = await (draft.kind === 'edit'
      ? update.run({ ...content, findingId: draft.finding.id })
      : add.run({ ...content, reviewId: review.view.review.id }))
    if (!done) return
    if (notes.length > 0 && !(await explain.run({ findingId: done.output.id, reason: reason.trim() }))) return
    toast({ tone: 'done', text: t('findings.saved', { number: done.output.number }) })
    close()
  }
  const error = add.error ?? update.error ?? explain.error
  const busy = add.busy || update.busy || explain.busy
  return (
    <Dialog
      title={draft.kind === 'edit' ? t('findings.editNumber', { number: draft.finding.number }) : t('findings.add')}
      onClose={close}
      foot={
        <>
          <Button onPress={close}>{t('common.cancel')}</Button>
          <Button look="primary" onPress={() => void save()} isDisabled={busy}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <div className="stack">
        {error !== null && <ErrorNotice error={error} />}
        <TemplateChooser fields={fields} onChoose={(template) => setFields((now) => withTemplate(now, template))} />
        <div className="field">
          <span className="field-label">{t('findings.severity')}</span>
          <Segmented
            label={t('findings.severity')}
            value={fields.severity}
            segments={SEVERITIES.map((id) => ({ id, label: t(`findings.${id}`) }))}
            onChange={(severity) => change({ severity })}
          />
        </div>
        <WordFields fields={fields} change={change} tried={tried} />
        <SelectField
          label={t('findings.item')}
          value={fields.item ?? NONE}
          choices={items}
          placeholder={t('findings.noItem')}
          onChange={(id) => change({ item: id === NONE ? null : id })}
        />
        <SelectField
          label={t('findings.column_point')}
          value={fields.reviewPoint ?? NONE}
          choices={points}
          placeholder={t('findings.noPoint')}
          onChange={(id) => change({ reviewPoint: id === NONE ? null : id })}
        />
        <LateNotes notes={notes} reason={reason} onReason={setReason} tried={tried} />
        <MarkFields fields={fields} change={change} />
        <QuoteFields fields={fields} change={change} tried={tried} />
        {evidence.length > 0 && <p className="field-hint">{t('findings.evidence', { count: evidence.length })}</p>}
      </div>
    </Dialog>
  )
}
