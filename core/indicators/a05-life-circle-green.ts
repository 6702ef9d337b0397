import type { LayerColumns } from '../geo/columns.ts'
import { box } from '../geo/sketch.ts'
import type { ResultTable, TablePlace } from '../model/result-table.ts'
import { GREEN_CIRCLES } from '../reference/life-circle-green.ts'
import type { Bilingual } from '../text.ts'
import { totalOf } from './amounts.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { areasOfSize, NO_PARKS, parksOf, parksOfSize, PARKS_FROM_LAND_USE } from './large-parks.ts'
import { draft, measured, missing } from './outcomes.ts'
import { metresPerMinute, parkWalk, walkWords, type ParkWalk } from './park-walk.ts'
import { residentsOf } from './residents.ts'
import { topEvidence } from './top-evidence.ts'
import { WALK_SPEED } from './walk-speed.ts'
import { areaBasis, hectares } from './words.ts'

/** Public green per person against the least that each life circle must have: the smallest of the ratios. */
export const lifeCircleGreen = defineIndicator({
  id: 'A05',
  version: 1,
  title: { zh: '生活圈公共绿地', en: 'Life-circle public green' },
  unit: 'ratio',
  displayUnit: 'multiple',
  better: 'higher',
  formula: {
    zh: '各级生活圈（人均公共绿地 ÷ 标准下限）的最小值；公园按规模计入 15、10、5 分钟生活圈，超出部分可抵下级。',
    en: 'Smallest over the circles of (public green per person ÷ minimum); parks count by size for the 15, 10 and 5-minute circle, and excess passes down.',
  },
  source: 'GB 50180-2018, 4.0.4–4.0.5 (sizes of the 15 and 5-minute circle unverified); passing down of excess interpolated',
  seed: ['S089'],
  needs: ['green', 'population'],
  uses: ['road_network', 'park_entrance', 'landuse_plan'],
  parameters: { walkSpeedKmh: WALK_SPEED },
  detailTitles: {
    persons: { zh: '人口', en: 'People', unit: 'persons' },
    greenM2: { zh: '计入的公共绿地', en: 'Public green that counts', unit: 'ha' },
    tooSmallM2: { zh: '规模不足、未计入的绿地', en: 'Green in parks too small to count', unit: 'ha' },
    ratio15: { zh: '15 分钟生活圈', en: '15-minute circle', unit: 'multiple' },
    ratio10: { zh: '10 分钟生活圈', en: '10-minute circle', unit: 'multiple' },
    ratio5: { zh: '5 分钟生活圈', en: '5-minute circle', unit: 'multiple' },
  },
  compute(plan, { walkSpeedKmh }) {
    const found = circlesOf(plan, walkSpeedKmh)
    const residents = residentsOf(plan)
    const rules = GREEN_CIRCLES.map(({ minutes, m2PerPerson, smallestParkM2 }) => ({
      zh: `${minutes} 分钟 ${m2PerPerson} m²/人（公园不小于 ${hectares(smallestParkM2).zh}）`,
      en: `${minutes} minutes ${m2PerPerson} m² per person (parks of at least ${hectares(smallestParkM2).en})`,
    }))
    const words = walkWords(found?.circles[0]?.walk.distance ?? 'detour')
    const basis = areaBasis(plan.basis)
    const work = draft(
      `全部公共绿地与${residents?.title.zh ?? '人口'}对照各级下限：${rules.map(({ zh }) => zh).join('、')}，取最小比值；表中可达比例${words.zh}。${basis.zh}`,
      `All public green and ${residents?.title.en ?? 'the population'} were held against the minimum of each circle: ${rules.map(({ en }) => en).join(', ')}; the smallest ratio counts. Shares in reach in the table: ${words.en}. ${basis.en}`,
    )
    if (!found) return missing(work, NO_PARKS, ['green'])
    work.notes.push(...found.notes)
    if (!residents) return missing(work, NOBODY, ['population', 'city.population'])
    work.notes.push(...residents.notes)
    const ratios = ratiosOf(found, residents.persons)
    const greenM2 = found.circles.reduce((sum, { areaM2 }) => sum + areaM2, 0)
    work.details = {
      persons: residents.persons,
      greenM2,
      tooSmallM2: Math.max(0, found.allM2 - greenM2),
      ...Object.fromEntries(found.circles.map(({ minutes }, at) => [`ratio${minutes}`, ratios[at] ?? 0])),
    }
    const result = {
      ...work,
      ...topEvidence(found.green, found.countedM2, hectares),
      tables: [circleTable(found, ratios, residents.persons)],
      quality: { distance: found.circles[0]?.walk.distance ?? 'detour' },
    }
    return measured(result, Math.min(...ratios), 'ratio')
  },
  featuresOf(plan, { walkSpeedKmh }, { row }: TablePlace) {
    const found = circlesOf(plan, walkSpeedKmh)
    const circle = found?.circles.find(({ minutes }) => String(minutes) === row)
    return found && circle ? topEvidence(found.green, circle.parksM2, hectares).evidence : []
  },
  examples: [
    {
      title:
        '20,000 people: a park of 6 ha (4 needed) passes 2 ha down to the 10-minute circle, and 0.5 ha is a quarter of what 5 minutes need',
      layers: {
        green: [{ polygon: [box(0, 0, 300, 200)] }, { polygon: [box(1000, 0, 50, 100)] }, { polygon: [box(2000, 0, 30, 100)] }],
        population: [{ point: [0, -50], attributes: { persons: 20_000 } }],
      },
      answer: 0.25,
      details: { ratio15: 1.5, ratio10: 1, ratio5: 0.25, greenM2: 65_000, tooSmallM2: 3000 },
    },
    {
      title: 'only a park of 2 ha: nothing for the 15-minute circle',
      layers: { green: [{ polygon: [box(0, 0, 200, 100)] }] },
      city: { population: 1000 },
      answer: 0,
      details: { ratio15: 0, ratio10: 20, ratio5: 19 },
    },
    { title: 'nobody known', layers: { green: [{ polygon: [box(0, 0, 200, 100)] }] }, answer: 'missing' },
  ],
})

const NOBODY: Bilingual = {
  zh: '没有人口图层，方案也未报人口。',
  en: 'There is neither a population layer nor a stated population.',
}

interface Circle {
  minutes: number
  m2PerPerson: number
  /** Areas of the parks that count for this circle, one entry per green space, and their sum. */
  parksM2: Float64Array
  areaM2: number
  /** Walks to parks that are large enough for this circle. */
  walk: ParkWalk
  walkM: number
}

interface Circles {
  green: LayerColumns
  countedM2: Float64Array
  allM2: number
  circles: Circle[]
  notes: Bilingual[]
}

function circlesOf(plan: PlanData, speedKmh: number): Circles | undefined {
  const green = parksOf(plan)
  if (!green) return undefined
  const circles = GREEN_CIRCLES.map(({ minutes, m2PerPerson, smallestParkM2 }, at): Circle => {
    const parksM2 = areasOfSize(plan, green, smallestParkM2, GREEN_CIRCLES[at - 1]?.smallestParkM2)
    const walkM = metresPerMinute(speedKmh) * minutes
    const walk = parkWalk(plan, parksOfSize(plan, green, smallestParkM2), walkM)
    return { minutes, m2PerPerson, parksM2, areaM2: totalOf(parksM2), walk, walkM }
  })
  const least = Math.min(...GREEN_CIRCLES.map(({ smallestParkM2 }) => smallestParkM2))
  return {
    green: green.layer,
    countedM2: areasOfSize(plan, green, least),
    allM2: totalOf(areasOfSize(plan, green, 0)),
    circles,
    notes: [...(green.layer.role === 'green' ? [] : [PARKS_FROM_LAND_USE]), ...green.notes],
  }
}

/** Actual ÷ required of each circle, largest first; what a larger one has too much of counts for the next. */
function ratiosOf({ circles }: Circles, persons: number): number[] {
  let excessM2 = 0
  return circles.map(({ areaM2, m2PerPerson }) => {
    const [actual, required] = [areaM2 + excessM2, m2PerPerson * persons]
    excessM2 = Math.max(0, actual - required)
    return actual / required
  })
}

function circleTable({ circles }: Circles, ratios: readonly number[], persons: number): ResultTable {
  return {
    id: 'circles',
    kind: 'list',
    title: { zh: '各级生活圈公共绿地', en: 'Public green by life circle' },
    rowTitle: { zh: '生活圈', en: 'Circle' },
    columns: [
      { key: 'area', title: { zh: '计入的公园', en: 'Parks that count' }, unit: 'ha' },
      { key: 'perPerson', title: { zh: '人均', en: 'Per person' }, unit: 'm2_per_person' },
      { key: 'required', title: { zh: '标准下限', en: 'Minimum' }, unit: 'm2_per_person', drawn: 'limit' },
      { key: 'ratio', title: { zh: '比值（含上级超出部分）', en: 'Ratio (with excess from above)' }, unit: 'multiple' },
      { key: 'reach', title: { zh: '步行可达人口占比', en: 'People within the walk' }, unit: 'percent' },
    ],
    rows: circles.map(({ minutes, m2PerPerson, areaM2, walk, walkM }, at) => ({
      key: String(minutes),
      title: { zh: `${minutes} 分钟`, en: `${minutes} minutes` },
      cells: [areaM2, areaM2 / persons, m2PerPerson, ratios[at] ?? 0, shareInReach(walk, walkM)],
    })),
  }
}

function shareInReach({ people }: ParkWalk, walkM: number): number | null {
  let [all, served] = [0, 0]
  for (const { amounts, within } of people) {
    const shares = within(walkM)
    for (const [feature, amount] of amounts.entries()) {
      all += amount
      served += amount * (shares[feature] ?? 0)
    }
  }
  return all > 0 ? served / all : null
}
