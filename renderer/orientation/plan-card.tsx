import { CITY_KIND_WORDS, PLAN_LEVEL_WORDS } from '#core/memo/words.ts'
import type { Orientation } from '#core/review/orientation.ts'
import { formatArea, formatCount, formatMoment } from '../format/format.ts'
import { planName } from '../format/plan-name.ts'
import { useWords } from '../i18n/use-words.ts'
import { useSettings } from '../settings/use-settings.ts'

/** What the plan is. What nobody gave is said to be missing. */
export function PlanCard({ page: { plan, areaM2 } }: { page: Orientation }) {
  const { t, say, lang } = useWords()
  const { areaUnit } = useSettings()
  const unknown = t('common.notSet')
  const level = PLAN_LEVEL_WORDS[plan.planLevel]
  const kind = plan.cityKind === null ? undefined : CITY_KIND_WORDS[plan.cityKind]
  const people =
    plan.population === null
      ? unknown
      : plan.populationYear === null
        ? formatCount(plan.population, lang)
        : t('orientation.populationOf', { people: formatCount(plan.population, lang), year: String(plan.populationYear) })
  const facts = [
    [t('orientation.city'), plan.cityName ?? unknown],
    [t('orientation.cityKind'), kind ? say(kind) : unknown],
    [t('orientation.level'), level ? say(level) : plan.planLevel],
    [t('orientation.years'), `${plan.baseYear ?? unknown}—${plan.targetYear ?? unknown}`],
    [t('orientation.area'), areaM2 === null ? unknown : formatArea(areaM2, areaUnit, lang)],
    [t('orientation.population'), people],
    [t('orientation.crs'), plan.crs],
    [t('orientation.imported'), formatMoment(plan.importedAt, lang)],
  ] as const
  return (
    <section className="orientation-card" aria-labelledby="orientation-plan">
      <h2 id="orientation-plan">{planName(plan, lang)}</h2>
      <dl className="orientation-facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="number">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
