import { judgedPercent } from '../../review/words.ts'
import { paragraph, run, strong, type MemoSection } from '../context.ts'
import { draftFindings } from '../drafts.ts'
import { planName } from '../plan-words.ts'
import { pointsText } from '../words.ts'

/** What is recommended to whoever decides, with what it rests on. */
export const recommendation: MemoSection = {
  id: 'recommendation',
  title: { zh: '结论与建议', en: 'Recommendation' },
  compose(memo) {
    const { say, lang, result } = memo
    const { opinion, total, coverage, gates } = result.checklist
    const failed = gates.filter(({ state }) => state === 'failed').length
    const drafts = draftFindings(memo).filter(({ severity }) => severity === 'must').length
    const must = result.findings.filter(({ withdrawn, severity }) => !withdrawn && severity === 'must').length
    const scored =
      total === null
        ? say('尚无总分', 'no total yet')
        : say(`综合得分 ${pointsText(total)} 分`, `a total of ${pointsText(total)} of 100`)
    const name = planName(result, lang)
    return [
      paragraph(
        run(say(`对《${name.replaceAll(/[《》]/g, '')}》，建议审查意见为：`, `On “${name}” the recommendation is: `)),
        strong(say(`${memo.inLang(opinion.title)}。`, `${memo.inLang(opinion.title)}.`)),
      ),
      paragraph(
        run(
          say(
            `依据：${scored}，判定覆盖率 ${judgedPercent(coverage, lang)}%；一票否决项未通过 ${failed} 项；必须修改的意见 ${must} 条${drafts === 0 ? '' : `（另有自动起草、待确认的 ${drafts} 条）`}。本建议供审批机关参考，不代替法定审批。`,
            `It rests on ${scored} with ${judgedPercent(coverage, lang)}% of weight judged; failed gate items: ${failed}; findings that require a change: ${must}${drafts === 0 ? '' : ` (and ${drafts} drafted from measurements, not yet confirmed)`}. It is advice to the deciding authority and no statutory decision.`,
          ),
        ),
      ),
    ]
  },
}
