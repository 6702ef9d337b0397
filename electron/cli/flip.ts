import path from 'node:path'
import { existsSync, statSync } from 'node:fs'
import type { Level } from '#core/checklist/result.ts'
import { flipLines } from '#core/flip/words.ts'
import { AppError } from '#core/errors.ts'
import { done, integer, text, type Command, type Outcome, type Surroundings, type Values } from './command.ts'
import { choosePlan, importPlan } from './review-steps.ts'
import { withSession, type Session } from './session.ts'

const asLevel = (level: number | undefined): Exclude<Level, 0> | undefined => level as Exclude<Level, 0> | undefined

/** Searches one item of a stored plan and says what came of it. */
async function searched(
  session: Session,
  planId: Awaited<ReturnType<typeof choosePlan>>,
  item: string,
  values: Values,
  around: Surroundings,
): Promise<Outcome> {
  const checklistId = text(values, 'checklist') ?? (await session.call('checklists.list', {}))[0]?.id ?? ''
  const to = asLevel(integer(values, 'to', [1, 4]))
  const [evaluations, seconds] = [integer(values, 'tries', [1, 100_000]), integer(values, 'seconds', [1, 86_400])]
  const checklist = await session.call('checklists.get', { checklistId })
  const unit = checklist.items.find(({ id }) => id === item)?.unit
  if (unit === undefined) throw new AppError('review.unknown-item', { item, checklist: checklistId })
  const result = await session.call('flip.search', {
    planId,
    checklistId,
    item,
    ...(to !== undefined && { to }),
    ...(evaluations !== undefined && { evaluations }),
    ...(seconds !== undefined && { seconds }),
  })
  for (const line of flipLines(result, { unit, areaUnit: 'ha' })) around.say(line)
  return done({ planId, checklist: checklistId, ...result })
}

/** A folder with a catalogue in it, and not a manifest. */
const isCatalogue = (where: string): boolean => existsSync(where) && statSync(where).isDirectory()

/** What would lift one item: the smallest change that a search finds, measured, with what it does to other items. */
export const flip: Command = {
  name: 'flip',
  usage: '<manifest.json | catalogue> <item> [--plan ID] [--checklist ID] [--to 1…4] [--tries N] [--seconds N]',
  does: {
    zh: '搜索怎样的小改动能让一项升级（搜索结果，不是承诺）',
    en: 'searches for a small change that would lift an item (a search result, not a promise)',
  },
  options: {
    plan: { type: 'string' },
    checklist: { type: 'string' },
    to: { type: 'string' },
    tries: { type: 'string' },
    seconds: { type: 'string' },
  },
  positionals: [2, 2],
  run([where = '', item = ''], values, around) {
    const stored = isCatalogue(path.resolve(where))
    return withSession(stored ? where : undefined, around, async (session) => {
      const planId = stored ? await choosePlan(session, text(values, 'plan')) : (await importPlan(session, where)).planId
      return searched(session, planId, item, values, around)
    })
  },
}
