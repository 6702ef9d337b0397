import { CITY_KINDS, PLAN_LEVELS } from '#core/model/manifest.ts'
import { useWords } from '../i18n/use-words.ts'
import { SelectField, TextField } from '../ui/fields.tsx'
import { planQuestions, type PlanDraft } from '#core/intake/draft.ts'

/** What the plan is called, which city it is for, and when. */
export function PlanForm({ plan, onChange }: { plan: PlanDraft; onChange: (plan: PlanDraft) => void }) {
  const { t } = useWords()
  const open = planQuestions(plan)
  const set = (part: Partial<PlanDraft>) => onChange({ ...plan, ...part })
  const yearError = (field: 'populationYear' | 'baseYear' | 'targetYear') =>
    open.includes(field) ? t('importing.yearInvalid') : null
  return (
    <div className="plan-form">
      <div className={open.includes('name') ? 'wide must-answer' : 'wide'}>
        <TextField
          label={t('importing.nameZh')}
          value={plan.nameZh}
          onChange={(nameZh) => set({ nameZh })}
          error={open.includes('name') ? t('importing.nameRequired') : null}
        />
      </div>
      <div className="wide">
        <TextField label={t('importing.name')} value={plan.name} onChange={(name) => set({ name })} />
      </div>
      <SelectField
        label={t('importing.planLevel')}
        value={plan.planLevel}
        choices={PLAN_LEVELS.map((id) => ({ id, label: t(`importing.level_${id}`) }))}
        placeholder={t('common.notSet')}
        onChange={(planLevel) => set({ planLevel })}
      />
      <TextField
        label={t('importing.baseYear')}
        value={plan.baseYear}
        onChange={(baseYear) => set({ baseYear })}
        inputMode="numeric"
        error={yearError('baseYear')}
      />
      <TextField
        label={t('importing.targetYear')}
        value={plan.targetYear}
        onChange={(targetYear) => set({ targetYear })}
        inputMode="numeric"
        error={yearError('targetYear')}
      />
      <div className="quarter">
        <TextField
          label={t('importing.city')}
          value={plan.city}
          onChange={(city) => set({ city })}
          error={open.includes('city') ? t('importing.cityRequired') : null}
        />
      </div>
      <div className="quarter">
        <SelectField
          label={t('importing.cityKind')}
          value={plan.cityKind}
          choices={CITY_KINDS.map((id) => ({ id, label: t(`importing.kind_${id}`) }))}
          placeholder={t('common.notSet')}
          onChange={(cityKind) => set({ cityKind })}
        />
      </div>
      <div className="quarter">
        <TextField
          label={t('importing.population')}
          value={plan.population}
          onChange={(population) => set({ population })}
          inputMode="numeric"
          error={open.includes('population') ? t('importing.populationInvalid') : null}
        />
      </div>
      <div className="quarter">
        <TextField
          label={t('importing.populationYear')}
          value={plan.populationYear}
          onChange={(populationYear) => set({ populationYear })}
          inputMode="numeric"
          error={yearError('populationYear')}
        />
      </div>
    </div>
  )
}
