import { paragraph, run, strong, type JudgedItem, type MemoContext, type MemoSection } from '../context.ts'
import type { Run } from '../document.ts'
import { itemTitle, levelText, outcomeText } from '../words.ts'

const MOST = 8

/** What the plan does well: items at level 3 or 4, the weightiest first. */
export const strengths: MemoSection = {
  id: 'strengths',
  title: { zh: '主要优点', en: 'Main strengths' },
  compose(memo) {
    const good = memo.items.filter(({ result }) => (result.level ?? 0) >= 3)
    if (good.length === 0) {
      return [
        paragraph(
          run(memo.say('已判定条目中尚无达到 3 级（良好）及以上者。', 'No judged item reaches level 3 (good) or better yet.')),
        ),
      ]
    }
    const ordered = good.toSorted((a, b) => (b.result.score ?? 0) - (a.result.score ?? 0) || (a.item.id < b.item.id ? -1 : 1))
    return [{ kind: 'list', ordered: true, items: ordered.slice(0, MOST).map((entry) => strength(entry, memo)) }]
  },
}

function strength({ item, result, measurement }: JudgedItem, memo: MemoContext): Run[] {
  const { say, lang } = memo
  const level = result.level ?? 0
  const measured = result.source === 'auto' && measurement?.outcome.kind === 'value' ? outcomeText(measurement, item, lang) : null
  const because =
    measured === null
      ? say(
          `评审人判定为 ${levelText(level, memo)}：${result.entry?.reason ?? ''}`,
          `judged ${levelText(level, memo)} by the reviewer: ${result.entry?.reason ?? ''}`,
        )
      : say(`实测 ${measured}，达到 ${levelText(level, memo)}。`, `measured ${measured}, ${levelText(level, memo)}.`)
  return [strong(`${itemTitle(item, memo)}${say('：', ': ')}`), run(because)]
}
