import { ChevronDown, ChevronRight, CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { ROLE_IDS, roleInfo, type Role } from '#core/model/roles.ts'
import { formatCount } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import { SelectField } from '../ui/fields.tsx'
import { ClassTable } from './class-table.tsx'
import { CrsAnswer, EncodingAnswer } from './crs-encoding.tsx'
import { layerQuestions, type LayerDraft } from '#core/intake/draft.ts'
import { FieldMapping } from './field-mapping.tsx'
import { GuessNote } from './guess-note.tsx'

interface LayerCardProps {
  layer: LayerDraft
  onChange: (layer: LayerDraft) => void
}

/** Roles whose geometry fits; every role for a table without geometry. */
const fittingRoles = ({ found }: LayerDraft): Role[] =>
  ROLE_IDS.filter((id) => found.kind === null || roleInfo(id).kinds.some((kind) => kind === found.kind))

function RoleAnswer({ layer, onChange }: LayerCardProps) {
  const { t, say } = useWords()
  const choices = [
    ...fittingRoles(layer).map((id) => ({ id, label: say(roleInfo(id).title) })),
    { id: 'leave-out' as const, label: t('importing.leaveOut') },
  ]
  const confirmed = { ...layer.confirmed, role: true }
  const open = layerQuestions(layer)
  return (
    <div className={open.includes('role') || open.includes('confirm-role') ? 'answer must-answer' : 'answer'}>
      <SelectField
        label={t('importing.role')}
        value={layer.role}
        choices={choices}
        placeholder={t('importing.roleChoose')}
        onChange={(role) => onChange({ ...layer, role, confirmed })}
        invalid={layer.role === null}
      />
      {layer.role !== 'leave-out' && (
        <GuessNote
          guess={layer.found.role}
          confirmed={layer.confirmed.role}
          onConfirm={layer.role === null ? null : () => onChange({ ...layer, confirmed })}
        />
      )}
    </div>
  )
}

function Problems({ layer }: { layer: LayerDraft }) {
  const { t, say } = useWords()
  if (layer.found.problems.length === 0) return null
  return (
    <section>
      <h4>{t('importing.problems')}</h4>
      <ul className="problems">
        {layer.found.problems.map((problem) => (
          <li key={problem.text.en} className={problem.severity}>
            <TriangleAlert className="icon" aria-hidden />
            {say(problem.text)}
          </li>
        ))}
      </ul>
    </section>
  )
}

function LayerHead({ layer }: { layer: LayerDraft }) {
  const { t, lang } = useWords()
  const { found } = layer
  const open = layerQuestions(layer).length
  const facts = [
    found.format,
    t(`importing.kind_${found.kind ?? 'none'}`),
    t('importing.features', { count: found.features, formatted: formatCount(found.features, lang) }),
  ]
  return (
    <div className="layer-head">
      {open > 0 ? <CircleAlert className="icon open" aria-hidden /> : <CircleCheck className="icon" aria-hidden />}
      <div className="layer-names">
        <strong>{found.layer ?? found.path}</strong>
        <span className="quiet">
          {found.layer !== null && `${found.path} · `}
          {facts.join(' · ')}
        </span>
      </div>
    </div>
  )
}

/** One layer of the files: what it is used as, where it lies, how its words are written, and its details on demand. */
export function LayerCard({ layer, onChange }: LayerCardProps) {
  const { t } = useWords()
  const questions = layerQuestions(layer)
  const asksDetail = questions.includes('fields') || questions.includes('confirm-fields')
  const unknown = layer.role !== 'leave-out' && layer.found.classes.some(({ code }) => code === null)
  const [opened, setOpened] = useState<boolean | null>(null)
  const open = layer.role !== 'leave-out' && (opened ?? (asksDetail || unknown))
  const name = layer.found.layer ?? layer.found.path
  const Chevron = open ? ChevronDown : ChevronRight
  return (
    <li className={layer.role === 'leave-out' ? 'card layer-card off' : 'card layer-card'}>
      <LayerHead layer={layer} />
      <RoleAnswer layer={layer} onChange={onChange} />
      <CrsAnswer layer={layer} onChange={onChange} />
      <EncodingAnswer layer={layer} onChange={onChange} />
      {layer.role !== 'leave-out' && (
        <div className="layer-more">
          <Button look="bare" size="small" aria-expanded={open} onPress={() => setOpened(!open)}>
            <Chevron className="icon" aria-hidden />
            {t(open ? 'importing.hideDetails' : 'importing.details')}
            <span className="visually-hidden">{name}</span>
          </Button>
        </div>
      )}
      {open && (
        <div className="layer-details">
          <Problems layer={layer} />
          <FieldMapping layer={layer} onChange={onChange} />
          <ClassTable layer={layer} onChange={onChange} />
        </div>
      )}
    </li>
  )
}
