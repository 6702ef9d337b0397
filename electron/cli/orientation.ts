import { NEED_WORDS } from '#core/review/orientation-words.ts'
import { done, required, text, type Command } from './command.ts'
import { choosePlan } from './review-steps.ts'
import { withSession } from './session.ts'

/** The page that a plan opens with, as data. */
export const orientation: Command = {
  name: 'orientation',
  usage: '[<plan>] --catalogue DIR [--checklist ID] [--json]',
  does: {
    zh: '一页说明方案概况：规模、完整性、较上一轮的变化、待办事项',
    en: 'one page about a plan: scale, completeness, what changed, what waits',
  },
  options: { catalogue: { type: 'string' }, checklist: { type: 'string' }, json: { type: 'boolean' } },
  positionals: [0, 1],
  run([wanted], values, around) {
    return withSession(required(values, 'catalogue'), around, async (session) => {
      const planId = await choosePlan(session, wanted)
      const checklistId = text(values, 'checklist') ?? (await session.call('checklists.list', {}))[0]?.id ?? ''
      const page = await session.call('orientation.get', { planId, checklistId })
      for (const { kind, count, names } of page.needs) {
        const { zh, en } = NEED_WORDS[kind]
        const [listed, rest] = [names.slice(0, 8).join(', '), names.length > 8 ? ' …' : '']
        const tail = listed === '' ? '' : `: ${listed}${rest}`
        around.say({ zh: `${zh}（${count}）${tail}`, en: `${en} (${count})${tail}` })
      }
      return done(page)
    })
  },
}
