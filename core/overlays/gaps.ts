import { classOf, ofClass } from '../indicators/by-class.ts'
import { corridorAxes, formsOf, type CorridorAxis } from '../indicators/corridor-axes.ts'
import type { PlanData } from '../indicators/indicator.ts'
import { classTitle } from '../indicators/land-transition-tables.ts'
import { wedgesContinuous } from '../indicators/n02-wedges.ts'
import { causeOf, isOpenClass, wedgeContinuity, type GapRule, type WedgeGap } from '../indicators/wedge-gaps.ts'
import { metres } from '../indicators/words.ts'
import { OUTSIDE, zoneAt } from '../geo/within.ts'
import type { ResultTable } from '../model/result-table.ts'
import { continuity, widthsAlong, type AxisGap, type AxisSample } from '../network/along-axis.ts'
import type { Bilingual } from '../text.ts'
import { lengthColumn, textColumn } from './columns.ts'
import type { LookId } from './looks.ts'
import { defineOverlay, missingOverlay, type OverlayPart } from './overlay.ts'
import { featureShape, namedPart } from './part.ts'

/** Where wedges and corridors of the plan break, how long each break is, and which land use breaks it. */
export const corridorGaps = defineOverlay({
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
    report(0, 2, { zh: '量取绿楔', en: 'Measuring wedges' })
    const wedges = wedgeContinuity(plan, rule)
    report(1, 2, { zh: '量取其他廊道', en: 'Measuring other corridors' })
    const others = otherCorridors(plan, rule)
    const axes = [...wedges.map(({ axis }) => axis), ...others.map(({ axis }) => axis)]
    if (axes.length === 0) return missingOverlay(method, NO_AXES, ['corridor'])
    const gaps: FoundGap[] = [...wedges.flatMap((one) => one.gaps.map(ofWedge)), ...others.flatMap((one) => one.gaps)]
    const totalM = gaps.reduce((sum, { lengthM }) => sum + lengthM, 0)
    return {
      outcome: {
        kind: 'drawn',
        parts: [axisPart(axes), ...breakerPart(plan, gaps), gapPart(axes, gaps)],
        figures: [
          { title: { zh: '断点', en: 'Gaps' }, value: gaps.length, unit: 'count' },
          { title: { zh: '断点总长', en: 'Length of gaps' }, value: totalM, unit: 'm' },
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

interface FoundGap {
  look: LookId
  title: Bilingual
  lengthM: number
  cause: Bilingual
  /** From the last good place to the next one, mm. */
  run: number[]
  parcels: readonly number[]
}

const ofWedge = ({ axis, gap, before, after, parcels, causes }: WedgeGap): FoundGap => ({
  look: 'gapWedge',
  title: axis.title,
  lengthM: gap.lengthM,
  cause: causeOf(causes),
  run: runOf(gap, before, after),
  parcels,
})

const runOf = ({ samples }: AxisGap, before: AxisSample | undefined, after: AxisSample | undefined): number[] =>
  [before, ...samples, after].flatMap((sample) => (sample ? [sample.x, sample.y] : []))

/** Corridors and rings: whatever has an axis and is neither wedge nor patch. */
function otherCorridors(plan: PlanData, rule: GapRule): { axis: CorridorAxis; gaps: FoundGap[] }[] {
  const parcels = plan.layer('landuse_plan')
  const ground = [...(parcels ? [parcels] : []), ...plan.layers('green')]
  const forms = new Map(plan.layers('corridor').map((layer) => [layer, formsOf(layer)]))
  const open = parcels ? ofClass(parcels, isOpenClass) : () => false
  const isOther = (form: string | undefined) => form !== 'wedge' && form !== 'patch'
  return corridorAxes(plan, (feature, layer) => isOther(forms.get(layer)?.(feature))).map((axis) => ({
    axis,
    gaps: axis.runs.flatMap((run) => {
      const samples = widthsAlong(run, ground, {
        stepM: rule.stepM,
        reachM: rule.minimumWidthM,
        select: (feature, layer) => layer !== parcels || open(feature),
      })
      return continuity(samples, rule.stepM, rule.minimumWidthM, rule.shortestGapM).gaps.map((gap): FoundGap => {
        const at = samples.indexOf(gap.samples[0] ?? NOWHERE)
        const onAxis = gap.samples.map(({ x, y }) => (parcels ? zoneAt(parcels, Math.round(x), Math.round(y)) : OUTSIDE))
        const blocking = onAxis.filter((parcel) => parcel !== OUTSIDE && !open(parcel))
        return {
          look: 'gapCorridor',
          title: axis.title,
          lengthM: gap.lengthM,
          cause: mostCommon(blocking.map((parcel) => (parcels ? classOf(parcels, parcel) : undefined))),
          run: runOf(gap, samples[at - 1], samples[at + gap.samples.length]),
          parcels: [...new Set(blocking)],
        }
      })
    }),
  }))
}

const NOWHERE: AxisSample = { alongM: 0, x: 0, y: 0, widthM: 0 }

function mostCommon(codes: readonly (string | undefined)[]): Bilingual {
  const counts = new Map<string, number>()
  for (const code of codes) if (code !== undefined) counts.set(code, (counts.get(code) ?? 0) + 1)
  const [first] = [...counts].toSorted(([a, one], [b, other]) => other - one || a.localeCompare(b))
  return first ? classTitle(first[0]) : causeOf([])
}

function axisPart(axes: readonly CorridorAxis[]): OverlayPart {
  const shapes = axes.map(({ runs }) => ({ parts: runs.map((run) => [run]), row: 0, look: 'axis' as const }))
  return namedPart({ id: 'axes', title: { zh: '轴线', en: 'Axes' }, kind: 'line', frame: frameOf(axes) }, ['axis'], shapes)
}

const frameOf = ([first]: readonly CorridorAxis[]) => {
  if (!first) throw new RangeError('gaps are drawn of one axis at least')
  return first.layer.frame
}

function breakerPart(plan: PlanData, gaps: readonly FoundGap[]): OverlayPart[] {
  const parcels = plan.layer('landuse_plan')
  if (!parcels) return []
  const rowOf = new Map(gaps.flatMap(({ parcels: own }, at) => own.map((parcel) => [parcel, at + 1] as const)))
  const shapes = [...rowOf].map(([parcel]) => ({ ...featureShape(parcels, parcel), look: 'breaker' as const }))
  const head = { id: 'breakers', title: { zh: '造成断点的用地', en: 'Land that breaks them' }, kind: 'polygon' as const }
  return [namedPart({ ...head, frame: parcels.frame }, ['breaker'], shapes)]
}

function gapPart(axes: readonly CorridorAxis[], gaps: readonly FoundGap[]): OverlayPart {
  const order = gaps.toSorted((one, other) => other.lengthM - one.lengthM)
  const list: ResultTable = {
    id: 'gaps',
    kind: 'list',
    title: { zh: '断点（由长到短）', en: 'Gaps, the longest first' },
    rowTitle: { zh: '廊道或绿楔', en: 'Corridor or wedge' },
    columns: [lengthColumn('lengthM', '长度', 'Length'), textColumn('cause', '原因', 'Cause')],
    rows: order.map(({ title, lengthM, cause }, at) => ({ key: String(at + 1), title, cells: [lengthM, cause] })),
  }
  const shapes = order.map(({ run, look }, at) => ({ parts: [[run]], row: at + 1, look }))
  const head = { id: 'gaps', title: list.title, kind: 'line' as const, frame: frameOf(axes), list }
  return namedPart(head, ['gapWedge', 'gapCorridor'], shapes)
}
