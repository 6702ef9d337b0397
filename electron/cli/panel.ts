import type { PanelView } from '#core/contract/panel-procedures.ts'
import type { PlanId } from '#core/model/ids.ts'
import { agreementBand } from '#core/reference/agreement-bands.ts'
import { inLang, type Lang } from '#core/text.ts'
import { done, text, type Command, type Surroundings } from './command.ts'
import { choosePlan } from './review-steps.ts'
import { withSession, type Session } from './session.ts'

const MOST_PLANS = 100
const MOST_SAID = 5

/** A name of a blind round is a number, in the words of the language. */
const nameIn = (name: string, lang: Lang): string => name.replace(/^#(\d+)$/, lang === 'zh' ? '专家 $1' : 'Expert $1')

/** Where a panel stands, in a few lines: who has submitted, what is most in dispute, how well they agree. */
function tell(panel: PanelView, around: Surroundings): void {
  const { lang } = around
  const { experts, waiting, disagreements: standings, settled, remaining, agreement } = panel
  const submitted = experts.filter(({ review }) => review.submittedAt !== undefined).length
  around.say({
    zh: `${experts.length} 位专家，已提交 ${submitted} 位。`,
    en: `${experts.length} experts, ${submitted} submitted.`,
  })
  if (waiting > 0) {
    around.say({
      zh: `背靠背评审进行中，还有 ${waiting} 位未提交；评分和意见不公开。`,
      en: `Blind round: ${waiting} still to submit; scores and findings stay hidden.`,
    })
    return
  }
  const differing = standings.filter(({ spread }) => spread > 0)
  for (const { item, spread, pointsAtStake, talkFirst } of differing.slice(0, MOST_SAID)) {
    const who = talkFirst?.map((name) => nameIn(name, lang)).join(' / ') ?? ''
    around.say({
      zh: `${item}：级差 ${spread}，所涉 ${pointsAtStake.toFixed(1)} 分，先谈 ${who}`,
      en: `${item}: spread ${spread}, ${pointsAtStake.toFixed(1)} points at stake, talk first: ${who}`,
    })
  }
  const band = agreementBand(agreement.kappa)
  const words = band === null ? '–' : `κ ${agreement.kappa?.toFixed(2)} (${inLang(band.label, lang)})`
  const count = Object.keys(settled).length
  around.say({
    zh: `有分歧 ${differing.length} 项，已商定 ${count} 项，可按中位数商定 ${remaining.length} 项；一致性 ${words}。`,
    en: `${differing.length} items differ, ${count} settled, ${remaining.length} for the median; agreement ${words}.`,
  })
}

/** The panel of one plan as the screen shows it: in a blind round without names and without what is hidden. */
async function standingOf(session: Session, planId: PlanId, checklistId: string, around: Surroundings) {
  const panel = await session.call('panel.get', { planId, checklistId })
  tell(panel, around)
  return { planId, checklistId, ...panel }
}

/** Where the panels of stored plans stand. */
export const panel: Command = {
  name: 'panel',
  usage: '<catalogue> [<plan>…] [--checklist ID] [--json]',
  does: {
    zh: '专家会审的进展：成员、分歧、商定和一致性；背靠背期间不公开姓名和评分',
    en: 'where a panel of experts stands: members, differences, what is settled, agreement; names stay hidden in a blind round',
  },
  options: { checklist: { type: 'string' }, json: { type: 'boolean' } },
  positionals: [1, MOST_PLANS + 1],
  run([catalogue = '', ...plans], values, around) {
    return withSession(catalogue, around, async (session) => {
      const checklistId = text(values, 'checklist') ?? (await session.call('checklists.list', {}))[0]?.id ?? ''
      const planIds = await Promise.all((plans.length === 0 ? [undefined] : plans).map((plan) => choosePlan(session, plan)))
      const panels = []
      for (const planId of planIds) panels.push(await standingOf(session, planId, checklistId, around))
      return done({ panels })
    })
  },
}
