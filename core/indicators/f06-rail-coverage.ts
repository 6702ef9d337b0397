import { shapeCount } from '../geo/edited.ts'
import { box } from '../geo/sketch.ts'
import type { ResultTable, TablePlace } from '../model/result-table.ts'
import { WALKING } from '../reference/walking.ts'
import type { Bilingual } from '../text.ts'
import { amountsInUnit, countedLayers, sumByUnit, topCounted, totalOf, type CountedLayer } from './counted.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { jobsNote, peopleNote } from './jobs-and-homes.ts'
import { draft, measured, missing } from './outcomes.ts'
import { unitOfRow, unitsAt, unitTable } from './per-unit.ts'
import { REACH_WORDS, straightReach, walkReach, type Reach } from './reach.ts'
import { RADIUS_BY_ROADS } from './walk-speed.ts'
import { metres } from './words.ts'

const NOTES = { persons: peopleNote, jobs: jobsNote } as const

/** Share of the people and jobs around rail stations. */
export const railCoverage = defineIndicator({
  id: 'F06',
  version: 2,
  title: { zh: '轨道站点 800 m 覆盖', en: 'Rail coverage at 800 m' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'higher',
  formula: {
    zh: '轨道站点 800 m（直线；可改为沿路网步行）内（人口＋岗位）÷ 全部（人口＋岗位）；点整点计入，面按面积比例分摊。',
    en: '(people + jobs) within 800 m of a rail station (straight line; along the roads if asked for) ÷ all (people + jobs); points whole, areas by area share.',
  },
  source: '轨道站点周边 800 m 覆盖率 (城市体检)',
  seed: ['S062'],
  needs: ['rail_station', 'population', 'jobs'],
  uses: ['road_network', 'admin'],
  parameters: {
    stationDistanceM: {
      default: 800,
      min: 100,
      max: 3000,
      unit: 'm',
      title: { zh: '距轨道站点', en: 'Distance to a station' },
      source: '城市体检 轨道站点 800 m',
    },
    alongRoads: RADIUS_BY_ROADS,
  },
  overlays: [
    ['population', 'admin'],
    ['jobs', 'admin'],
  ],
  detailTitles: {
    stations: { zh: '轨道站点', en: 'Rail stations', unit: 'count' },
    persons: { zh: '总人口', en: 'All people', unit: 'persons' },
    personsNear: { zh: '覆盖人口', en: 'People near', unit: 'persons' },
    jobs: { zh: '总岗位', en: 'All jobs', unit: 'count' },
    jobsNear: { zh: '覆盖岗位', en: 'Jobs near', unit: 'count' },
    networkShare: { zh: '沿路网同距离的覆盖率', en: 'Share within the same walk along the roads', unit: 'percent' },
    straightShare: { zh: '直线同距离的覆盖率', en: 'Share within the same straight line', unit: 'percent' },
  },
  compute(plan, { stationDistanceM, alongRoads }) {
    const reach = stationReach(plan, stationDistanceM, alongRoads)
    const [radius, how] = [metres(stationDistanceM), REACH_WORDS[reach?.distance ?? 'straight']]
    const work = draft(
      `轨道站点 ${radius.zh}（${how.zh}）范围内的人口与岗位之和，除以全部人口与岗位之和。`,
      `People and jobs within ${radius.en} of a rail station (${how.en}) divided by all people and jobs.`,
    )
    const counted = countedOf(plan)
    const [persons, jobs] = [totalOf(counted.persons), totalOf(counted.jobs)]
    if (!reach) return missing(work, NO_STATIONS, ['rail_station'])
    if (persons + jobs <= 0) return missing(work, NOBODY, ['population', 'jobs'])
    if (persons <= 0) work.notes.push(ONLY.jobs)
    if (jobs <= 0) work.notes.push(ONLY.persons)
    const near = (list: readonly CountedLayer[], by: Reach = reach) => list.reduce((sum, one) => sum + total(within(one, by)), 0)
    const [personsNear, jobsNear] = [near(counted.persons), near(counted.jobs)]
    const other = otherReach(plan, stationDistanceM, reach)
    const stations = plan.layers('rail_station').reduce((sum, layer) => sum + shapeCount(layer), 0)
    work.details = {
      stations,
      ...(persons > 0 ? { persons, personsNear } : {}),
      ...(jobs > 0 ? { jobs, jobsNear } : {}),
      ...(other
        ? { [`${other.distance}Share`]: (near(counted.persons, other) + near(counted.jobs, other)) / (persons + jobs) }
        : {}),
    }
    const parts = [...counted.persons, ...counted.jobs]
    const features = parts.reduce((sum, { layer }) => sum + shapeCount(layer), 0)
    const result = {
      ...work,
      ...topCounted(parts.map((one) => ({ layer: one.layer, amounts: outside(one, reach), note: NOTES[one.field] }))),
      tables: [sumTable(persons, personsNear, jobs, jobsNear), ...districtTable(plan, counted, reach)],
      quality: {
        distance: reach.distance,
        seenShare: 1 - parts.reduce((sum, { uncounted }) => sum + uncounted, 0) / features,
      },
    }
    return measured(result, (personsNear + jobsNear) / (persons + jobs), 'ratio')
  },
  featuresOf(plan, { stationDistanceM, alongRoads }, place) {
    const reach = stationReach(plan, stationDistanceM, alongRoads)
    return reach ? featuresBehind(plan, reach, place) : []
  },
  examples: [
    {
      title: '300 of 1,000 people and 500 of 600 jobs lie within 800 m',
      layers: {
        rail_station: [{ point: [0, 0] }],
        population: [
          { point: [790, 0], attributes: { persons: 300 } },
          { point: [0, 810], attributes: { persons: 700 } },
        ],
        jobs: [
          { point: [0, -10], attributes: { jobs: 500 } },
          { point: [5000, 0], attributes: { jobs: 100 } },
        ],
      },
      answer: 0.5,
      details: { personsNear: 300, jobsNear: 500 },
    },
    {
      title: 'people only, spread over a strip (2 cm wide) of 2,000 m; another distance',
      layers: {
        rail_station: [{ point: [0, 0] }],
        population: [{ polygon: [box(0, -0.01, 2000, 0.02)], attributes: { persons: 200 } }],
      },
      parameters: { stationDistanceM: 500 },
      answer: 0.25,
      details: { persons: 200 },
    },
    {
      title: 'along the roads, if asked for: of 300 people 500 m away all have to walk 900 m; the radius stands beside it',
      layers: {
        rail_station: [{ point: [0, 0] }],
        road_network: [{ line: [[0, 0], [0, 200], [500, 200], [500, 0]] }, { line: [[0, 0], [0, -700]] }], // prettier-ignore
        population: [
          { point: [500, 0], attributes: { persons: 300 } },
          { point: [0, -700], attributes: { persons: 100 } },
        ],
      },
      parameters: { alongRoads: 1 },
      answer: 0.25,
      details: { personsNear: 100, straightShare: 1 },
    },
    {
      title: 'as the rule means it: the radius, with the walk beside it',
      layers: {
        rail_station: [{ point: [0, 0] }],
        road_network: [{ line: [[0, 0], [0, 200], [500, 200], [500, 0]] }, { line: [[0, 0], [0, -700]] }], // prettier-ignore
        population: [
          { point: [500, 0], attributes: { persons: 300 } },
          { point: [0, -700], attributes: { persons: 100 } },
        ],
      },
      answer: 1,
      details: { networkShare: 0.25 },
    },
    {
      title: 'along the roads of a plan that has none: circles of 800 ÷ 1.3, and said so',
      layers: {
        rail_station: [{ point: [0, 0] }],
        population: [
          { point: [600, 0], attributes: { persons: 300 } },
          { point: [700, 0], attributes: { persons: 100 } },
        ],
      },
      parameters: { alongRoads: 1 },
      answer: 0.75,
      details: { straightShare: 1 },
    },
    {
      title: 'no station',
      layers: { population: [{ point: [0, 0], attributes: { persons: 1 } }] },
      answer: 'missing',
    },
  ],
})

const NO_STATIONS: Bilingual = { zh: '没有轨道站点图层。', en: 'There is no layer of rail stations.' }
const NOBODY: Bilingual = { zh: '没有人口和岗位数据。', en: 'There are no data of people or jobs.' }
const ONLY = {
  jobs: { zh: '没有人口数据，只按岗位计算。', en: 'There are no data of people; measured by jobs only.' },
  persons: { zh: '没有岗位数据，只按人口计算。', en: 'There are no data of jobs; measured by people only.' },
} as const

interface Counted {
  persons: CountedLayer[]
  jobs: CountedLayer[]
}

const countedOf = (plan: PlanData): Counted => ({
  persons: countedLayers(plan, 'population'),
  jobs: countedLayers(plan, 'jobs'),
})

const stationsOf = (plan: PlanData) => plan.layers('rail_station').filter((layer) => shapeCount(layer) > 0)

/** What lies around stations, or undefined where there are none. */
function stationReach(plan: PlanData, distanceM: number, alongRoads: number): Reach | undefined {
  const stations = stationsOf(plan)
  if (stations.length === 0) return undefined
  const reachOf = alongRoads >= 0.5 ? walkReach(WALKING.detourFactor.value) : straightReach
  return reachOf(plan, stations, distanceM)
}

/** The same distance measured the other way, to be shown beside it; along the roads only where people can walk on any. */
function otherReach(plan: PlanData, distanceM: number, { distance }: Reach): Reach | undefined {
  if (distance !== 'straight') return straightReach(plan, stationsOf(plan), distanceM)
  const other = walkReach(WALKING.detourFactor.value)(plan, stationsOf(plan), distanceM)
  return other.distance === 'network' ? other : undefined
}

const within = ({ layer, amounts }: CountedLayer, reach: Reach): Float64Array => {
  const shares = reach.sharesOf(layer)
  return amounts.map((amount, feature) => amount * (shares[feature] ?? 0))
}

const outside = (one: CountedLayer, reach: Reach): Float64Array => {
  const inside = within(one, reach)
  return one.amounts.map((amount, feature) => amount - (inside[feature] ?? 0))
}

const total = (amounts: Float64Array): number => amounts.reduce((sum, amount) => sum + amount, 0)

const share = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null)

function sumTable(persons: number, personsNear: number, jobs: number, jobsNear: number): ResultTable {
  const row = (key: string, title: Bilingual, all: number, near: number) => ({
    key,
    title,
    cells: [all, near, all - near, share(near, all)],
  })
  return {
    id: 'coverage',
    kind: 'list',
    title: { zh: '轨道站点覆盖的人口与岗位', en: 'People and jobs around rail stations' },
    rowTitle: { zh: '对象', en: 'What' },
    columns: [
      { key: 'all', title: { zh: '总量', en: 'All' }, unit: 'count' },
      { key: 'near', title: { zh: '覆盖', en: 'Near' }, unit: 'count' },
      { key: 'far', title: { zh: '未覆盖', en: 'Not near' }, unit: 'count' },
      { key: 'share', title: { zh: '覆盖率', en: 'Coverage' }, unit: 'percent' },
    ],
    rows: [
      ...(persons > 0 ? [row('population', { zh: '人口', en: 'People' }, persons, personsNear)] : []),
      ...(jobs > 0 ? [row('jobs', { zh: '岗位', en: 'Jobs' }, jobs, jobsNear)] : []),
    ],
  }
}

const NOT_IN_DISTRICTS: Bilingual = {
  zh: '差额在各区县之外（或区县互相重叠）。',
  en: 'The difference lies outside of the districts (or they overlap).',
}

function districtTable(plan: PlanData, { persons, jobs }: Counted, reach: Reach): ResultTable[] {
  const admin = plan.layer('admin')
  if (!admin || unitsAt(admin, 'district').length === 0) return []
  const near = (list: readonly CountedLayer[]) => list.map((one) => ({ layer: one.layer, amounts: within(one, reach) }))
  const [all, reached] = [sumByUnit([...persons, ...jobs], admin), sumByUnit([...near(persons), ...near(jobs)], admin)]
  const whole = totalOf([...persons, ...jobs])
  const inDistricts = unitsAt(admin, 'district').reduce((sum, { feature }) => sum + (all[feature] ?? 0), 0)
  const closes = Math.abs(inDistricts - whole) <= 1e-6 * whole
  const head = {
    id: 'by_district',
    title: { zh: '各区县轨道站点覆盖（人口＋岗位）', en: 'Rail coverage by district (people + jobs)' },
    columns: [
      { key: 'all', title: { zh: '人口＋岗位', en: 'People + jobs' }, unit: 'count' as const },
      { key: 'near', title: { zh: '覆盖', en: 'Near' }, unit: 'count' as const },
      { key: 'far', title: { zh: '未覆盖', en: 'Not near' }, unit: 'count' as const },
      { key: 'share', title: { zh: '覆盖率', en: 'Coverage' }, unit: 'percent' as const },
    ],
    closure: { all: closes ? { sum: inDistricts, whole } : { sum: inDistricts, whole, remark: NOT_IN_DISTRICTS } },
  }
  return [
    unitTable(admin, 'district', head, ({ feature }) => {
      const [every, part] = [all[feature] ?? 0, reached[feature] ?? 0]
      return [every, part, every - part, share(part, every)]
    }),
  ]
}

function featuresBehind(plan: PlanData, reach: Reach, { table, row, column }: TablePlace) {
  const { persons, jobs } = countedOf(plan)
  const admin = plan.layer('admin')
  const unit = table === 'by_district' && admin ? unitOfRow(admin, row) : undefined
  if (table === 'by_district' && !unit) return []
  const wanted = table === 'by_district' ? [...persons, ...jobs] : row === 'jobs' ? jobs : persons
  return topCounted(
    wanted.map((one) => {
      const picked = column === 'near' ? within(one, reach) : column === 'all' ? one.amounts : outside(one, reach)
      const amounts = admin && unit ? amountsInUnit(one.layer, picked, admin, unit.feature) : picked
      return { layer: one.layer, amounts, note: NOTES[one.field] }
    }),
  ).evidence
}
