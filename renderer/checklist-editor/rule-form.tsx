import { Plus, X } from 'lucide-react'
import type { ChecklistItem, LevelRule } from '#core/checklist/schema.ts'
import { UNITS, type UnitId } from '#core/model/units.ts'
import { useRead } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Checkbox, SelectField, TextField } from '../ui/fields.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { NumberField, type FaultAt } from './inputs.tsx'

type EdgesRule = Extract<LevelRule, { kind: 'edges' }>
type CasesRule = Extract<LevelRule, { kind: 'cases' }>
type Condition = CasesRule['cases'][number]['all'][number]

export const LEVELS = [0, 1, 2, 3, 4] as const
const SIGNS = ['<', '<=', '>', '>=', '=', '!=', 'true', 'false', 'absent'] as const satisfies readonly Condition['is'][]
/** Conditions that compare with a number. */
const COMPARES = new Set<string>(['<', '<=', '>', '>=', '=', '!='])
const UNIT_IDS = Object.keys(UNITS) as UnitId[]

interface Props<T> {
  rule: T
  onChange: (rule: LevelRule) => void
  faultAt: FaultAt
}

/** Edges of the levels 1 to 4, in the unit that people write them in. */
function Edges({ rule, onChange, faultAt }: Props<EdgesRule>) {
  const { t, say } = useWords()
  return (
    <>
      <div className="editor-fields">
        <SelectField
          label={t('checklists.unit')}
          value={rule.unit}
          choices={UNIT_IDS.map((id) => ({ id, label: say(UNITS[id].label) === '' ? id : `${say(UNITS[id].label)} (${id})` }))}
          onChange={(unit) => onChange({ ...rule, unit })}
          placeholder={t('checklists.unit')}
        />
        <div className="field">
          <span className="field-label">{t('checklists.better')}</span>
          <Segmented
            label={t('checklists.better')}
            value={rule.better}
            segments={(['higher', 'lower'] as const).map((id) => ({ id, label: t(`checklists.better_${id}`) }))}
            onChange={(better) => onChange({ ...rule, better })}
          />
        </div>
      </div>
      <div className="editor-edges">
        {rule.edges.map((edge, at) => {
          const level = at + 1
          const open = rule.open.includes(level)
          return (
            <div key={level} className="stack">
              <NumberField
                label={t('checklists.edgeOf', { level })}
                value={edge}
                emptyIs="null"
                onChange={(value) => onChange({ ...rule, edges: rule.edges.with(at, value) as EdgesRule['edges'] })}
                error={faultAt(`rule.edges[${at}]`)}
              />
              <Checkbox
                isSelected={open}
                onChange={(on) =>
                  onChange({ ...rule, open: LEVELS.filter((one) => (one === level ? on : rule.open.includes(one))) })
                }
              >
                {t('checklists.openEdge')}
              </Checkbox>
            </div>
          )
        })}
      </div>
      {faultAt('rule.edges') !== null && <p className="field-error">{faultAt('rule.edges')}</p>}
      <p className="field-hint">{t('checklists.edgesHint')}</p>
    </>
  )
}

function ConditionRow({
  condition,
  onChange,
  onRemove,
  error,
}: {
  condition: Condition
  onChange: (next: Condition) => void
  onRemove: () => void
  error: string | null
}) {
  const { t } = useWords()
  const { path, is, than } = condition
  const withSign = (sign: Condition['is']): Condition =>
    COMPARES.has(sign) ? { path, is: sign, than: than ?? 0 } : { path, is: sign }
  return (
    <li className="editor-condition">
      <TextField
        label={t('checklists.path')}
        hideLabel
        value={path}
        onChange={(next) => onChange({ ...condition, path: next })}
        error={error}
      />
      <SelectField
        label={t('checklists.sign')}
        hideLabel
        value={is}
        choices={SIGNS.map((id) => ({
          id,
          label: COMPARES.has(id) ? id : t(`checklists.sign_${id as 'true' | 'false' | 'absent'}`),
        }))}
        onChange={(sign) => onChange(withSign(sign))}
        placeholder={t('checklists.sign')}
      />
      {COMPARES.has(is) ? (
        <NumberField
          label={t('checklists.than')}
          hideLabel
          value={than ?? null}
          onChange={(value) => value !== null && onChange({ ...condition, than: value })}
        />
      ) : (
        <span />
      )}
      <IconButton size="small" label={t('checklists.removeCondition')} onPress={onRemove}>
        <X className="icon" />
      </IconButton>
    </li>
  )
}

/** Cases from top to bottom: the first whose conditions all hold gives the level. */
function Cases({ rule, onChange, faultAt }: Props<CasesRule>) {
  const { t } = useWords()
  const put = (at: number, next: CasesRule['cases'][number] | null) =>
    onChange({ ...rule, cases: next === null ? rule.cases.toSpliced(at, 1) : rule.cases.with(at, next) })
  return (
    <>
      <ol className="editor-cases">
        {rule.cases.map((one, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- cases have no name of their own: their place is what they are
          <li key={at} className="editor-case">
            <div className="row">
              <SelectField
                label={t('checklists.caseLevel', { place: at + 1 })}
                value={String(one.level)}
                choices={LEVELS.map((level) => ({ id: String(level), label: t('checklists.levelShort', { level }) }))}
                onChange={(level) => put(at, { ...one, level: Number(level) })}
                placeholder="–"
              />
              <span className="spacer" />
              <IconButton size="small" label={t('checklists.removeCase', { place: at + 1 })} onPress={() => put(at, null)}>
                <X className="icon" />
              </IconButton>
            </div>
            <ul>
              {one.all.map((condition, place) => (
                <ConditionRow
                  // oxlint-disable-next-line react/no-array-index-key -- a condition is its place
                  key={place}
                  condition={condition}
                  onChange={(next) => put(at, { ...one, all: one.all.with(place, next) })}
                  onRemove={() => put(at, { ...one, all: one.all.toSpliced(place, 1) })}
                  error={faultAt(`rule.cases[${at}].all[${place}].path`) ?? faultAt(`rule.cases[${at}].all[${place}].than`)}
                />
              ))}
            </ul>
            <Button
              look="link"
              size="small"
              onPress={() => put(at, { ...one, all: [...one.all, { path: 'value', is: '>=', than: 0 }] })}
            >
              <Plus className="icon" aria-hidden />
              {t('checklists.addCondition')}
            </Button>
          </li>
        ))}
      </ol>
      <div>
        <Button
          size="small"
          onPress={() => onChange({ ...rule, cases: [...rule.cases, { level: 2, all: [{ path: 'value', is: '>=', than: 0 }] }] })}
        >
          <Plus className="icon" aria-hidden />
          {t('checklists.addCase')}
        </Button>
      </div>
      <p className="field-hint">{t('checklists.casesHint')}</p>
    </>
  )
}

const blank = (kind: 'edges' | 'cases', indicator: string, unit: UnitId): LevelRule =>
  kind === 'edges'
    ? { kind, indicator, unit, better: 'higher', edges: [0, 25, 50, 75], open: [] }
    : { kind, indicator, cases: [{ level: 2, all: [{ path: 'value', is: '>=', than: 0 }] }] }

interface RuleFormProps {
  item: ChecklistItem
  onChange: (rule: LevelRule | null) => void
  faultAt: FaultAt
}

/** How a measurement becomes a level; or not at all, when a reviewer chooses. */
export function RuleForm({ item, onChange, faultAt }: RuleFormProps) {
  const { t, say } = useWords()
  const indicators = useRead('indicators.list', {}).data ?? []
  const { rule } = item
  const kind = rule?.kind ?? 'none'
  return (
    <section className="detail-part" aria-label={t('checklists.rule')}>
      <h4>{t('checklists.rule')}</h4>
      <div>
        <Segmented
          label={t('checklists.rule')}
          value={kind}
          segments={(['none', 'edges', 'cases'] as const).map((id) => ({ id, label: t(`checklists.rule_${id}`) }))}
          onChange={(next) => {
            if (next === kind) return
            const indicator = rule?.indicator ?? indicators.find(({ id }) => id === item.id)?.id ?? indicators[0]?.id ?? item.id
            onChange(next === 'none' ? null : blank(next, indicator, item.unit))
          }}
        />
      </div>
      {rule !== null && (
        <SelectField
          label={t('checklists.indicator')}
          value={rule.indicator}
          choices={indicators.map(({ id, title }) => ({ id, label: `${id} ${say(title)}` }))}
          onChange={(indicator) => onChange({ ...rule, indicator })}
          placeholder={t('checklists.indicator')}
        />
      )}
      {rule?.kind === 'edges' && <Edges rule={rule} onChange={onChange} faultAt={faultAt} />}
      {rule?.kind === 'cases' && <Cases rule={rule} onChange={onChange} faultAt={faultAt} />}
    </section>
  )
}
