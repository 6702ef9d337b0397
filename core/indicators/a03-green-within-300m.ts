import { numberAt, type LayerColumns } from '../geo/columns.ts'
import { connectedPieces } from '../geo/connected.ts'
import { featureAreas, sumOfAreas } from '../geo/feature-areas.ts'
import { chosenLayer } from '../geo/keyed-layer.ts'
import { reachZone } from '../geo/reach-zone.ts'
import { box } from '../geo/sketch.ts'
import type { DistanceMethod } from '../model/measurement.ts'
import { WALKING } from '../reference/walking.ts'
import { inGroup } from './by-class.ts'
import { countedLayers, sharesWithin, totalOf, type CountedLayer } from './counted.ts'
import { drawnGreen, plannedParks, type GreenSpaces } from './green-spaces.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { NO_PARKS, PARKS_FROM_LAND_USE } from './large-parks.ts'
import { draft, measured, missing } from './outcomes.ts'
import { placeSpread } from './place-spread.ts'
import { REACH_WORDS } from './reach.ts'
import { largestOf, topEvidence } from './top-evidence.ts'
import { RADIUS_BY_ROADS } from './walk-speed.ts'
import { walkRoads } from './walk-roads.ts'
import { shareWithinWalk } from './walk-shares.ts'
import { hectares, metres, percent } from './words.ts'

/** Share of the people who live within a short straight line of a green space worth walking to. */
export const greenWithinReach = defineIndicator({
  id: 'A03',
  version: 3,
  title: { zh: '300 m 见绿', en: 'Green space within 300 m' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'higher',
  formula: {
    zh: '距面积达标绿地一定距离（直线；可改为沿路网步行）以内的人口 ÷ 总人口；人口面按面积比例分摊，人口点整点计入。',
    en: 'People within a distance of a large enough green space (straight line; along the roads if asked for) ÷ all people; population polygons by area share, points whole.',
  },
  source: 'WHO Regional Office for Europe 2017 (0.5–1 ha within 300 m, unverified); 3-30-300; ANGSt 2 ha within 300 m',
  seed: ['S030'],
  needs: ['population', 'green'],
  uses: ['landuse_plan', 'road_network', 'park_entrance'],
  parameters: {
    greenDistanceM: {
      default: 300,
      min: 10,
      max: 5000,
      unit: 'm',
      title: { zh: '距绿地', en: 'Distance to green space' },
      source: 'WHO 2017, 3-30-300 rule',
    },
    minimumGreenM2: {
      default: 5000,
      min: 0,
      max: 1_000_000,
      unit: 'm2',
      title: { zh: '绿地最小面积', en: 'Smallest green space' },
      source: 'WHO 2017: 0.5 ha (unverified)',
    },
    alongRoads: RADIUS_BY_ROADS,
  },
  detailTitles: {
    greenM2: { zh: '达标绿地面积', en: 'Area of large enough green space', unit: 'ha' },
    greenSpaces: { zh: '达标绿地处数', en: 'Large enough green spaces', unit: 'count' },
    servedM2: { zh: '服务范围面积', en: 'Ground within reach', unit: 'ha' },
    persons: { zh: '总人口', en: 'All people', unit: 'persons' },
    servedPersons: { zh: '覆盖人口', en: 'People within reach', unit: 'persons' },
    unservedPersons: { zh: '未覆盖人口', en: 'People out of reach', unit: 'persons' },
    residentialM2: { zh: '居住用地面积', en: 'Residential land', unit: 'ha' },
    servedResidentialM2: { zh: '覆盖的居住用地面积', en: 'Residential land within reach', unit: 'ha' },
    proxy: { zh: '以居住用地代替人口', en: 'Residential land stands for people' },
    networkShare: { zh: '沿路网同距离的覆盖率', en: 'Share within the same walk along the roads', unit: 'percent' },
    straightShare: { zh: '直线同距离的覆盖率', en: 'Share within the same straight line', unit: 'percent' },
  },
  compute(plan, { greenDistanceM, minimumGreenM2, alongRoads }) {
    const green = drawnGreen(plan) ?? plannedParks(plan)
    const size = hectares(minimumGreenM2)
    const reach = metres(greenDistanceM)
    const served = green && servedBy(plan, green, greenDistanceM, minimumGreenM2, alongRoads >= 0.5)
    const how = REACH_WORDS[served?.distance ?? 'straight']
    const work = draft(
      `取${green?.title.zh ?? '绿地'}中连片面积不小于 ${size.zh} 的绿地，统计距其 ${reach.zh}（${how.zh}）以内的人口占总人口的比例；人口面按面积比例分摊，人口点整点计入。`,
      `From ${green?.title.en ?? 'the green layer'}, connected green spaces of at least ${size.en} were taken, and the people within ${reach.en} of them (${how.en}) divided by all people; population polygons by area share, points whole.`,
    )
    if (!green || !served) return missing(work, NO_PARKS, ['green'])
    if (green.layer.role !== 'green') work.notes.push(PARKS_FROM_LAND_USE)
    work.notes.push(...green.notes)
    work.quality = { distance: served.distance }
    work.details = { greenM2: served.greenM2, greenSpaces: served.spaces }
    if (served.distance === 'straight') work.details['servedM2'] = sumOfAreas(served.zone())
    const people = countedLayers(plan, 'population')
    if (people.length === 0) return byResidentialLand(plan, work, served)
    const persons = totalOf(people)
    const servedPersons = inReach(people, served.sharesOf)
    Object.assign(work.details, { persons, servedPersons, unservedPersons: persons - servedPersons, proxy: false })
    if (served.other && persons > 0)
      work.details[`${served.other.distance}Share`] = inReach(people, served.other.sharesOf) / persons
    Object.assign(work, largestOf(people.map(({ layer }) => unserved(layer, served.sharesOf(layer)))))
    if (persons === 0) {
      return missing(work, { zh: '人口图层没有人数。', en: 'The population layer holds no numbers of people.' }, ['population'])
    }
    return measured(work, servedPersons / persons, 'ratio')
  },
  examples: [
    {
      title: 'a 1 ha park reaches 300 m along a strip of homes 800 m long',
      layers: {
        green: [
          {
            polygon: [box(-100, 0, 100, 100)],
          },
        ],
        population: [
          {
            polygon: [box(0, 40, 800, 20)],
            attributes: { persons: 8000 },
          },
        ],
      },
      answer: 0.375,
      details: { persons: 8000, servedPersons: 3000, greenSpaces: 1 },
    },
    {
      title: 'two adjoining parks of 0.3 ha count as one of 0.6 ha; a lone 0.4 ha one does not count',
      layers: {
        green: [
          {
            polygon: [box(0, 0, 50, 60)],
          },
          {
            polygon: [box(50, 0, 50, 60)],
          },
          {
            polygon: [box(5000, 0, 40, 100)],
          },
        ],
        population: [
          { point: [50, 300], attributes: { persons: 300 } },
          { point: [5020, 150], attributes: { persons: 700 } },
        ],
      },
      answer: 0.3,
      details: { greenSpaces: 1 },
    },
    {
      title: 'another distance may be asked for',
      layers: {
        green: [
          {
            polygon: [box(-100, 0, 100, 100)],
          },
        ],
        population: [
          {
            polygon: [box(0, 40, 800, 20)],
            attributes: { persons: 8000 },
          },
        ],
      },
      parameters: { greenDistanceM: 400 },
      answer: 0.5,
    },
    {
      title: 'along the roads, if asked for: the 600 people 100 m behind the park walk 500 m round to its gate',
      layers: {
        green: [{ polygon: [box(0, 0, 100, 100)] }],
        park_entrance: [{ point: [0, 50] }],
        road_network: [{ line: [[-200, 50], [0, 50], [0, -200], [200, -200], [200, -150]] }], // prettier-ignore
        population: [
          { point: [-200, 50], attributes: { persons: 400 } },
          { point: [200, -150], attributes: { persons: 600 } },
        ],
      },
      parameters: { alongRoads: 1 },
      answer: 0.4,
      details: { servedPersons: 400, straightShare: 1 },
    },
    {
      title: 'as the rule means it: the straight line, with the walk beside it',
      layers: {
        green: [{ polygon: [box(0, 0, 100, 100)] }],
        park_entrance: [{ point: [0, 50] }],
        road_network: [{ line: [[-200, 50], [0, 50], [0, -200], [200, -200], [200, -150]] }], // prettier-ignore
        population: [
          { point: [-200, 50], attributes: { persons: 400 } },
          { point: [200, -150], attributes: { persons: 600 } },
        ],
      },
      answer: 1,
      details: { networkShare: 0.4 },
    },
    {
      title: 'along the roads of a plan that has none: 300 ÷ 1.3, and said so',
      layers: {
        green: [{ polygon: [box(0, 0, 100, 100)] }],
        population: [
          { point: [50, 330], attributes: { persons: 400 } },
          { point: [50, 331], attributes: { persons: 600 } },
        ],
      },
      parameters: { alongRoads: 1 },
      answer: 0.4,
      details: { straightShare: 1 },
    },
    {
      title: 'without people the residential land stands for them, and the method says so',
      layers: {
        green: [
          {
            polygon: [box(-100, 0, 100, 100)],
          },
        ],
        landuse_plan: [
          {
            polygon: [box(0, 40, 600, 20)],
            attributes: { class: '0701' },
          },
        ],
      },
      answer: 0.5,
      details: { proxy: true },
    },
  ],
})

type SharesOf = (layer: LayerColumns) => Float64Array

interface Served {
  greenM2: number
  spaces: number
  distance: DistanceMethod
  sharesOf: SharesOf
  /** The same distance measured the other way, to be shown beside it; along the roads only where people can walk on any. */
  other: { distance: DistanceMethod; sharesOf: SharesOf } | undefined
  /** Ground within the straight line. */
  zone: () => LayerColumns
}

/** What is within reach of any connected green space that is large enough. */
function servedBy(plan: PlanData, green: GreenSpaces, distanceM: number, minimumM2: number, alongRoads: boolean): Served {
  const open = chosenLayer(green.layer, 'open green', green.select)
  const { pieceOf, areaM2 } = connectedPieces(plan.geos, open)
  const isLarge = (feature: number) => pieceOf[feature] !== -1 && (areaM2[pieceOf[feature] ?? -1] ?? 0) >= minimumM2
  const large = chosenLayer(open, `of ${minimumM2} m² or more`, isLarge)
  const greenM2 = areaM2.reduce((sum, piece) => (piece >= minimumM2 ? sum + piece : sum), 0)
  const spaces = [...areaM2.keys()].filter((feature) => pieceOf[feature] === feature && isLarge(feature)).length
  const zone = () => reachZone(plan.geos, large, distanceM)
  const straight = { distance: 'straight' as const, sharesOf: (layer: LayerColumns) => sharesWithin(layer, zone()) }
  const roads = walkRoads(plan)
  const walked = roads && {
    distance: 'network' as const,
    sharesOf: (layer: LayerColumns) =>
      shareWithinWalk(layer, { from: placeSpread(plan, [large], roads, distanceM), walkM: distanceM }),
  }
  const detour = {
    distance: 'detour' as const,
    sharesOf: (layer: LayerColumns) => sharesWithin(layer, reachZone(plan.geos, large, distanceM / WALKING.detourFactor.value)),
  }
  const [used, other] = alongRoads ? [walked ?? detour, straight] : [straight, walked]
  return { greenM2, spaces, ...used, other, zone }
}

const inReach = (people: readonly CountedLayer[], sharesOf: SharesOf): number =>
  people.reduce((sum, { layer, amounts }) => {
    const shares = sharesOf(layer)
    return amounts.reduce((part, amount, feature) => part + amount * (shares[feature] ?? 0), sum)
  }, 0)

function byResidentialLand(plan: PlanData, work: ReturnType<typeof draft>, { sharesOf }: Served) {
  const parcels = plan.layer('landuse_plan')
  const select = parcels && inGroup(parcels, 'residential')
  const residentialM2 = parcels && select ? sumOfAreas(parcels, select) : 0
  if (!parcels || !select || residentialM2 === 0) {
    return missing(
      work,
      { zh: '没有人口图层，也没有居住用地可代替。', en: 'There is no population layer and no residential land to stand for it.' },
      ['population'],
    )
  }
  const homes = chosenLayer(parcels, 'residential', select)
  const shares = sharesOf(homes)
  const servedM2 = featureAreas(homes).reduce((sum, areaM2, feature) => sum + areaM2 * (shares[feature] ?? 0), 0)
  Object.assign(work.details, { residentialM2, servedResidentialM2: servedM2, proxy: true })
  work.method = {
    zh: `${work.method.zh}没有人口图层，以规划居住用地面积代替人口。`,
    en: `${work.method.en} There is no population layer, so the area of planned residential land stands for people.`,
  }
  work.notes.push({ zh: '代理指标：以居住用地面积代替人口。', en: 'Proxy: area of residential land instead of people.' })
  return measured(work, servedM2 / residentialM2, 'ratio')
}

/** Where people are left out, most people first. */
function unserved(layer: LayerColumns, shares: Float64Array) {
  const amounts = shares.map((share, feature) => {
    const value = (numberAt(layer, 'persons', feature) ?? 0) * (1 - share)
    return value < 0.5 ? 0 : value
  })
  return topEvidence(layer, amounts, (value, feature) => {
    const covered = percent(shares[feature] ?? 0)
    return {
      zh: `约 ${Math.round(value)} 人未覆盖（覆盖 ${covered.zh}）`,
      en: `about ${Math.round(value)} people not served (${covered.en} covered)`,
    }
  })
}
