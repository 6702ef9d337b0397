import { ArrowLeftRight } from 'lucide-react'
import type { PlanId } from '#core/model/ids.ts'
import type { PlanSummary } from '#core/model/plan.ts'
import { formatMoment } from '../format/format.ts'
import { planName } from '../format/plan-name.ts'
import { useWords } from '../i18n/use-words.ts'
import { IconButton } from '../ui/button.tsx'
import { SelectField } from '../ui/fields.tsx'
import { versionsOf } from './versions.ts'

interface VersionChooserProps {
  plans: readonly PlanSummary[]
  planId: PlanId
  beforeId: PlanId | null
  onChoose: (before: PlanId | null, after: PlanId) => void
}

/** Two plans of one city, and the way to exchange them. */
export function VersionChooser({ plans, planId, beforeId, onChoose }: VersionChooserProps) {
  const { t, lang } = useWords()
  const versions = versionsOf(plans, planId)
  const choices = versions.map((plan) => ({
    id: plan.id,
    label: `${planName(plan, lang)} · ${formatMoment(plan.importedAt, lang)}`,
  }))
  return (
    <div className="compare-chooser">
      <SelectField
        label={t('compare.older')}
        value={beforeId}
        choices={choices.filter(({ id }) => id !== planId)}
        placeholder={t('compare.choose')}
        onChange={(id) => onChoose(id, planId)}
      />
      <IconButton
        label={t('compare.swap')}
        isDisabled={beforeId === null}
        onPress={() => beforeId !== null && onChoose(planId, beforeId)}
      >
        <ArrowLeftRight className="icon" />
      </IconButton>
      <SelectField
        label={t('compare.newer')}
        value={planId}
        choices={choices.filter(({ id }) => id !== beforeId)}
        placeholder={t('compare.choose')}
        onChange={(id) => onChoose(beforeId, id)}
      />
    </div>
  )
}
