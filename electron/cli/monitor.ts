import type { PlanId } from '#core/model/ids.ts'
import { done, misuse, text, type Command, type Surroundings, type Values } from './command.ts'
import { ANALYSIS_OPTIONS, analysePlan, choosePlan, importPlan } from './review-steps.ts'
import { withSession, type Session } from './session.ts'

const MOST_STATES = 100

/** Years beside the plans, in their order: "2021,2022,-" leaves the last one to the plan itself. */
function yearsOf(values: Values, plans: number): (number | null)[] | undefined {
  const given = text(values, 'years')?.split(',')
  if (given === undefined) return undefined
  const years = given.map((year) => (/^\s*(1[89]|2[01])\d\d\s*$/.test(year) ? Number(year) : null))
  const isUnclear = given.some((year, at) => years[at] === null && year.trim() !== '-')
  if (isUnclear || years.length !== plans) {
    throw misuse(
      '--years 须为每个方案各一个年份，以逗号分隔，“-”表示取方案自身年份。',
      '--years needs one year per plan, separated by commas; "-" takes the plan\'s own.',
    )
  }
  return years
}

async function followed(session: Session, planIds: PlanId[], values: Values, around: Surroundings) {
  const years = yearsOf(values, planIds.length)
  const report = await session.call('monitoring.series', { planIds, ...(years ? { years } : {}) })
  const { ok, watch, alert, none } = report.counts
  for (const { id, title, level, notes } of report.series) {
    if (level !== 'watch' && level !== 'alert') continue
    const word = level === 'alert' ? { zh: '告警', en: 'alert' } : { zh: '关注', en: 'watch' }
    const why = notes[0]
    around.say({
      zh: `${word.zh}：${id} ${title.zh}${why ? `（${why.zh}）` : ''}`,
      en: `${word.en}: ${id} ${title.en}${why ? ` (${why.en})` : ''}`,
    })
  }
  around.say({
    zh: `${report.states.length} 个状态：告警 ${alert}，关注 ${watch}，正常 ${ok}，无阈值或无数值 ${none}。`,
    en: `${report.states.length} states: ${alert} alerts, ${watch} watched, ${ok} ok, ${none} without lines or values.`,
  })
  return done(report)
}

/** Follows indicators over stored plans, or over manifests without keeping anything. */
export const monitor: Command = {
  name: 'monitor',
  usage: '<catalogue> <plan>… | <manifest.json>… [--years 2021,2022,…] [--even-if-short]',
  does: {
    zh: '动态监测与评估预警：同一批指标在多个方案状态或年份中的数值、趋势和预警等级',
    en: 'follows the indicators over several plans or years, with trends and warning levels',
  },
  options: { years: { type: 'string' }, ...ANALYSIS_OPTIONS },
  positionals: [1, MOST_STATES + 1],
  run(positionals, values, around) {
    if (positionals.every((one) => one.toLowerCase().endsWith('.json'))) {
      yearsOf(values, positionals.length)
      return withSession(undefined, around, async (session) => {
        const planIds: PlanId[] = []
        for (const manifest of positionals) {
          const { planId } = await importPlan(session, manifest)
          await analysePlan(session, planId, values, around)
          planIds.push(planId)
        }
        return followed(session, planIds, values, around)
      })
    }
    const [catalogue = '', ...plans] = positionals
    if (plans.length === 0) throw misuse('请给出方案目录和至少一个方案。', 'Name a catalogue and at least one plan.')
    yearsOf(values, plans.length)
    return withSession(catalogue, around, async (session) => {
      const planIds: PlanId[] = []
      for (const plan of plans) planIds.push(await choosePlan(session, plan))
      return followed(session, planIds, values, around)
    })
  },
}
