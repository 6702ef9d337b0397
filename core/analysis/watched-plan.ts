import type { PlanData } from '../indicators/indicator.ts'
import type { Role } from '../model/roles.ts'

/** A plan that notes which roles are asked of it: what an indicator really depends on, whatever it declares. */
export function watchedPlan(plan: PlanData): { plan: PlanData; roles: ReadonlySet<Role> } {
  const roles = new Set<Role>()
  const noted = <T>(role: Role, value: T): T => {
    roles.add(role)
    return value
  }
  return {
    plan: {
      ...plan,
      layer: (role) => noted(role, plan.layer(role)),
      layers: (role) => noted(role, plan.layers(role)),
      rasters: (role) => noted(role, plan.rasters(role)),
    },
    roles,
  }
}
