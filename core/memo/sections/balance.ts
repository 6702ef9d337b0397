import { cell, headCells, paragraph, rightCell, run, type JudgedItem, type MemoSection } from '../context.ts'
import { itemTitle, levelText, outcomeText, pointsText } from '../words.ts'

const GOOD = 3
const POOR = 1

/** What speaks for the plan and what against it, each with the weight it has in the checklist. */
export const balance: MemoSection = {
  id: 'balance',
  title: { zh: '利弊权衡', en: 'Planning balance' },
  compose(memo) {
    const { say, lang, items } = memo
    const judged = items.filter(({ result }) => result.applicable && result.level !== null)
    const sides = [
      { title: say('支持', 'For'), entries: judged.filter(({ result }) => (result.level ?? 0) >= GOOD) },
      { title: say('不利', 'Against'), entries: judged.filter(({ result }) => (result.level ?? 0) <= POOR) },
    ]
    const weightOf = (entries: readonly JudgedItem[]) => entries.reduce((sum, { result }) => sum + result.weight, 0)
    const [pro, contra] = sides.map(({ entries }) => pointsText(weightOf(entries)))
    const rows = sides.flatMap(({ title, entries }) =>
      entries
        .toSorted((a, b) => b.result.weight - a.result.weight)
        .map(({ item, result, measurement }) => [
          cell(title),
          cell(itemTitle(item, memo)),
          rightCell(outcomeText(measurement, item, lang)),
          cell(levelText(result.level ?? 0, memo)),
          rightCell(pointsText(result.weight)),
        ]),
    )
    const sentence = paragraph(
      run(
        say(
          `已判定条目中，良好及以上的权重合计 ${pro} 分，较弱及以下的合计 ${contra} 分；一票否决项不参与权衡。`,
          `Of the judged items, those rated good or better weigh ${pro} points and those rated weak or worse ${contra}; gate items are not weighed against others.`,
        ),
      ),
    )
    if (rows.length === 0) return [sentence]
    return [
      sentence,
      {
        kind: 'table',
        caption: say('利弊与权重', 'For and against, by weight'),
        head: headCells(
          say('方向', 'Side'),
          say('审查要点', 'Item'),
          say('实测值', 'Measured'),
          say('等级', 'Level'),
          say('权重', 'Weight'),
        ),
        rows,
        widths: [10, 40, 17, 21, 12],
      },
    ]
  },
}
