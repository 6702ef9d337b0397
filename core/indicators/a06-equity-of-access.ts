import type { LayerColumns } from '../geo/columns.ts'
import { featureAreas } from '../geo/feature-areas.ts'
import { box } from '../geo/sketch.ts'
import type { DistanceMethod } from '../model/measurement.ts'
import type { ResultTable, TablePlace } from '../model/result-table.ts'
import { gaussian, giniOfCurve, lorenz, twoStepAccess, within, type LorenzPoint } from '../network/access.ts'
import type { Bilingual } from '../text.ts'
import { amountsInUnit, countedLayers, sumByUnit, topCounted, totalOf, type CountedLayer } from './counted.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { NO_PARKS, parksOf, parksOfSize, PARKS_FROM_LAND_USE } from './large-parks.ts'
import { draft, measured, missing } from './outcomes.ts'
import type { ParkGates } from './park-gates.ts'
import { gateProxies, metresPerMinute, walkWords } from './park-walk.ts'
import { parkWays } from './park-ways.ts'
import { unitOfRow, unitsAt, unitTable } from './per-unit.ts'
import { SMALLEST_PARK, WALK_SPEED } from './walk-speed.ts'
import { peoplePlaces } from './walk-roads.ts'
import { hectares } from './words.ts'

/** How evenly the park area that people can walk to is spread among them. */
export const equityOfAccess = defineIndicator({
  id: 'A06',
  version: 1,
  title: { zh: '公园可达公平（基尼系数）', en: 'Equity of park access (Gini)' },
  unit: 'index',
  displayUnit: 'index',
  better: 'lower',
  formula: {
    zh: '两步移动搜索法：Rⱼ = 公园面积 ÷ 范围内人口，Aᵢ = 范围内 Rⱼ 之和；取 Aᵢ 按人口加权的基尼系数。',
    en: 'Two-step floating catchment: Rⱼ = park area ÷ people in reach, Aᵢ = sum of Rⱼ in reach; the Gini coefficient of Aᵢ weighted by people.',
  },
  source: 'Luo & Wang 2003 (2SFCA); Luo & Qi 2009 and Dai 2010 (Gaussian weights); bands interpolated',
  seed: ['S026'],
  needs: ['green', 'population'],
  uses: ['road_network', 'park_entrance', 'landuse_plan', 'admin'],
  parameters: {
    walkSpeedKmh: WALK_SPEED,
    minimumParkM2: SMALLEST_PARK,
    accessMinutes: {
      default: 15,
      min: 1,
      max: 60,
      unit: 'count',
      title: { zh: '步行时间上限（分钟）', en: 'Longest walk (minutes)' },
      source: 'GB 50180-2018: 15-minute life circle',
    },
    gaussianDecay: {
      default: 0,
      min: 0,
      max: 1,
      unit: 'count',
      title: { zh: '高斯衰减（0 否，1 是）', en: 'Gaussian decay (0 no, 1 yes)' },
      source: 'Dai 2010; off by default (interpolated)',
    },
  },
  overlays: [['population', 'admin']],
  detailTitles: {
    persons: { zh: '参与计算的人口', en: 'People counted', unit: 'persons' },
    unplacedPersons: { zh: '附近没有道路、未计入的人口', en: 'People with no road near, left out', unit: 'persons' },
    withoutPersons: { zh: '范围内没有公园的人口', en: 'People with no park in reach', unit: 'persons' },
    reachedParkM2: { zh: '有人可达的公园面积', en: 'Parks that somebody reaches', unit: 'ha' },
    meanM2PerPerson: { zh: '人均可达公园面积', en: 'Park area per person in reach', unit: 'm2_per_person' },
    poorestTenthShare: { zh: '可达性最低的 10% 人口所占份额', en: 'Share of the tenth with least access', unit: 'percent' },
  },
  compute(plan, parameters) {
    const { walkSpeedKmh, minimumParkM2, accessMinutes, gaussianDecay } = parameters
    const found = accessOf(plan, parameters)
    const words = walkWords(found?.distance ?? 'detour')
    const size = hectares(minimumParkM2)
    const kind = gaussianDecay >= 0.5 ? { zh: '高斯衰减', en: 'Gaussian weights' } : { zh: '不衰减', en: 'no decay' }
    const work = draft(
      `不小于 ${size.zh} 的公园面积按步行 ${accessMinutes} 分钟（${walkSpeedKmh} km/h）的两步移动搜索法（${kind.zh}）分给居民，取人口加权基尼系数；${words.zh}。`,
      `The area of parks of at least ${size.en} was shared among people within ${accessMinutes} minutes (${walkSpeedKmh} km/h) by two-step floating catchments (${kind.en}); Gini coefficient weighted by people; ${words.en}.`,
    )
    if (!found) return missing(work, NO_PARKS, ['green'])
    work.notes.push(...found.notes)
    if (totalOf(found.people.map(({ one }) => one)) <= 0) return missing(work, NOBODY, ['population'])
    const { persons, unplaced } = found
    const curve = lorenz(found.perPlace, found.weights)
    const value = giniOfCurve(curve)
    if (value === undefined) return missing(work, NOTHING_REACHED, ['green', 'road_network'])
    const amountM2 = found.perPlace.reduce((sum, access, place) => sum + access * (found.weights[place] ?? 0), 0)
    work.details = {
      persons,
      unplacedPersons: unplaced,
      withoutPersons: found.perPlace.reduce((sum, access, place) => sum + (access > 0 ? 0 : (found.weights[place] ?? 0)), 0),
      reachedParkM2: found.reachedM2,
      meanM2PerPerson: amountM2 / persons,
      poorestTenthShare: shareAt(curve, 0.1),
    }
    const result = {
      ...work,
      ...topCounted(
        found.people.map((group) => ({ layer: group.one.layer, amounts: poorer(group, amountM2 / persons), note: poorNote })),
      ),
      tables: [lorenzTable(curve), ...districtTable(plan, found)],
      quality: { distance: found.distance, proxies: gateProxies(found.gates), seenShare: persons / (persons + unplaced) },
    }
    // rounding may leave a hair below nothing where all are alike
    return measured(result, Math.max(0, value), 'index')
  },
  featuresOf(plan, parameters, place) {
    const found = accessOf(plan, parameters)
    return found ? featuresBehind(plan, found, place) : []
  },
  examples: [
    {
      title: 'the published vector: 10 and 5 m² (here × 1,000), 100, 200 and 50 people, walks of 300 to 1,200 m, limit 800 m',
      layers: {
        green: [{ polygon: [box(-400, -50, 100, 100)] }, { polygon: [box(1000, -25, 100, 50)] }],
        park_entrance: [{ point: [-300, 0] }, { point: [1000, 0] }],
        road_network: [{ line: [[-300, 0], [1000, 0]] }, { line: [[1000, 0], [1000, 500]] }], // prettier-ignore
        population: [
          { point: [0, 0], attributes: { persons: 100 } },
          { point: [400, 0], attributes: { persons: 200 } },
          { point: [1000, 500], attributes: { persons: 50 } },
        ],
      },
      parameters: { accessMinutes: 10 },
      answer: 0.152381,
      details: { persons: 350, reachedParkM2: 15_000, meanM2PerPerson: 42.857143, withoutPersons: 0 },
    },
    {
      title: 'everyone alike, without roads: no inequality',
      layers: {
        green: [{ polygon: [box(-100, 0, 100, 100)] }],
        population: [
          { point: [50, 50], attributes: { persons: 100 } },
          { point: [200, 50], attributes: { persons: 300 } },
        ],
      },
      answer: 0,
      details: { meanM2PerPerson: 25 },
    },
    {
      title: 'one half of the people has all: Gini one half',
      layers: {
        green: [{ polygon: [box(-100, 0, 100, 100)] }],
        population: [
          { point: [50, 50], attributes: { persons: 100 } },
          { point: [9000, 50], attributes: { persons: 100 } },
        ],
      },
      answer: 0.5,
      details: { withoutPersons: 100, poorestTenthShare: 0 },
    },
    {
      title: 'nobody reaches a park',
      layers: {
        green: [{ polygon: [box(-100, 0, 100, 100)] }],
        population: [{ point: [9000, 50], attributes: { persons: 100 } }],
      },
      answer: 'missing',
    },
  ],
})

const NOBODY: Bilingual = { zh: '没有人口数据。', en: 'There are no data of people.' }
const NOTHING_REACHED: Bilingual = {
  zh: '步行范围内没有任何人可达公园，无从谈公平。',
  en: 'Nobody reaches a park within the walk, so there is nothing to share.',
}

interface Group {
  one: CountedLayer
  /** Mean access of each feature, m² per person, and its people who stand near a road. */
  access: Float64Array
  placedPersons: Float64Array
}

interface Found {
  people: Group[]
  perPlace: Float64Array
  weights: Float64Array
  persons: number
  unplaced: number
  reachedM2: number
  distance: DistanceMethod
  gates: ParkGates | undefined
  notes: Bilingual[]
}

type Parameters = Readonly<Record<'walkSpeedKmh' | 'minimumParkM2' | 'accessMinutes' | 'gaussianDecay', number>>

const kept = new WeakMap<LayerColumns, { key: readonly unknown[]; found: Found }>()

/** The same as long as people, parks, roads and parameters stay: the last answer is kept beside the layer of parks. */
function accessOf(plan: PlanData, parameters: Parameters): Found | undefined {
  const green = parksOf(plan)
  if (!green) return undefined
  const parks = parksOfSize(plan, green, parameters.minimumParkM2)
  const key = [
    plan.layer('road_network'),
    plan.layer('park_entrance'),
    ...plan.layers('population'),
    ...Object.values(parameters),
  ]
  const before = kept.get(parks)
  if (before && before.key.length === key.length && key.every((part, at) => part === before.key[at])) return before.found
  const found = findAccess(plan, parks, parameters)
  found.notes = [...(green.layer.role === 'green' ? [] : [PARKS_FROM_LAND_USE]), ...green.notes]
  kept.set(parks, { key, found })
  return found
}

function findAccess(plan: PlanData, parks: LayerColumns, { walkSpeedKmh, accessMinutes, gaussianDecay }: Parameters): Found {
  const limitM = metresPerMinute(walkSpeedKmh) * accessMinutes
  const counted = countedLayers(plan, 'population')
  const groups = counted.map((one) => ({ one, places: peoplePlaces(one.layer), ...parkWays(plan, one.layer, parks, limitM) }))
  const size = groups.reduce((sum, { places }) => sum + places.share.length, 0)
  const weights = new Float64Array(size)
  const ways = { from: [] as Int32Array[], to: [] as Int32Array[], cost: [] as Float64Array[] }
  let start = 0
  for (const { one, places, ways: own } of groups) {
    for (let feature = 0; feature < one.layer.count; feature += 1) {
      for (let place = places.offset[feature] ?? 0; place < (places.offset[feature + 1] ?? 0); place += 1) {
        if (own.placed[place] === 1) weights[start + place] = (one.amounts[feature] ?? 0) * (places.share[place] ?? 0)
      }
    }
    const first = start
    ways.from.push(first === 0 ? own.from : own.from.map((place) => place + first))
    ways.to.push(own.to)
    ways.cost.push(own.cost)
    start += places.share.length
  }
  const all = { from: joinedInts(ways.from), to: joinedInts(ways.to), cost: joinedFloats(ways.cost) }
  const decay = gaussianDecay >= 0.5 ? gaussian(limitM) : within(limitM)
  const areas = featureAreas(parks)
  const { perSupply, perGroup } = twoStepAccess(areas, weights, all, decay)
  const persons = weights.reduce((sum, here) => sum + here, 0)
  let first = 0
  const people = groups.map(({ one, places }): Group => {
    const group = byFeature(one, places, weights, perGroup, first)
    first += places.share.length
    return group
  })
  return {
    people,
    perPlace: perGroup,
    weights,
    persons,
    unplaced: Math.max(0, totalOf(counted) - persons),
    reachedM2: areas.reduce((sum, areaM2, park) => sum + ((perSupply[park] ?? 0) > 0 ? areaM2 : 0), 0),
    distance: groups[0]?.distance ?? 'detour',
    gates: groups[0]?.gates,
    notes: [],
  }
}

function byFeature(
  one: CountedLayer,
  { offset }: { offset: Uint32Array },
  weights: Float64Array,
  perPlace: Float64Array,
  first: number,
): Group {
  const [access, placedPersons] = [new Float64Array(one.layer.count), new Float64Array(one.layer.count)]
  for (let feature = 0; feature < one.layer.count; feature += 1) {
    let [amount, persons] = [0, 0]
    for (let place = offset[feature] ?? 0; place < (offset[feature + 1] ?? 0); place += 1) {
      persons += weights[first + place] ?? 0
      amount += (weights[first + place] ?? 0) * (perPlace[first + place] ?? 0)
    }
    placedPersons[feature] = persons
    access[feature] = persons > 0 ? amount / persons : 0
  }
  return { one, access, placedPersons }
}

function joinedInts(lists: readonly Int32Array[]): Int32Array {
  if (lists.length === 1 && lists[0]) return lists[0]
  const all = new Int32Array(lists.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const list of lists) {
    all.set(list, at)
    at += list.length
  }
  return all
}

function joinedFloats(lists: readonly Float64Array[]): Float64Array {
  if (lists.length === 1 && lists[0]) return lists[0]
  const all = new Float64Array(lists.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const list of lists) {
    all.set(list, at)
    at += list.length
  }
  return all
}

/** People of features whose mean access is less than half of everyone's. */
const poorer = ({ access, placedPersons }: Group, mean: number): Float64Array =>
  placedPersons.map((persons, feature) => ((access[feature] ?? 0) < mean / 2 ? persons : 0))

const poorNote = (persons: number): Bilingual => ({
  zh: `约 ${Math.round(persons)} 人，可达公园面积不足人均水平的一半`,
  en: `about ${Math.round(persons)} people with less than half of the mean park area in reach`,
})

/** What share of all there is the poorest `people` share has. */
function shareAt(curve: readonly LorenzPoint[], people: number): number {
  const next = curve.findIndex((point) => point.people >= people - 1e-12)
  const [before, here] = [curve[next - 1], curve[next]]
  if (!before || !here) return here?.amount ?? 1
  const step = here.people - before.people
  return before.amount + (step > 0 ? ((people - before.people) / step) * (here.amount - before.amount) : 0)
}

const TENTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const

const lorenzTable = (curve: readonly LorenzPoint[]): ResultTable => ({
  id: 'lorenz',
  kind: 'series',
  title: { zh: '洛伦兹曲线（可达性由低到高）', en: 'Lorenz curve (least access first)' },
  rowTitle: { zh: '累计人口', en: 'People up to' },
  columns: [
    { key: 'access', title: { zh: '累计可达公园面积', en: 'Share of park area in reach' }, unit: 'percent' },
    { key: 'even', title: { zh: '完全均等', en: 'If all were alike' }, unit: 'percent', drawn: 'aim' },
  ],
  rows: TENTHS.map((tenth) => ({
    key: String(10 * tenth),
    title: { zh: `${10 * tenth}%`, en: `${10 * tenth} %` },
    cells: [shareAt(curve, tenth / 10), tenth / 10],
  })),
})

function districtTable(plan: PlanData, { people, persons: whole }: Found): ResultTable[] {
  const admin = plan.layer('admin')
  if (!admin || unitsAt(admin, 'district').length === 0) return []
  const persons = sumByUnit(
    people.map(({ one, placedPersons }) => ({ layer: one.layer, amounts: placedPersons })),
    admin,
  )
  const amount = sumByUnit(
    people.map(({ one, placedPersons, access }) => ({
      layer: one.layer,
      amounts: placedPersons.map((here, feature) => here * (access[feature] ?? 0)),
    })),
    admin,
  )
  const sum = unitsAt(admin, 'district').reduce((total, { feature }) => total + (persons[feature] ?? 0), 0)
  const closes = Math.abs(sum - whole) <= 1e-6 * whole
  const head = {
    id: 'by_district',
    title: { zh: '各区县人均可达公园面积', en: 'Park area per person in reach by district' },
    columns: [
      { key: 'persons', title: { zh: '人口', en: 'People' }, unit: 'persons' as const },
      { key: 'access', title: { zh: '人均可达公园面积', en: 'Park area per person' }, unit: 'm2_per_person' as const },
    ],
    closure: { persons: closes ? { sum, whole } : { sum, whole, remark: NOT_IN_DISTRICTS } },
  }
  return [
    unitTable(admin, 'district', head, ({ feature }) => {
      const here = persons[feature] ?? 0
      return [here, here > 0 ? (amount[feature] ?? 0) / here : null]
    }),
  ]
}

const NOT_IN_DISTRICTS: Bilingual = {
  zh: '差额在各区县之外（或区县互相重叠）。',
  en: 'The difference lies outside of the districts (or they overlap).',
}

function featuresBehind(plan: PlanData, { people }: Found, { table, row }: TablePlace) {
  const admin = plan.layer('admin')
  const unit = table === 'by_district' && admin ? unitOfRow(admin, row) : undefined
  if (!admin || !unit) return []
  return topCounted(
    people.map(({ one, placedPersons, access }) => ({
      layer: one.layer,
      amounts: amountsInUnit(one.layer, placedPersons, admin, unit.feature),
      note: (persons: number, feature: number) => ({
        zh: `${Math.round(persons)} 人，人均可达 ${(access[feature] ?? 0).toFixed(1)} m²`,
        en: `${Math.round(persons)} people, ${(access[feature] ?? 0).toFixed(1)} m² in reach of each`,
      }),
    })),
  ).evidence
}
