import type { Opinion } from '../../checklist/result.ts'
import type { OptionSummary, Standing } from '../../review/option.ts'
import { cell, headCells, muted, paragraph, rightCell, run, strong, type MemoContext, type MemoSection } from '../context.ts'
import type { Block, Cell, Run } from '../document.ts'
import { dayInWords, itemTitle, levelText, pointsText, valueText } from '../words.ts'

/** The what-if option that the reviewer recommends: reason, steps, what it changes, and that nobody submitted it. */
export const recommendedOption: MemoSection = {
  id: 'recommended-option',
  title: { zh: '推荐方案', en: 'Recommended option' },
  compose(memo) {
    const { say } = memo
    const { option, steps } = memo.recommended ?? {}
    const summary = option?.summary
    if (!option || !summary || option.recommended === null) return []
    const name = option.name === '' ? '' : say(`“${option.name}”`, ` “${option.name}”`)
    const isChanged = summary.steps.map(({ id }) => id).join() !== (steps ?? []).join()
    return [
      paragraph(
        strong(
          say(
            `方案 ${option.letter}${name}是评审人在提交方案上试改的比选方案，不是提交方案；提交方案未作任何改动，本意见书的评分与结论均以提交方案为准。`,
            `Option ${option.letter}${name} is a what-if that the reviewer tried on the submitted plan. It is not a submitted plan: that was not altered, and the scores and the opinion of this memo are the submitted plan’s.`,
          ),
        ),
      ),
      ...(isChanged ? [paragraph(run(say(CHANGED.zh, CHANGED.en)))] : []),
      { kind: 'facts', rows: facts(option.recommended, summary, memo) },
      { kind: 'paragraph', runs: [strong(say('改动步骤', 'Steps'))] },
      summary.steps.length === 0
        ? paragraph(run(say('尚无改动。', 'Nothing was changed.')))
        : {
            kind: 'list',
            ordered: true,
            items: summary.steps.map((step) => stepRuns(step, memo)),
          },
      ...itemTable(summary, memo),
    ]
  },
}

function stepRuns({ title, by, at }: OptionSummary['steps'][number], memo: MemoContext): Run[] {
  const whoAndWhen = [...(by === '' ? [] : [by]), dayInWords(at, memo.lang)].join(memo.say('，', ', '))
  return [run(memo.inLang(title)), muted(memo.say(`（${whoAndWhen}）`, ` (${whoAndWhen})`))]
}

const CHANGED = {
  zh: '该方案在推荐之后又有改动，以下为推荐时的结果。',
  en: 'The option was changed after it was recommended; what follows is as it was then.',
}

const totalText = ({ total, opinion }: { total: number | null; opinion: Opinion }, memo: MemoContext): string =>
  `${total === null ? '—' : pointsText(total)}${memo.say('，', ', ')}${memo.inLang(opinion.title)}`

function facts(reason: string, { before, after }: OptionSummary, memo: MemoContext) {
  const { say } = memo
  return [
    { label: say('推荐理由', 'Reason'), runs: [run(reason)] },
    { label: say('提交方案', 'Submitted plan'), runs: [run(totalText(before, memo))] },
    { label: say('本方案（试算）', 'This option (what-if)'), runs: [run(totalText(after, memo))] },
  ]
}

function itemTable({ items }: OptionSummary, memo: MemoContext): Block[] {
  const { say } = memo
  const rows = items.flatMap(({ item: id, before, after }): Cell[][] => {
    const entry = memo.items.find(({ item }) => item.id === id)
    if (entry === undefined) return []
    const { item, measurement } = entry
    const value = (of: Standing) =>
      of.value === null || measurement?.outcome.kind !== 'value'
        ? '—'
        : valueText(of.value, measurement.outcome.unit, item.unit, memo.lang)
    const level = (of: Standing) => (of.level === null ? '—' : levelText(of.level, memo))
    return [
      [
        cell(itemTitle(item, memo)),
        rightCell(value(before)),
        rightCell(value(after)),
        cell(`${level(before)} → ${level(after)}`),
      ],
    ]
  })
  if (rows.length === 0) return []
  const head = headCells(
    say('审查要点', 'Item'),
    say('提交方案', 'Submitted'),
    say('本方案', 'This option'),
    say('等级', 'Level'),
  )
  return [{ kind: 'table', caption: say('有变化的审查要点', 'Items that change'), head, rows, widths: [34, 17, 17, 32] }]
}
