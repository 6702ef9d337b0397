import { featureAreas } from '../geo/feature-areas.ts'
import { box } from '../geo/sketch.ts'
import type { EvidenceFeature } from '../model/measurement.ts'
import { effectOfWidth } from '../reference/corridor-widths.ts'
import type { Bilingual } from '../text.ts'
import { corridorKey } from './corridor-axes.ts'
import {
  countedCorridors,
  measuredCorridors,
  numberedStretches,
  WIDTH_RULE,
  withWidths,
  type MeasuredCorridor,
  type NumberedStretch,
  type WidthRule,
} from './corridor-stretches.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { kindOf, medianOf, stretchTable, widthTable } from './n04-tables.ts'
import { draft, largestFirst, measured, missing } from './outcomes.ts'
import { EVIDENCE_CAP } from './top-evidence.ts'
import { causeOf } from './wedge-gaps.ts'
import { hectares, metres, percent } from './words.ts'

/** Share of the length of primary corridors that is as wide as their function needs. */
export const corridorWidth = defineIndicator({
  id: 'N04',
  version: 1,
  title: { zh: '廊道宽度达标', en: 'Corridor width' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'higher',
  formula: {
    zh: '主要廊道 Σ 长度(横向宽度 ≥ w_f) ÷ Σ 长度；w_f 按廊道功能、其次按级别取；宽度为轴线法向上连续开敞用地的长度。',
    en: 'Σ length(width across ≥ w_f) ÷ Σ length of primary corridors; w_f by the function of a corridor, else by its level; the width is that of open ground at right angles to the axis.',
  },
  source:
    'Domain §4.6 after Zhu, Yu & Li 2005 (widths by function, corridor-functions); 60 m: interior birds; levels interpolated',
  seed: ['S080'],
  isSlow: true,
  needs: ['corridor'],
  uses: ['landuse_plan', 'green'],
  parameters: {
    functionalWidthM: {
      default: WIDTH_RULE.otherwiseM,
      min: 3,
      max: 2000,
      unit: 'm',
      title: {
        zh: '功能宽度 w_f（廊道未标功能和级别时）',
        en: 'Width needed where a corridor states neither function nor level',
      },
      source: 'corridor-widths: 60–100 m interior birds (not checked word by word)',
    },
    widthStepM: {
      default: WIDTH_RULE.stepM,
      min: 5,
      max: 500,
      unit: 'm',
      title: { zh: '宽度采样间距', en: 'Step between widths' },
      source: 'Domain §4.6: every 50 m',
    },
    listedStretchM: {
      default: WIDTH_RULE.shortestM,
      min: 10,
      max: 5000,
      unit: 'm',
      title: { zh: '列出的断点与过窄段长度', en: 'Gaps and narrow stretches listed above' },
      source: 'As gaps of wedges (N02): 100 m (interpolated)',
    },
  },
  detailTitles: {
    corridors: { zh: '廊道', en: 'Corridors', unit: 'count' },
    counted: { zh: '其中计入（主要廊道）', en: 'Of them, counted (primary)', unit: 'count' },
    lengthM: { zh: '计入的轴线总长', en: 'Length of their axes', unit: 'km' },
    metM: { zh: '达标长度', en: 'Wide enough', unit: 'km' },
    medianWidthM: { zh: '宽度中位数', en: 'Median width', unit: 'm' },
    gaps: { zh: '断点', en: 'Gaps', unit: 'count' },
    narrowStretches: { zh: '过窄段', en: 'Narrow stretches', unit: 'count' },
    byLandUse: { zh: '按规划用地量取', en: 'Measured on planned land use' },
  },
  compute(plan, parameters) {
    const rule = ruleOf(parameters)
    const [otherwise, listed] = [metres(rule.otherwiseM), metres(rule.shortestM)]
    const effect = effectOfWidth(rule.otherwiseM)?.effect
    const work = draft(
      `沿廊道轴线每 ${rule.stepM} m 量取开敞用地的横向宽度（没有用地和绿地图层时量取廊道面本身），主要廊道中不小于其功能宽度的长度除以总长；功能宽度按廊道功能、其次按级别取，都未标明的取 ${otherwise.zh}${effect ? `（${effect.zh}）` : ''}。长于 ${listed.zh} 的不足段列为断点或过窄段。`,
      `Each ${rule.stepM} m along the axes of corridors the width across of open ground was measured (of the corridor itself where neither land use nor green is given); the length of primary corridors with the width that they need was divided by all of it. What they need follows from their function, else from their level, else it is ${otherwise.en}${effect ? ` (${effect.en})` : ''}. Stretches without it above ${listed.en} are listed.`,
    )
    const all = measuredCorridors(plan, rule)
    const found = withWidths(all)
    if (found.length === 0) return missing(work, NO_WIDTHS, ['corridor'])
    if (all.length > found.length) work.notes.push(SOME_WITHOUT)
    const { counted, byLevel } = countedCorridors(found)
    if (!byLevel) work.notes.push(NO_LEVELS)
    const total = (of: (one: MeasuredCorridor) => number) => counted.reduce((sum, one) => sum + of(one), 0)
    const [lengthM, metM] = [total((one) => one.lengthM), total((one) => one.lengthM * one.share)]
    const stretches = numberedStretches(found)
    const own = counted.flatMap((one) => one.stretches)
    const gaps = own.filter(({ leastM }) => leastM === 0).length
    work.details = {
      corridors: found.length,
      counted: counted.length,
      lengthM,
      metM,
      medianWidthM: medianOf(counted.flatMap(({ widths }) => widths)),
      gaps,
      narrowStretches: own.length - gaps,
      byLandUse: plan.layer('landuse_plan') !== undefined,
    }
    work.tables = [widthTable(found, new Set(counted)), stretchTable(plan, stretches)]
    work.evidence = evidenceOf(plan, stretches, found)
    return measured(work, metM / lengthM, 'ratio')
  },
  featuresOf(plan, parameters, { table, row }) {
    const found = withWidths(measuredCorridors(plan, ruleOf(parameters)))
    if (table === 'gaps') {
      return evidenceOf(
        plan,
        [numberedStretches(found)[Number(row) - 1]].flatMap((one) => one ?? []),
        [],
      )
    }
    const own = found.filter(({ axis }) => corridorKey(axis) === row)
    return evidenceOf(
      plan,
      numberedStretches(found).filter(({ axis }) => corridorKey(axis) === row),
      own,
    )
  },
  examples: [
    {
      title: 'a line of 1,000 m: woods 100 m wide on the first 600 m, 30 m on the rest',
      layers: {
        corridor: [
          {
            line: [
              [0, 0],
              [1000, 0],
            ],
          },
        ],
        landuse_plan: [
          { polygon: [box(0, -50, 600, 100)], attributes: { class: '0301' } },
          { polygon: [box(600, -15, 400, 30)], attributes: { class: '1402' } },
          { polygon: [box(600, 15, 400, 100)], attributes: { class: '0701' } },
        ],
      },
      answer: 0.6,
      details: { corridors: 1, counted: 1, lengthM: 1000, metM: 600, gaps: 0, narrowStretches: 1, byLandUse: true },
    },
    {
      title: 'the same line when 30 m are enough',
      layers: {
        corridor: [
          {
            line: [
              [0, 0],
              [1000, 0],
            ],
          },
        ],
        green: [{ polygon: [box(0, -15, 1000, 30)] }],
      },
      parameters: { functionalWidthM: 30 },
      answer: 1,
      details: { byLandUse: false },
    },
    {
      title: 'a line without any ground around it says nothing of its width',
      layers: {
        corridor: [
          {
            line: [
              [0, 0],
              [1000, 0],
            ],
          },
        ],
      },
      answer: 'missing',
    },
    {
      title: 'a line whose width is stated by the plan',
      layers: {
        corridor: [
          {
            line: [
              [0, 0],
              [1000, 0],
            ],
            attributes: { widthM: 80 },
          },
          {
            line: [
              [0, 500],
              [1000, 500],
            ],
            attributes: { widthM: 20 },
          },
        ],
      },
      answer: 0.5,
      details: { corridors: 2, medianWidthM: 50 },
    },
    {
      title:
        'a primary corridor needs 100 m, along a river 30 m are enough; a gap of 200 m cuts it, and a secondary one does not count',
      layers: {
        corridor: [
          { line: [[0, 0], [1000, 0]], attributes: { level: '主要' } }, // prettier-ignore
          { line: [[0, 1000], [1000, 1000]], attributes: { level: '主要廊道', purpose: '滨水' } }, // prettier-ignore
          { line: [[0, 2000], [500, 2000]], attributes: { level: '次要' } }, // prettier-ignore
        ],
        landuse_plan: [
          { polygon: [box(0, -50, 400, 100)], attributes: { class: '0301' } },
          { polygon: [box(400, -50, 200, 100)], attributes: { class: '1001' } },
          { polygon: [box(600, -50, 400, 100)], attributes: { class: '0301' } },
          { polygon: [box(0, 985, 1000, 30)], attributes: { class: '1401' } },
        ],
      },
      answer: 0.9,
      details: { corridors: 3, counted: 2, lengthM: 2000, metM: 1800, gaps: 1, narrowStretches: 0 },
    },
  ],
})

const NO_WIDTHS: Bilingual = {
  zh: '没有可量取宽度的廊道：需要廊道面，或廊道线加宽度字段、用地或绿地图层。',
  en: 'There is no corridor whose width could be measured: polygons are needed, or lines with a stated width, land use or green.',
}
const SOME_WITHOUT: Bilingual = {
  zh: '部分廊道线没有宽度，也没有用地或绿地图层可供量取，未计入。',
  en: 'Some corridor lines state no width and have no ground to measure it on; they were left out.',
}

const NO_LEVELS: Bilingual = {
  zh: '廊道未标级别，全部按主要廊道计入。',
  en: 'No corridor states a primary level: all of them were counted.',
}

const ruleOf = ({
  functionalWidthM,
  widthStepM,
  listedStretchM,
}: Readonly<Record<'functionalWidthM' | 'widthStepM' | 'listedStretchM', number>>): WidthRule => ({
  otherwiseM: functionalWidthM,
  stepM: widthStepM,
  shortestM: listedStretchM,
})

/** Parcels that break or narrow corridors, the largest first; where no land use says so, corridors by what they lack. */
function evidenceOf(
  plan: PlanData,
  stretches: readonly NumberedStretch[],
  corridors: readonly MeasuredCorridor[],
): EvidenceFeature[] {
  const parcels = plan.layer('landuse_plan')
  const areaM2 = parcels && featureAreas(parcels)
  const first = new Map<number, NumberedStretch>()
  for (const stretch of stretches) for (const parcel of stretch.parcels) if (!first.has(parcel)) first.set(parcel, stretch)
  if (!parcels || !areaM2 || first.size === 0) return narrowCorridors(corridors)
  return largestFirst(
    [...first].map(([parcel, stretch]) => {
      const { axis, gap, causes, label } = stretch
      const value = areaM2[parcel] ?? 0
      const [size, length, cause] = [hectares(value), metres(gap.lengthM), causeOf(causes)]
      const kind = kindOf(stretch)
      const note = {
        zh: `${axis.title.zh} ${kind.zh} ${label}（${length.zh}，${cause.zh}）：${size.zh}`,
        en: `${axis.title.en}, ${kind.en} ${label} (${length.en}, ${cause.en}): ${size.en}`,
      }
      return { layer: 'landuse_plan', fid: parcels.fid[parcel] ?? 0, value, note }
    }),
  ).slice(0, EVIDENCE_CAP)
}

/** Corridors with the longest stretches that are too narrow first. */
function narrowCorridors(corridors: readonly MeasuredCorridor[]): EvidenceFeature[] {
  return largestFirst(
    corridors.map(({ axis, lengthM, share }) => {
      const [narrow, met] = [metres(lengthM * (1 - share)), percent(share)]
      const note = {
        zh: `${axis.title.zh}：${narrow.zh} 宽度不足（达标 ${met.zh}）`,
        en: `${axis.title.en}: ${narrow.en} too narrow (${met.en} wide enough)`,
      }
      return { layer: 'corridor', fid: axis.layer.fid[axis.feature] ?? 0, value: lengthM * (1 - share), note }
    }),
  )
}
