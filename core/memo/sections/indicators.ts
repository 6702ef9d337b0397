import type { Measurement } from '../../model/measurement.ts'
import type { Block, Run } from '../document.ts'
import { cell, headCells, muted, run, type MemoContext, type MemoSection } from '../context.ts'
import { readableValue, type UnitId } from '../../model/units.ts'
import { partsInWords } from '../../indicators/part-titles.ts'
import { outcomeText } from '../words.ts'

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
    return [table]
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
