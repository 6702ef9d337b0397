import type { PlanData } from '../../indicators/indicator.ts'
import type { Measurement } from '../../model/measurement.ts'
import type { Candidate } from '../change.ts'
import type { FlipRule, MoveId, RuleAmount } from '../flip-rules.ts'
import type { Goal } from '../goal.ts'
import type { Address, Shortfall } from '../plan-places.ts'

/** What a move may look at to find changes for one item. */
export interface MoveInput {
  plan: PlanData
  goal: Goal
  rule: FlipRule
  /** The item's measurement of the plan as it is. */
  measurement: Measurement
  /** Where something is lacking, as the rule says; empty where the rule names nobody. */
  shortfalls: readonly Shortfall[]
  address: Address
}

/** One kind of change. Adding one is a file here, its id in `flip-rules.ts` and a line in `index.ts`. */
export interface Move {
  id: MoveId
  /** Changes that might lift the item, the most promising first. The same plan always gives the same list. */
  candidates(input: MoveInput): Candidate[]
}

/** A number of a rule, in base units; undefined where the measurement does not have it. */
export function amountOf(amount: RuleAmount | undefined, { parameters, details }: Measurement): number | undefined {
  if (amount === undefined || typeof amount === 'number') return amount
  const found = 'parameter' in amount ? parameters[amount.parameter] : details[amount.detail]
  return typeof found === 'number' ? found : undefined
}

/** Most worth first; of equals the smaller, then the earlier. */
export const byWorth = (candidates: readonly Candidate[]): Candidate[] =>
  candidates
    .map((candidate, at) => ({ candidate, at }))
    .toSorted(
      (one, other) =>
        other.candidate.worth - one.candidate.worth || one.candidate.size.value - other.candidate.size.value || one.at - other.at,
    )
    .map(({ candidate }) => candidate)
