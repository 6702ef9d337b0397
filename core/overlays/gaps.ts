import { zoneAt, OUTSIDE } from '../geo/within.ts'
import type { LayerColumns } from '../geo/columns.ts'
import { partsOf } from '../geo/edit-layer.ts'
import { classOf, ofClass } from '../indicators/by-class.ts'
import { corridorAxes, type CorridorAxis } from '../indicators/corridor-axes.ts'
import { corridorGaps, type CorridorGap } from '../indicators/corridor-gaps.ts'
import type { PlanData } from '../indicators/indicator.ts'
import { classTitle } from '../indicators/land-transition-tables.ts'
import { wedgesContinuous } from '../indicators/n02-wedges.ts'
import { causeOf, isOpenClass, wedgeContinuity, type GapRule, type WedgeGap } from '../indicators/wedge-gaps.ts'
import { metres } from '../indicators/words.ts'
import type { ResultTable } from '../model/result-table.ts'
import type { Bilingual } from '../text.ts'
import { lengthColumn, textColumn } from './columns.ts'
import { defineOverlay, missingOverlay, type OverlayPart } from './overlay.ts'
import { featureShape, namedPart } from './part.ts'

/** Where wedges and corridors of the plan break, how long each break is, and which land use breaks it. */
export const gaps = defineOverlay({
  id: 'gaps',
  version: 1,
  group: 'network',
  title: { zh: '廊道与绿楔断点', en: 'Gaps of corridors and wedges' },
  summary: {
    zh: '逐处编号：断点长度与造成断点的用地。',
    en: 'Each break numbered, with its length and the land use that causes it.',
  },
  source: wedgesContinuous.source,
  needs: [['corridor'], ['landuse_plan', 'green']],
  uses: [],
  indicator: 'N02',
  parameters: wedgesContinuous.parameters,
  compute(plan, { wedgeWidthM, listedGapM, axisStepM }, report) {
    const rule: GapRule = { minimumWidthM: wedgeWidthM, shortestGapM: listedGapM, stepM: axisStepM }
    const [width, listed] = [metres(rule.minimumWidthM), metres(rule.shortestGapM)]
    const method = {
      zh: `沿廊道、绿楔中轴每 ${rule.stepM} m 量取开敞用地的横向宽度；宽度不足 ${width.zh} 且长于 ${listed.zh} 的为断点，原因为轴线上占比最大的非开敞用地。`,
      en: `Each ${rule.stepM} m along the middle of corridors and wedges the width across of open ground was measured; stretches below ${width.en} that are longer than ${listed.en} are gaps. The cause is the land use on most of the axis there.`,
    }
    report(0, 2, { zh: '量取廊道与绿楔', en: 'Measuring corridors and wedges' })
    const axes = corridorAxes(plan, () => true).filter(({ runs }) => runs.length > 0)
    const [first] = axes
    if (!first) return missingOverlay(method, NO_AXES, ['corridor'])
    const found = corridorGaps(plan, rule)
    report(1, 2, { zh: '查找断点原因', en: 'Looking for causes' })
    const told = withCauses(plan, found.gaps, found.lines, rule)
    return {
      outcome: {
        kind: 'drawn',
        parts: [axisPart(axes, first), ...breakerPart(plan, told), gapPart(first, told)],
        figures: [
          { title: { zh: '断点', en: 'Gaps' }, value: told.length, unit: 'count' },
          {
            title: { zh: '断点总长', en: 'Length of gaps' },
            value: told.reduce((sum, { gap }) => sum + gap.lengthM, 0),
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

/** A gap as it is numbered everywhere, with its line, its cause and the parcels that stand on it. */
interface ToldGap {
  gap: CorridorGap
  run: number[]
  cause: Bilingual
  parcels: readonly number[]
}

function withCauses(plan: PlanData, found: readonly CorridorGap[], lines: LayerColumns | undefined, rule: GapRule): ToldGap[] {
  const wedges = new Map(wedgeContinuity(plan, rule).flatMap(({ gaps: own }) => own.map((one) => [wedgeKey(one), one] as const)))
  return found.map((gap, at): ToldGap => {
    const run = lines ? Array.from(partsOf(lines, at)[0]?.[0] ?? []) : []
    const wedge = gap.kind === 'wedge' ? wedges.get(`${gap.fid} ${gap.lengthM}`) : undefined
    if (wedge) return { gap, run, cause: causeOf(wedge.causes), parcels: wedge.parcels }
    return { gap, run, ...causeOn(plan, run) }
  })
}

const wedgeKey = ({ axis, gap }: WedgeGap): string => `${axis.layer.fid[axis.feature] ?? 0} ${gap.lengthM}`

/** What stands on the axis of a gap, read at its vertices, which are samples. */
function causeOn(plan: PlanData, run: readonly number[]): Pick<ToldGap, 'cause' | 'parcels'> {
  const parcels = plan.layer('landuse_plan')
  if (!parcels) return { cause: causeOf([]), parcels: [] }
  const open = ofClass(parcels, isOpenClass)
  const counts = new Map<string, number>()
  const blocking = new Set<number>()
  // the first and the last vertex lie on good ground
  for (let at = 2; at + 3 < run.length; at += 2) {
    const parcel = zoneAt(parcels, run[at] ?? 0, run[at + 1] ?? 0)
    const code = parcel === OUTSIDE || open(parcel) ? undefined : classOf(parcels, parcel)
    if (code === undefined) continue
    blocking.add(parcel)
    counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  const [most] = [...counts].toSorted(([one, few], [other, many]) => many - few || one.localeCompare(other))
  return { cause: most ? classTitle(most[0]) : causeOf([]), parcels: [...blocking] }
}

function axisPart(axes: readonly CorridorAxis[], { layer }: CorridorAxis): OverlayPart {
  const shapes = axes.map(({ runs }) => ({ parts: runs.map((run) => [run]), row: 0, look: 'axis' as const }))
  return namedPart({ id: 'axes', title: { zh: '轴线', en: 'Axes' }, kind: 'line', frame: layer.frame }, ['axis'], shapes)
}

function breakerPart(plan: PlanData, told: readonly ToldGap[]): OverlayPart[] {
  const parcels = plan.layer('landuse_plan')
  if (!parcels) return []
  const standing = [...new Set(told.flatMap((one) => [...one.parcels]))]
  const shapes = standing.map((parcel) => ({ ...featureShape(parcels, parcel), look: 'breaker' as const }))
  const head = { id: 'breakers', title: { zh: '造成断点的用地', en: 'Land that breaks them' }, kind: 'polygon' as const }
  return [namedPart({ ...head, frame: parcels.frame }, ['breaker'], shapes)]
}

function gapPart({ layer }: CorridorAxis, told: readonly ToldGap[]): OverlayPart {
  const list: ResultTable = {
    id: 'gaps',
    kind: 'list',
    title: { zh: '断点（由长到短）', en: 'Gaps, the longest first' },
    rowTitle: { zh: '廊道或绿楔', en: 'Corridor or wedge' },
    columns: [lengthColumn('lengthM', '长度', 'Length'), textColumn('cause', '原因', 'Cause')],
    rows: told.map(({ gap, cause }) => ({ key: String(gap.number), title: gap.title, cells: [gap.lengthM, cause] })),
  }
  const shapes = told.map(({ gap, run }, at) => ({
    parts: [[run]],
    row: at + 1,
    look: gap.kind === 'wedge' ? ('gapWedge' as const) : ('gapCorridor' as const),
  }))
  const labels = told.map(({ gap }) => String(gap.number))
  const head = { id: 'gaps', title: list.title, kind: 'line' as const, frame: layer.frame, list, labels }
  return namedPart(head, ['gapWedge', 'gapCorridor'], shapes)
}
