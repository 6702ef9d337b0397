import { roleInfo } from '#core/model/roles.ts'
import { useWords } from '../i18n/use-words.ts'
import { SelectField } from '../ui/fields.tsx'
import { layerQuestions, type LayerDraft } from '#core/intake/draft.ts'
import { GuessNote } from './guess-note.tsx'

const NOT_USED = '\u0000'

/** Our attributes beside the file's own, with real values to see whether they meet. */
export function FieldMapping({ layer, onChange }: { layer: LayerDraft; onChange: (layer: LayerDraft) => void }) {
  const { t, say } = useWords()
  if (layer.role === null || layer.role === 'leave-out') return null
  const { found, fields } = layer
  const attributes = Object.entries(roleInfo(layer.role).fields)
  const confirmed = { ...layer.confirmed, fields: true }
  const choices = [
    { id: NOT_USED, label: t('importing.fieldNone') },
    ...found.sourceFields.map(({ name }) => ({ id: name, label: name })),
  ]
  const set = (attribute: string, source: string) =>
    onChange({ ...layer, fields: { ...fields, [attribute]: source === NOT_USED ? '' : source }, confirmed })
  return (
    <section>
      <h4>{t('importing.fields')}</h4>
      <div className="field-grid">
        {attributes.map(([attribute, info]) => {
          const source = fields[attribute] ?? ''
          const missing = info.required === true && source === ''
          const samples = found.sourceFields.find(({ name }) => name === source)?.samples ?? []
          return (
            <div key={attribute} className={missing ? 'answer must-answer' : 'answer'}>
              <SelectField
                label={say(info.title)}
                value={source === '' ? NOT_USED : source}
                choices={choices}
                placeholder={t('importing.fieldNone')}
                onChange={(name) => set(attribute, name)}
                invalid={missing}
              />
              {missing && <span className="field-error">{t('importing.fieldMissing', { field: say(info.title) })}</span>}
              {samples.length > 0 && <p className="guess">{samples.slice(0, 3).join(' · ')}</p>}
            </div>
          )
        })}
      </div>
      {Object.keys(found.fields.value).length > 0 && (
        <GuessNote
          guess={found.fields}
          confirmed={!layerQuestions(layer).includes('confirm-fields')}
          onConfirm={() => onChange({ ...layer, confirmed })}
        />
      )}
    </section>
  )
}
