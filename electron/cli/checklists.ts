import type { ChecklistChange } from '#core/checklist/compare-versions.ts'
import { AppError } from '#core/errors.ts'
import { done, misuse, text, type Command, type Outcome, type Surroundings, type Values } from './command.ts'
import { withSession, type Session } from './session.ts'

const ACTIONS = ['versions', 'compare', 'check', 'publish'] as const

/** The checklist that is meant: the named one, or the first there is. */
async function chosen(session: Session, values: Values): Promise<string> {
  const lists = await session.call('checklists.list', {})
  const wanted = text(values, 'checklist')
  const found = wanted === undefined ? lists[0] : lists.find(({ id }) => id === wanted)
  if (found === undefined) throw new AppError('checklist.unknown', { checklist: wanted ?? '' })
  return found.id
}

function sayChanges(changes: readonly ChecklistChange[], around: Surroundings): void {
  const scored = changes.filter(({ affectsScore }) => affectsScore).length
  around.say({
    zh: `改动 ${changes.length} 处，其中 ${scored} 处影响得分。`,
    en: `Changes: ${changes.length}, of which ${scored} affect scores.`,
  })
}

async function compared(session: Session, pair: string, values: Values, around: Surroundings): Promise<Outcome> {
  const [before, after, ...rest] = pair.split('..')
  if (!before || !after || rest.length > 0) throw misuse('--compare 写作 旧版..新版。', '--compare is written OLD..NEW.')
  const changes = await session.call('checklists.compare', { checklistId: await chosen(session, values), before, after })
  sayChanges(changes, around)
  return done({ before, after, changes })
}

async function checked(session: Session, file: string, around: Surroundings): Promise<Outcome> {
  const checklist = await session.call('checklists.read', { files: session.files([file]) })
  const { problem, failedTests } = await session.call('checklists.check', { checklist })
  const isRight = problem === null && failedTests.length === 0
  const tests = checklist.items.reduce((sum, item) => sum + (item.tests?.length ?? 0), 0)
  around.say(
    isRight
      ? {
          zh: `可以发布：${checklist.items.length} 项，${tests} 条验证用例全部相符。`,
          en: `Ready to publish: ${checklist.items.length} items, all ${tests} test cases hold.`,
        }
      : {
          zh: `暂不能发布：${failedTests.length} 条验证用例不符。`,
          en: `Cannot be published: ${failedTests.length} test cases fail.`,
        },
  )
  return { document: { id: checklist.id, version: checklist.version, tests, problem, failedTests }, exitCode: isRight ? 0 : 4 }
}

async function published(session: Session, file: string, around: Surroundings): Promise<Outcome> {
  const checklist = await session.call('checklists.read', { files: session.files([file]) })
  const versions = await session.call('checklists.publish', { checklist })
  around.say({ zh: `已发布 ${checklist.version} 版。`, en: `Version ${checklist.version} is published.` })
  return done({ id: checklist.id, versions })
}

/** Checklists of this program and of an office: listed, compared, checked with their test cases, published into a catalogue. */
export const checklists: Command = {
  name: 'checklists',
  usage: '[--catalogue DIR] [--checklist ID] [--versions | --compare OLD..NEW | --check FILE.json | --publish FILE.json]',
  does: { zh: '列出、比较、检查或发布评审表', en: 'lists, compares, checks or publishes checklists' },
  options: {
    catalogue: { type: 'string' },
    checklist: { type: 'string' },
    versions: { type: 'boolean' },
    compare: { type: 'string' },
    check: { type: 'string' },
    publish: { type: 'string' },
  },
  positionals: [0, 0],
  run(_, values, around) {
    const asked = ACTIONS.filter((action) => values[action] !== undefined)
    if (asked.length > 1) throw misuse(`--${asked.join('、--')} 只能给出一个。`, `Give one of --${asked.join(', --')} only.`)
    const catalogue = text(values, 'catalogue')
    if (values['publish'] !== undefined && catalogue === undefined)
      throw misuse('--publish 须给出 --catalogue。', '--publish needs --catalogue.')
    return withSession(catalogue, around, async (session) => {
      const [pair, check, publish] = [text(values, 'compare'), text(values, 'check'), text(values, 'publish')]
      if (pair !== undefined) return compared(session, pair, values, around)
      if (check !== undefined) return checked(session, check, around)
      if (publish !== undefined) return published(session, publish, around)
      if (values['versions'] === true)
        return done(await session.call('checklists.versions', { checklistId: await chosen(session, values) }))
      return done(await session.call('checklists.list', {}))
    })
  },
}
