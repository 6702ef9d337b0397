import type { Checklist } from '#core/checklist/schema.ts'
import { useWords } from '../i18n/use-words.ts'
import { TextField } from '../ui/fields.tsx'
import { DimensionForm } from './dimension-form.tsx'
import { BilingualField, NumberField, type FaultAt } from './inputs.tsx'

interface ListFormProps {
  checklist: Checklist
  faultAt: FaultAt
  /** Versions that exist: the new one needs a name of its own. */
  taken: readonly string[]
  onChange: (checklist: Checklist) => void
}

/** The checklist as a whole: its version, its words, its dimensions and the bands of opinions. */
export function ListForm({ checklist, faultAt, taken, onChange }: ListFormProps) {
  const { t, say } = useWords()
  const { version, title, description, opinions } = checklist
  return (
    <div className="editor-form">
      <h2>{t('checklists.whole')}</h2>
      <div className="editor-fields">
        <TextField
          label={t('checklists.version')}
          value={version}
          onChange={(next) => onChange({ ...checklist, version: next })}
          hint={t('checklists.versionHint')}
          error={
            taken.includes(version) ? t('checklists.versionTaken') : version.trim() === '' ? t('checklists.versionEmpty') : null
          }
        />
      </div>
      <BilingualField
        label={t('checklists.listTitle')}
        value={title}
        onChange={(next) => onChange({ ...checklist, title: next })}
        path="title"
        faultAt={faultAt}
      />
      <BilingualField
        label={t('checklists.description')}
        value={description}
        onChange={(next) => onChange({ ...checklist, description: next })}
        rows={3}
        path="description"
        faultAt={faultAt}
      />
      <DimensionForm checklist={checklist} faultAt={faultAt} onChange={onChange} />
      <section className="detail-part" aria-label={t('checklists.opinions')}>
        <h4>{t('checklists.opinions')}</h4>
        <div className="editor-fields">
          {opinions.map((opinion, at) =>
            opinion.min === null ? null : (
              <NumberField
                key={opinion.id}
                label={t('checklists.opinionFrom', { opinion: say(opinion.title) })}
                value={opinion.min}
                onChange={(min) => min !== null && onChange({ ...checklist, opinions: opinions.with(at, { ...opinion, min }) })}
                error={faultAt(`opinions[${at}].min`)}
              />
            ),
          )}
        </div>
        {faultAt('opinions[].min') !== null && <p className="field-error">{faultAt('opinions[].min')}</p>}
      </section>
    </div>
  )
}
