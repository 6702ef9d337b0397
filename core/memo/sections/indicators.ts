import type { Measurement } from '../../model/measurement.ts'
import type { Block, Run } from '../document.ts'
import { cell, headCells, muted, run, type MemoContext, type MemoSection } from '../context.ts'
import { UNITS, type UnitId } from '../../model/units.ts'
import { outcomeText, valueText } from '../words.ts'

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
      head: headCells(
        say('指标', 'Indicator'),
        say('结果', 'Result'),
        say('方法与参数', 'Method and parameters'),
        say('量算', 'Basis'),
      ),
      rows: result.indicators.map((measurement) => [
        cell(title(measurement, memo), muted(say(`（第 ${measurement.version} 版）`, ` (v${measurement.version})`))),
        { ...cell(outcomeText(measurement, unitOf(measurement, memo), memo.lang)), align: 'right' },
        cell(...method(measurement, memo)),
        cell(measurement.basis === 'ellipsoidal' ? say('椭球面', 'ellipsoidal') : say('平面', 'planar')),
      ]),
      widths: [22, 16, 50, 12],
    }
    return [table]
  },
}

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
  const known = memo.indicators.find(({ id }) => id === measurement.id)?.parameters
  const parameters = Object.entries(measurement.parameters).map(([name, value]) => {
    const info = known?.[name]
    if (info === undefined) return `${name} = ${value}`
    return `${memo.inLang(info.title)} ${valueText(value, UNITS[info.unit].base, info.unit, memo.lang)}`
  })
  if (parameters.length > 0) runs.push(muted(say(` 参数：${parameters.join('，')}。`, ` Parameters: ${parameters.join(', ')}.`)))
  for (const note of measurement.notes) runs.push(muted(say(` 注：${note.zh}`, ` Note: ${note.en}`)))
  return runs
}
