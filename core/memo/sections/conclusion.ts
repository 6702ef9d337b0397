import { judgedPercent } from '../../review/words.ts'
import type { Block } from '../document.ts'
import { paragraph, run, strong, type MemoContext, type MemoSection } from '../context.ts'
import { planName } from '../plan-words.ts'
import { itemTitle, listText, outcomeText, pointsText } from '../words.ts'

/** Below this share of judged weight a total says little about the plan as a whole, and the memo says so. */
const LOW_COVERAGE = 0.6

/** The answer first: gates, then the verdict with its total and coverage. */
export const conclusion: MemoSection = {
  id: 'conclusion',
  title: { zh: '总体评价', en: 'Overall judgement' },
  compose: (memo) => [gatesParagraph(memo), verdict(memo), sentence(memo), ...coverageRemark(memo)],
}

function gatesParagraph(memo: MemoContext): Block {
  const { say, lang } = memo
  const { gates } = memo.result.checklist
  const named = (state: string) =>
    memo.items
      .filter(({ item }) => gates.some((gate) => gate.item === item.id && gate.state === state))
      .map(({ item, measurement }) => {
        const measured = measurement?.outcome.kind === 'value' ? outcomeText(measurement, item, lang) : null
        return measured === null
          ? itemTitle(item, memo)
          : say(`${itemTitle(item, memo)}（实测 ${measured}）`, `${itemTitle(item, memo)} (measured ${measured})`)
      })
  const [failed, passed, open] = [named('failed'), named('passed'), named('not_checked')]
  if (gates.length === 0)
    return paragraph(run(say('本清单对该方案没有适用的一票否决项。', 'No gate item of the checklist applies to this plan.')))
  const runs = [strong(say(`一票否决项共 ${gates.length} 项。`, `Gate items: ${gates.length}. `))]
  if (failed.length > 0)
    runs.push(
      strong(say(`未通过 ${failed.length} 项：${failed.join('；')}。`, `Failed (${failed.length}): ${failed.join('; ')}. `)),
    )
  if (passed.length > 0)
    runs.push(
      run(say(`通过 ${passed.length} 项：${listText(passed, lang)}。`, `Passed (${passed.length}): ${listText(passed, lang)}. `)),
    )
  if (open.length > 0) {
    runs.push(
      run(
        say(
          `尚未核查 ${open.length} 项：${listText(open, lang)}；未核查不等于通过。`,
          `Not checked (${open.length}): ${listText(open, lang)}; not checked does not mean passed.`,
        ),
      ),
    )
  }
  return paragraph(...runs)
}

const TONES = ['good', 'fair', 'poor', 'bad'] as const

function verdict(memo: MemoContext): Block {
  const { checklist, say, lang } = memo
  const { opinion, total, coverage } = memo.result.checklist
  const rank = checklist.opinions.findIndex(({ id }) => id === opinion.id)
  const tone = opinion.cappedByGate ? 'bad' : rank < 0 ? 'poor' : (TONES[Math.min(rank, TONES.length - 1)] ?? 'bad')
  const remark = opinion.cappedByGate
    ? say(
        '存在未通过的一票否决项，建议意见据此确定，不因总分而提高。',
        'A gate item failed: it decides the suggested opinion, whatever the total.',
      )
    : say('由已判定条目加权得出，供审查机构参考。', 'Derived from the weighted judged items; advice to the reviewing office.')
  return {
    kind: 'verdict',
    tone,
    title: memo.inLang(opinion.title),
    total:
      total === null
        ? say('尚无总分', 'no total yet')
        : say(`${pointsText(total)} 分（满分 100）`, `${pointsText(total)} of 100`),
    coverage: say(`判定覆盖率 ${judgedPercent(coverage, lang)}%`, `${judgedPercent(coverage, lang)}% of weight judged`),
    remark,
  }
}

function sentence(memo: MemoContext): Block {
  const { say, lang, result, checklist } = memo
  const name = planName(result, lang)
  const applicable = memo.items.filter((entry) => entry.result.applicable)
  const judged = applicable.filter((entry) => entry.result.level !== null)
  const opinion = memo.inLang(result.checklist.opinion.title)
  const { total } = result.checklist
  const scored =
    total === null
      ? say('尚不能计算综合得分', 'no total can be stated yet')
      : say(`综合得分 ${pointsText(total)} 分`, `the total is ${pointsText(total)} of 100`)
  return paragraph(
    run(
      say(
        `经对照《${memo.inLang(checklist.title)}》（${checklist.version}）逐项审查，《${name.replaceAll(/[《》]/g, '')}》适用条目 ${applicable.length} 项，已判定 ${judged.length} 项，${scored}。建议审查意见为：`,
        `Reviewed item by item against “${memo.inLang(checklist.title)}” (${checklist.version}), ${applicable.length} items apply to “${name}” and ${judged.length} of them are judged; ${scored}. Suggested opinion: `,
      ),
    ),
    strong(say(`${opinion}。`, `${opinion}.`)),
  )
}

function coverageRemark(memo: MemoContext): Block[] {
  const { coverage } = memo.result.checklist
  if (coverage >= LOW_COVERAGE) return []
  const { say, lang } = memo
  return [
    paragraph(
      run(
        say(
          `已判定条目仅占适用权重的 ${judgedPercent(coverage, lang)}%，总分只反映已判定部分，不代表方案整体水平；未判定条目及所需资料见“未能判定的事项”。`,
          `Only ${judgedPercent(coverage, lang)}% of the applicable weight is judged: the total speaks of that part, not of the plan as a whole. What is open, and what it needs, stands under “What could not be judged”.`,
        ),
      ),
    ),
  ]
}
