import { UNITS } from '../../model/units.ts'
import { cell, headCells, paragraph, rightCell, run, type MemoSection } from '../context.ts'
import type { Block, Cell } from '../document.ts'
import { outcomeText, SOURCE_WORDS } from '../words.ts'

/** A figure without its unit, wherever the language puts it. */
const figureOf = (words: string, label: string): string => (label === '' ? words : words.replace(label, '').trim())

/** One row an item, with its code, unit, value and level, as monitoring platforms take indicators over; the seal ties it to the record. */
export const handover: MemoSection = {
  id: 'handover',
  title: { zh: '指标表', en: 'Indicator table' },
  compose(memo): Block[] {
    const { say, lang, result } = memo
    const { baseYear, targetYear } = result.plan
    const rows = memo.items
      .filter((entry) => entry.result.applicable)
      .map(({ item, result: judged, measurement }): Cell[] => {
        const outcome = measurement?.outcome
        // A monitoring platform takes the figure and its unit from columns of their own.
        const label = memo.inLang(UNITS[item.unit].label)
        const value = outcome?.kind === 'value' ? figureOf(outcomeText(measurement, item, lang), label) : '—'
        return [
          cell(item.id),
          cell(memo.inLang(item.title)),
          cell(label === '' ? '—' : label),
          rightCell(value),
          rightCell(judged.level === null ? '—' : String(judged.level)),
          cell(memo.inLang(SOURCE_WORDS[judged.source])),
          cell(
            measurement === null
              ? '—'
              : say(`${measurement.id} 第 ${measurement.version} 版`, `${measurement.id} v${measurement.version}`),
          ),
        ]
      })
    return [
      paragraph(
        run(
          say(
            `基期年 ${baseYear ?? '—'}，目标年 ${targetYear ?? '—'}；坐标系 ${result.plan.crs}。数值由绿图 ${result.engine.version} 测算，与所附 review.json 一致，可据校验码核对。`,
            `Base year ${baseYear ?? '—'}, target year ${targetYear ?? '—'}; coordinate system ${result.plan.crs}. Measured by Greenprint ${result.engine.version}; the attached review.json holds the same values, and the seal proves it.`,
          ),
        ),
      ),
      {
        kind: 'table',
        caption: say(`指标表（${rows.length} 项）`, `Indicators (${rows.length})`),
        head: headCells(
          say('编码', 'Code'),
          say('指标', 'Indicator'),
          say('单位', 'Unit'),
          say('规划值', 'Value'),
          say('等级', 'Level'),
          say('来源', 'Source'),
          say('算法', 'Method'),
        ),
        rows,
        widths: [9, 29, 11, 15, 8, 14, 14],
      },
    ]
  },
}
