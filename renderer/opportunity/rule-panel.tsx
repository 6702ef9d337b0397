import { RotateCcw, Play } from 'lucide-react'
import { useState } from 'react'
import { DEFAULT_CHOICE, opportunityChoiceSchema, type OpportunityChoice } from '#core/opportunity/choice.ts'
import { useWords } from '../i18n/use-words.ts'
import { readNumber } from '../results/map-classes.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/fields.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { WeightsEditor } from './weights-editor.tsx'

/** Figures that are typed, with their limits and how many of their units make one of the choice. */
const FIELDS = [
  { key: 'cut', min: 0, max: 1, per: 1 },
  { key: 'leastAreaHa', min: 0, max: 1000, per: 1 },
  { key: 'cellM', min: 25, max: 1000, per: 1 },
  { key: 'weightChange', min: 0, max: 100, per: 100 },
  { key: 'front', min: 1, max: 100, per: 1 },
] as const
const LABELS = {
  cut: 'opportunity.cut',
  leastAreaHa: 'opportunity.leastArea',
  cellM: 'opportunity.cell',
  weightChange: 'opportunity.change',
  front: 'opportunity.front',
} as const
type FieldKey = (typeof FIELDS)[number]['key']

const textsOf = (choice: OpportunityChoice) =>
  Object.fromEntries(FIELDS.map(({ key, per }) => [key, String(Number((choice[key] * per).toPrecision(9)))])) as Record<
    FieldKey,
    string
  >

interface RulePanelProps {
  /** What the cards come of, or the defaults before the first time. */
  choice: OpportunityChoice
  /** Cards of this choice are on the screen. */
  isShown: boolean
  busy: boolean
  onCompute: (choice: OpportunityChoice) => void
}

/** By which rule areas are looked for and scored. */
export function RulePanel({ choice: shown, isShown, busy, onCompute }: RulePanelProps) {
  const { t } = useWords()
  const [draft, setDraft] = useState(shown)
  const [texts, setTexts] = useState(() => textsOf(shown))
  const figures = Object.fromEntries(FIELDS.map(({ key, per }) => [key, (readNumber(texts[key]) ?? Number.NaN) / per])) as Record<
    FieldKey,
    number
  >
  const wanted = { ...draft, ...figures }
  const read = opportunityChoiceSchema.safeParse(wanted)
  const isChanged = isShown && JSON.stringify(wanted) !== JSON.stringify({ ...shown, ...pick(shown) })
  const faultOf = ({ key, min, max, per }: (typeof FIELDS)[number]) => {
    const value = figures[key] * per
    const isWhole = key !== 'front' || Number.isInteger(value)
    return value >= min && value <= max && isWhole ? null : t('opportunity.between', { min, max })
  }
  const reset = () => {
    setDraft(DEFAULT_CHOICE)
    setTexts(textsOf(DEFAULT_CHOICE))
  }
  return (
    <section className="panel" data-desk-panel tabIndex={-1} aria-label={t('opportunity.rule')}>
      <div className="panel-head">
        <h2>{t('opportunity.rule')}</h2>
        <Button look="bare" size="small" onPress={reset}>
          <RotateCcw className="icon" aria-hidden />
          {t('opportunity.reset')}
        </Button>
      </div>
      <form
        className="panel-scroll rule"
        onSubmit={(event) => {
          event.preventDefault()
          if (read.success && !busy) onCompute(read.data)
        }}
      >
        <section className="rule-part">
          <h3>{t('opportunity.method')}</h3>
          <Segmented<OpportunityChoice['method']>
            label={t('opportunity.method')}
            value={draft.method}
            segments={(['sum', 'topsis'] as const).map((id) => ({ id, label: t(`opportunity.method_${id}`) }))}
            onChange={(method) => setDraft({ ...draft, method })}
          />
        </section>
        <section className="rule-part">
          <h3>{t('opportunity.unit')}</h3>
          <Segmented<OpportunityChoice['unit']>
            label={t('opportunity.unit')}
            value={draft.unit}
            segments={(['cells', 'parcels'] as const).map((id) => ({ id, label: t(`opportunity.unit_${id}`) }))}
            onChange={(unit) => setDraft({ ...draft, unit })}
          />
        </section>
        <WeightsEditor weighting={draft.weighting} onChange={(weighting) => setDraft({ ...draft, weighting })} />
        <section className="rule-part rule-fields">
          {FIELDS.map((field) => (
            <TextField
              key={field.key}
              label={t(LABELS[field.key])}
              value={texts[field.key]}
              inputMode="numeric"
              error={faultOf(field)}
              onChange={(text) => setTexts({ ...texts, [field.key]: text })}
            />
          ))}
        </section>
        <div className="rule-foot">
          <Button type="submit" look="primary" isDisabled={busy || !read.success}>
            <Play className="icon" aria-hidden />
            {t('opportunity.compute')}
          </Button>
          <p className="quiet" aria-live="polite">
            {isChanged && !busy && t('opportunity.changed')}
          </p>
        </div>
      </form>
    </section>
  )
}

/** The typed figures of a choice as they read back from their texts, so that rounding is no change. */
const pick = (choice: OpportunityChoice) => {
  const texts = textsOf(choice)
  return Object.fromEntries(FIELDS.map(({ key, per }) => [key, Number(texts[key]) / per]))
}
