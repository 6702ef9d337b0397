import { layerNeed } from '../../reference/layer-needs.ts'
import type { Bilingual } from '../../text.ts'
import { cell, headCells, muted, paragraph, run, type MemoContext, type MemoSection } from '../context.ts'
import type { Run } from '../document.ts'
import { itemTitle, listText } from '../words.ts'

/** What could not be judged, and what each item needs: a gap lowers coverage and is never a zero. */
export const gaps: MemoSection = {
  id: 'gaps',
  title: { zh: '未能判定的事项', en: 'What could not be judged' },
  compose(memo) {
    const { say } = memo
    const open = memo.items.filter(({ result }) => result.applicable && result.level === null)
    if (open.length === 0) return [paragraph(run(say('适用条目均已判定。', 'Every applicable item is judged.')))]
    return [
      paragraph(
        run(
          say(
            `下列 ${open.length} 项因资料不足或有待评审人查阅文本而未判定；不计入总分，只降低判定覆盖率。`,
            `The following ${open.length} items are not judged: data is missing or a reviewer must read the documents. They lower the coverage, never the total.`,
          ),
        ),
      ),
      {
        kind: 'table',
        caption: say('未判定条目及所需资料', 'Items not judged, and what they need'),
        head: headCells(say('条目', 'Item'), say('原因与所需资料', 'Why, and what is needed')),
        rows: open.map(({ item, result }) => [
          cell(itemTitle(item, memo)),
          cell(result.gap === null ? '—' : memo.inLang(result.gap), ...stillNeeded(item.needs, result.gap, memo)),
        ]),
        widths: [30, 70],
      },
    ]
  },
}

/** What the item needs, where the sentence does not name it itself. */
function stillNeeded(needs: readonly string[], gap: Bilingual | null, memo: MemoContext): Run[] {
  const said = gap === null ? '' : memo.inLang(gap)
  const missing = needs.map((need) => needTitle(need, memo))
  if (missing.length === 0 || missing.some((title) => said.includes(title))) return []
  return [muted(memo.say(` 所需资料：${listText(missing, memo.lang)}。`, ` Needs: ${listText(missing, memo.lang)}.`))]
}

function needTitle(need: string, memo: MemoContext): string {
  const known = layerNeed(need)
  return known === undefined ? need : memo.inLang(known.title)
}
