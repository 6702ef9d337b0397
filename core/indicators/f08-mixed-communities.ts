import type { LayerColumns } from '../geo/columns.ts'
import { perLayer } from '../geo/edited.ts'
import { box } from '../geo/sketch.ts'
import type { ResultTable, TablePlace } from '../model/result-table.ts'
import { LAND_USE_MIX } from '../reference/land-use-mix.ts'
import { BASIC_SERVICES } from '../reference/services.ts'
import type { Bilingual } from '../text.ts'
import { unclassedNote } from './by-class.ts'
import { forEachPlace, topCounted } from './counted.ts'
import { defineIndicator } from './indicator.ts'
import { mixByUnit, mixKinds } from './mix-by-unit.ts'
import { draft, measured, missing } from './outcomes.ts'
import { parcelsInUnit, unitOfRow, unitsAt, unitTable, type AdminUnit } from './per-unit.ts'
import { pointOf, servicePlaces } from './service-places.ts'
import { LEVEL_WORDS } from './study-area.ts'
import { topEvidence } from './top-evidence.ts'
import { hectares, metres, percent } from './words.ts'

const LEVELS = ['unit', 'cluster'] as const

/** Which units hold the functions and the composite centre of a net-zero mixed community; its carbon target is for a reader. */
export const mixedCommunities = defineIndicator({
  id: 'F08',
  version: 1,
  title: { zh: '净零复合社区（可测部分）', en: 'Net-zero mixed communities (measurable part)' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'higher',
  formula: {
    zh: '功能不少于 5 类且有复合中心（一定距离内多类设施）的单元数 ÷ 有建设用地的单元数；碳目标由文本核定。',
    en: 'Units with five functions or more and a composite centre (several kinds of facilities close together) ÷ units with construction land; the carbon target is judged from the text.',
  },
  source:
    'Seed article L202 (net-zero communities of London) and L253 (composite services of life circles); numbers are our default',
  seed: ['S064', 'S089'],
  needs: ['landuse_plan', 'admin', 'facility'],
  uses: [],
  parameters: {
    wantedFunctions: {
      default: 5,
      min: 2,
      max: 7,
      unit: 'count',
      title: { zh: '功能类数', en: 'Functions' },
      source: 'Domain rule F08: 5 functions',
    },
    functionShare: {
      default: 2,
      min: 0,
      max: 20,
      unit: 'percent',
      title: { zh: '计为一类功能的最小占比', en: 'Smallest share that counts as a function' },
      source: 'Our default (interpolated)',
    },
    centreRadiusM: {
      default: 300,
      min: 50,
      max: 1000,
      unit: 'm',
      title: { zh: '复合中心半径（直线）', en: 'Radius of a composite centre (straight line)' },
      source: 'Our default (interpolated): a five-minute circle of GB 50180-2018',
    },
    centreKinds: {
      default: 3,
      min: 2,
      max: 6,
      unit: 'count',
      title: { zh: '复合中心设施类数', en: 'Kinds of facilities in a composite centre' },
      source: 'Our default (interpolated)',
    },
  },
  overlays: [['landuse_plan', 'admin']],
  detailTitles: {
    units: { zh: '有建设用地的单元', en: 'Units with construction land', unit: 'count' },
    mixedUnits: { zh: '功能达标的单元', en: 'Units with enough functions', unit: 'count' },
    centredUnits: { zh: '有复合中心的单元', en: 'Units with a composite centre', unit: 'count' },
    completeUnits: { zh: '两项均达标的单元', en: 'Units with both', unit: 'count' },
  },
  compute(plan, { wantedFunctions, functionShare, centreRadiusM, centreKinds }) {
    const [share, radius] = [percent(functionShare), metres(centreRadiusM)]
    const work = draft(
      `统计各单元占建设用地 ${share.zh} 以上的功能类数（不少于 ${wantedFunctions} 类），以及是否有 ${radius.zh}（直线）内集中 ${centreKinds} 类以上基本服务设施的复合中心；两项均达标的单元占比。碳目标须由文本核定。`,
      `Functions of at least ${share.en} of a unit’s construction land were counted (${wantedFunctions} wanted), and whether ${centreKinds} kinds of basic services lie within ${radius.en} of each other (straight line); share of units with both. The carbon target is judged from the text.`,
    )
    const [parcels, admin, facilities] = [plan.layer('landuse_plan'), plan.layer('admin'), plan.layer('facility')]
    const level = admin && LEVELS.find((each) => unitsAt(admin, each).length > 0)
    const needs = [...(parcels ? [] : ['landuse_plan']), ...(level ? [] : ['admin']), ...(facilities ? [] : ['facility'])]
    if (!parcels || !admin || !level || !facilities) return missing(work, NEEDS, needs)
    work.notes.push(CARBON_TARGET, ...unclassedNote(parcels, '规划用地', 'planned land use'))
    const units = communities(parcels, admin, unitsAt(admin, level), facilities, { functionShare, centreRadiusM })
    const isMixed = ({ functions }: Community) => functions >= wantedFunctions
    const isCentred = ({ kinds }: Community) => kinds >= centreKinds
    const complete = units.filter((unit) => isMixed(unit) && isCentred(unit))
    work.details = {
      units: units.length,
      mixedUnits: units.filter(isMixed).length,
      centredUnits: units.filter(isCentred).length,
      completeUnits: complete.length,
    }
    const result = {
      ...work,
      ...communityEvidence(admin, complete),
      tables: [communityTable(admin, level, units, (unit) => [isMixed(unit), isCentred(unit)])],
      quality: { distance: 'straight' as const, seenShare: servicePlaces(facilities).knownShare },
    }
    if (units.length === 0) return missing(result, NOTHING_BUILT, ['landuse_plan'])
    return measured(result, complete.length / units.length, 'ratio')
  },
  featuresOf(plan, _, place) {
    const [parcels, admin, facilities] = [plan.layer('landuse_plan'), plan.layer('admin'), plan.layer('facility')]
    return parcels && admin && facilities ? featuresBehind(parcels, admin, facilities, place) : []
  },
  examples: [
    {
      title: 'one unit of five functions with three services within 300 m, one of two functions with the same, one with neither',
      layers: {
        admin: [0, 1, 2].map((at) => ({ polygon: [box(1000 * at, 0, 1000, 100)], attributes: { level: 'unit' } })),
        landuse_plan: [
          ...['07', '08', '09', '10', '14'].map((code, at) => ({
            polygon: [box(200 * at, 0, 200, 100)],
            attributes: { class: code },
          })),
          { polygon: [box(1000, 0, 500, 100)], attributes: { class: '07' } },
          { polygon: [box(1500, 0, 500, 100)], attributes: { class: '0901' } },
          { polygon: [box(2000, 0, 1000, 100)], attributes: { class: '1001' } },
        ],
        facility: [0, 1].flatMap((unit) =>
          ['school', 'clinic', 'market'].map((kind, at) => ({
            point: [1000 * unit + 200 + 100 * at, 50] as [number, number],
            attributes: { kind },
          })),
        ),
      },
      answer: 0.3333333333,
      details: { units: 3, mixedUnits: 1, centredUnits: 2, completeUnits: 1 },
    },
    {
      title: 'a function of 1 % does not count, and services 400 m apart make no centre',
      layers: {
        admin: [{ polygon: [box(0, 0, 1000, 100)], attributes: { level: '单元' } }],
        landuse_plan: [
          ...['07', '08', '09', '10'].map((code, at) => ({
            polygon: [box(247.5 * at, 0, 247.5, 100)],
            attributes: { class: code },
          })),
          { polygon: [box(990, 0, 10, 100)], attributes: { class: '1401' } },
        ],
        facility: ['school', 'clinic', 'market'].map((kind, at) => ({
          point: [100 + 400 * at, 50] as [number, number],
          attributes: { kind },
        })),
      },
      answer: 0,
      details: { mixedUnits: 0, centredUnits: 0 },
    },
    {
      title: 'without units there are no communities to judge',
      layers: { landuse_plan: [{ polygon: [box(0, 0, 10, 10)], attributes: { class: '07' } }] },
      answer: 'missing',
    },
  ],
})

const NEEDS: Bilingual = {
  zh: '需要规划用地、单元（或组团）和公共服务设施三个图层。',
  en: 'Planned land use, units (or clusters) and public facilities are all needed.',
}
const NOTHING_BUILT: Bilingual = { zh: '单元内没有规划建设用地。', en: 'There is no planned construction land in any unit.' }
const CARBON_TARGET: Bilingual = {
  zh: '碳目标和试点名单须由审查人从文本核定。',
  en: 'Carbon target and list of pilots are for the reviewer to find in the text.',
}

interface Community {
  unit: AdminUnit
  /** Functions of at least the wanted share of construction land. */
  functions: number
  /** Most kinds of basic services found together inside the unit. */
  kinds: number
  areaM2: number
}

/** Units with construction land, their functions and their best centre. */
function communities(
  parcels: LayerColumns,
  admin: LayerColumns,
  units: readonly AdminUnit[],
  facilities: LayerColumns,
  { functionShare, centreRadiusM }: { functionShare: number; centreRadiusM: number },
): Community[] {
  const mixes = new Map(
    mixByUnit(parcels, { layer: admin, features: units.map(({ feature }) => feature) }).map((mix) => [mix.unit, mix]),
  )
  const kinds = bestCentres(facilities, admin, centreRadiusM)
  return units.flatMap((unit) => {
    const mix = mixes.get(unit.feature)
    if (!mix) return []
    const functions = mix.amounts.reduce(
      (count, areaM2) => count + (areaM2 > 0 && areaM2 >= functionShare * mix.areaM2 ? 1 : 0),
      0,
    )
    return [{ unit, functions, kinds: kinds[unit.feature] ?? 0, areaM2: mix.areaM2 }]
  })
}

const zonesOf = perLayer((facilities) => perLayer((admin) => unitOfFacilities(facilities, admin)))

/** The unit (of the first level drawn) that holds each facility, −1 outside. */
function unitOfFacilities(facilities: LayerColumns, admin: LayerColumns): Int32Array {
  const level = LEVELS.find((each) => unitsAt(admin, each).length > 0)
  const units = level ? unitsAt(admin, level) : []
  const found = new Int32Array(facilities.count).fill(-1)
  const isUnit = new Set(units.map(({ feature }) => feature))
  forEachPlace(facilities, admin, (facility, zone) => {
    if (isUnit.has(zone)) found[facility] = zone
  })
  return found
}

const centresOf = perLayer((_facilities) => perLayer((_admin) => new Map<number, Uint8Array>()))

/** By unit, the most kinds of services within the radius of any of its facilities; kept for as long as both layers live. */
function bestCentres(facilities: LayerColumns, admin: LayerColumns, radiusM: number): Uint8Array {
  const known = centresOf(facilities)(admin)
  const best = known.get(radiusM) ?? sweptCentres(facilities, admin, radiusM)
  known.set(radiusM, best)
  return best
}

/** A sweep from west to east over the facilities of all units. */
function sweptCentres(facilities: LayerColumns, admin: LayerColumns, radiusM: number): Uint8Array {
  const unitOf = zonesOf(facilities)(admin)
  const { serviceOf } = servicePlaces(facilities)
  const places = [...serviceOf.keys()]
    .filter((at) => (serviceOf[at] ?? -1) >= 0 && (unitOf[at] ?? -1) >= 0)
    .flatMap((at) => {
      const point = pointOf(facilities, at)
      return point ? [{ x: point[0], y: point[1], unit: unitOf[at] ?? -1, service: serviceOf[at] ?? 0 }] : []
    })
    .toSorted((a, b) => a.x - b.x)
  const reachMm = radiusM * 1000
  const best = new Uint8Array(admin.count)
  let from = 0
  for (const { x, y, unit } of places) {
    while (x - (places[from]?.x ?? x) > reachMm) from += 1
    const found = new Set<number>()
    for (let at = from; at < places.length; at += 1) {
      const other = places[at]
      if (!other || other.x - x > reachMm) break
      if (other.unit === unit && Math.hypot(other.x - x, other.y - y) <= reachMm) found.add(other.service)
    }
    best[unit] = Math.max(best[unit] ?? 0, found.size)
  }
  return best
}

const YES_NO = { true: { zh: '是', en: 'yes' }, false: { zh: '否', en: 'no' } } as const

function communityTable(
  admin: LayerColumns,
  level: (typeof LEVELS)[number],
  units: readonly Community[],
  verdict: (unit: Community) => [mixed: boolean, centred: boolean],
): ResultTable {
  const byUnit = new Map(units.map((unit) => [unit.unit.feature, unit]))
  const head = {
    id: 'communities',
    title: {
      zh: `各${LEVEL_WORDS[level].zh}功能与复合中心（共 ${LAND_USE_MIX.functions.length} 类功能、${BASIC_SERVICES.length} 类服务）`,
      en: `Functions and composite centres by ${LEVEL_WORDS[level].en} (of ${LAND_USE_MIX.functions.length} functions and ${BASIC_SERVICES.length} services)`,
    },
    columns: [
      { key: 'functions', title: { zh: '功能类数', en: 'Functions' }, unit: 'count' as const },
      { key: 'kinds', title: { zh: '集中的服务类数', en: 'Services together' }, unit: 'count' as const },
      { key: 'areaM2', title: { zh: '建设用地', en: 'Construction land' }, unit: 'ha' as const },
      { key: 'mixed', title: { zh: '功能达标', en: 'Enough functions' }, unit: null },
      { key: 'centred', title: { zh: '有复合中心', en: 'Composite centre' }, unit: null },
    ],
  }
  return unitTable(admin, level, head, ({ feature }) => {
    const found = byUnit.get(feature)
    if (!found) return [null, null, 0, null, null]
    const [mixed, centred] = verdict(found)
    return [found.functions, found.kinds, found.areaM2, YES_NO[`${mixed}`], YES_NO[`${centred}`]]
  })
}

/** Complete communities, the one with most construction land first. */
function communityEvidence(admin: LayerColumns, complete: readonly Community[]) {
  const byUnit = new Map(complete.map((unit) => [unit.unit.feature, unit]))
  const amounts = Float64Array.from({ length: admin.count }, (_, unit) => byUnit.get(unit)?.areaM2 ?? 0)
  return topEvidence(admin, amounts, (_, feature) => {
    const { unit, functions = 0, kinds = 0 } = byUnit.get(feature) ?? {}
    return {
      zh: `${unit?.title.zh ?? ''} ${functions} 类功能，${kinds} 类服务集中`,
      en: `${unit?.title.en ?? ''}: ${functions} functions, ${kinds} services together`,
    }
  })
}

/** Facilities behind figures of the centre, parcels behind all others. */
function featuresBehind(parcels: LayerColumns, admin: LayerColumns, facilities: LayerColumns, { row, column }: TablePlace) {
  const unit = unitOfRow(admin, row)
  if (!unit) return []
  if (column === 'kinds' || column === 'centred') {
    const { serviceOf } = servicePlaces(facilities)
    const unitOf = zonesOf(facilities)(admin)
    const amounts = serviceOf.map((service, at) => (service >= 0 && unitOf[at] === unit.feature ? 1 : 0))
    const note = (_: number, at: number): Bilingual => {
      const { zh, en } = BASIC_SERVICES[serviceOf[at] ?? 0] ?? { zh: '设施', en: 'facility' }
      return { zh, en }
    }
    return topCounted([{ layer: facilities, amounts, note }]).evidence
  }
  const kinds = mixKinds(parcels)
  return parcelsInUnit(parcels, admin, unit.feature, (parcel) => (kinds[parcel] ?? -1) >= 0, hectares)
}
