import type { Measurement } from '../model/measurement.ts'
import type { UnitId } from '../model/units.ts'
import type { Bilingual } from '../text.ts'
import { edgeOf, type Goal } from './goal.ts'

/** The least that any change must bring, by arithmetic alone: threshold × divisor − what there is. */
export interface LeastAmount {
  /** In the base unit of `unit`. */
  value: number
  unit: UnitId
  /** What must grow or shrink ("park land"). */
  title: Bilingual
  direction: 'more' | 'less'
}

const numberIn = ({ details }: Measurement, key: string): number | undefined => {
  const value = details[key]
  return typeof value === 'number' ? value : undefined
}

/**
 * The closed form of an item whose value is one detail divided by another that a change leaves as it is. Undefined where there is none,
 * or where the value is not that quotient (a proxy was measured instead).
 */
export function leastAmount(goal: Goal, measurement: Measurement): LeastAmount | undefined {
  const { amount } = goal.flip
  const edge = edgeOf(goal.rule, goal.to)
  if (!amount || edge === undefined || measurement.outcome.kind !== 'value') return undefined
  const [of, per] = [numberIn(measurement, amount.of), numberIn(measurement, amount.per)]
  if (of === undefined || per === undefined || !(per > 0)) return undefined
  if (Math.abs(of / per - measurement.outcome.value) > 1e-6 * Math.max(1, Math.abs(measurement.outcome.value))) return undefined
  const lack = edge * per - of
  return { value: Math.abs(lack), unit: amount.unit, title: amount.title, direction: lack >= 0 ? 'more' : 'less' }
}

/** The same sum before and after a change; undefined where the item has none. */
export function amountChange(goal: Goal, before: Measurement, after: Measurement) {
  const { amount } = goal.flip
  const [was, is] = amount ? [numberIn(before, amount.of), numberIn(after, amount.of)] : []
  return amount && was !== undefined && is !== undefined
    ? { title: amount.title, unit: amount.unit, before: was, after: is }
    : undefined
}
