import { PAPER_CHARTS } from '../../charts/paper-charts.ts'
import { tornadoChart } from '../../charts/score-charts.ts'
import type { Opinion } from '../../checklist/result.ts'
import { verdictSwings, type AtLevel, type LevelSwing, type VerdictSwings } from '../../review/verdict-swing.ts'
import { bilingual } from '../../text.ts'
import { chartFigure } from '../chart-figure.ts'
import {
  cell,
  centreCell,
  headCells,
  paragraph,
  rightCell,
  run,
  strong,
  type KeptOption,
  type MemoContext,
  type MemoSection,
} from '../context.ts'
import type { Block, Cell } from '../document.ts'
import { scoringInput } from '../scoring-input.ts'
import { itemTitle, pointsText } from '../words.ts'

/** What would have to change for the verdict to be another, and the what-if options that the reviewer keeps. */
export const flip: MemoSection = {
  id: 'flip',
  title: { zh: '结论的条件与比选方案', en: 'What would change the verdict' },
  compose(memo) {
    const swings = verdictSwings(memo.checklist, scoringInput(memo))
    return [
      ...(swings.swings.length === 0
        ? nothingJudged(memo)
        : [...singles(swings, memo), ...together(swings, memo), ...tornado(swings, memo)]),
      ...kept(memo),
    ]
  },
}

const nothingJudged = ({ say }: MemoContext): Block[] => [
  paragraph(
    run(
      say('尚无已判定的条目，没有可供推算的结论。', 'No item is judged yet: there is no verdict that could be worked out from.'),
    ),
  ),
]

const totalText = (total: number | null): string => (total === null ? '—' : pointsText(total))
const opinionText = ({ total, opinion }: { total: number | null; opinion: Opinion }, memo: MemoContext): string =>
  `${totalText(total)}${memo.say('，', ', ')}${memo.inLang(opinion.title)}`

const titleOf = (id: string, memo: MemoContext): string => {
  const entry = memo.items.find(({ item }) => item.id === id)
  return entry === undefined ? id : itemTitle(entry.item, memo)
}

/** What an item must meet to have a level. */
const standardOf = (id: string, level: number, memo: MemoContext): string => {
  const found = memo.items.find(({ item }) => item.id === id)?.item.levels.find((one) => one.level === level)
  return found === undefined ? '—' : memo.inLang(found.text)
}

/** Items that change the opinion by themselves. */
function singles({ swings, total, opinion }: VerdictSwings, memo: MemoContext): Block[] {
  const { say } = memo
  const now = paragraph(
    run(
      say(
        `现在的建议结论为“${memo.inLang(opinion.title)}”（${totalText(total)} 分）。下面逐项改变一个条目的等级、其余不变，重新计分；能否做到、代价如何，不在推算之内。`,
        `The suggested opinion is “${memo.inLang(opinion.title)}” (${totalText(total)}). Below, the level of one item at a time is changed, all else as it is, and the score is taken again; whether that can be done, and at what cost, is not part of it.`,
      ),
    ),
  )
  const rows = [...moved(swings, 'better', memo), ...moved(swings, 'worse', memo)]
  if (rows.length === 0)
    return [
      now,
      paragraph(strong(say('没有哪一个条目单独改变等级就能改变结论。', 'No single item changes the opinion by itself.'))),
    ]
  const head = headCells(
    say('条目', 'Item'),
    say('等级', 'Level'),
    say('须达到', 'Would meet'),
    say('总分与结论', 'Total and opinion'),
  )
  const caption = say('单独一项即可改变结论的条目', 'Items that change the opinion by themselves')
  return [now, { kind: 'table', caption, head, rows, widths: [28, 14, 30, 28] }]
}

const moved = (swings: readonly LevelSwing[], way: 'better' | 'worse', memo: MemoContext): Cell[][] =>
  swings.flatMap(({ id, level, [way]: to }) => {
    if (to === null) return []
    const mark = way === 'better' ? memo.say('▲ 升至', '▲ up to') : memo.say('▼ 降至', '▼ down to')
    return [
      [
        cell(titleOf(id, memo)),
        cell(`${level} → ${to.level}\n${mark} ${to.level}`),
        cell(standardOf(id, to.level, memo)),
        cell(opinionText(to, memo)),
      ],
    ]
  })

/** One way to a better opinion by several items. */
function together({ wayUp }: VerdictSwings, memo: MemoContext): Block[] {
  const { say } = memo
  if (wayUp === null || wayUp.steps.length < 2) return []
  return [
    {
      kind: 'table',
      caption: say(
        `达到“${memo.inLang(wayUp.opinion.title)}”的一种组合（先解决一票否决项，再提升权重大的条目，不是唯一的组合）`,
        `One way to “${memo.inLang(wayUp.opinion.title)}” (failed gates first, then the heaviest items; not the only one)`,
      ),
      head: headCells(say('条目', 'Item'), say('等级', 'Level'), say('须达到', 'Would meet')),
      rows: wayUp.steps.map(({ id, from, to }) => [
        cell(titleOf(id, memo)),
        centreCell(`${from} → ${to}`),
        cell(standardOf(id, to, memo)),
      ]),
      widths: [38, 14, 48],
    },
    paragraph(run(say(`全部做到后：${opinionText(wayUp, memo)}。`, `With all of them: ${opinionText(wayUp, memo)}.`))),
  ]
}

function tornado({ total, swings }: VerdictSwings, memo: MemoContext): Block[] {
  const { say, lang, areaUnit, drawnLang } = memo
  const moving = swings.filter(({ swing, flips }) => swing > 0 || flips)
  if (moving.length === 0) return []
  const titles = new Map(moving.map(({ id }) => [id, titleOf(id, memo)]))
  const drawnTitles = new Map(
    memo.items.map(({ item: { id, title } }) => [id, bilingual(`${id} ${title.zh}`, `${id} ${title.en}`)]),
  )
  const reader = { lang, areaUnit, drawnLang }
  const chart = tornadoChart({ total, swings: moving }, titles, reader, PAPER_CHARTS, 'level', drawnTitles)
  const at = (swing: LevelSwing, { level, total: points }: AtLevel): Cell =>
    rightCell(level === swing.level ? '—' : totalText(points))
  return [
    ...chartFigure(
      memo,
      chart,
      'flip-levels',
      say('图　条目升降一级对总分的影响', 'Figure. What one level of an item does to the total'),
    ),
    {
      kind: 'table',
      caption: say('条目升降一级后的总分', 'The total with one item a level lower or higher'),
      head: headCells(
        say('条目', 'Item'),
        say('现等级', 'Level'),
        say('降一级', 'Lower'),
        say('升一级', 'Higher'),
        say('结论改变', 'Opinion changes'),
      ),
      rows: moving.map((swing) => [
        cell(titleOf(swing.id, memo)),
        centreCell(String(swing.level)),
        at(swing, swing.low),
        at(swing, swing.high),
        centreCell(swing.flips ? say('▲ 是', '▲ yes') : say('否', 'no')),
      ]),
      widths: [44, 12, 14, 14, 16],
    },
  ]
}

/** The options that the reviewer keeps; one that was never measured to its end says so. */
function kept(memo: MemoContext): Block[] {
  const { say } = memo
  if (memo.kept === undefined) return []
  const heading: Block = {
    kind: 'heading',
    level: 2,
    text: say('评审人保留的比选方案', 'What-if options that the reviewer keeps'),
    id: 'flip-options',
  }
  if (memo.kept.length === 0)
    return [heading, paragraph(run(say('评审人没有保留比选方案。', 'The reviewer keeps no what-if options.')))]
  return [
    heading,
    {
      kind: 'table',
      caption: say('比选方案（试算，不改变提交方案）', 'What-if options; the submitted plan is not altered'),
      head: headCells(say('方案', 'Option'), say('改动步骤', 'Steps'), say('提交方案 → 本方案', 'Submitted → this option')),
      rows: memo.kept.map((one) => [cell(nameOf(one, memo)), cell(stepsOf(one, memo)), cell(outcomeOf(one, memo))]),
      widths: [18, 48, 34],
    },
  ]
}

const nameOf = ({ option: { letter, name } }: KeptOption, { say }: MemoContext): string =>
  `${say('方案', 'Option')} ${letter}${name === '' ? '' : say(`“${name}”`, ` “${name}”`)}`

function stepsOf({ steps }: KeptOption, memo: MemoContext): string {
  if (steps.length === 0) return memo.say('尚无改动', 'nothing changed yet')
  return steps.map(({ title }, at) => `${at + 1}. ${memo.inLang(title)}`).join('\n')
}

function outcomeOf({ option: { summary } }: KeptOption, memo: MemoContext): string {
  if (summary !== undefined) return `${opinionText(summary.before, memo)} → ${opinionText(summary.after, memo)}`
  return memo.say('结果未随评审保存（推荐后保存）', 'no result is kept with the review (it is once the option is recommended)')
}
