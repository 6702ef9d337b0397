import { numberAt } from '../geo/columns.ts'
import { box } from '../geo/sketch.ts'
import type { EvidenceFeature } from '../model/measurement.ts'
import type { ResultTable } from '../model/result-table.ts'
import { widthsAlong } from '../network/along-axis.ts'
import { effectOfWidth } from '../reference/corridor-widths.ts'
import type { Bilingual } from '../text.ts'
import { ofClass } from './by-class.ts'
import { corridorAxes, corridorKey, runLengthM, type CorridorAxis } from './corridor-axes.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { draft, largestFirst, measured, missing } from './outcomes.ts'
import { isOpenClass } from './wedge-gaps.ts'
import { metres, percent } from './words.ts'

/** Share of the length of corridors that is as wide as its function needs. */
export const corridorWidth = defineIndicator({
  id: 'N04',
  version: 1,
  title: { zh: '廊道宽度达标', en: 'Corridor width' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'higher',
  formula: {
    zh: 'Σ 长度(横向宽度 ≥ w_f) ÷ Σ 长度；宽度为轴线法向上连续开敞用地的长度。',
    en: 'Σ length(width across ≥ w_f) ÷ Σ length; the width is that of open ground at right angles to the axis.',
  },
  source: 'Domain §4.6 after Zhu, Yu & Li 2005 (widths by function); 60 m: interior birds; levels interpolated',
  seed: ['S080'],
  isSlow: true,
  needs: ['corridor'],
  uses: ['landuse_plan', 'green'],
  parameters: {
    functionalWidthM: {
      default: 60,
      min: 3,
      max: 2000,
      unit: 'm',
      title: { zh: '功能宽度 w_f', en: 'Width that the function needs' },
      source: 'corridor-widths: 60–100 m interior birds (not checked word by word)',
    },
    widthStepM: {
      default: 50,
      min: 5,
      max: 500,
      unit: 'm',
      title: { zh: '宽度采样间距', en: 'Step between widths' },
      source: 'Domain §4.6: every 50 m',
    },
  },
  detailTitles: {
    corridors: { zh: '廊道', en: 'Corridors', unit: 'count' },
    lengthM: { zh: '廊道轴线总长', en: 'Length of axes', unit: 'km' },
    metM: { zh: '达标长度', en: 'Wide enough', unit: 'km' },
    medianWidthM: { zh: '宽度中位数', en: 'Median width', unit: 'm' },
    byLandUse: { zh: '按规划用地量取', en: 'Measured on planned land use' },
  },
  compute(plan, { functionalWidthM, widthStepM }) {
    const wanted = metres(functionalWidthM)
    const effect = effectOfWidth(functionalWidthM)?.effect
    const work = draft(
      `沿廊道轴线每 ${widthStepM} m 量取开敞用地的横向宽度（没有用地和绿地图层时量取廊道面本身），不小于 ${wanted.zh}${effect ? `（${effect.zh}）` : ''}的长度除以总长。`,
      `Each ${widthStepM} m along the axes of corridors the width across of open ground was measured (of the corridor itself where neither land use nor green is given); the length with at least ${wanted.en}${effect ? ` (${effect.en})` : ''} was divided by all of it.`,
    )
    const all = measuredWidths(plan, functionalWidthM, widthStepM)
    const found = all.filter(({ lengthM, widths }) => lengthM > 0 && widths.length > 0)
    if (found.length === 0) return missing(work, NO_WIDTHS, ['corridor'])
    if (all.length > found.length) work.notes.push(SOME_WITHOUT)
    const total = (of: (one: MeasuredCorridor) => number) => found.reduce((sum, one) => sum + of(one), 0)
    const [lengthM, metM] = [total((one) => one.lengthM), total((one) => one.lengthM * one.share)]
    const widths = found.flatMap((one) => one.widths)
    const byLandUse = plan.layer('landuse_plan') !== undefined
    work.details = { corridors: found.length, lengthM, metM, medianWidthM: medianOf(widths), byLandUse }
    work.tables = [widthTable(found)]
    work.evidence = evidenceOf(found)
    return measured(work, metM / lengthM, 'ratio')
  },
  featuresOf(plan, { functionalWidthM, widthStepM }, { row }) {
    return evidenceOf(measuredWidths(plan, functionalWidthM, widthStepM).filter(({ axis }) => corridorKey(axis) === row))
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
      details: { corridors: 1, lengthM: 1000, metM: 600, byLandUse: true },
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

interface MeasuredCorridor {
  axis: CorridorAxis
  lengthM: number
  widths: number[]
  share: number
}

/** Widths along every corridor: of open ground; without any, of the corridor polygon itself, or as a line states it. */
function measuredWidths(plan: PlanData, wantedM: number, stepM: number): MeasuredCorridor[] {
  const parcels = plan.layer('landuse_plan')
  const open = parcels ? ofClass(parcels, isOpenClass) : () => false
  const ground = [...(parcels ? [parcels] : []), ...plan.layers('green')]
  return corridorAxes(plan, () => true).map((axis) => {
    const { layer, feature, runs } = axis
    const lengthM = runs.reduce((sum, run) => sum + runLengthM(run), 0)
    const stated = numberAt(layer, 'widthM', feature)
    if (ground.length === 0 && layer.kind === 'line') {
      const isWide = stated !== undefined && stated >= wantedM
      return { axis, lengthM, widths: stated === undefined ? [] : [stated], share: isWide ? 1 : 0 }
    }
    const on = ground.length > 0 ? ground : [layer]
    const select = (one: number, of: typeof layer) => (of === parcels ? open(one) : of === layer ? one === feature : true)
    const measuredRuns = runs.map((run) => {
      const samples = widthsAlong(run, on, { stepM, reachM: Math.max(500, wantedM), select })
      const wide = samples.filter(({ widthM }) => widthM >= wantedM).length
      return { samples, metM: samples.length > 0 ? (runLengthM(run) * wide) / samples.length : 0 }
    })
    const metM = measuredRuns.reduce((sum, run) => sum + run.metM, 0)
    const widths = measuredRuns.flatMap(({ samples }) => samples.map(({ widthM }) => widthM))
    return { axis, lengthM, widths, share: lengthM > 0 ? metM / lengthM : 0 }
  })
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = (sorted.length - 1) / 2
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2
}

/** Corridors with the longest stretches that are too narrow first. */
function evidenceOf(found: readonly MeasuredCorridor[]): EvidenceFeature[] {
  return largestFirst(
    found.map(({ axis, lengthM, share }) => {
      const [narrow, met] = [metres(lengthM * (1 - share)), percent(share)]
      const note = {
        zh: `${axis.title.zh}：${narrow.zh} 宽度不足（达标 ${met.zh}）`,
        en: `${axis.title.en}: ${narrow.en} too narrow (${met.en} wide enough)`,
      }
      return { layer: 'corridor', fid: axis.layer.fid[axis.feature] ?? 0, value: lengthM * (1 - share), note }
    }),
  )
}

function widthTable(found: readonly MeasuredCorridor[]): ResultTable {
  return {
    id: 'corridors',
    kind: 'list',
    title: { zh: '各廊道宽度', en: 'Width by corridor' },
    rowTitle: { zh: '廊道', en: 'Corridor' },
    columns: [
      { key: 'lengthM', title: { zh: '长度', en: 'Length' }, unit: 'm' },
      { key: 'least', title: { zh: '最窄', en: 'Narrowest' }, unit: 'm' },
      { key: 'median', title: { zh: '宽度中位数', en: 'Median width' }, unit: 'm' },
      { key: 'share', title: { zh: '达标比例', en: 'Wide enough' }, unit: 'percent' },
    ],
    rows: found.map(({ axis, lengthM, widths, share }) => ({
      key: corridorKey(axis),
      title: axis.title,
      cells: [lengthM, Math.min(...widths), medianOf(widths), share],
      place: { layer: 'corridor' as const, fid: axis.layer.fid[axis.feature] ?? 0 },
    })),
  }
}
