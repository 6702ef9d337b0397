import { partsOf } from '../geo/edit-layer.ts'
import { corridorAxes, type CorridorAxis } from '../indicators/corridor-axes.ts'
import { corridorGaps, type CorridorGaps } from '../indicators/corridor-gaps.ts'
import type { WidthRule } from '../indicators/corridor-stretches.ts'
import type { PlanData } from '../indicators/indicator.ts'
import { corridorWidth } from '../indicators/n04-corridor-width.ts'
import { wedgesContinuous } from '../indicators/n02-wedges.ts'
import { causeOf, type GapRule } from '../indicators/wedge-gaps.ts'
import { metres } from '../indicators/words.ts'
import type { ResultTable } from '../model/result-table.ts'
import type { Bilingual } from '../text.ts'
import { lengthColumn, textColumn } from './columns.ts'
import { defineOverlay, missingOverlay, type OverlayPart } from './overlay.ts'
import { featureShape, namedPart } from './part.ts'

/** Where wedges and corridors of the plan break, how long each break is, and which land use breaks it. */
export const gaps = defineOverlay({
  id: 'gaps',
  version: 3,
  group: 'network',
  title: { zh: '廊道与绿楔断点', en: 'Gaps of corridors and wedges' },
  summary: {
    zh: '逐处编号：断点长度与造成断点的用地。',
    en: 'Each break numbered, with its length and the land use that causes it.',
  },
  source: {
    zh: '《国际经验与启示》一文 L86（巴黎连续的绿带与绿楔）；60 m 与 100 m 为插定值',
    en: wedgesContinuous.source,
  },
  needs: [['corridor'], ['landuse_plan', 'green']],
  uses: [],
  indicator: 'N02',
  alsoOf: ['N04'],
  parameters: { ...wedgesContinuous.parameters, ...corridorWidth.parameters },
  compute(plan, { wedgeWidthM, listedGapM, axisStepM, functionalWidthM, widthStepM, listedStretchM }, report) {
    const rule: GapRule = { minimumWidthM: wedgeWidthM, shortestGapM: listedGapM, stepM: axisStepM }
    const widths: WidthRule = { otherwiseM: functionalWidthM, stepM: widthStepM, shortestM: listedStretchM }
    const [width, listed] = [metres(rule.minimumWidthM), metres(rule.shortestGapM)]
    const [otherwise, stretch] = [metres(widths.otherwiseM), metres(widths.shortestM)]
    const method = {
      zh: `沿绿楔中轴每 ${rule.stepM} m 量取开敞用地的横向宽度，宽度不足 ${width.zh} 且长于 ${listed.zh} 的为断点；其他廊道每 ${widths.stepM} m 按 N04 的功能宽度（未标功能和级别的取 ${otherwise.zh}）量取，不足且长于 ${stretch.zh} 的为断点。编号与 N02、N04 的断点表一致。`,
      en: `Each ${rule.stepM} m along the middle of wedges the width across of open ground was measured; stretches below ${width.en} that are longer than ${listed.en} are gaps. Other corridors are measured each ${widths.stepM} m by the width that their function needs, as N04 does (${otherwise.en} where they state none); stretches without it above ${stretch.en} are gaps. Numbers are those of the tables of N02 and N04.`,
    }
    report(0, 1, { zh: '量取廊道与绿楔', en: 'Measuring corridors and wedges' })
    const axes = corridorAxes(plan, () => true).filter(({ runs }) => runs.length > 0)
    const [first] = axes
    if (!first) return missingOverlay(method, NO_AXES, ['corridor'])
    const found = corridorGaps(plan, rule, widths)
    return {
      outcome: {
        kind: 'drawn',
        parts: [axisPart(axes, first), ...breakerPart(plan, found), gapPart(first, found)],
        figures: [
          { title: { zh: '断点', en: 'Gaps' }, value: found.gaps.length, unit: 'count' },
          {
            title: { zh: '断点总长', en: 'Length of gaps' },
            value: found.gaps.reduce((sum, { lengthM }) => sum + lengthM, 0),
            unit: 'm',
          },
          { title: { zh: '廊道与绿楔', en: 'Corridors and wedges' }, value: axes.length, unit: 'count' },
        ],
      },
      method,
      notes: [],
    }
  },
})

const NO_AXES: Bilingual = {
  zh: '廊道图层中没有可量取的廊道或绿楔。',
  en: 'The corridor layer holds no corridor or wedge that could be measured.',
}

function axisPart(axes: readonly CorridorAxis[], { layer }: CorridorAxis): OverlayPart {
  const shapes = axes.map(({ runs }) => ({ parts: runs.map((run) => [run]), row: 0, look: 'axis' as const }))
  return namedPart({ id: 'axes', title: { zh: '轴线', en: 'Axes' }, kind: 'line', frame: layer.frame }, ['axis'], shapes)
}

function breakerPart(plan: PlanData, { found }: CorridorGaps): OverlayPart[] {
  const parcels = plan.layer('landuse_plan')
  if (!parcels) return []
  const standing = [...new Set(found.flatMap((one) => one.parcels))]
  const shapes = standing.map((parcel) => ({ ...featureShape(parcels, parcel), look: 'breaker' as const }))
  const head = { id: 'breakers', title: { zh: '造成断点的用地', en: 'Land that breaks them' }, kind: 'polygon' as const }
  return [namedPart({ ...head, frame: parcels.frame }, ['breaker'], shapes)]
}

function gapPart({ layer }: CorridorAxis, { gaps: all, found, lines }: CorridorGaps): OverlayPart {
  const list: ResultTable = {
    id: 'gaps',
    kind: 'list',
    title: { zh: '断点（W 绿楔，C 其他廊道）', en: 'Gaps (W of wedges, C of other corridors)' },
    rowTitle: { zh: '廊道或绿楔', en: 'Corridor or wedge' },
    columns: [lengthColumn('lengthM', '长度', 'Length'), textColumn('cause', '原因', 'Cause')],
    rows: all.map(({ label, title, lengthM }, at) => {
      return { key: label, title, cells: [lengthM, causeOf(found[at]?.causes ?? [])] }
    }),
  }
  const shapes = all.map(({ kind }, at) => ({
    parts: lines ? partsOf(lines, at) : [],
    row: at + 1,
    look: kind === 'wedge' ? ('gapWedge' as const) : ('gapCorridor' as const),
  }))
  const labels = all.map(({ label }) => label)
  const head = { id: 'gaps', title: list.title, kind: 'line' as const, frame: layer.frame, list, labels }
  return namedPart(head, ['gapWedge', 'gapCorridor'], shapes)
}
