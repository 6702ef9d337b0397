import { layerNeed } from '../../reference/layer-needs.ts'
import type { Block } from '../document.ts'
import { cell, centreCell, headCells, paragraph, run, type JudgedItem, type MemoContext, type MemoSection } from '../context.ts'
import { itemTitle, listText, pointsText } from '../words.ts'

/** What could not be judged, and what each item needs: a gap lowers coverage and is never a zero. */
export const gaps: MemoSection = {
  id: 'gaps',
  title: { zh: '未能判定的事项', en: 'What could not be judged' },
  compose(memo) {
    const { say } = memo
    const open = memo.items.filter(({ result }) => result.applicable && result.level === null)
    if (open.length === 0) return [paragraph(run(say('适用条目均已判定。', 'Every applicable item is judged.')))]
    const [lacking, unread] = [open.filter(({ item }) => item.rule !== null), open.filter(({ item }) => item.rule === null)]
    return [
      paragraph(
        run(
          say(
            `下列 ${open.length} 项因资料不足或有待评审人查阅文本而未判定；不计入总分，只降低判定覆盖率。`,
            `The following ${open.length} items are not judged: data is missing or a reviewer must read the documents. They lower the coverage, never the total.`,
          ),
        ),
      ),
      ...lackingTable(lacking, memo),
      ...unreadTable(unread, memo),
    ]
  },
}

/** Items that the program measures, but not from what was submitted. */
function lackingTable(items: readonly JudgedItem[], memo: MemoContext): Block[] {
  const { say } = memo
  if (items.length === 0) return []
  return [
    {
      kind: 'table',
      caption: say('资料不足的条目', 'Items that lack data'),
      head: headCells(say('条目', 'Item'), say('权重', 'Weight'), say('原因与所需资料', 'Why, and what is needed')),
      rows: items.map((entry) => [
        cell(itemTitle(entry.item, memo)),
        centreCell(pointsText(entry.result.weight)),
        cell(entry.result.gap === null ? '—' : memo.inLang(entry.result.gap)),
      ]),
      widths: [31, 9, 60],
    },
  ]
}

/** Items that only a reader can judge: what is asked for is the same for all, so it stands above them once. */
function unreadTable(items: readonly JudgedItem[], memo: MemoContext): Block[] {
  const { say } = memo
  if (items.length === 0) return []
  return [
    {
      kind: 'table',
      caption: say(
        '须由评审人查阅后选定等级并说明依据的条目（本版本不自动测算）',
        'Items for a reviewer to read up, choose a level and cite (not measured by this version)',
      ),
      head: headCells(say('条目', 'Item'), say('权重', 'Weight'), say('核对所需资料', 'Material to check')),
      rows: items.map(({ item, result }) => [
        cell(itemTitle(item, memo)),
        centreCell(pointsText(result.weight)),
        cell(
          item.needs.length === 0
            ? '—'
            : listText(
                item.needs.map((need) => needTitle(need, memo)),
                memo.lang,
              ),
        ),
      ]),
      widths: [31, 9, 60],
    },
  ]
}

function needTitle(need: string, memo: MemoContext): string {
  const known = layerNeed(need)
  return known === undefined ? need : memo.inLang(known.title)
}
