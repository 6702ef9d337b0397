import { numberAt, type LayerColumns } from '../geo/columns.ts'
import { hasShape } from '../geo/edited.ts'
import { sumOfAreas } from '../geo/feature-areas.ts'
import type { Select } from '../geo/overlay-area.ts'
import { forEachOverlap, overlapTable } from '../geo/overlap-table.ts'
import { box } from '../geo/sketch.ts'
import type { ResultTable } from '../model/result-table.ts'
import { inGroup, seenShare, unclassedNote } from './by-class.ts'
import { closureOfAreas } from './closure.ts'
import { defineIndicator } from './indicator.ts'
import { areaColumn } from './land-transition-tables.ts'
import { draft, largestFirst, measured, missing } from './outcomes.ts'
import { adminUnits, groupByUnit, parcelsInUnit, unitOfRow, unitTable, type AdminUnit } from './per-unit.ts'
import { adminFeatures, LEVEL_WORDS, studyArea, type AdminLevel, type StudyArea } from './study-area.ts'
import { areaBasis, hectares, percent } from './words.ts'

/** Share of the territory that is construction land, against the cap and its split to districts and clusters. */
export const developmentIntensity = defineIndicator({
  id: 'S01',
  version: 2,
  title: { zh: '国土空间开发强度', en: 'Development intensity' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'lower',
  formula: {
    zh: '开发强度＝A(规划建设用地) ÷ A(国土)；余量＝上限－开发强度；分解校核 Σ(区县上限×区县面积) ≤ 城市上限×城市面积。',
    en: 'Intensity = A(planned construction land) ÷ A(territory); headroom = cap − intensity; the split holds when Σ(district cap × area) ≤ city cap × area.',
  },
  source: 'Seed article L250 (cap set in the master plan and passed to districts and clusters); domain §4.13',
  seed: ['S084'],
  needs: ['landuse_plan'],
  uses: ['admin', 'landuse_base'],
  overlays: [['landuse_plan', 'admin']],
  parameters: {},
  detailTitles: {
    constructionM2: { zh: '规划建设用地面积', en: 'Planned construction land', unit: 'ha' },
    territoryM2: { zh: '国土面积', en: 'Territory', unit: 'ha' },
    intensity: { zh: '开发强度', en: 'Intensity', unit: 'percent' },
    capGiven: { zh: '已给出开发强度上限', en: 'A cap is given' },
    cap: { zh: '开发强度上限', en: 'Cap', unit: 'percent' },
    headroom: { zh: '余量', en: 'Headroom', unit: 'percentage_point' },
    exceeded: { zh: '存在超上限', en: 'A cap is exceeded' },
    unitsExceeded: { zh: '超上限的单元数', en: 'Districts or units over their cap', unit: 'count' },
    districtSplit: { zh: '已分解到区县', en: 'Split to districts' },
    clusterSplit: { zh: '已分解到组团', en: 'Split to clusters' },
    sumOk: { zh: '区县上限之和未突破城市上限', en: 'District caps fit under the city’s' },
    allowedByDistrictsM2: { zh: '区县上限合计允许的建设用地', en: 'Construction land the districts’ caps allow', unit: 'ha' },
    allowedByCityM2: { zh: '城市上限允许的建设用地', en: 'Construction land the city’s cap allows', unit: 'ha' },
    units: {
      zh: '区县与单元',
      en: 'Districts and units',
      columns: {
        name: { zh: '名称', en: 'Name' },
        level: { zh: '层级', en: 'Level', words: LEVEL_WORDS },
        constructionM2: { zh: '建设用地', en: 'Construction land', unit: 'ha' },
        intensity: { zh: '强度', en: 'Intensity', unit: 'percent' },
        cap: { zh: '上限', en: 'Cap', unit: 'percent' },
      },
    },
  },
  compute(plan) {
    const area = studyArea(plan, 'whole')
    const basis = areaBasis(plan.basis)
    const work = draft(
      `${area?.title.zh ?? '全域'}内规划建设用地面积除以土地总面积，并与开发强度上限及其区县、组团分解比较。${basis.zh}`,
      `Planned construction land within ${area?.title.en ?? 'the whole plan area'} was divided by all land and compared with the cap and its split to districts and clusters. ${basis.en}`,
    )
    const parcels = plan.layer('landuse_plan')
    if (!parcels)
      return missing(work, { zh: '没有规划用地用海图层。', en: 'There is no planned land-use layer.' }, ['landuse_plan'])
    if (!area || area.areaM2 === 0)
      return missing(work, { zh: '无法确定研究范围。', en: 'The study area is unknown.' }, ['admin'])
    work.notes.push(...area.notes, ...unclassedNote(parcels, '规划用地', 'planned land use'))
    const isConstruction = inGroup(parcels, 'construction')
    const constructionM2 = constructionWithin(parcels, isConstruction, area)
    const intensity = constructionM2 / area.areaM2
    const admin = plan.layer('admin')
    const units = admin ? unitsOf(parcels, admin) : []
    const cap = plan.quotas['developmentIntensityCap'] ?? cityCap(admin)
    const split = splitOf(units, cap, area.areaM2)
    const unitsExceeded = units.filter(isOver).length
    work.details = {
      constructionM2,
      territoryM2: area.areaM2,
      intensity,
      capGiven: cap !== undefined,
      cap: cap ?? null,
      headroom: cap === undefined ? null : cap - intensity,
      exceeded: unitsExceeded > 0 || (cap !== undefined && intensity > cap + ROUNDING),
      unitsExceeded,
      ...split,
      units: units.map(({ unit: { fid, name, level, areaM2 }, ...figures }) => ({ fid, name, level, areaM2, ...figures })),
    }
    if (admin) {
      work.evidence = evidenceOf(units)
      work.tables = tablesOf(admin, units, { constructionM2, areaM2: area.areaM2, cap })
    }
    work.quality = { seenShare: seenShare(parcels) }
    if (cap === undefined) work.notes.push(NO_CAP)
    return measured(work, intensity, 'ratio')
  },
  featuresOf(plan, _, { row, column }) {
    const [parcels, admin] = [plan.layer('landuse_plan'), plan.layer('admin')]
    const unit = admin && unitOfRow(admin, row)
    if (!parcels || !admin || !unit) return []
    if (column === 'constructionM2' || column === 'intensity') {
      return parcelsInUnit(parcels, admin, unit.feature, inGroup(parcels, 'construction'), hectares)
    }
    return [{ layer: 'admin', fid: unit.fid, value: unit.areaM2, note: unit.title }]
  },
  examples: [
    {
      title: '40 % built under a cap of 45 %, split to two districts whose caps add up to 44 %',
      layers: {
        admin: [
          {
            polygon: [box(0, 0, 100, 100)],
            attributes: { level: 'district', intensityCap: 0.6 },
          },
          {
            polygon: [box(100, 0, 100, 100)],
            attributes: { level: 'district', intensityCap: 0.28 },
          },
        ],
        landuse_plan: [
          {
            polygon: [box(0, 0, 50, 100)],
            attributes: { class: '0701' },
          },
          {
            polygon: [box(50, 0, 120, 100)],
            attributes: { class: '01' },
          },
          {
            polygon: [box(170, 0, 30, 100)],
            attributes: { class: '1207' },
          },
        ],
      },
      quotas: { developmentIntensityCap: 0.45 },
      answer: 0.4,
      details: { capGiven: true, exceeded: true, unitsExceeded: 1, districtSplit: true, clusterSplit: false, sumOk: true },
    },
    {
      title: 'caps of the districts that add up to more than the city allows',
      layers: {
        admin: [
          {
            polygon: [box(0, 0, 100, 100)],
            attributes: { level: '区', intensityCap: 50 },
          },
          {
            polygon: [box(100, 0, 100, 100)],
            attributes: { level: '区', intensityCap: 30 },
          },
        ],
        landuse_plan: [
          {
            polygon: [box(0, 0, 20, 100)],
            attributes: { class: '10' },
          },
        ],
      },
      quotas: { developmentIntensityCap: 0.35 },
      answer: 0.1,
      details: { exceeded: false, sumOk: false, districtSplit: true },
    },
    {
      title: 'no cap, no admin layer: the intensity is still known',
      layers: {
        landuse_plan: [
          {
            polygon: [box(0, 0, 30, 100)],
            attributes: { class: '09' },
          },
          {
            polygon: [box(30, 0, 70, 100)],
            attributes: { class: '03' },
          },
        ],
      },
      answer: 0.3,
      details: { capGiven: false, exceeded: false, districtSplit: false, sumOk: false },
    },
  ],
})

const NO_CAP = {
  zh: '方案未给出开发强度上限（quotas.developmentIntensityCap）。',
  en: 'The plan states no development-intensity cap (quotas.developmentIntensityCap).',
}

interface UnitIntensity {
  unit: AdminUnit
  constructionM2: number
  intensity: number
  cap: number | null
  /** What is left under the cap: as a share of the unit, and as land. Negative where it is exceeded. */
  headroom: number | null
  headroomM2: number | null
}

/** A district that is built on as a whole has an intensity of 1 give or take a hair, which a cap of 1 allows. */
const ROUNDING = 1e-9
const isOver = ({ headroom }: UnitIntensity): boolean => headroom !== null && headroom < -ROUNDING

/** A cap given as 28 means 28 %. */
const asRatio = (cap: number | undefined): number | undefined => (cap !== undefined && cap > 1 ? cap / 100 : cap)

/** The cap written on the municipal outline, when the quotas hold none. */
function cityCap(admin: LayerColumns | undefined): number | undefined {
  const [city] = admin ? adminFeatures(admin, 'municipal') : []
  return admin && city !== undefined ? asRatio(numberAt(admin, 'intensityCap', city)) : undefined
}

/** Construction land inside the study area, m². Where the parcels themselves are that area, it is the sum of theirs. */
function constructionWithin(parcels: LayerColumns, isConstruction: Select, { zone }: StudyArea): number {
  if (zone === parcels) return sumOfAreas(parcels, isConstruction)
  let sum = 0
  forEachOverlap(overlapTable(parcels, zone), (parcel, _, areaM2) => {
    if (isConstruction(parcel)) sum += areaM2
  })
  return sum
}

function unitsOf(parcels: LayerColumns, admin: LayerColumns): UnitIntensity[] {
  const builtM2 = groupByUnit(parcels, admin, 'construction')
  return adminUnits(admin)
    .filter(({ feature }) => hasShape(admin, feature))
    .map((unit) => {
      const constructionM2 = builtM2[unit.feature] ?? 0
      const intensity = unit.areaM2 > 0 ? constructionM2 / unit.areaM2 : 0
      const cap = asRatio(numberAt(admin, 'intensityCap', unit.feature)) ?? null
      const headroom = cap === null ? null : cap - intensity
      return { unit, constructionM2, intensity, cap, headroom, headroomM2: headroom === null ? null : headroom * unit.areaM2 }
    })
}

const ofLevel = (units: readonly UnitIntensity[], level: AdminLevel) => units.filter(({ unit }) => unit.level === level)
const isSplit = (list: readonly UnitIntensity[]) => list.length > 0 && list.every(({ cap }) => cap !== null)
const allowedM2 = (list: readonly UnitIntensity[]) => list.reduce((sum, { cap, unit }) => sum + (cap ?? 0) * unit.areaM2, 0)

/** Whether districts and clusters carry caps, and whether those of the districts fit under the city's. */
function splitOf(units: readonly UnitIntensity[], cap: number | undefined, territoryM2: number) {
  const [districts, clusters] = [ofLevel(units, 'district'), ofLevel(units, 'cluster')]
  const fits = (list: readonly UnitIntensity[]) => cap !== undefined && allowedM2(list) <= cap * territoryM2 * (1 + 1e-9)
  return {
    districtSplit: isSplit(districts),
    clusterSplit: isSplit(clusters),
    sumOk: isSplit(districts) && fits(districts),
    allowedByDistrictsM2: isSplit(districts) ? allowedM2(districts) : null,
    allowedByCityM2: cap === undefined ? null : cap * territoryM2,
  }
}

const TABLES = [
  ['district', 'byDistrict', { zh: '各区县开发强度', en: 'Intensity by district' }],
  ['cluster', 'byCluster', { zh: '各组团开发强度', en: 'Intensity by cluster' }],
  ['unit', 'byUnit', { zh: '各单元开发强度', en: 'Intensity by unit' }],
] as const

/** One table per level that the admin layer draws. What must add up to the city is shown beside the city's figure. */
function tablesOf(
  admin: LayerColumns,
  units: readonly UnitIntensity[],
  city: { constructionM2: number; areaM2: number; cap: number | undefined },
): ResultTable[] {
  const figures = new Map(units.map((each) => [each.unit.feature, each]))
  return TABLES.flatMap(([level, id, title]) => {
    const list = ofLevel(units, level)
    if (list.length === 0) return []
    const closure = level === 'district' ? closureOf(list, city) : undefined
    const head = { id, title, columns: [...COLUMNS], ...(closure ? { closure } : {}) }
    return unitTable(admin, level, head, ({ feature }) => {
      const each = figures.get(feature)
      if (!each) return COLUMNS.map(() => null)
      const { constructionM2, intensity, cap, headroom, headroomM2, unit } = each
      return [unit.areaM2, constructionM2, intensity, cap, headroom, headroomM2, cap === null ? null : cap * unit.areaM2]
    })
  })
}

const COLUMNS = [
  areaColumn('areaM2', '土地总面积', 'All land'),
  areaColumn('constructionM2', '建设用地', 'Construction land'),
  { key: 'intensity', title: { zh: '开发强度', en: 'Intensity' }, unit: 'percent' },
  { key: 'cap', title: { zh: '上限', en: 'Cap' }, unit: 'percent' },
  { key: 'headroom', title: { zh: '余量', en: 'Headroom' }, unit: 'percentage_point' },
  areaColumn('headroomM2', '余量（面积）', 'Headroom as land'),
  areaColumn('allowedM2', '上限允许的建设用地', 'Land that the cap allows'),
] as const

/** Σ A_cap of the districts may stay below the city's, never above; land and construction of the districts must be the city's. */
function closureOf(list: readonly UnitIntensity[], city: { constructionM2: number; areaM2: number; cap: number | undefined }) {
  const sum = (of: (each: UnitIntensity) => number) => list.reduce((total, each) => total + of(each), 0)
  const outside = (size: { zh: string; en: string }, isShort: boolean) =>
    isShort
      ? { zh: `区县之外另有 ${size.zh}。`, en: `${size.en} lie outside the districts.` }
      : {
          zh: `区县相互重叠或超出市域，多计 ${size.zh}。`,
          en: `Districts overlap or reach beyond the city: ${size.en} too much.`,
        }
  const allowed = (size: { zh: string; en: string }, isShort: boolean) =>
    isShort
      ? { zh: `尚有 ${size.zh} 未分解到区县。`, en: `${size.en} are not yet passed to a district.` }
      : { zh: `区县上限之和突破城市上限 ${size.zh}。`, en: `The districts’ caps exceed the city’s by ${size.en}.` }
  return {
    areaM2: closureOfAreas(
      sum(({ unit }) => unit.areaM2),
      city.areaM2,
      outside,
    ),
    constructionM2: closureOfAreas(
      sum(({ constructionM2 }) => constructionM2),
      city.constructionM2,
      outside,
    ),
    ...(city.cap !== undefined && isSplit(list)
      ? { allowedM2: closureOfAreas(allowedM2(list), city.cap * city.areaM2, allowed) }
      : {}),
  }
}

/** Units over their cap come first, then those with the most construction land. */
function evidenceOf(units: readonly UnitIntensity[]) {
  const over = units.filter(isOver)
  const shown = over.length > 0 ? over : units.filter(({ unit }) => unit.level !== 'municipal')
  return largestFirst(
    shown.map(({ unit, intensity, cap, constructionM2 }) => {
      const limit = cap === null ? { zh: '', en: '' } : { zh: `，上限 ${percent(cap).zh}`, en: `, cap ${percent(cap).en}` }
      const note = {
        zh: `${unit.title.zh} 开发强度 ${percent(intensity).zh}${limit.zh}`,
        en: `${unit.title.en} intensity ${percent(intensity).en}${limit.en}`,
      }
      return { layer: 'admin', fid: unit.fid, value: constructionM2, note }
    }),
  )
}
