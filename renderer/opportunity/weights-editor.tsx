import { CRITERIA } from '#core/opportunity/criteria.ts'
import { chosenWeights, SUGGESTED_COMPARISONS, SUGGESTED_WEIGHTS, type OpportunityWeighting } from '#core/opportunity/choice.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { ComparisonMatrix } from './comparison-matrix.tsx'

const MOST = 5
const STEP = 0.5

interface EditorProps {
  weighting: OpportunityWeighting
  onChange: (weighting: OpportunityWeighting) => void
}

const percentOf = (weight: number, sum: number) => (sum > 0 ? Math.round((100 * weight) / sum) : 0)

/** A slider per criterion; beside it what it comes to of the whole. */
function OwnWeights({ weighting, onChange }: EditorProps & { weighting: Extract<OpportunityWeighting, { kind: 'own' }> }) {
  const { t, say } = useWords()
  const { weights } = weighting
  const sum = CRITERIA.reduce((total, { id }) => total + weights[id], 0)
  return (
    <>
      <ul className="weight-list">
        {CRITERIA.map(({ id, zh, en }) => {
          const name = say({ zh, en })
          return (
            <li key={id}>
              <span>{name}</span>
              <input
                type="range"
                min={0}
                max={MOST}
                step={STEP}
                value={weights[id]}
                aria-label={t('opportunity.weightOf', { criterion: name })}
                onChange={(event) => onChange({ kind: 'own', weights: { ...weights, [id]: Number(event.target.value) } })}
              />
              <span className="number quiet">{`${percentOf(weights[id], sum)} %`}</span>
            </li>
          )
        })}
      </ul>
      <Button look="link" size="small" onPress={() => onChange({ kind: 'own', weights: SUGGESTED_WEIGHTS })}>
        {t('opportunity.suggested')}
      </Button>
    </>
  )
}

/** How much each criterion counts: all the same, by sliders, or from comparisons in pairs. */
export function WeightsEditor({ weighting, onChange }: EditorProps) {
  const { t } = useWords()
  const begin = (kind: OpportunityWeighting['kind']) => {
    if (kind === 'equal') onChange({ kind })
    // Sliders begin where the other way of weighting has led to.
    if (kind === 'own') onChange({ kind, weights: slidersOf(weighting) })
    if (kind === 'compared') onChange({ kind, matrix: SUGGESTED_COMPARISONS.map((row) => [...row]) })
  }
  return (
    <section className="rule-part">
      <h3>{t('opportunity.weights')}</h3>
      <Segmented<OpportunityWeighting['kind']>
        label={t('opportunity.weights')}
        value={weighting.kind}
        segments={(['equal', 'own', 'compared'] as const).map((id) => ({ id, label: t(`opportunity.weights_${id}`) }))}
        onChange={(kind) => kind !== weighting.kind && begin(kind)}
      />
      {weighting.kind === 'equal' && (
        <p className="quiet">{t('opportunity.equalText', { percent: Math.round(100 / CRITERIA.length) })}</p>
      )}
      {weighting.kind === 'own' && <OwnWeights weighting={weighting} onChange={onChange} />}
      {weighting.kind === 'compared' && (
        <ComparisonMatrix matrix={weighting.matrix} onChange={(matrix) => onChange({ kind: 'compared', matrix })} />
      )}
    </section>
  )
}

function slidersOf(weighting: OpportunityWeighting): typeof SUGGESTED_WEIGHTS {
  if (weighting.kind !== 'compared') return SUGGESTED_WEIGHTS
  const { weights } = chosenWeights(weighting)
  const largest = Math.max(...CRITERIA.map(({ id }) => weights[id]))
  const onSlider = (weight: number) => Math.round((weight / largest) * (MOST / STEP)) * STEP
  return Object.fromEntries(CRITERIA.map(({ id }) => [id, onSlider(weights[id])])) as typeof SUGGESTED_WEIGHTS
}
