import { mapSheet } from '../../map/map-sheet.ts'
import { paragraph, run, type MemoContext, type MemoSection } from '../context.ts'
import { planName } from '../plan-words.ts'
import { recordDate } from '../result.ts'
import { dayInWords } from '../words.ts'

/** Type area of an A4 page with the margins of GB/T 9704, less the heading above the sheet. */
const WIDTH_MM = 156
const MAX_HEIGHT_MM = 200

/** One sheet: the plan with corridors, opportunity areas and control lines over it, where gates failed, and findings by number. */
export const map: MemoSection = {
  id: 'map',
  title: { zh: '附图', en: 'Map' },
  compose(memo) {
    const { say, lang, drawnLang, result } = memo
    const name = planName(result, lang)
    const marked = failedEvidence(memo)
    const marks = [...marked.values()].reduce((sum, fids) => sum + fids.size, 0)
    const placed = result.findings.filter(({ withdrawn, mark, evidence }) => !withdrawn && (mark ?? evidence[0]) !== undefined)
    const remarks = [
      ...(marks === 0
        ? []
        : [say(`红色：一票否决项的冲突位置，共标出 ${marks} 处`, `red: evidence of failed gates, ${marks} features marked`)]),
      ...(placed.length === 0
        ? []
        : [say(`数字：${placed.length} 条有位置的审查意见`, `numbers: findings with a place (${placed.length})`)]),
    ]
    const inBrackets = remarks.length === 0 ? '' : say(`（${remarks.join('；')}）`, ` (${remarks.join('; ')})`)
    const figure = mapSheet({
      layers: memo.layers,
      frame: memo.frame,
      title: drawnName(memo),
      caption: say(`图 1　绿色低碳格局审查图${inBrackets}`, `Map 1. Green and low-carbon pattern${inBrackets}`),
      alt: say(
        `${name}的用地、控制线、生态廊道与机遇地区叠加图。`,
        `Land use, control lines, green corridors and opportunity areas of ${name}.`,
      ),
      crs: frameText(memo),
      planCrs: result.plan.crs,
      date: drawnDay(memo),
      marked,
      findings: placed,
      lang: drawnLang,
      widthMm: WIDTH_MM,
      maxHeightMm: MAX_HEIGHT_MM,
    })
    if (figure === null) return [paragraph(run(say('没有可以绘制的图层。', 'There is no layer that can be drawn.')))]
    return [{ kind: 'map', figure }]
  },
}

/** Features that prove a failed gate, by role. */
function failedEvidence({ result, items }: MemoContext): Map<string, Set<number>> {
  const marked = new Map<string, Set<number>>()
  const failed = new Set(result.checklist.gates.filter((gate) => gate.state === 'failed').map((gate) => gate.item))
  for (const { item, measurement } of items) {
    if (!failed.has(item.id)) continue
    for (const { layer, fid } of measurement?.evidence ?? []) marked.set(layer, (marked.get(layer) ?? new Set()).add(fid))
  }
  return marked
}

/** The plan's name and the day of the record as drawings say them. */
export const drawnName = ({ result, sayDrawn }: MemoContext): string => sayDrawn(planName(result, 'zh'), planName(result, 'en'))
export const drawnDay = ({ result, sayDrawn }: MemoContext): string =>
  sayDrawn(dayInWords(recordDate(result), 'zh'), dayInWords(recordDate(result), 'en'), '　')

/** The system of the plan's data, and the plane that its maps are drawn in. */
export function frameText({ frame, result, sayDrawn }: MemoContext): string {
  if (frame.kind === 'planar')
    return sayDrawn(
      `坐标：${result.plan.crs}，平面坐标（无地理定位）`,
      `Coordinates: ${result.plan.crs}, a plane without a place on Earth`,
      '\n',
    )
  const centre = `${frame.lonDeg.toFixed(3)}°, ${frame.latDeg.toFixed(3)}°`
  return sayDrawn(
    `数据 ${result.plan.crs}；等积方位投影，中心 ${centre}`,
    `Data ${result.plan.crs}; equal-area azimuthal, centre ${centre}`,
    '\n',
  )
}
