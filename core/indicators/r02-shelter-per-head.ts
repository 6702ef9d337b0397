import { numberAt, type LayerColumns } from '../geo/columns.ts'
import { uncoveredAreas } from '../geo/covered.ts'
import { hasShape } from '../geo/edited.ts'
import { box } from '../geo/sketch.ts'
import type { ResultTable } from '../model/result-table.ts'
import type { Bilingual } from '../text.ts'
import { totalOf } from './amounts.ts'
import { closureOfAreas } from './closure.ts'
import { amountsInUnit, countedLayers, sumByUnit } from './counted.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { areaColumn } from './land-transition-tables.ts'
import { draft, measured, missing } from './outcomes.ts'
import { unitOfRow, unitsAt, unitTable } from './per-unit.ts'
import { residentsOf } from './residents.ts'
import { largestOf, topEvidence } from './top-evidence.ts'
import { wordedField } from './worded-field.ts'
import { areaBasis, hectares } from './words.ts'

/** What facilities that are shelters are called in their kind. */
const SHELTER_WORDS = {
  shelter: ['shelter', 'emergency_shelter', 'emergency shelter', '避难', '应急避难场所', '避难场所', '避险'],
}

/** Square metres of emergency shelter for every resident. */
export const shelterPerHead = defineIndicator({
  id: 'R02',
  version: 1,
  title: { zh: '人均应急避难场所面积', en: 'Shelter area per head' },
  unit: 'm2_per_person',
  displayUnit: 'm2_per_person',
  better: 'higher',
  formula: {
    zh: 'Σ有效避难面积 ÷ 人口；面未填有效面积的按图上面积（重叠只计一次）。',
    en: 'Sum of effective shelter areas ÷ population; polygons that state none count with their own ground, overlaps once.',
  },
  source: 'City health check of territorial planning (shelter area per head); 1.5 m² per person (unverified)',
  seed: ['S075'],
  needs: ['shelter', 'population'],
  uses: ['facility', 'admin'],
  parameters: {},
  overlays: [['population', 'admin']],
  detailTitles: {
    shelterM2: { zh: '避难场所面积', en: 'Shelter area', unit: 'ha' },
    drawnM2: { zh: '其中按图上面积计', en: 'Of it, taken from the drawing', unit: 'ha' },
    sites: { zh: '场所数', en: 'Places', unit: 'count' },
    withoutArea: { zh: '未填面积的点（未计入）', en: 'Points without an area (not counted)', unit: 'count' },
    persons: { zh: '人口', en: 'People', unit: 'persons' },
  },
  compute(plan) {
    const residents = residentsOf(plan)
    const shelters = sheltersOf(plan)
    const basis = areaBasis(plan.basis)
    const work = draft(
      `应急避难场所有效面积之和除以${residents?.title.zh ?? '人口'}。${basis.zh}`,
      `The effective area of emergency shelters was divided by ${residents?.title.en ?? 'the population'}. ${basis.en}`,
    )
    if (shelters.length === 0) return missing(work, NO_SHELTERS, ['shelter'])
    const shelterM2 = sumOver(shelters, ({ amounts }) => totalOf(amounts))
    const drawnM2 = sumOver(shelters, ({ drawn }) => totalOf(drawn))
    const withoutArea = sumOver(shelters, (one) => one.withoutArea)
    const sites = sumOver(shelters, (one) => one.sites)
    work.details = { shelterM2, drawnM2, sites, withoutArea, persons: residents?.persons ?? null }
    Object.assign(work, largestOf(shelters.map(({ layer, amounts }) => topEvidence(layer, amounts, hectares))))
    if (shelters.some(({ layer }) => layer.role === 'facility')) work.notes.push(FROM_FACILITIES)
    if (withoutArea > 0) work.notes.push(WITHOUT_AREA)
    if (sites > 0 && shelterM2 === 0) return missing(work, WITHOUT_AREA, ['shelter'])
    if (!residents) return missing(work, NOBODY, ['population', 'city.population'])
    work.notes.push(...residents.notes)
    const tables = districtTable(plan, shelters, shelterM2)
    const quality = drawnM2 > 0 ? { quality: { proxies: [FROM_DRAWING] } } : {}
    return measured({ ...work, tables, ...quality }, shelterM2 / residents.persons, 'm2_per_person')
  },
  featuresOf(plan, _, { row, column }) {
    const admin = plan.layer('admin')
    const unit = admin ? unitOfRow(admin, row) : undefined
    if (!admin || !unit || column === 'persons') return []
    return largestOf(
      sheltersOf(plan).map(({ layer, amounts }) =>
        topEvidence(layer, amountsInUnit(layer, amounts, admin, unit.feature), hectares),
      ),
    ).evidence
  },
  examples: [
    {
      title: 'a park of 1 ha that states 6,000 m² and a square of 2,000 m² that states none, for 4,000 people',
      layers: {
        shelter: [
          { polygon: [box(0, 0, 100, 100)], attributes: { areaM2: 6000 } },
          { polygon: [box(200, 0, 20, 100)], attributes: { areaM2: null } },
        ],
      },
      city: { population: 4000 },
      answer: 2,
      details: { shelterM2: 8000, drawnM2: 2000, sites: 2, withoutArea: 0 },
    },
    {
      title: 'a point that states no area is not counted, and is told',
      layers: {
        shelter: [
          { point: [300, 0], attributes: { areaM2: 1500 } },
          { point: [400, 0], attributes: { areaM2: null } },
        ],
      },
      city: { population: 1000 },
      answer: 1.5,
      details: { sites: 2, withoutArea: 1, drawnM2: 0 },
    },
    {
      title: 'overlapping places that state no area count once; people come from their layer',
      layers: {
        shelter: [{ polygon: [box(0, 0, 100, 100)] }, { polygon: [box(50, 0, 100, 100)] }],
        population: [{ point: [0, 0], attributes: { persons: 10_000 } }],
      },
      answer: 1.5,
    },
    {
      title: 'without a shelter layer, facilities of that kind with an area',
      layers: {
        facility: [
          { point: [0, 0], attributes: { kind: '应急避难场所', areaM2: 500 } },
          { point: [9, 0], attributes: { kind: '小学', areaM2: 9000 } },
        ],
      },
      city: { population: 1000 },
      answer: 0.5,
      details: { sites: 1 },
    },
    {
      title: 'points that state no area are not a shelter of nothing',
      layers: { shelter: [{ point: [0, 0] }] },
      city: { population: 1000 },
      answer: 'missing',
      details: { withoutArea: 1 },
    },
  ],
})

const NO_SHELTERS: Bilingual = {
  zh: '没有应急避难场所图层，公共设施中也没有此类设施。',
  en: 'There is no shelter layer, and no facility of that kind.',
}
const NOBODY: Bilingual = {
  zh: '没有人口图层，方案也未报人口。',
  en: 'There is neither a population layer nor a stated population.',
}
const FROM_FACILITIES: Bilingual = {
  zh: '没有应急避难场所图层，取公共设施中的避难设施。',
  en: 'There is no shelter layer; facilities of that kind were used.',
}
const WITHOUT_AREA: Bilingual = {
  zh: '部分避难场所是点且未填有效面积，未计入。',
  en: 'Some shelters are points without an effective area and were not counted.',
}
const FROM_DRAWING: Bilingual = {
  zh: '未填有效避难面积的场所以图上面积代替，可能偏大。',
  en: 'Places that state no effective area count with their drawn area, which may be too large.',
}

interface Shelters {
  layer: LayerColumns
  /** Shelter area of every feature, m²; 0 where it is unknown or the feature is no shelter. */
  amounts: Float64Array
  /** The part of it that was taken from the drawing. */
  drawn: Float64Array
  sites: number
  withoutArea: number
}

const sumOver = (shelters: readonly Shelters[], amountOf: (one: Shelters) => number): number =>
  shelters.reduce((sum, one) => sum + amountOf(one), 0)

/** The shelter layers, or else facilities that are shelters; empty where there is not a single place. */
function sheltersOf(plan: PlanData): Shelters[] {
  const own = plan.layers('shelter').map((layer) => amountsOf(plan, layer, () => true))
  if (own.some(({ sites }) => sites > 0)) return own
  const facilities = plan.layers('facility').map((layer) => {
    const kindOf = wordedField(layer, 'kind', SHELTER_WORDS)
    return amountsOf(plan, layer, (feature) => kindOf(feature) !== undefined)
  })
  return facilities.filter(({ sites }) => sites > 0)
}

function amountsOf(plan: PlanData, layer: LayerColumns, isShelter: (feature: number) => boolean): Shelters {
  const [amounts, drawn] = [new Float64Array(layer.count), new Float64Array(layer.count)]
  const ground = layer.kind === 'polygon' ? uncoveredAreas(plan.geos, layer) : undefined
  let [sites, withoutArea] = [0, 0]
  for (let feature = 0; feature < layer.count; feature += 1) {
    if (!isShelter(feature) || !hasShape(layer, feature)) continue
    sites += 1
    const stated = numberAt(layer, 'areaM2', feature)
    if (stated === undefined) drawn[feature] = ground?.[feature] ?? 0
    amounts[feature] = stated ?? drawn[feature] ?? 0
    if (stated === undefined && !ground) withoutArea += 1
  }
  return { layer, amounts, drawn, sites, withoutArea }
}

function districtTable(plan: PlanData, shelters: readonly Shelters[], wholeM2: number): ResultTable[] {
  const admin = plan.layer('admin')
  if (!admin || unitsAt(admin, 'district').length === 0) return []
  const areas = sumByUnit(shelters, admin)
  const people = countedLayers(plan, 'population')
  const persons = people.length > 0 ? sumByUnit(people, admin) : undefined
  const sum = unitsAt(admin, 'district').reduce((total, { feature }) => total + (areas[feature] ?? 0), 0)
  const head = {
    id: 'by_district',
    title: { zh: '各区县人均应急避难场所面积', en: 'Shelter area per head by district' },
    columns: [
      areaColumn('shelterM2', '避难场所面积', 'Shelter area'),
      { key: 'persons', title: { zh: '人口', en: 'People' }, unit: 'persons' as const },
      { key: 'perHead', title: { zh: '人均', en: 'Per head' }, unit: 'm2_per_person' as const },
    ],
    closure: { shelterM2: closureOfAreas(sum, wholeM2, outside) },
  }
  return [
    unitTable(admin, 'district', head, ({ feature }) => {
      const [areaM2, count] = [areas[feature] ?? 0, persons?.[feature] ?? null]
      return [areaM2, count, count !== null && count > 0 ? areaM2 / count : null]
    }),
  ]
}

const outside = (size: Bilingual, isShort: boolean): Bilingual =>
  isShort
    ? { zh: `${size.zh}不在任何区县内。`, en: `${size.en} lie in no district.` }
    : { zh: `区县互相重叠，${size.zh}重复计入。`, en: `Districts overlap: ${size.en} are counted twice.` }
