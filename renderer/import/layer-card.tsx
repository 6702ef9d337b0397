import { ChevronDown, ChevronRight, CircleAlert, CircleCheck } from 'lucide-react'
import { useState } from 'react'
import { ROLE_IDS, roleInfo, type Role } from '#core/model/roles.ts'
import { formatCount } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { SelectField } from '../ui/fields.tsx'
import { ClassTable } from './class-table.tsx'
import { CrsAnswer, EncodingAnswer } from './crs-encoding.tsx'
import { layerQuestions, type LayerDraft } from '#core/intake/draft.ts'
import { FieldMapping } from './field-mapping.tsx'
import { GuessNote } from './guess-note.tsx'
import { fixesNow, Problems, type ProblemsProps } from './problems.tsx'

interface LayerCardProps extends ProblemsProps {
  /** The layer is being looked at: the overview lights it up. */
  onActive: () => void
}

type AnswerProps = Pick<LayerCardProps, 'layer' | 'onChange'>

/** Roles whose geometry fits; every role for a table without geometry. */
const fittingRoles = ({ found }: LayerDraft): Role[] =>
  ROLE_IDS.filter((id) => found.kind === null || roleInfo(id).kinds.some((kind) => kind === found.kind))

function RoleAnswer({ layer, onChange }: AnswerProps) {
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
      {layer.profile !== null && layer.role !== 'leave-out' && (
        <p className="guess">{t('importing.profileUsed', { name: layer.profile })}</p>
      )}
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
export function LayerCard(props: LayerCardProps) {
  const { layer, reading, onChange, onActive } = props
  const { t } = useWords()
  const questions = layerQuestions(layer)
  const asksDetail = questions.includes('fields') || questions.includes('confirm-fields')
  const unknown = layer.found.classes.some(({ code }) => code === null)
  const warned = layer.found.problems.some(({ severity }) => severity === 'warning') || fixesNow(layer.found, reading).length > 0
  const [opened, setOpened] = useState<boolean | null>(null)
  const open = opened ?? (layer.role !== 'leave-out' && (asksDetail || unknown || warned))
  const name = layer.found.layer ?? layer.found.path
  const Chevron = open ? ChevronDown : ChevronRight
  return (
    // Looking at a card lights its layer up on the overview; nothing can be done here that its controls do not do.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li
      className={layer.role === 'leave-out' ? 'card layer-card off' : 'card layer-card'}
      onFocus={onActive}
      onMouseEnter={onActive}
    >
      <LayerHead layer={layer} />
      <RoleAnswer layer={layer} onChange={onChange} />
      <CrsAnswer layer={layer} onChange={onChange} />
      <EncodingAnswer layer={layer} onChange={onChange} />
      <div className="layer-more">
        <Button look="bare" size="small" aria-expanded={open} onPress={() => setOpened(!open)}>
          <Chevron className="icon" aria-hidden />
          {t(open ? 'importing.hideDetails' : 'importing.details')}
          <span className="visually-hidden">{name}</span>
        </Button>
      </div>
      {open && (
        <div className="layer-details">
          {reading !== undefined && 'error' in reading && <ErrorNotice error={reading.error} />}
          <Problems {...props} />
          <FieldMapping layer={layer} onChange={onChange} />
          <ClassTable layer={layer} onChange={onChange} />
        </div>
      )}
    </li>
  )
}
