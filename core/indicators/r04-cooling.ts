import { marksOf } from '../cooling/city-cells.ts'
import type { FeatureSketch } from '../geo/sketch.ts'
import { box } from '../geo/sketch.ts'
import type { ResultTable } from '../model/result-table.ts'
import type { Bilingual } from '../text.ts'
import { topCounted } from './counted.ts'
import { CANOPY_HEIGHT, gridNotes } from './canopy.ts'
import {
  canopyGrids,
  coolingOf,
  forEachResident,
  hotCells,
  peopleInCells,
  type CanopyGrids,
  type Cooling,
  type PeopleInCells,
} from './hot-spots.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { draft, measured, missing } from './outcomes.ts'
import { unitsAt, unitTable } from './per-unit.ts'
import { studyArea } from './study-area.ts'
import { percent } from './words.ts'

/** A byte tells districts apart on the cells. */
const MOST_DISTRICTS = 255

/** Share of the people in heat hot spots for whom the plan makes it cooler. */
export const cooling = defineIndicator({
  id: 'R04',
  version: 1,
  title: { zh: '降温', en: 'Cooling' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'higher',
  formula: {
    zh: '热点内降温指数提高不少于 0.05 的人口 ÷ 热点人口；指数 HM 按 InVEST 由现状、规划用地的类别系数计算，有树冠栅格时树荫取自栅格。',
    en: 'People in hot spots whose heat mitigation index rises by 0.05 or more ÷ people in hot spots; the index by InVEST from classes of land, its shade from canopy grids where there are any.',
  },
  source: 'InVEST urban cooling (CC = 0.6 shade + 0.2 albedo + 0.2 ETI; HM with 2 ha of green); coefficients by class are ours',
  seed: ['S043', 'S078'],
  isSlow: true,
  needs: ['heat', 'landuse_base', 'landuse_plan', 'population'],
  uses: ['population_grid', 'admin', 'canopy', 'canopy_base'],
  parameters: {
    canopyHeightM: CANOPY_HEIGHT,
    coolingCellM: {
      default: 100,
      min: 30,
      max: 500,
      unit: 'm',
      title: { zh: '计算格网边长', en: 'Cell of the calculation' },
      source: 'Our default; larger where the city would need more than 160,000 cells',
    },
    coolingDistanceM: {
      default: 450,
      min: 100,
      max: 1000,
      unit: 'm',
      title: { zh: '绿地降温距离', en: 'Distance over which green space cools' },
      source: 'InVEST urban cooling, recommended default (unverified)',
    },
    hotShare: {
      default: 20,
      min: 1,
      max: 50,
      unit: 'percent',
      title: { zh: '最热多少比例的格网为热点', en: 'Share of cells that are hot spots, the hottest' },
      source: 'Our default (hottest fifth of the cells that the heat grid sees)',
    },
    gainNeeded: {
      default: 0.05,
      min: 0.01,
      max: 0.5,
      unit: 'index',
      title: { zh: '计为改善的指数增量', en: 'Rise of the index that counts' },
      source: 'Domain rule R04 (0.05, interpolated)',
    },
  },
  detailTitles: {
    meanBase: { zh: '现状平均降温指数', en: 'Mean index at present', unit: 'ratio' },
    meanPlanned: { zh: '规划平均降温指数', en: 'Mean index of the plan', unit: 'ratio' },
    meanChange: { zh: '平均指数变化', en: 'Change of the mean index', unit: 'ratio' },
    shadeByGrid: { zh: '树荫取自树冠栅格的格网比例（规划）', en: 'Cells with shade from canopy grids (plan)', unit: 'percent' },
    cellM: { zh: '格网边长', en: 'Cell', unit: 'm' },
    hotPersons: { zh: '热点人口', en: 'People in hot spots', unit: 'persons' },
    gainingPersons: { zh: '其中降温改善', en: 'Of them, where it gets cooler', unit: 'persons' },
  },
  compute(plan, { canopyHeightM, coolingCellM, coolingDistanceM, hotShare, gainNeeded }) {
    const share = percent(hotShare)
    const work = draft(
      `按现状与规划用地的类别系数计算各格网降温指数（绿地降温距离 ${coolingDistanceM} m，绿地满 2 公顷起计），最热 ${share.zh} 格网为热点，指数提高不少于 ${gainNeeded} 的人口除以热点人口。`,
      `The heat mitigation index of cells was computed from classes of present and planned land (cooling over ${coolingDistanceM} m, from 2 ha of green on); of the people in the hottest ${share.en} of cells, those whose index rises by ${gainNeeded} or more.`,
    )
    const [before, after] = [plan.layer('landuse_base'), plan.layer('landuse_plan')]
    if (!before || !after)
      return missing(work, NO_STATES, [...(before ? [] : ['landuse_base']), ...(after ? [] : ['landuse_plan'])])
    const area = studyArea(plan, 'central_city')
    const canopy = canopyGrids(plan, canopyHeightM)
    const change = area && coolingOf(area.zone, before, after, coolingCellM, coolingDistanceM, canopy)
    if (!area || !change) return missing(work, NO_CELLS, ['landuse_base', 'landuse_plan'])
    work.notes.push(...area.notes, ...largerCells(change, coolingCellM), ...shadeNotes(plan, change, canopy))
    const { meanBase, meanPlanned } = change
    work.details = {
      meanBase,
      meanPlanned,
      meanChange: meanPlanned - meanBase,
      shadeByGrid: change.shadeSeen.planned,
      cellM: change.place.cellMm / 1000,
    }
    const hot = hotCells(change, plan.rasters('heat'), hotShare)
    if (!hot.includes(1)) return missing(work, NO_HEAT, ['heat'])
    const people = peopleInCells(plan, change.place)
    if (!people) return missing(work, NOBODY, ['population', 'population_grid'])
    const gaining = hot.map((isHot, cell) => (isHot === 1 && gains(change, cell, gainNeeded) ? 1 : 0))
    const [hotPersons, gainingPersons] = [peopleOn(people, hot), peopleOn(people, gaining)]
    Object.assign(work.details, { hotPersons, gainingPersons })
    if (hotPersons === 0) return missing(work, NOBODY_HOT, ['population'])
    if (people.from === 'grid') work.notes.push(FROM_GRID)
    Object.assign(work, evidenceOf(change, people, hot, gaining))
    const tables = districtTable(plan, change, people, { hot, gaining })
    return measured({ ...work, tables, quality: { proxies: [proxyOf(change)] } }, gainingPersons / hotPersons, 'ratio')
  },
  examples: [
    {
      title:
        'industry at 0.05 × 0.6 + 0.2 × 0.2 + 0.2 × 0.2 ÷ 1.1 becomes a wood in one of three hot cells, where 300 of 400 people live',
      layers: {
        landuse_base: [{ polygon: [box(0, 0, 400, 100)], attributes: { class: '10' } }],
        landuse_plan: planned('03'),
        population: [
          { point: [50, 50], attributes: { persons: 300 } },
          { point: [250, 50], attributes: { persons: 100 } },
          { point: [350, 50], attributes: { persons: 500 } },
        ],
      },
      rasters: { heat: { leftX: 0, topY: 100, cellM: 100, rows: [[40, 38, 38, 30]] } },
      parameters: { hotShare: 50 },
      answer: 0.75,
      details: { hotPersons: 400, gainingPersons: 300, cellM: 100, meanBase: 0.03 + 0.04 + 0.04 / 1.1 },
    },
    {
      title: 'people as areas: half of 1,000 live in the hot cell, which turns from a park to industry',
      layers: {
        landuse_base: [{ polygon: [box(0, 0, 200, 100)], attributes: { class: '1401' } }],
        landuse_plan: [{ polygon: [box(0, 0, 200, 100)], attributes: { class: '11' } }],
        population: [{ polygon: [box(0, 0, 200, 100)], attributes: { persons: 1000 } }],
      },
      rasters: { heat: { leftX: 0, topY: 100, cellM: 100, rows: [[40, 30]] } },
      answer: 0,
      details: { hotPersons: 500, gainingPersons: 0 },
    },
    {
      title: 'canopy grids of both years: trees in industry raise its shade from 0.1 to 0.7, without any change of land use',
      layers: {
        landuse_base: [{ polygon: [box(0, 0, 200, 100)], attributes: { class: '10' } }],
        landuse_plan: [{ polygon: [box(0, 0, 200, 100)], attributes: { class: '10' } }],
        population: [
          { point: [50, 50], attributes: { persons: 100 } },
          { point: [150, 50], attributes: { persons: 300 } },
        ],
      },
      rasters: {
        heat: { leftX: 0, topY: 100, cellM: 100, rows: [[40, 40]] },
        canopy_base: { leftX: 0, topY: 100, cellM: 100, rows: [[0.1, 0.1]] },
        canopy: { leftX: 0, topY: 100, cellM: 50, rows: [[0.1, 0.1, 0.8, 0.6], [0.1, 0.1, 0.7, 0.7]] }, // prettier-ignore
      },
      answer: 0.75,
      details: {
        hotPersons: 400,
        gainingPersons: 300,
        shadeByGrid: 1,
        meanBase: 0.06 + 0.04 + 0.04 / 1.1,
        meanPlanned: 0.6 * 0.4 + 0.04 + 0.04 / 1.1,
      },
    },
    {
      title: 'one grid is the present canopy: where a wood is built over its shade goes, where it stays it lasts',
      layers: {
        landuse_base: [{ polygon: [box(0, 0, 200, 100)], attributes: { class: '03' } }],
        landuse_plan: [
          { polygon: [box(0, 0, 100, 100)], attributes: { class: '03' } },
          { polygon: [box(100, 0, 100, 100)], attributes: { class: '10' } },
        ],
        population: [{ point: [50, 50], attributes: { persons: 100 } }],
      },
      rasters: {
        heat: { leftX: 0, topY: 100, cellM: 100, rows: [[40, 40]] },
        canopy: { leftX: 0, topY: 100, cellM: 100, rows: [[0.5, 0.5]] },
      },
      answer: 0,
      details: { shadeByGrid: 0.5, meanBase: 0.6 * 0.5 + 0.2 * 0.15 + 0.2 / 1.1 },
    },
    {
      title: 'without heat the index is told, but no hot spots',
      layers: { landuse_base: planned('10'), landuse_plan: planned('03') },
      answer: 'missing',
    },
  ],
})

/** The west quarter of a strip in a class, the rest industry; 1 ha is too little to cool its neighbours. */
function planned(code: string): FeatureSketch[] {
  return [
    { polygon: [box(0, 0, 100, 100)], attributes: { class: code } },
    { polygon: [box(100, 0, 300, 100)], attributes: { class: '10' } },
  ]
}

const NO_STATES: Bilingual = {
  zh: '需要现状与规划两期用地用海图层。',
  en: 'Both present and planned land use are needed.',
}
const NO_CELLS: Bilingual = {
  zh: '统计范围内没有两期都能识别地类的格网。',
  en: 'No cell of the ground has a recognised class in both states.',
}
const NO_HEAT: Bilingual = {
  zh: '没有地表温度或热力栅格（或不在统计范围内），无法确定热点；平均降温指数见明细。',
  en: 'No heat grid covers the ground, so that hot spots are unknown; the mean index is among the details.',
}
const NOBODY: Bilingual = { zh: '没有人口图层或人口格网。', en: 'There is neither a population layer nor a population grid.' }
const NOBODY_HOT: Bilingual = { zh: '热点内没有人口。', en: 'Nobody lives in the hot spots.' }
const FROM_GRID: Bilingual = { zh: '人口取自人口格网。', en: 'People were taken from the population grid.' }
const BY_CLASS: Bilingual = {
  zh: '没有可用的树冠栅格，树荫、反照率与蒸散都由用地类别系数代替（本项目插值），蒸散以系数最高的类别为 1。',
  en: 'There is no canopy grid that could be used: classes of land stand for shade, albedo and evaporation (interpolated by this project); the class that evaporates most counts 1.',
}
const SHADE_SEEN: Bilingual = {
  zh: '树荫取自树冠栅格（栅格未覆盖处用类别系数）；反照率与蒸散由用地类别系数代替（本项目插值），蒸散以系数最高的类别为 1。',
  en: 'Shade is that of canopy grids (of classes where they see nothing); classes of land stand for albedo and evaporation (interpolated by this project); the class that evaporates most counts 1.',
}
const ONE_GRID: Bilingual = {
  zh: '只有一期树冠栅格：视为现状树冠，用地不变处沿用，用地改变处按规划用地类别取树荫。',
  en: 'There is one canopy grid only: it was taken for the present canopy, which lasts where the land use stays; where it changes, shade is that of the planned class.',
}

const proxyOf = ({ shadeSeen }: Cooling): Bilingual => (shadeSeen.base > 0 ? SHADE_SEEN : BY_CLASS)

function shadeNotes(plan: PlanData, { shadeSeen }: Cooling, { base, planned, minimumHeightM }: CanopyGrids): Bilingual[] {
  const read = [...gridNotes(plan, 'canopy_base', minimumHeightM), ...gridNotes(plan, 'canopy', minimumHeightM)]
  return [...read, ...(shadeSeen.base > 0 && (base.length === 0 || planned.length === 0) ? [ONE_GRID] : [])]
}

const largerCells = ({ place }: Cooling, wantedM: number): Bilingual[] => {
  const cellM = Math.round(place.cellMm / 1000)
  if (cellM <= wantedM) return []
  return [{ zh: `范围较大，格网边长放大为 ${cellM} m。`, en: `The ground is large: cells of ${cellM} m were used.` }]
}

const gains = ({ base, planned: after }: Cooling, cell: number, needed: number): boolean =>
  (after[cell] ?? NaN) - (base[cell] ?? NaN) >= needed - 1e-12

const peopleOn = ({ persons }: PeopleInCells, cells: Uint8Array): number =>
  persons.reduce((sum, count, cell) => sum + (cells[cell] === 1 ? count : 0), 0)

/** People in hot spots for whom it does not get cooler. */
function evidenceOf({ place }: Cooling, { layers }: PeopleInCells, hot: Uint8Array, gaining: Uint8Array) {
  return topCounted(
    layers.map((counted) => {
      const amounts = new Float64Array(counted.layer.count)
      forEachResident(place, counted, (feature, cell, persons) => {
        if (hot[cell] === 1 && gaining[cell] === 0) amounts[feature] = (amounts[feature] ?? 0) + persons
      })
      return { layer: counted.layer, amounts, note: noteOf }
    }),
  )
}

const noteOf = (persons: number): Bilingual => ({
  zh: `热点内约 ${Math.round(persons)} 人未见降温改善`,
  en: `about ${Math.round(persons)} people in hot spots without a gain`,
})

function districtTable(
  plan: PlanData,
  { place, inside, base, planned: after }: Cooling,
  { persons }: PeopleInCells,
  { hot, gaining }: { hot: Uint8Array; gaining: Uint8Array },
): ResultTable[] {
  const admin = plan.layer('admin')
  const districts = admin ? unitsAt(admin, 'district') : []
  if (!admin || districts.length === 0 || districts.length > MOST_DISTRICTS) return []
  const numberOf = new Map(districts.map(({ feature }, at) => [feature, at + 1]))
  const owner = marksOf(place, admin, (feature) => numberOf.get(feature) ?? 0)
  const sums = districts.map(() => ({ cells: 0, change: 0, hot: 0, gaining: 0 }))
  for (let cell = 0; cell < owner.length; cell += 1) {
    const sum = sums[(owner[cell] ?? 0) - 1]
    if (!sum || inside[cell] === 0) continue
    sum.cells += 1
    sum.change += (after[cell] ?? 0) - (base[cell] ?? 0)
    if (hot[cell] === 1) sum.hot += persons[cell] ?? 0
    if (gaining[cell] === 1) sum.gaining += persons[cell] ?? 0
  }
  const head = {
    id: 'by_district',
    title: { zh: '各区县热点人口与降温', en: 'People in hot spots and cooling by district' },
    columns: [
      { key: 'hot', title: { zh: '热点人口', en: 'In hot spots' }, unit: 'persons' as const },
      { key: 'gaining', title: { zh: '降温改善', en: 'With a gain' }, unit: 'persons' as const },
      { key: 'share', title: { zh: '占比', en: 'Share' }, unit: 'percent' as const },
      { key: 'change', title: { zh: '平均指数变化', en: 'Change of the mean index' }, unit: 'ratio' as const },
    ],
  }
  return [
    unitTable(admin, 'district', head, ({ feature }) => {
      const sum = sums[(numberOf.get(feature) ?? 0) - 1]
      if (!sum) return [null, null, null, null]
      const share = sum.hot > 0 ? sum.gaining / sum.hot : null
      return [sum.hot, sum.gaining, share, sum.cells > 0 ? sum.change / sum.cells : null]
    }),
  ]
}
