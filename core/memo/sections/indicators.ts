import type { Measurement } from '../../model/measurement.ts'
import type { Block, Run } from '../document.ts'
import { cell, headCells, muted, paragraph, run, type MemoContext, type MemoSection } from '../context.ts'
import { readableValue, type UnitId } from '../../model/units.ts'
import { partsInWords } from '../../indicators/part-titles.ts'
import { listText, outcomeText } from '../words.ts'
import { benchmarkBlocks } from './benchmarks.ts'

/** Every measurement with its value, the sentence that says how it was made, its basis and its parameters. */
export const indicators: MemoSection = {
  id: 'indicators',
  title: { zh: '指标核算表', en: 'Indicator results' },
  compose(memo) {
    const { result, say } = memo
    if (result.indicators.length === 0) return []
    const [told, folded] = [rowsOf(memo), lackingElsewhere(memo)]
    const isEven = new Set(told.map(({ basis }) => basis)).size < 2
    const table: Block = {
      kind: 'table',
      caption: `${say('指标核算结果', 'Results of the indicators')}${isEven && told[0] ? basisWords(told[0], memo) : ''}`,
      head: headCells(say('指标', 'Indicator'), say('结果', 'Result'), say('方法、参数与分项', 'Method, parameters and parts')),
      rows: told.map((measurement) => [
        cell(title(measurement, memo), muted(say(`（第 ${measurement.version} 版）`, ` (v${measurement.version})`))),
        {
          ...cell(
            outcomeText(measurement, { unit: unitOf(measurement, memo), rule: null }, memo.lang),
            ...(isEven ? [] : [basis(measurement, memo)]),
          ),
          align: 'right',
        },
        cell(...method(measurement, memo)),
      ]),
      widths: [17, 14, 69],
    }
    return [
      ...(told.length > 0 ? [table] : []),
      ...lackingWords(folded, memo),
      ...benchmarkBlocks(memo, ({ measurement }) =>
        measurement === null ? '—' : outcomeText(measurement, { unit: unitOf(measurement, memo), rule: null }, memo.lang),
      ),
    ]
  },
}

/** Whether a measurement that lacks data is told with its reason among the items that could not be judged. */
const isToldThere = (measurement: Measurement, { items }: MemoContext): boolean =>
  measurement.outcome.kind === 'missing' &&
  items.some(({ item, result }) => result.applicable && result.level === null && item.rule?.indicator === measurement.id)

const rowsOf = (memo: MemoContext) => memo.result.indicators.filter((one) => !isToldThere(one, memo))
const lackingElsewhere = (memo: MemoContext) => memo.result.indicators.filter((one) => isToldThere(one, memo))

/** What lacks data is named once more, so that every indicator of the run stands in this section. */
function lackingWords(lacking: readonly Measurement[], memo: MemoContext): Block[] {
  if (lacking.length === 0) return []
  const names = listText(
    lacking.map((one) => title(one, memo)),
    memo.lang,
  )
  return [
    paragraph(
      muted(
        memo.say(
          `资料不足、未测算的指标（原因见“未能判定的事项”）：${names}。`,
          `Not measured for lack of data (why: “What could not be judged”): ${names}.`,
        ),
      ),
    ),
  ]
}

const basisWords = (measurement: Measurement, { say }: MemoContext): string =>
  measurement.basis === 'ellipsoidal' ? say('（均为椭球面量算）', ' (all ellipsoidal)') : say('（均为平面量算）', ' (all planar)')

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
