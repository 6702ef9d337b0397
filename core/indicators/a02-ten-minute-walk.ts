import type { ResultTable, TablePlace } from '../model/result-table.ts'
import type { Bilingual } from '../text.ts'
import { amountsInUnit, sumByUnit, topCounted, totalOf } from './counted.ts'
import { totalOf as totalAmount } from './amounts.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { NO_PARKS, parksOf, parksOfSize, PARKS_FROM_LAND_USE } from './large-parks.ts'
import { draft, measured, missing } from './outcomes.ts'
import { gateProxies, metresPerMinute, parkWalk, walkWords, type ParkWalk, type PeopleWalk } from './park-walk.ts'
import { unitOfRow, unitsAt, unitTable } from './per-unit.ts'
import { box } from '../geo/sketch.ts'
import { LONG_WALK, SHORT_WALK, SMALLEST_PARK, WALK_MINUTES, WALK_SPEED } from './walk-speed.ts'
import { hectares, percent } from './words.ts'

/** Share of the people who can walk to a park in ten minutes. */
export const tenMinuteWalk = defineIndicator({
  id: 'A02',
  version: 1,
  title: { zh: '步行 10 分钟可达公园', en: '10-minute walk to a park' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'higher',
  formula: {
    zh: '步行 10 分钟（可调）内可达公园（自然空间）的人口 ÷ 总人口；有路网按路网，没有路网按直线 × 1.3。',
    en: 'People within a 10-minute walk (a parameter) of a park ÷ all people; along the roads where they are given, otherwise straight line × 1.3.',
  },
  source:
    'Trust for Public Land: 10-minute walk, half a mile on the walkable network from entrances; Singapore 90 % (MND 2022); smallest park 0.2 ha: GB/T 51346-2019 (unverified)',
  seed: ['S026', 'S036'],
  needs: ['population', 'green'],
  uses: ['road_network', 'park_entrance', 'landuse_plan', 'admin'],
  parameters: {
    walkSpeedKmh: WALK_SPEED,
    walkMinutes: WALK_MINUTES,
    shortWalkMinutes: SHORT_WALK,
    longWalkMinutes: LONG_WALK,
    minimumParkM2: SMALLEST_PARK,
  },
  overlays: [['population', 'admin']],
  detailTitles: {
    walkM: { zh: '步行距离', en: 'Length of the walk', unit: 'm' },
    persons: { zh: '总人口', en: 'All people', unit: 'persons' },
    servedPersons: { zh: '步行可达的人口', en: 'People within the walk', unit: 'persons' },
    unservedPersons: { zh: '步行不可达的人口', en: 'People farther away', unit: 'persons' },
    unplacedPersons: { zh: '附近没有道路、无法判断的人口', en: 'People with no road near, not judged', unit: 'persons' },
    fiveMinuteShare: { zh: '短程步行可达比例', en: 'Share within the short walk', unit: 'percent' },
    fifteenMinuteShare: { zh: '长程步行可达比例', en: 'Share within the long walk', unit: 'percent' },
    network: { zh: '按路网计算', en: 'Along the road network' },
  },
  compute(plan, parameters) {
    const { walkSpeedKmh, walkMinutes, shortWalkMinutes, longWalkMinutes, minimumParkM2 } = parameters
    const reach = reachOf(plan, parameters)
    const size = hectares(minimumParkM2)
    const words = walkWords(reach?.walk.distance ?? 'detour')
    const work = draft(
      `连片面积不小于 ${size.zh} 的公园，${walkSpeedKmh} km/h 步行 ${walkMinutes} 分钟（${metresPerMinute(walkSpeedKmh) * walkMinutes} m）内的人口 ÷ 总人口；${words.zh}。`,
      `People within ${walkMinutes} minutes (${metresPerMinute(walkSpeedKmh) * walkMinutes} m at ${walkSpeedKmh} km/h) of a connected park of at least ${size.en} ÷ all people; ${words.en}.`,
    )
    if (!reach) return missing(work, NO_PARKS, ['green'])
    const { walk, notes } = reach
    work.notes.push(...notes)
    const persons = totalOf(walk.people)
    if (persons <= 0) return missing(work, NOBODY, ['population'])
    const within = (minutes: number) => total(walk, (one) => inReach(one, reach.walkM(minutes)))
    const served = within(walkMinutes)
    const unplaced = total(walk, unplacedOf)
    const left = (one: PeopleWalk) => leftOut(one, reach.walkM(walkMinutes))
    work.details = {
      walkM: reach.walkM(walkMinutes),
      persons,
      servedPersons: served,
      unservedPersons: total(walk, left),
      unplacedPersons: unplaced,
      fiveMinuteShare: within(shortWalkMinutes) / persons,
      fifteenMinuteShare: within(longWalkMinutes) / persons,
      network: walk.distance === 'network',
    }
    const result = {
      ...work,
      ...topCounted(
        walk.people.map((one) => ({
          layer: one.layer,
          amounts: left(one),
          note: noteOf(one, walkMinutes, reach.walkM(walkMinutes)),
        })),
      ),
      tables: [circleTable(reach, persons), ...districtTable(plan, reach, persons)],
      quality: { distance: walk.distance, proxies: gateProxies(walk.gates), seenShare: 1 - unplaced / persons },
    }
    return measured(result, served / persons, 'ratio')
  },
  featuresOf(plan, parameters, place) {
    const reach = reachOf(plan, parameters)
    return reach ? featuresBehind(plan, reach, place) : []
  },
  examples: [
    {
      title:
        'along the streets: 300 people 700 m away are in reach, 700 people 200 m away as the crow flies but 1,000 m on foot are not',
      layers: {
        green: [{ polygon: [box(-100, 0, 100, 100)] }],
        park_entrance: [{ point: [0, 0] }],
        road_network: [
          { line: [[0, 0], [700, 0]] }, // prettier-ignore
          { line: [[0, 0], [0, -400], [200, -400], [200, -20]] }, // prettier-ignore
        ],
        population: [
          { point: [700, 0], attributes: { persons: 300 } },
          { point: [200, -180], attributes: { persons: 700 } },
        ],
      },
      answer: 0.3,
      details: { network: true, servedPersons: 300, unservedPersons: 700, unplacedPersons: 0, walkM: 800 },
    },
    {
      title:
        'without entrances the edge along the road stands for them; a strip of homes is served for 400 of its 500 m by 5 minutes',
      layers: {
        green: [{ polygon: [box(-100, 0, 100, 100)] }],
        road_network: [{ line: [[0, 0], [2000, 0]] }], // prettier-ignore
        population: [{ polygon: [box(0, -0.01, 500, 0.02)], attributes: { persons: 1000 } }],
      },
      answer: 1,
      details: { fiveMinuteShare: 0.8, servedPersons: 1000 },
    },
    {
      title: 'a bridge does not join: roads that merely cross leave 500 people out',
      layers: {
        green: [{ polygon: [box(-100, -50, 100, 100)] }],
        park_entrance: [{ point: [0, 0] }],
        road_network: [
          { line: [[0, 0], [600, 0]] }, // prettier-ignore
          { line: [[300, -300], [300, 300]] }, // prettier-ignore
        ],
        population: [
          { point: [300, 300], attributes: { persons: 500 } },
          { point: [600, 0], attributes: { persons: 500 } },
        ],
      },
      answer: 0.5,
    },
    {
      title: 'no roads: a slower walker, straight line × 1.3; 3.9 km/h for ten minutes reach 650 ÷ 1.3 = 500 m',
      layers: {
        green: [{ polygon: [box(-100, 0, 100, 100)] }],
        population: [{ polygon: [box(0, 40, 800, 20)], attributes: { persons: 8000 } }],
      },
      parameters: { walkSpeedKmh: 3.9 },
      answer: 0.625,
      details: { network: false, servedPersons: 5000 },
    },
    {
      title: 'people far from every road are not judged, and are not said to be served',
      layers: {
        green: [{ polygon: [box(-100, 0, 100, 100)] }],
        road_network: [{ line: [[0, 0], [700, 0]] }], // prettier-ignore
        population: [
          { point: [700, 0], attributes: { persons: 600 } },
          { point: [300, 400], attributes: { persons: 400 } },
        ],
      },
      answer: 0.6,
      details: { unplacedPersons: 400, unservedPersons: 0 },
    },
    {
      title: 'other minutes: 5 minutes at 4.8 km/h are 400 m, which 300 of 800 people need not walk',
      layers: {
        green: [{ polygon: [box(-100, 0, 100, 100)] }],
        road_network: [{ line: [[0, 0], [700, 0]] }], // prettier-ignore
        population: [
          { point: [350, 0], attributes: { persons: 300 } },
          { point: [700, 0], attributes: { persons: 500 } },
        ],
      },
      parameters: { walkMinutes: 5, longWalkMinutes: 9 },
      answer: 0.375,
      details: { walkM: 400, fifteenMinuteShare: 1 },
    },
    { title: 'no park', layers: { population: [{ point: [0, 0], attributes: { persons: 1 } }] }, answer: 'missing' },
  ],
})

const NOBODY: Bilingual = { zh: '没有人口数据。', en: 'There are no data of people.' }

interface Reach {
  walk: ParkWalk
  walkM: (minutes: number) => number
  /** The walk that counts, and all that are asked about, in minutes. */
  minutes: number
  circles: readonly number[]
  notes: Bilingual[]
}

type Parameters = Readonly<
  Record<'walkSpeedKmh' | 'walkMinutes' | 'shortWalkMinutes' | 'longWalkMinutes' | 'minimumParkM2', number>
>

function reachOf(plan: PlanData, parameters: Parameters): Reach | undefined {
  const { walkSpeedKmh, walkMinutes, shortWalkMinutes, longWalkMinutes, minimumParkM2 } = parameters
  const parks = parksOf(plan)
  if (!parks) return undefined
  const walkM = (minutes: number) => metresPerMinute(walkSpeedKmh) * minutes
  const circles = [...new Set([shortWalkMinutes, walkMinutes, longWalkMinutes])].toSorted((one, other) => one - other)
  const notes = [...(parks.layer.role === 'green' ? [] : [PARKS_FROM_LAND_USE]), ...parks.notes]
  const walk = parkWalk(plan, parksOfSize(plan, parks, minimumParkM2), walkM(Math.max(...circles)))
  return { walk, walkM, minutes: walkMinutes, circles, notes }
}

/** The part of every feature's people that a share says. Plain loops: callbacks of typed arrays cost ten times as much. */
function partsOf({ amounts }: PeopleWalk, shareOf: (feature: number) => number): Float64Array {
  const parts = new Float64Array(amounts.length)
  for (let feature = 0; feature < parts.length; feature += 1) parts[feature] = (amounts[feature] ?? 0) * shareOf(feature)
  return parts
}

const inReach = (one: PeopleWalk, walkM: number): Float64Array => {
  const shares = one.within(walkM)
  return partsOf(one, (feature) => shares[feature] ?? 0)
}

const unplacedOf = (one: PeopleWalk): Float64Array => partsOf(one, (feature) => 1 - (one.placed[feature] ?? 0))

/** Those who stand near a road and have no park in reach. */
const leftOut = (one: PeopleWalk, walkM: number): Float64Array => {
  const shares = one.within(walkM)
  return partsOf(one, (feature) => Math.max(0, (one.placed[feature] ?? 0) - (shares[feature] ?? 0)))
}

const total = ({ people }: ParkWalk, amountsOf: (one: PeopleWalk) => Float64Array): number =>
  people.reduce((sum, one) => sum + totalAmount(amountsOf(one)), 0)

const noteOf =
  (one: PeopleWalk, minutes: number, walkM: number) =>
  (amount: number, feature: number): Bilingual => {
    const covered = percent(one.within(walkM)[feature] ?? 0)
    return {
      zh: `约 ${Math.round(amount)} 人步行 ${minutes} 分钟不可达（覆盖 ${covered.zh}）`,
      en: `about ${Math.round(amount)} people beyond a ${minutes}-minute walk (${covered.en} covered)`,
    }
  }

const COLUMNS: ResultTable['columns'] = [
  { key: 'all', title: { zh: '人口', en: 'People' }, unit: 'persons' },
  { key: 'served', title: { zh: '可达', en: 'In reach' }, unit: 'persons' },
  { key: 'left', title: { zh: '不可达', en: 'Out of reach' }, unit: 'persons' },
  { key: 'unplaced', title: { zh: '附近没有道路', en: 'No road near' }, unit: 'persons' },
  { key: 'share', title: { zh: '覆盖率', en: 'Coverage' }, unit: 'percent' },
]

const circleTable = ({ walk, walkM, circles }: Reach, persons: number): ResultTable => ({
  id: 'circles',
  kind: 'list',
  title: {
    zh: `步行 ${circles.join('、')} 分钟可达公园的人口`,
    en: `People within ${circles.join(', ')} minutes of a park`,
  },
  rowTitle: { zh: '步行时间', en: 'Walk' },
  columns: COLUMNS,
  rows: circles.map((minutes) => {
    const served = total(walk, (one) => inReach(one, walkM(minutes)))
    const left = total(walk, (one) => leftOut(one, walkM(minutes)))
    const cells = [persons, served, left, total(walk, unplacedOf), served / persons]
    return { key: String(minutes), title: { zh: `${minutes} 分钟`, en: `${minutes} minutes` }, cells }
  }),
})

const NOT_IN_DISTRICTS: Bilingual = {
  zh: '差额在各区县之外（或区县互相重叠）。',
  en: 'The difference lies outside of the districts (or they overlap).',
}

function districtTable(plan: PlanData, { walk, walkM, minutes }: Reach, whole: number): ResultTable[] {
  const admin = plan.layer('admin')
  if (!admin || unitsAt(admin, 'district').length === 0) return []
  const byUnit = (amountsOf: (one: PeopleWalk) => Float64Array) =>
    sumByUnit(
      walk.people.map((one) => ({ layer: one.layer, amounts: amountsOf(one) })),
      admin,
    )
  const all = byUnit(({ amounts }) => amounts)
  const served = byUnit((one) => inReach(one, walkM(minutes)))
  const left = byUnit((one) => leftOut(one, walkM(minutes)))
  const unplaced = byUnit(unplacedOf)
  const sum = unitsAt(admin, 'district').reduce((total, { feature }) => total + (all[feature] ?? 0), 0)
  const closes = Math.abs(sum - whole) <= 1e-6 * whole
  const head = {
    id: 'by_district',
    title: { zh: `各区县步行 ${minutes} 分钟可达公园的人口`, en: `People within ${minutes} minutes of a park by district` },
    columns: COLUMNS,
    closure: { all: closes ? { sum, whole } : { sum, whole, remark: NOT_IN_DISTRICTS } },
  }
  return [
    unitTable(admin, 'district', head, ({ feature }) => {
      const persons = all[feature] ?? 0
      const reached = served[feature] ?? 0
      return [persons, reached, left[feature] ?? 0, unplaced[feature] ?? 0, persons > 0 ? reached / persons : null]
    }),
  ]
}

function featuresBehind(plan: PlanData, { walk, walkM, minutes: usual, circles }: Reach, { table, row, column }: TablePlace) {
  const admin = plan.layer('admin')
  const unit = table === 'by_district' && admin ? unitOfRow(admin, row) : undefined
  const isCircle = table === 'circles' && circles.some((minutes) => String(minutes) === row)
  if (!unit && !isCircle) return []
  const distanceM = walkM(isCircle ? Number(row) : usual)
  const pick = (one: PeopleWalk): Float64Array => {
    if (column === 'all') return one.amounts
    if (column === 'served') return inReach(one, distanceM)
    return column === 'unplaced' ? unplacedOf(one) : leftOut(one, distanceM)
  }
  return topCounted(
    walk.people.map((one) => ({
      layer: one.layer,
      amounts: admin && unit ? amountsInUnit(one.layer, pick(one), admin, unit.feature) : pick(one),
      note: (amount: number) => ({ zh: `${Math.round(amount)} 人`, en: `${Math.round(amount)} people` }),
    })),
  ).evidence
}
