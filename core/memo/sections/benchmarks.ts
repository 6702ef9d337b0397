import { BENCHMARKS_DATE, benchmarkInWords, benchmarksOf, type BenchmarkInWords } from '../../reference/benchmarks.ts'
import { cell, headCells, muted, paragraph, run, type JudgedItem, type MemoContext } from '../context.ts'
import type { Block, Cell, Run } from '../document.ts'
import { CERTAINTY_MARKS, itemTitle } from '../words.ts'

/**
 * What other places reached or promised, beside what was measured here: one row for each item, one line for each place. Sources
 * stand once, numbered, under the table.
 */
export function benchmarkBlocks(memo: MemoContext, ownValue: (entry: JudgedItem) => string): Block[] {
  const { say } = memo
  const sources = new Map<string, number>()
  const rows = memo.items.flatMap((entry): Cell[][] => {
    if (!entry.result.applicable || entry.measurement?.outcome.kind !== 'value') return []
    const found = benchmarksOf(entry.item, memo.checklist.id)
    if (found.length === 0) return []
    const own = ownValue(entry)
    const lines = found.flatMap((benchmark, at): Run[] => {
      const words = benchmarkInWords(benchmark, memo.lang)
      const source = `${words.source}${memo.inLang(CERTAINTY_MARKS[benchmark.certainty])}`
      const number = sources.get(source) ?? sources.size + 1
      sources.set(source, number)
      return lineOf(words, number, at > 0, memo)
    })
    return [[cell(itemTitle(entry.item, memo), muted(say(`\n本方案 ${own}`, `\nthis plan ${own}`))), { runs: lines }]]
  })
  if (rows.length === 0) return []
  return [
    {
      kind: 'table',
      caption: say(
        `参照值（${BENCHMARKS_DATE} 整理，口径与年份不一，不参与评分）`,
        `Benchmarks (gathered ${BENCHMARKS_DATE}; definitions and years differ, never scored)`,
      ),
      head: headCells(
        say('审查项与本方案', 'Item and this plan'),
        say('地区：数值（指标，性质）〔来源编号〕', 'Place: values (indicator, kind) and number of the source'),
      ),
      rows,
      widths: [24, 76],
    },
    paragraph(
      muted(
        `${say('参照值来源：', 'Sources of the benchmarks: ')}${[...sources].map(([source, number]) => `[${number}] ${source}`).join(say('；', '; '))}${say('。', '.')}`,
      ),
    ),
  ]
}

function lineOf(words: BenchmarkInWords, source: number, isNext: boolean, { say }: MemoContext): Run[] {
  const year = words.targetYear === null ? '' : say(`，目标年 ${words.targetYear}`, `, target year ${words.targetYear}`)
  const note = words.note === null ? '' : say(`，${words.note}`, `; ${words.note}`)
  return [
    run(`${isNext ? '\n' : ''}${words.place} ${words.plan}${say('：', ': ')}${words.values.join(say('、', ', '))}`),
    muted(
      say(
        `（${words.indicator}，${words.kind}${year}${note}）[${source}]`,
        ` (${words.indicator}, ${words.kind}${year}${note}) [${source}]`,
      ),
    ),
  ]
}
