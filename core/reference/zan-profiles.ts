import type * as z from 'zod'
import json from '../../resources/reference/zan-profiles.json' with { type: 'json' }
import { zanProfilesSchema } from './reference-tables.ts'

const data = zanProfilesSchema.parse(json)

export type ZanProfile = z.infer<typeof zanProfilesSchema>['profiles'][number]
export type ZanTransition = z.infer<typeof zanProfilesSchema>['transitions'][number]
export type ZanTrajectory = z.infer<typeof zanProfilesSchema>['trajectories'][number]

/** How a balance of artificialised land may be kept; balances of two profiles are never mixed. */
export const ZAN_PROFILES: readonly ZanProfile[] = data.profiles

/** The profile that the built-in checklist scores, and the one it is held against. */
export const CN_PROFILE = profile('cn-default')
export const FR_PROFILE = profile('fr-r101-1')

/** The fates of land in the order in which people read them. */
export const ZAN_TRANSITIONS: readonly ZanTransition[] = data.transitions

/** Paths of the yearly net that a plan is compared with. */
export const ZAN_TRAJECTORIES: readonly ZanTrajectory[] = data.trajectories

function profile(id: string): ZanProfile {
  const found = data.profiles.find((each) => each.id === id)
  if (found === undefined) throw new Error(`zan-profiles.json has no profile "${id}"`)
  return found
}
