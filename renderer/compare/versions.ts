import type { PlanId } from '#core/model/ids.ts'
import type { PlanSummary } from '#core/model/plan.ts'

type Version = Pick<PlanSummary, 'id' | 'cityName' | 'importedAt'>

/** The plans of a plan's city, itself included, oldest first. A plan without a city stands with the others that have none. */
export function versionsOf<T extends Version>(plans: readonly T[], planId: PlanId): T[] {
  const plan = plans.find(({ id }) => id === planId)
  return plans
    .filter(({ cityName }) => plan !== undefined && cityName === plan.cityName)
    .toSorted((a, b) => a.importedAt.localeCompare(b.importedAt))
}

/** The version to compare with: the one imported last before it, or the next one where it is the first; null when alone. */
export function previousVersion(plans: readonly Version[], planId: PlanId): PlanId | null {
  const versions = versionsOf(plans, planId)
  const at = versions.findIndex(({ id }) => id === planId)
  return (versions[at - 1] ?? versions[at + 1])?.id ?? null
}
