import { useState } from 'react'
import { SEVERITIES, type Severity } from '#core/review/finding.ts'
import { useCommand } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { useToasts } from '../state/toasts.ts'
import { useUi, type FindingDraft } from '../state/ui-store.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { SelectField, TextField, type Choice } from '../ui/fields.tsx'
import { Segmented } from '../ui/segmented.tsx'
import type { OpenReview } from '../workbench/use-review.ts'

const NO_ITEM = 'none'
/** The contract takes no more places than this with one finding. */
const MOST_PLACES = 2000

interface Fields {
  item: string | null
  severity: Severity
  text: string
  action: string
}

const firstFields = (draft: FindingDraft): Fields =>
  draft.kind === 'edit' ? draft.finding : { item: draft.item, severity: 'must', text: '', action: '' }

/** Writes a new finding or changes one; its number is given once and stays. */
export function FindingDialog({ draft, review }: { draft: FindingDraft; review: OpenReview }) {
  const { t, say } = useWords()
  const close = () => useUi.getState().draftFinding(null)
  const toast = useToasts((state) => state.add)
  const add = useCommand('findings.add')
  const update = useCommand('findings.update')
  const [fields, setFields] = useState(() => firstFields(draft))
  const [tried, setTried] = useState(false)
  const source = draft.kind === 'edit' ? draft.finding.evidence : draft.evidence
  const evidence = source.slice(0, MOST_PLACES).map(({ layer, fid }) => ({ layer, fid }))
  const empty = fields.text.trim() === ''
  const choices: Choice<string>[] = [
    { id: NO_ITEM, label: t('findings.noItem') },
    ...review.checklist.items.map(({ id, title }) => ({ id, label: `${id} ${say(title)}` })),
  ]
  const save = async () => {
    setTried(true)
    if (empty) return
    const content = {
      item: fields.item,
      severity: fields.severity,
      text: fields.text.trim(),
      action: fields.action.trim(),
      evidence,
    }
    const done = await (draft.kind === 'edit'
      ? update.run({ ...content, findingId: draft.finding.id })
      : add.run({ ...content, reviewId: review.view.review.id }))
    if (!done) return
    toast({ tone: 'done', text: t('findings.saved', { number: done.output.number }) })
    close()
  }
  const error = add.error ?? update.error
  const busy = add.busy || update.busy
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
        <div className="field">
          <span className="field-label">{t('findings.severity')}</span>
          <Segmented
            label={t('findings.severity')}
            value={fields.severity}
            segments={SEVERITIES.map((id) => ({ id, label: t(`findings.${id}`) }))}
            onChange={(severity) => setFields({ ...fields, severity })}
          />
        </div>
        <SelectField
          label={t('findings.item')}
          value={fields.item ?? NO_ITEM}
          choices={choices}
          placeholder={t('findings.noItem')}
          onChange={(id) => setFields({ ...fields, item: id === NO_ITEM ? null : id })}
        />
        <TextField
          label={t('findings.text')}
          value={fields.text}
          onChange={(text) => setFields({ ...fields, text })}
          rows={4}
          required
          focusFirst
          error={tried && empty ? t('findings.textRequired') : null}
        />
        <TextField
          label={`${t('findings.action')} (${t('common.optional')})`}
          value={fields.action}
          onChange={(action) => setFields({ ...fields, action })}
          rows={3}
        />
        {evidence.length > 0 && <p className="field-hint">{t('findings.evidence', { count: evidence.length })}</p>}
      </div>
    </Dialog>
  )
}
