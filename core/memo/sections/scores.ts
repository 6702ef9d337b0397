import { judgedPercent } from '../../review/words.ts'
import type { Block, Cell } from '../document.ts'
import {
  cell,
  centreCell,
  headCells,
  muted,
  paragraph,
  run,
  strong,
  type JudgedItem,
  type MemoContext,
  type MemoSection,
} from '../context.ts'
import { CERTAINTY_KEY, CERTAINTY_MARKS, itemTitle, listText, outcomeText, pointsText, SOURCE_WORDS } from '../words.ts'

/** Scores by dimension as bars, then every applicable item with its value, level, source and threshold. */
export const scores: MemoSection = {
  id: 'scores',
  title: { zh: '分项得分', en: 'Scores' },
  compose: (memo) => [...staleWarning(memo), bars(memo), ...itemTable(memo), ...notApplicable(memo)],
}

const isStale = ({ measurement }: JudgedItem, { result }: MemoContext): boolean =>
  measurement !== null && (result.stale ?? []).includes(measurement.id)

/** Results that are out of date are never printed as if they were fresh. */
function staleWarning(memo: MemoContext): Block[] {
  const { say, lang } = memo
  const stale = memo.items.filter((entry) => entry.result.applicable && isStale(entry, memo))
  if (stale.length === 0) return []
  const items = listText(
    stale.map(({ item }) => itemTitle(item, memo)),
    lang,
  )
  return [
    paragraph(
      strong(
        say(
          `下列条目的测算结果已过期（指标已更新而未重新分析），得分仅供参考：${items}。`,
          `The measurements of these items are stale (the indicator was updated and the analysis not run again); their scores are for information only: ${items}.`,
        ),
      ),
    ),
  ]
}

function bars(memo: MemoContext): Block {
  const { say, lang, checklist, result } = memo
  return {
    kind: 'bars',
    caption: say('各维度得分（仅计已判定条目，满分 100）', 'Score by dimension (judged items only, out of 100)'),
    bars: checklist.dimensions.map(({ id, title }) => {
      const found = result.checklist.dimensions.find((dimension) => dimension.id === id)
      const score = found?.score ?? null
      const judged = found === undefined || found.weight === 0 ? 0 : found.judgedWeight / found.weight
      const text =
        score === null
          ? say('未判定', 'not judged')
          : say(
              `${pointsText(score)}（已判定 ${judgedPercent(judged, lang)}%）`,
              `${pointsText(score)} (${judgedPercent(judged, lang)}% judged)`,
            )
      return { label: memo.inLang(title), share: score === null ? null : score / 100, text }
    }),
  }
}

/** Only what is judged: open items stand, each with what it needs, in a section of their own. */
function itemTable(memo: MemoContext): Block[] {
  const { say } = memo
  const applicable = memo.items.filter(({ result }) => result.applicable)
  const judged = applicable.filter(({ result }) => result.level !== null)
  const open = applicable.length - judged.length
  const remark = paragraph(
    muted(
      say(
        `另有 ${open} 项尚未判定，权重及所需资料见“未能判定的事项”。`,
        `${open} more items are not judged yet: their weights and what they need stand under “What could not be judged”.`,
      ),
    ),
  )
  const rest = open === 0 ? [] : [remark]
  if (judged.length === 0) return rest
  return [
    {
      kind: 'table',
      caption: say('条目评分表（已判定条目）', 'Scores by item (judged items)'),
      head: headCells(
        say('条目', 'Item'),
        say('实测值', 'Measured'),
        say('等级', 'Level'),
        say('来源', 'Source'),
        say('得分/权重', 'Score/weight'),
        say('等级标准及其来源', 'Threshold and its source'),
      ),
      rows: judged.map((entry) => itemRow(entry, memo)),
      widths: [19, 13, 9, 12, 10, 37],
    },
    ...rest,
    paragraph(muted(memo.inLang(CERTAINTY_KEY))),
  ]
}

function itemRow(entry: JudgedItem, memo: MemoContext): Cell[] {
  const { item, result } = entry
  const score = result.score === null ? '—' : pointsText(result.score)
  return [
    cell(...(item.gate ? [strong(memo.say('◆ ', '◆ '))] : []), itemTitle(item, memo)),
    { ...cell(measuredCell(entry, memo)), align: 'right' },
    centreCell(levelCell(entry, memo)),
    centreCell(memo.inLang(SOURCE_WORDS[result.source])),
    centreCell(`${score}/${pointsText(result.weight)}`),
    basisCell(entry, memo),
  ]
}

function measuredCell(entry: JudgedItem, memo: MemoContext): string {
  const measured = outcomeText(entry.measurement, entry.item, memo.lang)
  return isStale(entry, memo) ? `${measured}\n${memo.say('（过期）', '(stale)')}` : measured
}

/** Where a reviewer chose another level than the measurement gives, both are printed. */
function levelCell({ result }: JudgedItem, memo: MemoContext): string {
  if (result.level === null) return '—'
  if (result.source === 'auto' || result.autoLevel === null) return String(result.level)
  return memo.say(`${result.level}\n(自动 ${result.autoLevel})`, `${result.level}\n(auto ${result.autoLevel})`)
}

function basisCell({ item, result }: JudgedItem, memo: MemoContext): Cell {
  const { say } = memo
  const standard = item.levels.find((entry) => entry.level === result.level)
  const runs = [
    run(standard === undefined ? '—' : `${result.level}${say(' 级：', ': ')}${memo.inLang(standard.text)}${say('；', '; ')}`),
  ]
  if (standard !== undefined)
    runs.push(muted(`${memo.inLang(standard.source)}${memo.inLang(CERTAINTY_MARKS[standard.certainty])}`))
  const { entry } = result
  if (entry !== null && entry.level !== null) {
    const place =
      entry.document === null
        ? ''
        : say(
            `（${entry.document}${entry.page === null ? '' : ` 第 ${entry.page} 页`}）`,
            ` (${entry.document}${entry.page === null ? '' : `, p. ${entry.page}`})`,
          )
    const signed = entry.by === '' || entry.by === '—' ? '' : say(`——${entry.by}`, ` — ${entry.by}`)
    const quoted = entry.quote === undefined ? '' : say(`\n原文：“${entry.quote}”`, `\nQuoted: “${entry.quote}”`)
    if (quoted !== '') runs.push(run(quoted))
    runs.push(strong(say(`\n理由：${entry.reason}${place}${signed}`, `\nReason: ${entry.reason}${place}${signed}`)))
  }
  return { runs }
}

function notApplicable(memo: MemoContext): Block[] {
  const { say } = memo
  const out = memo.items.filter(({ result }) => !result.applicable)
  if (out.length === 0) return []
  const byReason = Map.groupBy(out, ({ result }) =>
    result.notApplicableReason === null ? '—' : memo.inLang(result.notApplicableReason),
  )
  return [
    { kind: 'heading', level: 2, text: say('不适用的条目', 'Items that do not apply'), id: 'not-applicable' },
    {
      kind: 'table',
      caption: say('不适用条目及理由（不计入总分与覆盖率）', 'Items that do not apply, and why (outside total and coverage)'),
      head: headCells(say('理由', 'Reason'), say('条目', 'Items')),
      rows: [...byReason].map(([reason, items]) => [
        cell(reason),
        cell(
          listText(
            items.map(({ item }) => itemTitle(item, memo)),
            memo.lang,
          ),
        ),
      ]),
      widths: [38, 62],
    },
  ]
}
