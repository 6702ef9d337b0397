import type { PlanId } from '../model/ids.ts'
import type { Role } from '../model/roles.ts'
import type { ChangeKind } from '../plan-diff/result.ts'

/** What became of a finding's place in the resubmitted plan. `perhaps-fixed`: what it complained of is gone there. */
export const CARRY_CLASSES = ['unchanged', 'moved', 'edited', 'deleted', 'perhaps-fixed'] as const
export type CarryClass = (typeof CARRY_CLASSES)[number]

/** A plan that answers an earlier one. The first submission has no round of its own: it is round 1. */
export interface Round {
  planId: PlanId
  previousPlanId: PlanId
  /** 2, 3, … */
  number: number
  /** Written when findings are carried over. */
  changes?: RoundChange[]
}

/** How many features of a layer fared how since the earlier plan. */
export interface RoundChange {
  role: Role
  counts: Record<ChangeKind, number>
}
