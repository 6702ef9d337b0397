import type { LayerColumns } from '../geo/columns.ts'
import { box } from '../geo/sketch.ts'
import type { TablePlace } from '../model/result-table.ts'
import { LAND_USE_MIX } from '../reference/land-use-mix.ts'
import { seenShare, unclassedNote } from './by-class.ts'
import { defineIndicator } from './indicator.ts'
import { LEVEL_TITLES, mixByUnit, mixKinds, mixTables, mixUnits, type UnitMix } from './mix-by-unit.ts'
import { draft, measured, missing } from './outcomes.ts'
import { adminUnits, parcelsInUnit, unitOfRow } from './per-unit.ts'
import { topEvidence } from './top-evidence.ts'
import { areaBasis, hectares } from './words.ts'

const FUNCTIONS = LAND_USE_MIX.functions
const FUNCTION_NAMES = Object.fromEntries(FUNCTIONS.map(({ id, zh, en }) => [id, { zh, en }]))

/** How evenly each unit mixes living, working, services, infrastructure and green. */
export const landUseMix = defineIndicator({
  id: 'F03',
  version: 2,
  title: { zh: '功能混合度', en: 'Land-use mix' },
  unit: 'index',
  displayUnit: 'index',
  better: 'higher',
  formula: {
    zh: '各单元 −Σp·ln p ÷ ln n（p 为各功能占单元规划建设用地的比例，n 为功能类数），按建设用地面积加权平均。',
    en: 'Per unit −Σp·ln p ÷ ln n (p: share of each function in the unit’s planned construction land, n: number of functions), mean weighted by that land.',
  },
  source: '陈彦光、刘继生 2001; normalised entropy of land-use mix, class set of domain §4.7',
  seed: ['S059', 'S064'],
  needs: ['landuse_plan'],
  uses: ['admin'],
  parameters: {
    mixCellM: {
      default: 500,
      min: 100,
      max: 5000,
      unit: 'm',
      title: { zh: '无单元时的网格边长', en: 'Cell size when there are no units' },
      source: 'Our default (interpolated)',
    },
  },
  overlays: [['landuse_plan', 'admin']],
  detailTitles: {
    units: { zh: '单元个数', en: 'Units', unit: 'count' },
    unitKind: { zh: '单元类型', en: 'Kind of unit', words: { ...LEVEL_TITLES, cell: { zh: '方格', en: 'square cells' } } },
    constructionM2: { zh: '单元内规划建设用地', en: 'Planned construction land in units', unit: 'ha' },
    lowest: { zh: '最低混合度', en: 'Lowest mix', unit: 'index' },
    highest: { zh: '最高混合度', en: 'Highest mix', unit: 'index' },
    hill0: { zh: '功能种数（Hill q＝0，加权平均）', en: 'Number of uses (Hill q = 0, weighted mean)', unit: 'index' },
    hill1: { zh: '有效功能数（Hill q＝1，加权平均）', en: 'Effective number of uses (Hill q = 1, weighted mean)', unit: 'index' },
    hill2: { zh: '有效功能数（Hill q＝2，加权平均）', en: 'Effective number of uses (Hill q = 2, weighted mean)', unit: 'index' },
    functionsM2: { zh: '各功能建设用地', en: 'Construction land by function', unit: 'ha', names: FUNCTION_NAMES },
  },
  compute(plan, { mixCellM }) {
    const parcels = plan.layer('landuse_plan')
    const units = parcels ? mixUnits(plan, parcels, mixCellM) : undefined
    const basis = areaBasis(plan.basis)
    const names = (lang: 'zh' | 'en') => FUNCTIONS.map((each) => each[lang]).join(lang === 'zh' ? '、' : ', ')
    const work = draft(
      `以${units?.title.zh ?? '规划单元'}为单位，规划建设用地分为 ${FUNCTIONS.length} 类（${names('zh')}），按土地面积计算归一化熵，再按建设用地面积加权平均；并列出有效功能数（Hill 数）。${basis.zh}`,
      `For each of ${units?.title.en ?? 'the plan units'} the planned construction land was split into ${FUNCTIONS.length} functions (${names('en')}), its normalised entropy computed by land area, and the mean weighted by construction land; the effective number of uses (Hill numbers) stands beside it. ${basis.en}`,
    )
    if (!parcels || !units)
      return missing(work, { zh: '没有规划用地用海图层。', en: 'There is no planned land-use layer.' }, ['landuse_plan'])
    work.notes.push(...units.notes, ...unclassedNote(parcels, '规划用地', 'planned land use'))
    const mixes = mixByUnit(parcels, units)
    const weightM2 = mixes.reduce((sum, { areaM2 }) => sum + areaM2, 0)
    if (weightM2 === 0) {
      return missing(work, { zh: '单元内没有规划建设用地。', en: 'There is no planned construction land in any unit.' }, [
        'landuse_plan',
      ])
    }
    const mean = (of: (unit: UnitMix) => number) => mixes.reduce((sum, unit) => sum + of(unit) * unit.areaM2, 0) / weightM2
    work.details = {
      units: mixes.length,
      unitKind: units.kind,
      constructionM2: weightM2,
      lowest: Math.min(...mixes.map(({ mix }) => mix)),
      highest: Math.max(...mixes.map(({ mix }) => mix)),
      hill0: mean(({ hill }) => hill[0]),
      hill1: mean(({ hill }) => hill[1]),
      hill2: mean(({ hill }) => hill[2]),
      functionsM2: Object.fromEntries(
        FUNCTIONS.map(({ id }, at) => [id, mixes.reduce((sum, { amounts }) => sum + (amounts[at] ?? 0), 0)]),
      ),
    }
    const admin = plan.layer('admin')
    const result = {
      ...work,
      ...(units.kind === 'cell' || !admin ? {} : unitEvidence(admin, mixes)),
      tables: admin ? mixTables(parcels, admin) : [],
      quality: { proxies: [BY_LAND], seenShare: seenShare(parcels) },
    }
    return measured(
      result,
      mean(({ mix }) => mix),
      'index',
    )
  },
  featuresOf(plan, _, place) {
    const [parcels, admin] = [plan.layer('landuse_plan'), plan.layer('admin')]
    return parcels && admin ? featuresBehind(parcels, admin, place) : []
  },
  examples: [
    {
      title: 'p = (0.5, 0.3, 0.2) of seven functions in one unit: H = 1.0296530, divided by ln 7',
      layers: {
        admin: [
          {
            polygon: [box(0, 0, 100, 100)],
            attributes: { level: 'unit' },
          },
        ],
        landuse_plan: [
          {
            polygon: [box(0, 0, 50, 100)],
            attributes: { class: '0701' },
          },
          {
            polygon: [box(50, 0, 30, 100)],
            attributes: { class: '0901' },
          },
          {
            polygon: [box(80, 0, 20, 100)],
            attributes: { class: '1101' },
          },
          {
            polygon: [box(100, 0, 800, 100)],
            attributes: { class: '0101' },
          },
        ],
      },
      answer: 0.529136977,
      details: { units: 1, unitKind: 'unit', hill0: 3, hill1: 2.8000941, hill2: 2.6315789 },
    },
    {
      title: 'one unit of equal halves (ln 2 / ln 7) and one of a single use three times as large',
      layers: {
        admin: [
          {
            polygon: [box(0, 0, 100, 100)],
            attributes: { level: '单元' },
          },
          {
            polygon: [box(100, 0, 300, 100)],
            attributes: { level: '单元' },
          },
        ],
        landuse_plan: [
          {
            polygon: [box(0, 0, 50, 100)],
            attributes: { class: '07' },
          },
          {
            polygon: [box(50, 0, 50, 100)],
            attributes: { class: '1401' },
          },
          {
            polygon: [box(100, 0, 300, 100)],
            attributes: { class: '1001' },
          },
        ],
      },
      answer: 0.0890517968,
      details: { lowest: 0 },
    },
    {
      title: 'without units, cells of 500 m: the left one mixes two uses in halves, the right one has one',
      layers: {
        landuse_plan: [
          {
            polygon: [box(0, 0, 500, 250)],
            attributes: { class: '0701' },
          },
          {
            polygon: [box(0, 250, 500, 250)],
            attributes: { class: '0801' },
          },
          {
            polygon: [box(500, 0, 500, 500)],
            attributes: { class: '0701' },
          },
        ],
      },
      answer: 0.1781035936,
      details: { units: 2, unitKind: 'cell' },
    },
  ],
})

const BY_LAND = { zh: '按土地面积而非建筑面积', en: 'by land area, not by floor area' }

/** Units with the most construction land first. */
function unitEvidence(admin: LayerColumns, mixes: readonly UnitMix[]) {
  const byUnit = new Map(mixes.map((mix) => [mix.unit, mix]))
  const units = adminUnits(admin)
  const amounts = Float64Array.from({ length: admin.count }, (_, unit) => byUnit.get(unit)?.areaM2 ?? 0)
  return topEvidence(admin, amounts, (areaM2, unit) => {
    const [title, mix] = [units[unit]?.title, byUnit.get(unit)?.mix ?? 0]
    return {
      zh: `${title?.zh ?? ''} 混合度 ${mix.toFixed(2)}，建设用地 ${hectares(areaM2).zh}`,
      en: `${title?.en ?? ''} mix ${mix.toFixed(2)}, ${hectares(areaM2).en} of construction land`,
    }
  })
}

/** Parcels of construction land in a unit; of one function where the column is one. */
function featuresBehind(parcels: LayerColumns, admin: LayerColumns, { row, column }: TablePlace) {
  const unit = unitOfRow(admin, row)
  const wanted = FUNCTIONS.findIndex(({ id }) => id === column)
  const kinds = mixKinds(parcels)
  const select = (parcel: number) => (kinds[parcel] ?? -1) >= 0 && (wanted === -1 || kinds[parcel] === wanted)
  return unit ? parcelsInUnit(parcels, admin, unit.feature, select, hectares) : []
}
