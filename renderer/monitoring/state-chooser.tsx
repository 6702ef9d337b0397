import type { PlanId } from '#core/model/ids.ts'
import type { PlanSummary } from '#core/model/plan.ts'
import { planName } from '../format/plan-name.ts'
import { formatDay } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { Checkbox, TextField } from '../ui/fields.tsx'

/** A chosen state: a plan, and the year that stands for it where that is not the plan's own. */
export interface ChosenState {
  planId: PlanId
  year: string
}

/** A whole year that the series accepts, null for the plan's own, undefined where the text is neither. */
export function readYear(text: string): number | null | undefined {
  const plain = text.normalize('NFKC').trim()
  if (plain === '') return null
  return /^(19|20|21)\d\d$/.test(plain) ? Number(plain) : undefined
}

interface StateChooserProps {
  plans: readonly PlanSummary[]
  chosen: readonly ChosenState[]
  onChange: (chosen: readonly ChosenState[]) => void
}

/** Which plans of the catalogue are states of one series, and of which year each is. */
export function StateChooser({ plans, chosen, onChange }: StateChooserProps) {
  const { t, lang } = useWords()
  return (
    <section className="panel" aria-label={t('monitoring.choose')} data-desk-panel tabIndex={-1}>
      <div className="panel-head">
        <h2>{t('monitoring.choose')}</h2>
      </div>
      <div className="panel-scroll">
        <p className="panel-wait quiet">{t('monitoring.chooseHint')}</p>
        <ul className="state-list">
          {plans.map((plan) => {
            const state = chosen.find(({ planId }) => planId === plan.id)
            const name = planName(plan, lang)
            return (
              <li key={plan.id}>
                <Checkbox
                  isSelected={state !== undefined}
                  onChange={(selected) =>
                    onChange(
                      selected ? [...chosen, { planId: plan.id, year: '' }] : chosen.filter(({ planId }) => planId !== plan.id),
                    )
                  }
                >
                  <span className="state-name">
                    {name}
                    <span className="quiet">{formatDay(plan.importedAt, lang)}</span>
                  </span>
                </Checkbox>
                {state && (
                  <TextField
                    label={t('monitoring.yearOf', { name })}
                    hideLabel
                    value={state.year}
                    placeholder={t('monitoring.ownYear')}
                    inputMode="numeric"
                    error={readYear(state.year) === undefined ? t('monitoring.yearWrong') : null}
                    onChange={(year) => onChange(chosen.map((each) => (each.planId === plan.id ? { ...each, year } : each)))}
                  />
                )}
              </li>
            )
          })}
        </ul>
      </div>
    </section>
  )
}
