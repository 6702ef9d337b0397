import { planSession, type PlanEdit } from '../analysis/plan-session.ts'
import { whyNotApplicable } from '../checklist/applicability.ts'
import { levelFromRule } from '../checklist/rules.ts'
import type { Measurement } from '../model/measurement.ts'
import type { PlanLevel } from '../model/manifest.ts'
import type { FlipInput } from './flip-item.ts'
import { valueOf } from './outcome.ts'
import type { SideEffect } from './result.ts'

/** What else the plan says of itself when items are judged. */
export interface Judged {
  cityKind: string | null
  planLevel: PlanLevel
}

/**
 * What the same edits do to all other items that apply, measured anew on the edited plan. Items whose level changes come first, those that
 * get worse before those that get better; then items whose value alone moves.
 */
export function sideEffectsOf(
  input: Pick<FlipInput, 'checklist' | 'item' | 'plan' | 'layers' | 'geos' | 'parameters' | 'measurements'>,
  edits: readonly PlanEdit[],
  judged: Judged,
): { sideEffects: SideEffect[]; measurements: readonly Measurement[] } {
  const { plan, layers, geos, parameters, measurements } = input
  const session = planSession({ plan, layers, geos, parameters, measured: measurements })
  const before = session.current()
  const after = edits.length > 0 ? session.apply(edits).measurements : before
  const [was, is] = [before, after].map((list) => new Map(list.map((one) => [one.id, one])))
  const effects = input.checklist.items.flatMap((item): SideEffect[] => {
    const [one, other] = item.rule === null ? [] : [was?.get(item.rule.indicator), is?.get(item.rule.indicator)]
    if (item.rule === null || !one || !other || one === other || item.id === input.item) return []
    if (whyNotApplicable(item, judged.cityKind, judged.planLevel) !== null) return []
    const effect: SideEffect = {
      item: item.id,
      title: item.title,
      from: levelFromRule(item.id, item.rule, one),
      to: levelFromRule(item.id, item.rule, other),
      before: valueOf(one) ?? null,
      after: valueOf(other) ?? null,
      unit: unitOf(one) ?? unitOf(other),
    }
    return effect.from === effect.to && isSame(effect.before, effect.after) ? [] : [effect]
  })
  const sideEffects = effects
    .map((effect, at) => ({ effect, at }))
    .toSorted((one, other) => place(one.effect) - place(other.effect) || one.at - other.at)
    .map(({ effect }) => effect)
  return { sideEffects, measurements: after }
}

const unitOf = ({ outcome }: Measurement) => (outcome.kind === 'value' ? outcome.unit : null)

const isSame = (one: number | null, other: number | null): boolean =>
  one === other || (one !== null && other !== null && Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one)))

/** Worse before better before values alone; an item that can no longer be judged is worse. */
function place({ from, to }: SideEffect): number {
  if (from === to) return 2
  return (to ?? -1) < (from ?? -1) ? 0 : 1
}

/** Items of the checklist that the edits make worse. */
export const worsened = (effects: readonly SideEffect[]): SideEffect[] => effects.filter((effect) => place(effect) === 0)
