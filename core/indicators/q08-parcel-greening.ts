import type { LayerColumns } from '../geo/columns.ts'
import { featureAreas } from '../geo/feature-areas.ts'
import { box } from '../geo/sketch.ts'
import type { Quality } from '../model/measurement.ts'
import type { ResultTable } from '../model/result-table.ts'
import { formatValue } from '../model/units.ts'
import { greeningFactor, greeningTarget } from '../reference/greening-factors.ts'
import type { Bilingual } from '../text.ts'
import { defineIndicator } from './indicator.ts'
import { areaColumn } from './land-transition-tables.ts'
import { draft, measured, missing } from './outcomes.ts'
import { GREENED_USES, greenedUses, parcelGreening } from './parcel-greening.ts'
import { topEvidence } from './top-evidence.ts'

/** Surfaces between which a green ratio is taken: all lawn, or all trees in connected pits. */
const [LEAST, MOST] = [greeningFactor('amenity_grass'), greeningFactor('connected_pit_trees')]

/** How far the greening of parcels meets the targets of housing and business. */
export const parcelGreeningFactor = defineIndicator({
  id: 'Q08',
  version: 1,
  title: { zh: '地块绿化（城市绿化系数）', en: 'Parcel greening (UGF)' },
  unit: 'ratio',
  displayUnit: 'ratio',
  better: 'higher',
  formula: {
    zh: 'Σ(绿化系数 × 面积) ÷ Σ(目标 × 面积)，居住目标 0.4、商业 0.3；只有绿地率的地块以 绿地率 × 换算系数 代替。',
    en: 'Σ(greening factor × area) ÷ Σ(target × area), targets 0.4 for housing and 0.3 for business; a green ratio stands in, times a factor.',
  },
  source: 'London Plan 2021 policy G5 and Urban Greening Factor guidance (0.4 residential, 0.3 commercial)',
  seed: ['S041', 'S070'],
  isSlow: true,
  needs: ['landuse_plan'],
  uses: [],
  parameters: {
    greenRatioFactor: {
      default: 0.6,
      min: 0.1,
      max: 1,
      unit: 'ratio',
      title: { zh: '绿地率换算系数', en: 'Greening factor of land under the green ratio' },
      source: 'Interpolated by this project between amenity grass (0.4) and trees in connected pits (0.8) of the UGF table',
    },
  },
  detailTitles: {
    parcels: { zh: '居住与商业地块', en: 'Housing and business parcels', unit: 'count' },
    statedParcels: { zh: '其中填有绿化系数或绿化构成', en: 'Of them, with a factor or a list of surfaces', unit: 'count' },
    ratioParcels: { zh: '其中只填绿地率', en: 'Of them, with a green ratio only', unit: 'count' },
    metShare: { zh: '达标面积占比', en: 'Share of area that meets its target', unit: 'percent' },
    areaM2: { zh: '参与计算的面积', en: 'Area that counts', unit: 'ha' },
  },
  compute(plan, { greenRatioFactor }) {
    const work = draft(
      `居住（0701、0703）与商业（09）地块的绿化系数按面积加权，除以同样加权的目标值；绿地率按 ${greenRatioFactor} 换算。`,
      `Greening factors of housing (0701, 0703) and business (09) parcels, weighed by area, were divided by their targets; green ratios count ${greenRatioFactor} each.`,
    )
    const parcels = plan.layer('landuse_plan')
    if (!parcels) return missing(work, NO_LAYER, ['landuse_plan'])
    const sums = sumsOf(parcels, greenRatioFactor)
    if (sums.all === 0) return missing(work, NO_PARCELS, ['landuse_plan'])
    if (sums.targetM2 === 0) return missing(work, NO_FIELDS, ['landuse_plan'])
    const { ratiosAreShares } = parcelGreening(parcels)
    work.details = {
      parcels: sums.all,
      statedParcels: sums.stated,
      ratioParcels: sums.ratios,
      metShare: sums.metM2 / sums.areaM2,
      areaM2: sums.areaM2,
    }
    if (sums.ratios > 0) work.notes.push(ratiosAreShares ? AS_SHARES : AS_PERCENT)
    if (sums.all > sums.stated + sums.ratios) work.notes.push(SOME_SILENT)
    Object.assign(work, topEvidence(parcels, lackingM2(parcels, greenRatioFactor), shortBy))
    const value = sums.greenedM2 / sums.targetM2
    return measured({ ...work, tables: [tableOf(parcels, greenRatioFactor)], quality: qualityOf(parcels, sums) }, value, 'ratio')
  },
  featuresOf(plan, { greenRatioFactor }, { row, column }) {
    const parcels = plan.layer('landuse_plan')
    if (!parcels) return []
    const uses = greenedUses(parcels)
    const { sourceOf } = parcelGreening(parcels)
    const lacking = lackingM2(parcels, greenRatioFactor)
    const areas = featureAreas(parcels)
    const amounts = areas.map((areaM2, parcel) => {
      if (GREENED_USES[uses[parcel] ?? -1] !== row) return 0
      const isSilent = sourceOf(parcel) === 'none'
      if (column === 'silentM2') return isSilent ? areaM2 : 0
      if (isSilent) return 0
      return column === 'metM2' ? ((lacking[parcel] ?? 0) > 0 ? 0 : areaM2) : areaM2
    })
    return topEvidence(parcels, amounts, (areaM2) => ({
      zh: formatValue(areaM2, 'ha', 'zh'),
      en: formatValue(areaM2, 'ha', 'en'),
    })).evidence
  },
  examples: [
    {
      title: 'the published site: 1,000 m² with 100 × 1 + 200 × 0.7 + 300 × 0.4 is 0.36, nine tenths of the target of housing',
      layers: {
        landuse_plan: [
          {
            polygon: [box(0, 0, 20, 50)],
            attributes: { class: '0701', greenCover: 'semi_natural:100; perennials:200; amenity_grass:300; sealed:400' },
          },
          { polygon: [box(100, 0, 50, 50)], attributes: { class: '1207', greenCover: null } },
        ],
      },
      answer: 0.9,
      details: { parcels: 1, statedParcels: 1, ratioParcels: 0, metShare: 0 },
    },
    {
      title: 'weighed by area: 1 ha of housing at 0.4 and 1 ha of offices at 0.6 are (0.4 + 0.6) ÷ (0.4 + 0.3)',
      layers: {
        landuse_plan: [
          { polygon: [box(0, 0, 100, 100)], attributes: { class: '070102', ugf: 0.4 } },
          { polygon: [box(100, 0, 100, 100)], attributes: { class: '0902', ugf: 0.6 } },
          { polygon: [box(200, 0, 100, 100)], attributes: { class: '0901', ugf: null } },
        ],
      },
      answer: 1 / 0.7,
      details: { parcels: 3, statedParcels: 2, metShare: 1, areaM2: 20_000 },
    },
    {
      title: 'a green ratio of 35 % stands for 0.35 × 0.6 = 0.21 of 0.4; where ratios are shares they are read so',
      layers: { landuse_plan: [{ polygon: [box(0, 0, 10, 10)], attributes: { class: '0701', greenRatio: 35 } }] },
      answer: 0.525,
      details: { ratioParcels: 1 },
    },
    {
      title: 'the same ratio as a share, with another factor',
      layers: { landuse_plan: [{ polygon: [box(0, 0, 10, 10)], attributes: { class: '0701', greenRatio: 0.35 } }] },
      parameters: { greenRatioFactor: 0.8 },
      answer: 0.7,
    },
    {
      title: 'parcels that say nothing of greening',
      layers: { landuse_plan: [{ polygon: [box(0, 0, 10, 10)], attributes: { class: '0701' } }] },
      answer: 'missing',
    },
  ],
})

const NO_LAYER: Bilingual = { zh: '没有规划用地用海图层。', en: 'There is no planned land-use layer.' }
const NO_PARCELS: Bilingual = {
  zh: '规划用地中没有居住或商业地块。',
  en: 'The planned land use holds no housing or business parcels.',
}
const NO_FIELDS: Bilingual = {
  zh: '居住与商业地块没有填绿化系数、绿化构成或绿地率。',
  en: 'Housing and business parcels state no greening factor, surfaces or green ratio.',
}
const AS_PERCENT: Bilingual = { zh: '绿地率按百分数读取。', en: 'Green ratios were read as percent.' }
const AS_SHARES: Bilingual = {
  zh: '绿地率最大值不超过 1，按小数比例读取。',
  en: 'No green ratio is above 1: they were read as shares.',
}
const SOME_SILENT: Bilingual = {
  zh: '部分居住与商业地块没有填绿化指标，未计入。',
  en: 'Some housing and business parcels say nothing of greening and were left out.',
}
const PROXY: Bilingual = {
  zh: '只填绿地率的地块按换算系数折算，不等于城市绿化系数。',
  en: 'A green ratio times a factor stands for the greening factor where only the ratio is given; it is not the same.',
}
const RANGE: Bilingual = {
  zh: '绿地全为草坪（0.4）与全为连通树池乔木（0.8）之间',
  en: 'between all lawn (0.4) and all trees in connected pits (0.8)',
}

interface Sums {
  /** Parcels with a target; those that state a factor or surfaces; those with a green ratio only. */
  all: number
  stated: number
  ratios: number
  areaM2: number
  silentM2: number
  metM2: number
  greenedM2: number
  targetM2: number
}

/** The factor of a parcel when land under a green ratio counts `ratioFactor`; NaN where it says nothing. */
function factorsOf(parcels: LayerColumns, ratioFactor: number): (parcel: number) => number {
  const { values, sourceOf } = parcelGreening(parcels)
  return (parcel) => (values[parcel] ?? NaN) * (sourceOf(parcel) === 'ratio' ? ratioFactor : 1)
}

const targetOf = (uses: Int32Array, parcel: number): number | undefined => {
  const use = GREENED_USES[uses[parcel] ?? -1]
  return use && greeningTarget(use).target
}

/** Rounding of stated figures must not make 0.4 into less. */
const isMet = (factor: number, target: number): boolean => factor >= target * (1 - 1e-9)

/** Sums over all parcels with a target, or over those of one use. */
function sumsOf(parcels: LayerColumns, ratioFactor: number, only?: number): Sums {
  const [uses, areas, factorOf] = [greenedUses(parcels), featureAreas(parcels), factorsOf(parcels, ratioFactor)]
  const { sourceOf } = parcelGreening(parcels)
  const sums: Sums = { all: 0, stated: 0, ratios: 0, areaM2: 0, silentM2: 0, metM2: 0, greenedM2: 0, targetM2: 0 }
  for (let parcel = 0; parcel < parcels.count; parcel += 1) {
    const target = targetOf(uses, parcel)
    const areaM2 = areas[parcel] ?? 0
    if (target === undefined || areaM2 === 0 || (only !== undefined && uses[parcel] !== only)) continue
    const [factor, source] = [factorOf(parcel), sourceOf(parcel)]
    sums.all += 1
    if (source === 'none') {
      sums.silentM2 += areaM2
      continue
    }
    if (source === 'ratio') sums.ratios += 1
    else sums.stated += 1
    sums.areaM2 += areaM2
    sums.greenedM2 += factor * areaM2
    sums.targetM2 += target * areaM2
    if (isMet(factor, target)) sums.metM2 += areaM2
  }
  return sums
}

/** What parcels lack to their target, as m² of full greening. */
function lackingM2(parcels: LayerColumns, ratioFactor: number): Float64Array {
  const [uses, factorOf] = [greenedUses(parcels), factorsOf(parcels, ratioFactor)]
  return featureAreas(parcels).map((areaM2, parcel) => {
    const [target, factor] = [targetOf(uses, parcel), factorOf(parcel)]
    return target === undefined || Number.isNaN(factor) || isMet(factor, target) ? 0 : (target - factor) * areaM2
  })
}

const shortBy = (areaM2: number): Bilingual => ({
  zh: `距目标相差 ${formatValue(areaM2, 'm2', 'zh')} 系数面积`,
  en: `short of its target by ${formatValue(areaM2, 'm2', 'en')} times factor 1`,
})

function qualityOf(parcels: LayerColumns, sums: Sums): Quality {
  const seenShare = sums.areaM2 / (sums.areaM2 + sums.silentM2)
  if (sums.ratios === 0) return { seenShare }
  const [low = 0, high = 0] = [LEAST, MOST].map((factor) => {
    const { greenedM2, targetM2 } = sumsOf(parcels, factor)
    return greenedM2 / targetM2
  })
  return { seenShare, proxies: [PROXY], range: { low, high, why: RANGE } }
}

function tableOf(parcels: LayerColumns, ratioFactor: number): ResultTable {
  const rows = GREENED_USES.map((use, at) => {
    const { areaM2, silentM2, metM2, greenedM2, targetM2 } = sumsOf(parcels, ratioFactor, at)
    const { target, title } = greeningTarget(use)
    const factor = areaM2 > 0 ? greenedM2 / areaM2 : null
    return { key: use, title, cells: [areaM2, silentM2, metM2, factor, target, areaM2 > 0 ? greenedM2 / targetM2 : null] }
  })
  const index = (key: string, zh: string, en: string) => ({ key, title: { zh, en }, unit: 'ratio' as const })
  return {
    id: 'by_use',
    kind: 'classes',
    title: { zh: '各类地块绿化系数与目标', en: 'Greening factor and target by use' },
    rowTitle: { zh: '用途', en: 'Use' },
    columns: [
      areaColumn('areaM2', '参与计算', 'Area that counts'),
      areaColumn('silentM2', '未填', 'States nothing'),
      areaColumn('metM2', '达标', 'Meets the target'),
      index('factor', '绿化系数', 'Greening factor'),
      index('target', '目标', 'Target'),
      index('ratio', '系数 ÷ 目标', 'Factor ÷ target'),
    ],
    rows,
    closure: {
      areaM2: {
        sum: rows.reduce((sum, { cells }) => sum + (cells[0] ?? 0), 0),
        whole: sumsOf(parcels, ratioFactor).areaM2,
      },
    },
  }
}
