import { Trash2 } from 'lucide-react'
import { CITY_TITLES, LEVEL_TITLES } from '#core/checklist/applicability.ts'
import type { FailedRuleTest } from '#core/checklist/rule-tests.ts'
import { CERTAINTIES, type Checklist, type ChecklistItem } from '#core/checklist/schema.ts'
import { CITY_KINDS, PLAN_LEVELS } from '#core/model/manifest.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox, SelectField, TextField } from '../ui/fields.tsx'
import { weightSums } from './draft.ts'
import { BilingualField, NumberField, Ticks, type FaultAt } from './inputs.tsx'
import { RuleForm } from './rule-form.tsx'
import { RuleTests } from './rule-tests.tsx'

interface ItemFormProps {
  checklist: Checklist
  item: ChecklistItem
  failed: readonly FailedRuleTest[]
  faultAt: FaultAt
  onChange: (change: Partial<ChecklistItem>) => void
  onRemove: () => void
  onSpread: () => void
}

type PartProps = Pick<ItemFormProps, 'item' | 'faultAt' | 'onChange'>

/** Weight with what its dimension comes to, the gate, and where the item applies. */
function Weighing({ checklist, item, faultAt, onChange, onSpread }: Omit<ItemFormProps, 'failed' | 'onRemove'>) {
  const { t, say } = useWords()
  const own = weightSums(checklist).dimensions.find(({ dimension }) => dimension.id === item.dimension)
  return (
    <section className="detail-part" aria-label={t('checklists.weighing')}>
      <h4>{t('checklists.weighing')}</h4>
      <div className="editor-weight">
        <NumberField
          label={t('checklists.weight')}
          value={item.weight}
          onChange={(weight) => weight !== null && onChange({ weight })}
          error={faultAt('weight')}
        />
        {own && (
          <p className="row row-wrap" aria-live="polite">
            <span className={own.isRight ? 'chip good number' : 'chip bad number'}>
              {t('checklists.dimensionSum', { dimension: say(own.dimension.title), sum: own.sum, of: own.dimension.weight })}
            </span>
            {!own.isRight && (
              <Button size="small" onPress={onSpread}>
                {t('checklists.spreadRest')}
              </Button>
            )}
          </p>
        )}
      </div>
      <Checkbox isSelected={item.gate} onChange={(gate) => onChange({ gate })}>
        {t('checklists.isGate')}
      </Checkbox>
      <Ticks
        label={t('checklists.cities')}
        all={CITY_KINDS}
        chosen={item.applies.cities}
        titles={CITY_TITLES}
        onChange={(cities) => onChange({ applies: { ...item.applies, cities } })}
        error={faultAt('applies.cities')}
      />
      <Ticks
        label={t('checklists.planLevels')}
        all={PLAN_LEVELS}
        chosen={item.applies.planLevels}
        titles={LEVEL_TITLES}
        onChange={(planLevels) => onChange({ applies: { ...item.applies, planLevels } })}
        error={faultAt('applies.planLevels')}
      />
    </section>
  )
}

/** What each level asks for, where that comes from and how sure it is. */
function LevelTexts({ item, faultAt, onChange }: PartProps) {
  const { t } = useWords()
  const put = (at: number, change: Partial<ChecklistItem['levels'][number]>) =>
    onChange({ levels: item.levels.map((level, place) => (place === at ? { ...level, ...change } : level)) })
  return (
    <section className="detail-part" aria-label={t('checklist.thresholds')}>
      <h4>{t('checklist.thresholds')}</h4>
      {item.levels.map(({ level, text, source, certainty }, at) => (
        <fieldset key={level} className="editor-level">
          <legend>{t(`level.name${level as 0 | 1 | 2 | 3 | 4}`)}</legend>
          <BilingualField
            label={t('checklists.levelText')}
            value={text}
            onChange={(next) => put(at, { text: next })}
            path={`levels[${at}].text`}
            faultAt={faultAt}
          />
          <BilingualField
            label={t('checklists.source')}
            value={source}
            onChange={(next) => put(at, { source: next })}
            path={`levels[${at}].source`}
            faultAt={faultAt}
          />
          <SelectField
            label={t('checklists.certainty')}
            value={certainty}
            choices={CERTAINTIES.map((id) => ({ id, label: t(`checklist.certainty_${id}`) }))}
            onChange={(next) => put(at, { certainty: next })}
            placeholder={t('checklists.certainty')}
          />
        </fieldset>
      ))}
    </section>
  )
}

/** One item of the draft with everything that can be changed about it. */
export function ItemForm(props: ItemFormProps) {
  const { checklist, item, failed, faultAt, onChange, onRemove } = props
  const { t, say } = useWords()
  return (
    <div className="editor-form" data-item={item.id}>
      <header className="row">
        <h2>
          <span className="number">{item.id}</span> {say(item.title)}
        </h2>
        <span className="spacer" />
        <Button look="danger" size="small" onPress={onRemove}>
          <Trash2 className="icon" aria-hidden />
          {t('checklists.removeItem')}
        </Button>
      </header>
      {faultAt('') !== null && <p className="field-error">{faultAt('')}</p>}
      <BilingualField
        label={t('checklists.itemTitle')}
        value={item.title}
        onChange={(title) => onChange({ title })}
        path="title"
        faultAt={faultAt}
      />
      <BilingualField
        label={t('checklists.question')}
        value={item.question}
        onChange={(question) => onChange({ question })}
        rows={2}
        path="question"
        faultAt={faultAt}
      />
      <BilingualField
        label={t('checklist.formula')}
        value={item.formula}
        onChange={(formula) => onChange({ formula })}
        rows={2}
        path="formula"
        faultAt={faultAt}
      />
      <div className="editor-fields">
        <SelectField
          label={t('checklists.dimension')}
          value={item.dimension}
          choices={checklist.dimensions.map(({ id, title }) => ({ id, label: `${id} ${say(title)}` }))}
          onChange={(dimension) => onChange({ dimension })}
          placeholder={t('checklists.dimension')}
        />
        <TextField label={t('checklists.id')} value={item.id} onChange={(id) => onChange({ id })} error={faultAt('id')} />
      </div>
      <Weighing {...props} />
      <RuleForm item={item} onChange={(rule) => onChange(rule === null ? { rule, tests: [] } : { rule })} faultAt={faultAt} />
      <RuleTests item={item} failed={failed} onChange={(tests) => onChange({ tests })} />
      <LevelTexts item={item} faultAt={faultAt} onChange={onChange} />
    </div>
  )
}
