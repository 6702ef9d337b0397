import type { Output } from '#core/contract/procedures.ts'
import type { PlanId } from '#core/model/ids.ts'
import { roleInfo } from '#core/model/roles.ts'
import { done, integer, misuse, type Command, type Surroundings } from './command.ts'
import { choosePlan, importPlan } from './review-steps.ts'
import { withSession, type Session } from './session.ts'

const MOST_LISTED = 100_000

/** One line per layer that is not the same, for people. */
function say(comparison: Output<'plans.compare'>, around: Surroundings): void {
  const changed = comparison.layers.filter(
    ({ totals, after }) => totals.unchanged.count < after.count || totals.removed.count > 0,
  )
  if (changed.length === 0) around.say({ zh: '两版相同。', en: 'Both versions are the same.' })
  for (const { role, totals } of changed) {
    const { title } = roleInfo(role)
    const { recoded, added, removed, moved, reshaped, attributes, unchanged } = totals
    around.say({
      zh: `${title.zh}：改类 ${recoded.count}，新增 ${added.count}，取消 ${removed.count}，移位 ${moved.count}，变形 ${reshaped.count}，改属性 ${attributes.count}，未变 ${unchanged.count}`,
      en: `${title.en}: ${recoded.count} re-coded, ${added.count} added, ${removed.count} removed, ${moved.count} moved, ${reshaped.count} reshaped, ${attributes.count} edited, ${unchanged.count} unchanged`,
    })
  }
  for (const { text } of [...comparison.notes, ...comparison.layers.flatMap(({ notes }) => notes)]) around.say(text)
}

async function compared(session: Session, before: PlanId, after: PlanId, limit: number, around: Surroundings) {
  const comparison = await session.call('plans.compare', { before, after, limit })
  say(comparison, around)
  return done(comparison)
}

/** Compares two stored plans, or two manifests without keeping anything. */
export const compare: Command = {
  name: 'compare',
  usage: '<catalogue> <planA> <planB> | <old.json> <new.json> [--limit N]',
  does: {
    zh: '比较方案的两版：新增、取消、变形、改类、改属性及其面积',
    en: 'tells what changed between two versions of a plan, with areas',
  },
  options: { limit: { type: 'string' } },
  positionals: [2, 3],
  run([first = '', second = '', third], values, around) {
    const limit = integer(values, 'limit', [0, MOST_LISTED]) ?? MOST_LISTED
    if (third !== undefined)
      return withSession(first, around, async (session) => {
        const [before, after] = [await choosePlan(session, second), await choosePlan(session, third)]
        return compared(session, before, after, limit, around)
      })
    if (first === second) throw misuse('请给出两份不同的清单。', 'Name two different manifests.')
    return withSession(undefined, around, async (session) => {
      const { planId: before } = await importPlan(session, first)
      const { planId: after } = await importPlan(session, second)
      return compared(session, before, after, limit, around)
    })
  },
}
