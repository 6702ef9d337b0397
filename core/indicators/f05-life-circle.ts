import type { LayerColumns } from '../geo/columns.ts'
import { shapeCount } from '../geo/edited.ts'
import { box } from '../geo/sketch.ts'
import { BASIC_SERVICES } from '../reference/services.ts'
import type { Bilingual } from '../text.ts'
import { topCounted } from './counted.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import {
  circleOf,
  dwellersOf,
  featuresBehind,
  leftOut,
  listed,
  serviceTable,
  sum,
  unitTables,
  withinAll,
  type Circle,
} from './life-circle.ts'
import { draft, measured, missing } from './outcomes.ts'
import { detourReach, walkReach } from './reach.ts'
import { servicePlaces } from './service-places.ts'
import { DETOUR_FACTOR, WALK_BY_ROADS, WALK_SPEED } from './walk-speed.ts'

/** Share of the people who can walk to every basic service. */
export const lifeCircle = defineIndicator({
  id: 'F05',
  version: 2,
  title: { zh: '15 分钟生活圈', en: '15-minute life circle' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'higher',
  formula: {
    zh: '各类基本公共服务均步行可达的人口（无人口数据时为居住用地面积）÷ 总量；有可步行路网时沿路网，否则直线 × 绕行系数。',
    en: 'People (housing land where there are no data of people) within a walk of every basic service ÷ all; along the roads where people can walk on any, otherwise straight line × detour factor.',
  },
  source:
    '15分钟社区生活圈覆盖率 (城市体检); radius of about 1 km: Urban Planning International 2022-05; detour factor 1.3 (unverified)',
  seed: ['S089'],
  needs: ['facility', 'population'],
  uses: ['landuse_plan', 'road_network', 'admin'],
  parameters: {
    alongRoads: WALK_BY_ROADS,
    walkSpeedKmh: WALK_SPEED,
    detourFactor: DETOUR_FACTOR,
    minimumServices: {
      default: 4,
      min: 1,
      max: 6,
      unit: 'count',
      title: { zh: '至少应有数据的服务类数', en: 'Services that the data must hold at least' },
      source: 'Our default (interpolated)',
    },
  },
  overlays: [['population', 'admin']],
  detailTitles: {
    services: { zh: '参评服务类数', en: 'Services judged', unit: 'count' },
    facilities: { zh: '参评设施', en: 'Facilities that offer them', unit: 'count' },
    persons: { zh: '总人口', en: 'All people', unit: 'persons' },
    servedPersons: { zh: '各类服务均可达的人口', en: 'People in reach of every service', unit: 'persons' },
    leftOutPersons: { zh: '缺少至少一类服务的人口', en: 'People who lack at least one', unit: 'persons' },
    residentialM2: { zh: '居住用地', en: 'Housing land', unit: 'ha' },
    servedResidentialM2: { zh: '各类服务均可达的居住用地', en: 'Housing land in reach of every service', unit: 'ha' },
    proxy: { zh: '以居住用地代替人口', en: 'Housing land stands for people' },
  },
  compute(plan, parameters) {
    const facilities = plan.layer('facility')
    const circle = facilities && circleBy(plan, facilities, parameters)
    const work = methodOf(circle, parameters)
    if (!facilities || !circle || shapeCount(facilities) === 0) return missing(work, NO_FACILITIES, ['facility'])
    if (circle.services.length < parameters.minimumServices) return missing(work, tooFew(circle), ['facility'])
    const absent = BASIC_SERVICES.filter((_, at) => !circle.services.some(({ index }) => index === at))
    if (absent.length > 0) work.notes.push(notJudged(absent))
    const dwellers = dwellersOf(plan)
    if (!dwellers) return missing(work, NO_DWELLERS, ['population'])
    if (dwellers.proxy) work.notes.push({ zh: `代理指标：${PROXY.zh}。`, en: `Proxy: ${PROXY.en}.` })
    const all = sum(dwellers.parts.map(({ amounts }) => amounts))
    const served = sum(dwellers.parts.map((part) => withinAll(part, circle)))
    work.details = {
      services: circle.services.length,
      facilities: circle.services.reduce((count, { layer }) => count + shapeCount(layer), 0),
      ...(dwellers.proxy
        ? { residentialM2: all, servedResidentialM2: served }
        : { persons: all, servedPersons: served, leftOutPersons: all - served }),
      proxy: dwellers.proxy,
    }
    const result = {
      ...work,
      ...topCounted(leftOut(dwellers, circle)),
      tables: [serviceTable(dwellers, circle, facilities), ...unitTables(plan, dwellers, circle)],
      quality: {
        distance: circle.distance,
        proxies: dwellers.proxy ? [PROXY] : [],
        seenShare: Math.min(servicePlaces(facilities).knownShare, dwellers.seenShare),
      },
    }
    if (all === 0) return missing(result, NO_DWELLERS, ['population'])
    return measured(result, served / all, 'ratio')
  },
  featuresOf(plan, parameters, place) {
    const [facilities, dwellers] = [plan.layer('facility'), dwellersOf(plan)]
    return facilities && dwellers ? featuresBehind(plan, facilities, dwellers, circleBy(plan, facilities, parameters), place) : []
  },
  examples: [
    {
      title: 'six services at one place; circles of 1,000 ÷ 1.25 = 800 m reach 300 of 1,000 people',
      layers: {
        facility: ['school', 'clinic', 'library', 'sport', '养老院', '菜市场'].map((kind) => ({
          point: [0, 0] as [number, number],
          attributes: { kind },
        })),
        population: [
          { point: [790, 0], attributes: { persons: 300 } },
          { point: [0, 810], attributes: { persons: 700 } },
        ],
      },
      parameters: { detourFactor: 1.25 },
      answer: 0.3,
      details: { services: 6, facilities: 6, leftOutPersons: 700 },
    },
    {
      title: 'a clinic 1,000 m away: only the 600 people between are in reach of all four services that the data hold',
      layers: {
        facility: [
          { point: [0, 0], attributes: { kind: 'school' } },
          { point: [0, 0], attributes: { kind: 'market' } },
          { point: [0, 0], attributes: { kind: 'sport' } },
          { point: [1000, 0], attributes: { kind: 'clinic' } },
        ],
        population: [
          { point: [-600, 0], attributes: { persons: 200 } },
          { point: [500, 0], attributes: { persons: 600 } },
          { point: [1600, 0], attributes: { persons: 200 } },
        ],
      },
      answer: 0.6,
      details: { services: 4, servedPersons: 600 },
    },
    {
      title: 'without people, housing land: a strip of 2,000 m (2 cm wide) of which the first 800 m are in reach',
      layers: {
        facility: ['school', 'clinic', 'culture', 'market'].map((kind) => ({
          point: [0, 0] as [number, number],
          attributes: { kind },
        })),
        landuse_plan: [{ polygon: [box(0, -0.01, 2000, 0.02)], attributes: { class: '0701' } }],
      },
      parameters: { detourFactor: 1.25 },
      answer: 0.4,
      details: { proxy: true, residentialM2: 40 },
    },
    {
      title: 'along the roads: 900 m to the 300 people, 1,100 m round the corner to the 700 who live 500 m away',
      layers: {
        facility: ['school', 'clinic', 'culture', 'market'].map((kind) => ({
          point: [0, 0] as [number, number],
          attributes: { kind },
        })),
        road_network: [{ line: [[0, 0], [900, 0]] }, { line: [[0, 0], [0, 300], [-400, 300], [-400, 0], [-500, 0]] }], // prettier-ignore
        population: [
          { point: [900, 0], attributes: { persons: 300 } },
          { point: [-500, 0], attributes: { persons: 700 } },
        ],
      },
      answer: 0.3,
      details: { servedPersons: 300 },
    },
    {
      title: 'the same by circles, because the reviewer asks for them',
      layers: {
        facility: ['school', 'clinic', 'culture', 'market'].map((kind) => ({
          point: [0, 0] as [number, number],
          attributes: { kind },
        })),
        road_network: [{ line: [[0, 0], [900, 0]] }, { line: [[0, 0], [0, 300], [-400, 300], [-400, 0], [-500, 0]] }], // prettier-ignore
        population: [
          { point: [900, 0], attributes: { persons: 300 } },
          { point: [-500, 0], attributes: { persons: 700 } },
        ],
      },
      parameters: { alongRoads: 0, detourFactor: 1.25 },
      answer: 0.7,
    },
    {
      title: 'a strip of housing (2 m wide) along a road: 1,000 of 2,000 m, each place by its own walk',
      layers: {
        facility: ['school', 'clinic', 'culture', 'market'].map((kind) => ({
          point: [0, 0] as [number, number],
          attributes: { kind },
        })),
        road_network: [{ line: [[0, 0], [2000, 0]] }], // prettier-ignore
        landuse_plan: [{ polygon: [box(0, -1, 2000, 2)], attributes: { class: '0701' } }],
      },
      answer: 0.5,
      details: { residentialM2: 4000, servedResidentialM2: 2000 },
    },
    {
      title: 'three kinds of services are too few to speak of a life circle',
      layers: {
        facility: ['school', 'clinic', 'market', 'petrol'].map((kind) => ({
          point: [0, 0] as [number, number],
          attributes: { kind },
        })),
        population: [{ point: [0, 0], attributes: { persons: 9 } }],
      },
      answer: 'missing',
    },
  ],
})

type Parameters = Readonly<Record<'alongRoads' | 'walkSpeedKmh' | 'detourFactor' | 'minimumServices', number>>

/** The walks of the rule are for the default speed: who walks faster comes farther in the same time. */
function circleBy(plan: PlanData, facilities: LayerColumns, { alongRoads, walkSpeedKmh, detourFactor }: Parameters): Circle {
  const reachOf = alongRoads >= 0.5 ? walkReach(detourFactor) : detourReach(detourFactor)
  return circleOf(plan, facilities, reachOf, walkSpeedKmh / WALK_SPEED.default)
}

function methodOf(circle: Circle | undefined, { walkSpeedKmh, detourFactor }: Parameters) {
  const pace = walkSpeedKmh / WALK_SPEED.default
  const walks = [...new Set(BASIC_SERVICES.map(({ walkM }) => walkM * pace))].map((walkM) => `${Math.round(walkM)} m`).join(' / ')
  const names = (lang: 'zh' | 'en') => BASIC_SERVICES.map((service) => service[lang]).join(lang === 'zh' ? '、' : ', ')
  const how =
    circle?.distance === 'network'
      ? {
          zh: '沿路网步行（道路端点相接，立体交叉不连通；人口面按内部均匀取点分摊）',
          en: 'walks along the road network (roads meet at shared ends only; population polygons by even places inside)',
        }
      : {
          zh: `没有可步行的路网（或按设定不用），按直线距离＝步行距离 ÷ ${detourFactor} 画圆；人口点整点计入，面按面积比例分摊`,
          en: `without roads to walk along (or by choice), circles of walk ÷ ${detourFactor} were drawn; points whole, areas by area share`,
        }
  return draft(
    `各类基本服务（${names('zh')}）步行 ${walks} 均可达的人口占比；${how.zh}。`,
    `Share of the people within a walk of ${walks} of every basic service (${names('en')}); ${how.en}.`,
  )
}

const NO_FACILITIES: Bilingual = { zh: '没有公共服务设施图层。', en: 'There is no layer of public facilities.' }
const NO_DWELLERS: Bilingual = {
  zh: '没有人口数据，也没有居住用地可代替。',
  en: 'There are no data of people and no housing land to stand for them.',
}
const PROXY: Bilingual = { zh: '以居住用地面积代替人口', en: 'area of housing land stands for people' }

function tooFew({ services }: Circle): Bilingual {
  const titles = services.map(({ title }) => title)
  return {
    zh: `设施图层只能识别 ${services.length} 类基本服务（${listed(titles, 'zh')}），不足以判断生活圈。`,
    en: `Only ${services.length} basic services are recognised in the layer of facilities (${listed(titles, 'en')}): too few for a life circle.`,
  }
}

const notJudged = (absent: readonly Bilingual[]): Bilingual => ({
  zh: `设施图层中没有：${listed(absent, 'zh')}；这些服务未参评，请核实是确无设施还是缺少数据。`,
  en: `The layer of facilities holds none of: ${listed(absent, 'en')}; they were not judged: check whether there are none or the data lack them.`,
})
