import type { Output } from '#core/contract/procedures.ts'
import { CARRY_CLASSES } from '#core/review/round.ts'
import { hasMoved } from '#core/review/rounds-scores.ts'
import { done, misuse, required, text, type Command, type Surroundings, type Values } from './command.ts'
import { passphraseOf } from './package.ts'
import { choosePlan } from './review-steps.ts'
import { withSession } from './session.ts'

/** One line for what came over, one for the scores, for people. */
function say(
  { carried, already }: Output<'rounds.start'>,
  { carried: all, raised, scores }: Output<'rounds.get'>,
  around: Surroundings,
): void {
  const count = (of: (typeof CARRY_CLASSES)[number]) => all.filter(({ finding }) => finding.carried?.class === of).length
  around.say({
    zh: `带入 ${carried} 条意见（此前已带入 ${already} 条）：未变 ${count('unchanged')}，移位 ${count('moved')}，有修改 ${count('edited')}，已取消 ${count('deleted')}，可能已改正 ${count('perhaps-fixed')}`,
    en: `${carried} findings came over (${already} had before): ${count('unchanged')} unchanged, ${count('moved')} moved, ${count('edited')} edited, ${count('deleted')} deleted, ${count('perhaps-fixed')} perhaps fixed`,
  })
  if (scores)
    around.say({
      zh: `总分 ${scores.before.total?.toFixed(1) ?? '—'} → ${scores.after.total?.toFixed(1) ?? '—'}，${scores.items.filter(hasMoved).length} 项有变化`,
      en: `Total ${scores.before.total?.toFixed(1) ?? '—'} → ${scores.after.total?.toFixed(1) ?? '—'}; ${scores.items.filter(hasMoved).length} items differ`,
    })
  for (const { notes } of [...raised, ...all]) for (const note of notes) around.say(note.text)
}

/** The findings of a memo, whose plan may be unknown here, as the next round of a plan. */
const ofMemo = (catalogue: string, memo: string, values: Values, around: Surroundings) =>
  withSession(catalogue, around, async (session) => {
    const planId = await choosePlan(session, required(values, 'after'))
    const round = await session.call('share.asRound', { files: session.files([memo]), passphrase: passphraseOf(values), planId })
    around.say({
      zh: `带入 ${round.carried} 条意见（此前已带入 ${round.already} 条），${round.lost.length} 条有位置未能找到。`,
      en: `${round.carried} findings came over (${round.already} had before); ${round.lost.length} have places that were not found.`,
    })
    for (const { number, places } of round.lost)
      around.say({ zh: `${number}：${places.join('、')}`, en: `${number}: ${places.join(', ')}` })
    return done(round)
  })

/** Takes a review from one round to the next: findings, scores, adoption. */
export const round: Command = {
  name: 'round',
  usage: '<catalogue> --after <plan> --before <plan>|--memo F.pdf|F.greenprint [--checklist ID] [--json] [--out F.csv|F.xlsx]',
  does: {
    zh: '把上一轮的意见带入修改后的方案，比较两轮评分，列出或导出采纳情况表',
    en: 'carries findings over to the resubmitted plan, compares scores, lists or writes the adoption table',
  },
  options: {
    after: { type: 'string' },
    before: { type: 'string' },
    memo: { type: 'string' },
    'passphrase-file': { type: 'string' },
    checklist: { type: 'string' },
    json: { type: 'boolean' },
    out: { type: 'string', short: 'o' },
  },
  positionals: [1, 1],
  run([catalogue = ''], values, around) {
    const memo = text(values, 'memo')
    if (memo !== undefined) return ofMemo(catalogue, memo, values, around)
    const [before, after] = [required(values, 'before'), required(values, 'after')]
    const out = text(values, 'out')
    const format = /\.(csv|xlsx)$/i.exec(out ?? '')?.[1]?.toLowerCase() as 'csv' | 'xlsx' | undefined
    if (out !== undefined && format === undefined)
      throw misuse('--out 须以 .csv 或 .xlsx 结尾。', '--out must end in .csv or .xlsx.')
    return withSession(catalogue, around, async (session) => {
      const [previousPlanId, planId] = [await choosePlan(session, before), await choosePlan(session, after)]
      const checklistId = text(values, 'checklist') ?? (await session.call('checklists.list', {}))[0]?.id ?? ''
      await session.call('rounds.setEarlier', { planId, previousPlanId })
      const started = await session.call('rounds.start', { planId, checklistId })
      const view = await session.call('rounds.get', { planId, checklistId })
      say(started, view, around)
      if (out !== undefined && format !== undefined) {
        await session.call('rounds.export', { planId, checklistId, format, lang: around.lang, target: session.save(out) })
        around.say({ zh: `已写入 ${out}`, en: `Wrote ${out}` })
      }
      return done({ ...started, ...view })
    })
  },
}
