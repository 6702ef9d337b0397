import { textAt, type LayerColumns } from '../geo/columns.ts'
import { squareCells } from '../geo/cells.ts'
import { overlapAreas } from '../geo/overlay-area.ts'
import { box } from '../geo/sketch.ts'
import { LAND_USE_MIX, mixFunction } from '../reference/land-use-mix.ts'
import type { Bilingual } from '../text.ts'
import { classOf, inGroup, unclassedNote } from './by-class.ts'
import { normalisedEntropy } from './entropy.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { draft, largestFirst, measured, missing } from './outcomes.ts'
import { adminFeatures } from './study-area.ts'
import { areaBasis, hectares, metres } from './words.ts'

const FUNCTIONS = LAND_USE_MIX.functions

const LEVEL_TITLES = {
  unit: { zh: '详规单元', en: 'the plan units' },
  cluster: { zh: '功能组团', en: 'the clusters' },
  district: { zh: '区县', en: 'the districts' },
} as const

const FUNCTION_NAMES = Object.fromEntries(FUNCTIONS.map(({ id, zh, en }) => [id, { zh, en }]))

/** How evenly each unit mixes living, working, services, infrastructure and green. */
export const landUseMix = defineIndicator({
  id: 'F03',
  version: 1,
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
  detailTitles: {
    units: { zh: '单元个数', en: 'Units', unit: 'count' },
    unitKind: { zh: '单元类型', en: 'Kind of unit', words: { ...LEVEL_TITLES, cell: { zh: '方格', en: 'square cells' } } },
    constructionM2: { zh: '单元内规划建设用地', en: 'Planned construction land in units', unit: 'ha' },
    lowest: { zh: '最低混合度', en: 'Lowest mix', unit: 'index' },
    highest: { zh: '最高混合度', en: 'Highest mix', unit: 'index' },
    functionsM2: { zh: '各功能建设用地', en: 'Construction land by function', unit: 'ha', names: FUNCTION_NAMES },
  },
  compute(plan, { mixCellM }) {
    const parcels = plan.layer('landuse_plan')
    const units = parcels ? unitsOf(plan, parcels, mixCellM) : undefined
    const basis = areaBasis(plan.basis)
    const names = (lang: 'zh' | 'en') => FUNCTIONS.map((each) => each[lang]).join(lang === 'zh' ? '、' : ', ')
    const work = draft(
      `以${units?.title.zh ?? '规划单元'}为单位，规划建设用地分为 ${FUNCTIONS.length} 类（${names('zh')}），按土地面积计算归一化熵，再按建设用地面积加权平均。${basis.zh}`,
      `For each of ${units?.title.en ?? 'the plan units'} the planned construction land was split into ${FUNCTIONS.length} functions (${names('en')}), its normalised entropy computed by land area, and the mean weighted by construction land. ${basis.en}`,
    )
    if (!parcels || !units)
      return missing(work, { zh: '没有规划用地用海图层。', en: 'There is no planned land-use layer.' }, ['landuse_plan'])
    work.notes.push(...units.notes, ...unclassedNote(parcels, '规划用地', 'planned land use'))
    const mixes = mixOf(parcels, units)
    const weightM2 = mixes.reduce((sum, { areaM2 }) => sum + areaM2, 0)
    if (weightM2 === 0) {
      return missing(work, { zh: '单元内没有规划建设用地。', en: 'There is no planned construction land in any unit.' }, [
        'landuse_plan',
      ])
    }
    const mean = mixes.reduce((sum, { mix, areaM2 }) => sum + mix * areaM2, 0) / weightM2
    work.details = {
      units: mixes.length,
      unitKind: units.kind,
      constructionM2: weightM2,
      lowest: Math.min(...mixes.map(({ mix }) => mix)),
      highest: Math.max(...mixes.map(({ mix }) => mix)),
      functionsM2: Object.fromEntries(
        FUNCTIONS.map(({ id }, at) => [id, mixes.reduce((sum, { amounts }) => sum + (amounts[at] ?? 0), 0)]),
      ),
    }
    work.evidence = units.kind === 'cell' ? [] : evidenceOf(units.layer, mixes)
    return measured(work, mean, 'index')
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
      details: { units: 1, unitKind: 'unit' },
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

interface Units {
  layer: LayerColumns
  select: (feature: number) => boolean
  kind: 'unit' | 'cluster' | 'district' | 'cell'
  title: Bilingual
  notes: Bilingual[]
}

/** The smallest units that are drawn; square cells when none are. */
function unitsOf(plan: PlanData, parcels: LayerColumns, wantedM: number): Units {
  const admin = plan.layer('admin')
  for (const kind of ['unit', 'cluster', 'district'] as const) {
    const chosen = new Set(admin ? adminFeatures(admin, kind) : [])
    if (admin && chosen.size > 0) {
      return { layer: admin, select: (feature) => chosen.has(feature), kind, title: LEVEL_TITLES[kind], notes: [] }
    }
  }
  const { cells, cellM } = squareCells(parcels, wantedM)
  const size = metres(cellM)
  const title = { zh: `边长 ${size.zh} 的方格`, en: `square cells of ${size.en}` }
  const notes = [
    {
      zh: `行政区图层没有单元、组团或区县，以边长 ${size.zh} 的方格代替。`,
      en: `The admin layer holds no units, clusters or districts; square cells of ${size.en} were used.`,
    },
  ]
  return { layer: cells, select: () => true, kind: 'cell', title, notes }
}

interface UnitMix {
  unit: number
  mix: number
  areaM2: number
  amounts: Float64Array
}

/** The mix of every unit that has construction land. */
function mixOf(parcels: LayerColumns, units: Units): UnitMix[] {
  const amounts = new Map<number, Float64Array>()
  const add = (parcel: number, unit: number, areaM2: number) => {
    const row = amounts.get(unit) ?? new Float64Array(FUNCTIONS.length)
    const at = mixFunction(classOf(parcels, parcel) ?? '')
    row[at] = (row[at] ?? 0) + areaM2
    amounts.set(unit, row)
  }
  overlapAreas(parcels, units.layer, add, { a: inGroup(parcels, 'construction'), b: units.select })
  return [...amounts].map(([unit, row]) => ({
    unit,
    mix: normalisedEntropy(row, FUNCTIONS.length),
    areaM2: row.reduce((sum, value) => sum + value, 0),
    amounts: row,
  }))
}

const evidenceOf = (admin: LayerColumns, mixes: readonly UnitMix[]) =>
  largestFirst(
    mixes.map(({ unit, mix, areaM2 }) => {
      const name = textAt(admin, 'name', unit)
      const note = {
        zh: `${name ? `${name} ` : ''}混合度 ${mix.toFixed(2)}，建设用地 ${hectares(areaM2).zh}`,
        en: `${name ? `${name} ` : ''}mix ${mix.toFixed(2)}, ${hectares(areaM2).en} of construction land`,
      }
      return { layer: 'admin', fid: admin.fid[unit] ?? 0, value: areaM2, note }
    }),
  )
