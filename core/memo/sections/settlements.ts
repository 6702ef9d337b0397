import type { ItemEntry, Level } from '../../checklist/result.ts'
import type { Cell } from '../document.ts'
import {
  cell,
  centreCell,
  headCells,
  muted,
  paragraph,
  run,
  type JudgedItem,
  type MemoContext,
  type MemoSection,
} from '../context.ts'
import { dayInWords, itemTitle, levelText, listText } from '../words.ts'

/** Items that a panel of experts settled: what each had given on that day, what was agreed, how and why. */
export const settlements: MemoSection = {
  id: 'settlements',
  title: { zh: '专家意见的商定', en: 'What the panel settled' },
  compose(memo) {
    const { say } = memo
    const rows = memo.items.flatMap((judged) => settledRow(judged, memo))
    if (rows.length === 0) return []
    return [
      paragraph(
        run(
          say(
            `下列 ${rows.length} 项由专家分别评定后商定；各专家等级为商定当日所给。`,
            `The experts judged the following ${rows.length} items apart and then settled them; their levels are those of that day.`,
          ),
        ),
      ),
      {
        kind: 'table',
        caption: say('商定的条目', 'Settled items'),
        head: headCells(
          say('条目', 'Item'),
          say('各专家等级', 'Levels given'),
          say('商定等级', 'Settled at'),
          say('方式', 'How'),
          say('理由', 'Reason'),
        ),
        rows,
        widths: [24, 22, 14, 12, 28],
      },
    ]
  },
}

function settledRow({ item, result }: JudgedItem, memo: MemoContext): Cell[][] {
  const { say, lang } = memo
  const { entry } = result
  if (entry?.settled === undefined || entry.level === null) return []
  const { how, levels } = entry.settled
  const given = levels.map(({ reviewer, level }) => `${expertIn(reviewer, memo)}${say('：', ': ')}${levelIn(level, memo)}`)
  return [
    [
      cell(itemTitle(item, memo)),
      cell(listText(given, lang)),
      centreCell(levelText(entry.level, memo)),
      centreCell(how === 'median' ? say('取中位数', 'median') : say('组长裁定', 'lead’s decision')),
      cell(run(entry.reason), muted(authorOf(entry, memo))),
    ],
  ]
}

/** Who settled in a blind round knew numbers only, and so does the memo. */
const expertIn = (reviewer: string, { say }: MemoContext): string =>
  reviewer.replace(/^#(\d+)$/, (_, number: string) => say(`专家 ${number}`, `Expert ${number}`))

const levelIn = (level: Level | null, { say }: MemoContext): string =>
  level === null ? say('未给等级', 'no level') : say(`${level} 级`, `level ${level}`)

const authorOf = ({ by, at }: ItemEntry, { say }: MemoContext): string =>
  say(`（${by}，${dayInWords(at, 'zh')}）`, ` (${by}, ${dayInWords(at, 'en')})`)
