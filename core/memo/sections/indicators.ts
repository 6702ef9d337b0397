import type { Measurement } from '../../model/measurement.ts'
import type { Block, Run } from '../document.ts'
import { cell, headCells, muted, run, type MemoContext, type MemoSection } from '../context.ts'
import { readableValue, type UnitId } from '../../model/units.ts'
import { partsInWords } from '../../indicators/part-titles.ts'
import { BENCHMARKS_DATE, benchmarkInWords, benchmarksOf } from '../../reference/benchmarks.ts'
import { CERTAINTY_MARKS, outcomeText } from '../words.ts'

/** Every measurement with its value, the sentence that says how it was made, its basis and its parameters. */
export const indicators: MemoSection = {
  id: 'indicators',
  title: { zh: '指标核算表', en: 'Indicator results' },
  compose(memo) {
    const { result, say } = memo
    if (result.indicators.length === 0) return []
    const table: Block = {
      kind: 'table',
      caption: say('指标核算结果', 'Results of the indicators'),
      head: headCells(say('指标', 'Indicator'), say('结果', 'Result'), say('方法、参数与分项', 'Method, parameters and parts')),
      rows: result.indicators.map((measurement) => [
        cell(title(measurement, memo), muted(say(`（第 ${measurement.version} 版）`, ` (v${measurement.version})`))),
        { ...cell(outcomeText(measurement, unitOf(measurement, memo), memo.lang), basis(measurement, memo)), align: 'right' },
        cell(...method(measurement, memo)),
      ]),
      widths: [20, 17, 63],
    }
    return [table, ...benchmarks(memo)]
  },
}

const basis = (measurement: Measurement, { say }: MemoContext): Run =>
  muted(measurement.basis === 'ellipsoidal' ? say('\n椭球面量算', '\nellipsoidal') : say('\n平面量算', '\nplanar'))

function title({ id }: Measurement, memo: MemoContext): string {
  const known = memo.indicators.find((indicator) => indicator.id === id)
  const item = memo.items.find((entry) => entry.item.rule?.indicator === id)?.item
  const text = known?.title ?? item?.title
  return text === undefined ? id : `${id} ${memo.inLang(text)}`
}

/** The indicator's own display unit, else that of the item it answers, else the base unit. */
function unitOf({ id, outcome }: Measurement, memo: MemoContext): UnitId {
  const known = memo.indicators.find((indicator) => indicator.id === id)?.displayUnit
  const item = memo.items.find((entry) => entry.item.rule?.indicator === id)?.item.unit
  const unit = known ?? item ?? (outcome.kind === 'value' ? outcome.unit : 'count')
  return outcome.kind === 'value' && outcome.unit === 'm2' ? memo.areaUnit : unit
}

function method(measurement: Measurement, memo: MemoContext): Run[] {
  const { say } = memo
  const runs = [run(memo.inLang(measurement.method))]
  if (measurement.outcome.kind === 'missing') runs.push(run(` ${memo.inLang(measurement.outcome.why)}`))
  const indicator = memo.indicators.find(({ id }) => id === measurement.id)
  const known = indicator?.parameters
  const parameters = Object.entries(measurement.parameters).flatMap(([name, value]) => {
    const info = known?.[name]
    return info === undefined ? [] : [`${memo.inLang(info.title)} ${readableValue(value, info.unit, memo.lang)}`]
  })
  const { facts } = partsInWords(measurement.details, indicator?.detailTitles ?? {}, memo.lang, memo.areaUnit)
  const parts = facts.map((fact) => `${fact.title} ${fact.text}`)
  if (parameters.length > 0)
    runs.push(muted(say(`\n参数：${parameters.join('，')}。`, `\nParameters: ${parameters.join(', ')}.`)))
  if (parts.length > 0) runs.push(muted(say(`\n分项：${parts.join('；')}。`, `\nParts: ${parts.join('; ')}.`)))
  for (const note of measurement.notes) runs.push(muted(say(`\n注：${note.zh}`, `\nNote: ${note.en}`)))
  return runs
}

/** What other places reached or promised, beside what was measured here. */
function benchmarks(memo: MemoContext): Block[] {
  const { say, lang } = memo
  const rows = memo.items.flatMap(({ item, result, measurement }) => {
    if (!result.applicable || measurement?.outcome.kind !== 'value') return []
    const own = outcomeText(measurement, unitOf(measurement, memo), lang)
    return benchmarksOf(item, memo.checklist.id).map((benchmark) => {
      const words = benchmarkInWords(benchmark, lang)
      const year = words.targetYear === null ? '' : say(`；目标年 ${words.targetYear}`, `; target year ${words.targetYear}`)
      return [
        cell(`${item.id} ${memo.inLang(item.title)}`, muted(say(`\n本方案 ${own}`, `\nthis plan ${own}`))),
        cell(`${words.place} ${words.plan}`, muted(`\n${words.indicator}`)),
        cell(words.values.join(say('；', '; ')), muted(`\n${words.kind}${year}`)),
        cell(
          `${words.source}${memo.inLang(CERTAINTY_MARKS[benchmark.certainty])}`,
          ...(words.note === null ? [] : [muted(`\n${words.note}`)]),
        ),
      ]
    })
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
        say('地区与指标', 'Place and indicator'),
        say('数值与性质', 'Values and their kind'),
        say('来源', 'Source'),
      ),
      rows,
      widths: [24, 26, 26, 24],
    },
  ]
}
