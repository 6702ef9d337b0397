import type { LayerColumns } from '../geo/columns.ts'
import { shapeCount } from '../geo/edited.ts'
import { featureAreas } from '../geo/feature-areas.ts'
import { chosenLayer } from '../geo/keyed-layer.ts'
import type { ResultTable, TablePlace } from '../model/result-table.ts'
import { BASIC_SERVICES } from '../reference/services.ts'
import type { Bilingual } from '../text.ts'
import { inGroup } from './by-class.ts'
import { amountsInUnit, countedLayers, sumByUnit, topCounted } from './counted.ts'
import type { PlanData } from './indicator.ts'
import { unitOfRow, unitsAt, unitTable } from './per-unit.ts'
import { sharesWithinAll, type Reach, type ReachOf } from './reach.ts'
import { servicePlaces } from './service-places.ts'
import { LEVEL_WORDS } from './study-area.ts'
import { hectares } from './words.ts'

interface Service {
  index: number
  title: Bilingual
  /** How far people walk to it, m. */
  walkM: number
  layer: LayerColumns
  reach: Reach
}

/** What is in reach of each service that the data hold. */
export interface Circle {
  plan: PlanData
  services: Service[]
  distance: Reach['distance']
}

/** The circle of a plan's facilities; `reachOf` says how a walk is measured, `pace` how far one comes for every metre of the rule. */
export function circleOf(plan: PlanData, facilities: LayerColumns, reachOf: ReachOf, pace = 1): Circle {
  const { layers } = servicePlaces(facilities)
  const services = BASIC_SERVICES.flatMap(({ zh, en, walkM }, index): Service[] => {
    const layer = layers[index]
    if (!layer || shapeCount(layer) === 0) return []
    return [{ index, title: { zh, en }, walkM: walkM * pace, layer, reach: reachOf(plan, [layer], walkM * pace) }]
  })
  return { plan, services, distance: services[0]?.reach.distance ?? 'detour' }
}

/** Titles as an enumeration. */
export const listed = (rows: readonly Bilingual[], lang: 'zh' | 'en'): string =>
  rows.map((row) => row[lang]).join(lang === 'zh' ? '、' : ', ')

/** Those who should be served: one amount per feature. `ground` has the geometry of those features of `layer` that count. */
export interface Dwellers {
  parts: { layer: LayerColumns; ground: LayerColumns; amounts: Float64Array }[]
  proxy: boolean
  seenShare: number
}

/** People where the plan has them, otherwise the area of housing land. */
export function dwellersOf(plan: PlanData): Dwellers | undefined {
  const people = countedLayers(plan, 'population')
  if (people.some(({ total }) => total > 0)) {
    const features = people.reduce((count, { layer }) => count + shapeCount(layer), 0)
    return {
      parts: people.map(({ layer, amounts }) => ({ layer, ground: layer, amounts })),
      proxy: false,
      seenShare: 1 - people.reduce((count, { uncounted }) => count + uncounted, 0) / features,
    }
  }
  const parcels = plan.layer('landuse_plan')
  if (!parcels) return undefined
  const ground = chosenLayer(parcels, 'residential', inGroup(parcels, 'residential'))
  const amounts = featureAreas(ground)
  return shapeCount(ground) > 0 ? { parts: [{ layer: parcels, ground, amounts }], proxy: true, seenShare: 1 } : undefined
}

type Part = Dwellers['parts'][number]

/** The part of every feature's amount within reach. */
export function within({ ground, amounts }: Pick<Part, 'ground' | 'amounts'>, reach: Pick<Reach, 'sharesOf'>): Float64Array {
  const shares = reach.sharesOf(ground)
  return amounts.map((amount, feature) => amount * (shares[feature] ?? 0))
}

/** The part of every feature's amount in reach of every service. */
export function withinAll({ ground, amounts }: Part, { plan, services }: Circle): Float64Array {
  const shares = sharesWithinAll(
    plan,
    services.map(({ reach }) => reach),
    ground,
  )
  return amounts.map((amount, feature) => amount * (shares[feature] ?? 0))
}

/** The sum over all features of all layers. */
export const sum = (lists: readonly Float64Array[]): number =>
  lists.reduce((total, list) => total + list.reduce((part, amount) => part + amount, 0), 0)

const without = ({ amounts }: Part, served: Float64Array): Float64Array =>
  amounts.map((amount, feature) => amount - (served[feature] ?? 0))

const amountNote = (amount: number, proxy: boolean): Bilingual =>
  proxy ? hectares(amount) : { zh: `${Math.round(amount)} 人`, en: `${Math.round(amount)} people` }

/** Who is left out, with the services that are out of reach. */
export function leftOut({ parts, proxy }: Dwellers, circle: Circle) {
  return parts.map((part) => ({
    layer: part.layer,
    amounts: without(part, withinAll(part, circle)),
    note: (amount: number, feature: number): Bilingual => {
      const lacks = circle.services.filter(({ reach }) => (reach.sharesOf(part.ground)[feature] ?? 0) < 1 - 1e-9)
      const titles = lacks.map(({ title }) => title)
      const said = amountNote(amount, proxy)
      return { zh: `${said.zh}，缺：${listed(titles, 'zh')}`, en: `${said.en}, out of reach: ${listed(titles, 'en')}` }
    },
  }))
}

/** One row per basic service; services that the data do not hold have no figures. */
export function serviceTable(dwellers: Dwellers, { services }: Circle, facilities: LayerColumns): ResultTable {
  const all = sum(dwellers.parts.map(({ amounts }) => amounts))
  const unit = dwellers.proxy ? ('ha' as const) : ('persons' as const)
  const { layers } = servicePlaces(facilities)
  return {
    id: 'services',
    kind: 'list',
    title: { zh: '各类服务覆盖情况', en: 'Coverage by service' },
    rowTitle: { zh: '服务', en: 'Service' },
    columns: [
      { key: 'facilities', title: { zh: '设施数', en: 'Facilities' }, unit: 'count' },
      { key: 'walkM', title: { zh: '步行距离', en: 'Walk' }, unit: 'm' },
      { key: 'served', title: { zh: '可达', en: 'In reach' }, unit },
      { key: 'left', title: { zh: '不可达', en: 'Out of reach' }, unit },
      { key: 'share', title: { zh: '覆盖率', en: 'Coverage' }, unit: 'percent' },
    ],
    rows: BASIC_SERVICES.map(({ id, zh, en, walkM }, index) => {
      const service = services.find((each) => each.index === index)
      const count = layers[index]?.count ?? 0
      if (!service) return { key: id, title: { zh, en }, cells: [count, walkM, null, null, null] }
      const served = sum(dwellers.parts.map((part) => within(part, service.reach)))
      return { key: id, title: { zh, en }, cells: [count, service.walkM, served, all - served, all > 0 ? served / all : null] }
    }),
  }
}

const LEVELS = ['unit', 'district'] as const
const NOT_IN_UNITS: Bilingual = {
  zh: '差额在各单元之外（或单元互相重叠）。',
  en: 'The difference lies outside of these units (or they overlap).',
}

/** Who is served and who is not, by unit and by district where they are drawn. */
export function unitTables(plan: PlanData, dwellers: Dwellers, circle: Circle): ResultTable[] {
  const admin = plan.layer('admin')
  if (!admin) return []
  const all = sumByUnit(dwellers.parts, admin)
  const served = sumByUnit(
    dwellers.parts.map((part) => ({ layer: part.layer, amounts: withinAll(part, circle) })),
    admin,
  )
  const whole = sum(dwellers.parts.map(({ amounts }) => amounts))
  const unit = dwellers.proxy ? ('ha' as const) : ('persons' as const)
  return LEVELS.filter((level) => unitsAt(admin, level).length > 0).map((level) => {
    const inUnits = unitsAt(admin, level).reduce((total, { feature }) => total + (all[feature] ?? 0), 0)
    const closes = Math.abs(inUnits - whole) <= 1e-6 * whole
    const head = {
      id: `by_${level}`,
      title: { zh: `各${LEVEL_WORDS[level].zh}生活圈覆盖`, en: `Life circle by ${LEVEL_WORDS[level].en}` },
      columns: [
        { key: 'all', title: dwellers.proxy ? { zh: '居住用地', en: 'Housing land' } : { zh: '人口', en: 'People' }, unit },
        { key: 'served', title: { zh: '各类服务均可达', en: 'In reach of every service' }, unit },
        { key: 'left', title: { zh: '缺少服务', en: 'Left out' }, unit },
        { key: 'share', title: { zh: '覆盖率', en: 'Coverage' }, unit: 'percent' as const },
      ],
      closure: { all: closes ? { sum: inUnits, whole } : { sum: inUnits, whole, remark: NOT_IN_UNITS } },
    }
    return unitTable(admin, level, head, ({ feature }) => {
      const [total, reached] = [all[feature] ?? 0, served[feature] ?? 0]
      return [total, reached, total - reached, total > 0 ? reached / total : null]
    })
  })
}

/** People (or housing land) behind a figure: those served under "served", everyone under "all", otherwise those left out. */
export function featuresBehind(
  plan: PlanData,
  facilities: LayerColumns,
  dwellers: Dwellers,
  circle: Circle,
  { table, row, column }: TablePlace,
) {
  const service = table === 'services' ? circle.services.find(({ index }) => BASIC_SERVICES[index]?.id === row) : undefined
  if (table === 'services' && column === 'facilities') return facilitiesOf(facilities, row)
  const admin = plan.layer('admin')
  const unit = table === 'services' ? undefined : admin && unitOfRow(admin, row)
  if (table === 'services' ? !service : !unit) return []
  const pick = (part: Part): Float64Array => {
    const served = service ? within(part, service.reach) : withinAll(part, circle)
    return column === 'served' ? served : column === 'all' ? part.amounts : without(part, served)
  }
  return topCounted(
    dwellers.parts.map((part) => ({
      layer: part.layer,
      amounts: admin && unit ? amountsInUnit(part.layer, pick(part), admin, unit.feature) : pick(part),
      note: (amount: number) => amountNote(amount, dwellers.proxy),
    })),
  ).evidence
}

const facilitiesOf = (facilities: LayerColumns, id: string) => {
  const { serviceOf } = servicePlaces(facilities)
  const { zh, en } = BASIC_SERVICES.find((service) => service.id === id) ?? { zh: id, en: id }
  const amounts = serviceOf.map((service) => (BASIC_SERVICES[service]?.id === id ? 1 : 0))
  return topCounted([{ layer: facilities, amounts, note: () => ({ zh, en }) }]).evidence
}
