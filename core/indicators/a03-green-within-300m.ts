import { apportion } from '../geo/areal.ts'
import { numberAt, type LayerColumns } from '../geo/columns.ts'
import { connectedPieces } from '../geo/connected.ts'
import { sumOfAreas } from '../geo/feature-areas.ts'
import { chosenLayer } from '../geo/keyed-layer.ts'
import { tableAreasWithin } from '../geo/overlap-table.ts'
import { reachZone } from '../geo/reach-zone.ts'
import { box } from '../geo/sketch.ts'
import { inGroup } from './by-class.ts'
import { drawnGreen, plannedParks, type GreenSpaces } from './green-spaces.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { draft, measured, missing } from './outcomes.ts'
import { largestOf, topEvidence } from './top-evidence.ts'
import { hectares, metres, percent } from './words.ts'

/** Share of the people who live within a short straight line of a green space worth walking to. */
export const greenWithinReach = defineIndicator({
  id: 'A03',
  version: 2,
  title: { zh: '300 m 见绿', en: 'Green space within 300 m' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'higher',
  formula: {
    zh: '距面积达标绿地直线距离以内的人口 ÷ 总人口；人口面按面积比例分摊，人口点整点计入。',
    en: 'People within a straight-line distance of a large enough green space ÷ all people; population polygons by area share, points whole.',
  },
  source: 'WHO Regional Office for Europe 2017 (0.5–1 ha within 300 m, unverified); 3-30-300; ANGSt 2 ha within 300 m',
  seed: ['S030'],
  needs: ['population', 'green'],
  uses: ['landuse_plan'],
  parameters: {
    greenDistanceM: {
      default: 300,
      min: 10,
      max: 5000,
      unit: 'm',
      title: { zh: '直线距离', en: 'Straight-line distance' },
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
  },
  compute(plan, { greenDistanceM, minimumGreenM2 }) {
    const green = drawnGreen(plan) ?? plannedParks(plan)
    const size = hectares(minimumGreenM2)
    const reach = metres(greenDistanceM)
    const work = draft(
      `取${green?.title.zh ?? '绿地'}中连片面积不小于 ${size.zh} 的绿地，外扩 ${reach.zh}（直线），统计其中人口占总人口的比例；人口面按面积比例分摊，人口点整点计入。`,
      `Connected green spaces of at least ${size.en} from ${green?.title.en ?? 'the green layer'} were widened by ${reach.en} (straight line) and the people inside divided by all people; population polygons by area share, points whole.`,
    )
    if (!green)
      return missing(
        work,
        { zh: '没有绿地图层，规划用地中也没有公园绿地。', en: 'There is no green layer and no planned park land.' },
        ['green'],
      )
    if (green.layer.role !== 'green') work.notes.push(FROM_LAND_USE)
    work.notes.push(...green.notes)
    const served = servedGround(plan, green, greenDistanceM, minimumGreenM2)
    work.details = { greenM2: served.greenM2, greenSpaces: served.spaces, servedM2: sumOfAreas(served.zone) }
    const people = plan.layers('population')
    if (people.length === 0) return byResidentialLand(plan, work, served.zone)
    const counted = people.map((layer) => ({ layer, ...apportion(layer, 'persons', served.zone) }))
    const persons = counted.reduce((sum, { total }) => sum + total, 0)
    const servedPersons = counted.reduce((sum, { within }) => sum + within, 0)
    Object.assign(work.details, { persons, servedPersons, unservedPersons: persons - servedPersons, proxy: false })
    Object.assign(work, largestOf(counted.map(({ layer, shares }) => unserved(layer, shares))))
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

const FROM_LAND_USE = {
  zh: '没有绿地图层，以规划公园绿地（1401）代替。',
  en: 'There is no green layer; planned park land (1401) was used instead.',
}

/** Ground within reach of any connected green space that is large enough. */
function servedGround(plan: PlanData, green: GreenSpaces, distanceM: number, minimumM2: number) {
  const open = chosenLayer(green.layer, 'open green', green.select)
  const { pieceOf, areaM2 } = connectedPieces(plan.geos, open)
  const isLarge = (feature: number) => pieceOf[feature] !== -1 && (areaM2[pieceOf[feature] ?? -1] ?? 0) >= minimumM2
  const large = chosenLayer(open, `of ${minimumM2} m² or more`, isLarge)
  const greenM2 = areaM2.reduce((sum, piece) => (piece >= minimumM2 ? sum + piece : sum), 0)
  const spaces = [...areaM2.keys()].filter((feature) => pieceOf[feature] === feature && isLarge(feature)).length
  return { zone: reachZone(plan.geos, large, distanceM), greenM2, spaces }
}

function byResidentialLand(plan: PlanData, work: ReturnType<typeof draft>, zone: LayerColumns) {
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
  const servedM2 = tableAreasWithin(homes, zone).reduce((sum, value) => sum + value, 0)
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
