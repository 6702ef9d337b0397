import type { LayerColumns } from '../geo/columns.ts'
import { featureAreas, sumOfAreas } from '../geo/feature-areas.ts'
import { chosenLayer } from '../geo/keyed-layer.ts'
import { tableAreasWithin } from '../geo/overlap-table.ts'
import { reachZone } from '../geo/reach-zone.ts'
import { box } from '../geo/sketch.ts'
import type { ResultTable, TablePlace } from '../model/result-table.ts'
import type { Bilingual } from '../text.ts'
import { inGroup, seenShare, unclassedNote } from './by-class.ts'
import { amountsInUnit, sumByUnit } from './counted.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { NO_PARKS, parksOf, parksOfSize, PARKS_FROM_LAND_USE } from './large-parks.ts'
import { draft, measured, missing } from './outcomes.ts'
import { landWithinWalk, metresPerMinute } from './park-walk.ts'
import { unitOfRow, unitsAt, unitTable } from './per-unit.ts'
import { topEvidence } from './top-evidence.ts'
import { withinEither } from './two-zones.ts'
import { SHORT_WALK, WALK_SPEED } from './walk-speed.ts'
import { areaBasis, hectares, metres, percent } from './words.ts'

/** Share of the residential land within the service radius of parks. */
export const parkServiceRadius = defineIndicator({
  id: 'A01',
  version: 1,
  title: { zh: '公园服务半径覆盖', en: 'Park service radius' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'higher',
  formula: {
    zh: '公园服务半径（大型 500 m，小型 300 m，直线）内的居住用地 ÷ 居住用地；有路网的另报步行 5 分钟（可调）覆盖率。',
    en: 'Residential land within the service radius of parks (500 m, small ones 300 m, straight) ÷ residential land; with roads, 5-minute walks are reported too.',
  },
  source:
    'GB 55014-2021, 2.1 (more than 80 %); sizes: National Garden City standard, 5,000 m² and more 500 m, 2,000–5,000 m² 300 m (unverified)',
  seed: ['S026'],
  isSlow: true,
  needs: ['landuse_plan', 'green'],
  uses: ['road_network', 'park_entrance', 'population', 'admin'],
  parameters: {
    serviceRadiusM: {
      default: 500,
      min: 50,
      max: 3000,
      unit: 'm',
      title: { zh: '大型公园服务半径', en: 'Radius of large parks' },
      source: 'GB 55014-2021 (500 m)',
    },
    smallServiceRadiusM: {
      default: 300,
      min: 50,
      max: 3000,
      unit: 'm',
      title: { zh: '小型公园服务半径', en: 'Radius of small parks' },
      source: 'GB/T 51346-2019 (300 m, unverified)',
    },
    largeParkM2: {
      default: 5000,
      min: 0,
      max: 1_000_000,
      unit: 'm2',
      title: { zh: '大型公园最小面积', en: 'Smallest large park' },
      source: 'National Garden City standard (unverified)',
    },
    smallParkM2: {
      default: 2000,
      min: 0,
      max: 1_000_000,
      unit: 'm2',
      title: { zh: '小型公园最小面积', en: 'Smallest small park' },
      source: 'National Garden City standard (unverified)',
    },
    walkSpeedKmh: WALK_SPEED,
    shortWalkMinutes: SHORT_WALK,
  },
  detailTitles: {
    residentialM2: { zh: '居住用地', en: 'Residential land', unit: 'ha' },
    servedM2: { zh: '服务半径内', en: 'Within the radius', unit: 'ha' },
    unservedM2: { zh: '服务半径外', en: 'Outside of the radius', unit: 'ha' },
    parkM2: { zh: '参评公园面积', en: 'Parks that count', unit: 'ha' },
    fiveMinuteShare: {
      zh: '短程步行（路网，默认 5 分钟）覆盖率',
      en: 'Within a short walk along roads (5 minutes unless changed)',
      unit: 'percent',
    },
  },
  compute(plan, parameters) {
    const { serviceRadiusM, smallServiceRadiusM, largeParkM2, smallParkM2, walkSpeedKmh, shortWalkMinutes } = parameters
    const [radius, smallRadius, large, small] = [
      metres(serviceRadiusM),
      metres(smallServiceRadiusM),
      hectares(largeParkM2),
      hectares(smallParkM2),
    ]
    const basis = areaBasis(plan.basis)
    const work = draft(
      `连片不小于 ${large.zh} 的公园外扩 ${radius.zh}，${small.zh}–${large.zh} 的外扩 ${smallRadius.zh}（直线，重叠只计一次），其中居住用地面积 ÷ 全部居住用地面积。${basis.zh}`,
      `Connected parks of at least ${large.en} were widened by ${radius.en}, those of ${small.en}–${large.en} by ${smallRadius.en} (straight line, overlaps once); residential land inside ÷ all residential land. ${basis.en}`,
    )
    const found = coverageOf(plan, parameters)
    if (!found) return missing(work, parksOf(plan) ? NO_HOMES : NO_PARKS, parksOf(plan) ? ['landuse_plan'] : ['green'])
    const { parcels, homes, parks, servedM2, walkShares, allM2, notes } = found
    work.notes.push(...notes, ...unclassedNote(parcels, '规划用地', 'planned land use'))
    const served = sum(servedM2)
    work.details = {
      residentialM2: allM2,
      servedM2: served,
      unservedM2: allM2 - served,
      parkM2: sumOfAreas(parks),
      ...(walkShares ? { fiveMinuteShare: sum(byWalk(homes, walkShares)) / allM2 } : {}),
    }
    if (walkShares) work.notes.push(walkNote(shortWalkMinutes, metresPerMinute(walkSpeedKmh) * shortWalkMinutes))
    const result = {
      ...work,
      ...topEvidence(parcels, without(homes, servedM2), (areaM2, feature) => leftNote(areaM2, servedM2[feature] ?? 0)),
      tables: [coverageTable(found, parameters), ...districtTable(plan, found)],
      quality: { distance: 'straight' as const, seenShare: seenShare(parcels) },
    }
    return measured(result, served / allM2, 'ratio')
  },
  featuresOf(plan, parameters, place) {
    const found = coverageOf(plan, parameters)
    return found ? featuresBehind(plan, found, place) : []
  },
  examples: [
    {
      title:
        'a 1 ha park reaches 500 m along a strip of 800 m, a 0.3 ha one that begins 100 m behind its end 200 m; on foot 400 and 300 m',
      layers: {
        green: [{ polygon: [box(-100, 0, 100, 100)] }, { polygon: [box(900, 20, 50, 60)] }],
        landuse_plan: [{ polygon: [box(0, 49, 800, 2)], attributes: { class: '0701' } }],
        road_network: [{ line: [[0, 50], [800, 50]] }], // prettier-ignore
      },
      answer: 0.875,
      details: { residentialM2: 1600, servedM2: 1400, parkM2: 13_000, fiveMinuteShare: 0.875 },
    },
    {
      title: 'where both reach, ground counts once; other land is not residential',
      layers: {
        green: [{ polygon: [box(-100, 0, 100, 100)] }, { polygon: [box(500, 20, 50, 60)] }],
        landuse_plan: [
          { polygon: [box(0, 49, 480, 2)], attributes: { class: '070102' } },
          { polygon: [box(0, 60, 480, 2)], attributes: { class: '0901' } },
          { polygon: [box(3000, 0, 96, 10)], attributes: { class: '07' } },
        ],
      },
      answer: 0.5,
      details: { servedM2: 960 },
    },
    {
      title: 'other radii; a park of 0.1 ha does not count',
      layers: {
        green: [{ polygon: [box(-100, 0, 100, 100)] }, { polygon: [box(850, 49, 100, 10)] }],
        landuse_plan: [{ polygon: [box(0, 49, 800, 2)], attributes: { class: '0701' } }],
      },
      parameters: { serviceRadiusM: 200 },
      answer: 0.25,
    },
    {
      title: 'no homes',
      layers: {
        green: [{ polygon: [box(0, 0, 100, 100)] }],
        landuse_plan: [{ polygon: [box(0, 0, 9, 9)], attributes: { class: '01' } }],
      },
      answer: 'missing',
    },
  ],
})

const NO_HOMES: Bilingual = { zh: '规划用地中没有居住用地。', en: 'The planned land use holds no residential land.' }

const walkNote = (minutes: number, walkM: number): Bilingual => ({
  zh: `步行 ${minutes} 分钟覆盖率按路网 ${walkM} m 计算，居住用地按内部均匀取点。`,
  en: `The ${minutes}-minute share is ${walkM} m along the roads, with even places inside residential land.`,
})

const leftNote = (areaM2: number, servedM2: number): Bilingual => {
  const [size, covered] = [hectares(areaM2), percent(servedM2 / (servedM2 + areaM2))]
  return { zh: `${size.zh} 在服务半径外（覆盖 ${covered.zh}）`, en: `${size.en} outside of the radius (${covered.en} covered)` }
}

interface Coverage {
  parcels: LayerColumns
  homes: LayerColumns
  parks: LayerColumns
  inLarge: Float64Array
  inSmall: Float64Array
  servedM2: Float64Array
  walkShares: Float64Array | undefined
  allM2: number
  notes: Bilingual[]
}

type Parameters = Readonly<
  Record<'serviceRadiusM' | 'smallServiceRadiusM' | 'largeParkM2' | 'smallParkM2' | 'walkSpeedKmh' | 'shortWalkMinutes', number>
>

function coverageOf(plan: PlanData, parameters: Parameters): Coverage | undefined {
  const { serviceRadiusM, smallServiceRadiusM, largeParkM2, smallParkM2, walkSpeedKmh, shortWalkMinutes } = parameters
  const green = parksOf(plan)
  const parcels = plan.layer('landuse_plan')
  if (!green || !parcels) return undefined
  const homes = chosenLayer(parcels, 'residential', inGroup(parcels, 'residential'))
  const allM2 = sumOfAreas(homes)
  if (allM2 === 0) return undefined
  const large = reachZone(plan.geos, parksOfSize(plan, green, largeParkM2), serviceRadiusM)
  const small = reachZone(plan.geos, parksOfSize(plan, green, smallParkM2, largeParkM2), smallServiceRadiusM)
  const parks = parksOfSize(plan, green, Math.min(smallParkM2, largeParkM2))
  return {
    parcels,
    homes,
    parks,
    inLarge: tableAreasWithin(homes, large),
    inSmall: tableAreasWithin(homes, small),
    servedM2: withinEither(homes, large, small),
    walkShares: landWithinWalk(plan, homes, parks, metresPerMinute(walkSpeedKmh) * shortWalkMinutes),
    allM2,
    notes: [...(green.layer.role === 'green' ? [] : [PARKS_FROM_LAND_USE]), ...green.notes],
  }
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0)

const byWalk = (homes: LayerColumns, shares: Float64Array): Float64Array =>
  featureAreas(homes).map((areaM2, feature) => areaM2 * (shares[feature] ?? 0))

const without = (homes: LayerColumns, served: Float64Array): Float64Array =>
  featureAreas(homes).map((areaM2, feature) => Math.max(0, areaM2 - (served[feature] ?? 0)))

const COLUMNS: ResultTable['columns'] = [
  { key: 'all', title: { zh: '居住用地', en: 'Residential land' }, unit: 'ha' },
  { key: 'served', title: { zh: '覆盖', en: 'Covered' }, unit: 'ha' },
  { key: 'left', title: { zh: '未覆盖', en: 'Not covered' }, unit: 'ha' },
  { key: 'share', title: { zh: '覆盖率', en: 'Coverage' }, unit: 'percent' },
]

const cells = (allM2: number, servedM2: number) => [
  allM2,
  servedM2,
  Math.max(0, allM2 - servedM2),
  allM2 > 0 ? servedM2 / allM2 : null,
]

function coverageTable({ homes, inLarge, inSmall, servedM2, walkShares, allM2 }: Coverage, parameters: Parameters): ResultTable {
  const row = (key: string, zh: string, en: string, served: Float64Array) => ({
    key,
    title: { zh, en },
    cells: cells(allM2, sum(served)),
  })
  const { serviceRadiusM, smallServiceRadiusM, shortWalkMinutes } = parameters
  return {
    id: 'coverage',
    kind: 'list',
    title: { zh: '公园服务半径覆盖的居住用地', en: 'Residential land within reach of parks' },
    rowTitle: { zh: '范围', en: 'Reach' },
    columns: COLUMNS,
    rows: [
      row('either', '服务半径内（合计，重叠只计一次）', 'Within a radius (overlaps once)', servedM2),
      row('large', `大型公园 ${serviceRadiusM} m`, `Large parks, ${serviceRadiusM} m`, inLarge),
      row('small', `小型公园 ${smallServiceRadiusM} m`, `Small parks, ${smallServiceRadiusM} m`, inSmall),
      ...(walkShares
        ? [
            row(
              'walk',
              `步行 ${shortWalkMinutes} 分钟（路网）`,
              `${shortWalkMinutes}-minute walk along roads`,
              byWalk(homes, walkShares),
            ),
          ]
        : []),
    ],
  }
}

const NOT_IN_DISTRICTS: Bilingual = {
  zh: '差额在各区县之外（或区县互相重叠）。',
  en: 'The difference lies outside of the districts (or they overlap).',
}

function districtTable(plan: PlanData, { homes, servedM2, allM2 }: Coverage): ResultTable[] {
  const admin = plan.layer('admin')
  if (!admin || unitsAt(admin, 'district').length === 0) return []
  const all = sumByUnit([{ layer: homes, amounts: featureAreas(homes) }], admin)
  const served = sumByUnit([{ layer: homes, amounts: servedM2 }], admin)
  const inDistricts = unitsAt(admin, 'district').reduce((total, { feature }) => total + (all[feature] ?? 0), 0)
  const closes = Math.abs(inDistricts - allM2) <= 1e-6 * allM2
  const head = {
    id: 'by_district',
    title: { zh: '各区县公园服务半径覆盖', en: 'Park service radius by district' },
    columns: COLUMNS,
    closure: {
      all: closes ? { sum: inDistricts, whole: allM2 } : { sum: inDistricts, whole: allM2, remark: NOT_IN_DISTRICTS },
    },
  }
  return [unitTable(admin, 'district', head, ({ feature }) => cells(all[feature] ?? 0, served[feature] ?? 0))]
}

function featuresBehind(plan: PlanData, found: Coverage, { table, row, column }: TablePlace) {
  const { parcels, homes, inLarge, inSmall, servedM2, walkShares } = found
  const admin = plan.layer('admin')
  const unit = table === 'by_district' && admin ? unitOfRow(admin, row) : undefined
  if (table === 'by_district' && !unit) return []
  const byRow = { large: inLarge, small: inSmall, walk: walkShares && byWalk(homes, walkShares) }
  const served = table === 'coverage' ? (byRow[row as keyof typeof byRow] ?? servedM2) : servedM2
  const picked = column === 'all' ? featureAreas(homes) : column === 'served' ? served : without(homes, served)
  const amounts = admin && unit ? amountsInUnit(homes, picked, admin, unit.feature) : picked
  return topEvidence(parcels, amounts, hectares).evidence
}
