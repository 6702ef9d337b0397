import { labelled } from '../network/morphology.ts'
import { cellOutlines } from '../network/cell-outlines.ts'
import { coolingOf, hotCells, peopleInCells, type Cooling } from '../indicators/hot-spots.ts'
import type { PlanData } from '../indicators/indicator.ts'
import { areaColumn } from '../indicators/land-transition-tables.ts'
import { cooling as coolingIndicator } from '../indicators/r04-cooling.ts'
import { studyArea } from '../indicators/study-area.ts'
import { percent } from '../indicators/words.ts'
import type { ResultTable } from '../model/result-table.ts'
import type { Bilingual } from '../text.ts'
import type { LookId } from './looks.ts'
import { defineOverlay, missingOverlay, type OverlayPart } from './overlay.ts'
import { namedPart, type Shape } from './part.ts'

const LOOKS = ['hotLess', 'hotSame', 'hotMore'] as const

/** Hot spots, and whether the plan makes them cooler. */
export const cooling = defineOverlay({
  id: 'cooling',
  version: 1,
  group: 'opportunity',
  title: { zh: '热点与降温', en: 'Heat and cooling' },
  summary: { zh: '热点片区中，哪里因规划而变凉、哪里没有。', en: 'Where the plan cools the hot spots, and where it does not.' },
  source: {
    zh: 'InVEST 城市降温模型（CC = 0.6 遮荫 + 0.2 反照率 + 0.2 蒸散；HM 计 2 ha 绿地）；各地类系数为本软件所定',
    en: coolingIndicator.source,
  },
  needs: [['heat'], ['landuse_base'], ['landuse_plan']],
  uses: ['population', 'population_grid', 'admin'],
  indicator: 'R04',
  parameters: coolingIndicator.parameters,
  compute(plan, { coolingCellM, coolingDistanceM, hotShare, gainNeeded }, report) {
    const share = percent(hotShare)
    const method = {
      zh: `最热 ${share.zh} 的格网为热点；按现状与规划用地的类别系数比较降温指数（InVEST），提高不少于 ${gainNeeded} 为改善。`,
      en: `The hottest ${share.en} of cells are hot spots; the heat mitigation index (InVEST) by present and planned land use is compared: a rise of ${gainNeeded} or more is a gain.`,
    }
    report(0, 2, { zh: '计算降温指数', en: 'Heat mitigation index' })
    const [before, after] = [plan.layer('landuse_base'), plan.layer('landuse_plan')]
    const area = studyArea(plan, 'central_city')
    const change = before && after && area && coolingOf(area.zone, before, after, coolingCellM, coolingDistanceM)
    if (!change) return missingOverlay(method, NO_CELLS, ['landuse_base', 'landuse_plan'])
    const hot = hotCells(change, plan.rasters('heat'), hotShare)
    if (!hot.includes(1)) return missingOverlay(method, NO_HEAT, ['heat'])
    report(1, 2, { zh: '合并热点片区', en: 'Gathering hot spots' })
    const people = peopleInCells(plan, change.place)
    const lookOf = (cell: number): LookId => {
      const gain = (change.planned[cell] ?? 0) - (change.base[cell] ?? 0)
      return gain >= gainNeeded ? 'hotMore' : gain < 0 ? 'hotLess' : 'hotSame'
    }
    const spots = spotsOf(change, hot, people?.persons, lookOf)
    return {
      outcome: {
        kind: 'drawn',
        parts: [spotPart(plan, change, spots)],
        figures: [
          { title: { zh: '热点片区', en: 'Hot spots' }, value: spots.length, unit: 'count' },
          {
            title: { zh: '平均指数变化', en: 'Change of the mean index' },
            value: change.meanPlanned - change.meanBase,
            unit: 'index',
          },
          ...(people
            ? [{ title: { zh: '热点人口', en: 'People in hot spots' }, value: sumOf(spots), unit: 'persons' as const }]
            : []),
        ],
      },
      method,
      notes: people ? [] : [NOBODY],
    }
  },
})

const NO_CELLS: Bilingual = {
  zh: '统计范围内没有两期都能识别地类的格网。',
  en: 'No cell of the ground has a recognised class in both states.',
}
const NO_HEAT: Bilingual = {
  zh: '没有地表温度或热力栅格，或不在统计范围内。',
  en: 'No heat grid covers the ground.',
}
const NOBODY: Bilingual = { zh: '没有人口数据，不计热点人口。', en: 'There are no people to count in the hot spots.' }

/** Hot cells that touch, with people in each class of change. */
interface Spot {
  cells: Record<(typeof LOOKS)[number], number[]>
  persons: number
  gaining: number
}

const sumOf = (spots: readonly Spot[]): number => spots.reduce((sum, { persons }) => sum + persons, 0)

function spotsOf(
  { place }: Cooling,
  hot: Uint8Array,
  persons: Float64Array | undefined,
  lookOf: (cell: number) => LookId,
): Spot[] {
  const spots = labelled(hot, place.columns, place.rows).pieces.map((cells): Spot => {
    const spot: Spot = { cells: { hotLess: [], hotSame: [], hotMore: [] }, persons: 0, gaining: 0 }
    for (const cell of cells) {
      const look = LOOKS.find((one) => one === lookOf(cell)) ?? 'hotSame'
      spot.cells[look].push(cell)
      spot.persons += persons?.[cell] ?? 0
      if (look === 'hotMore') spot.gaining += persons?.[cell] ?? 0
    }
    return spot
  })
  const size = ({ cells }: Spot) => LOOKS.reduce((sum, look) => sum + cells[look].length, 0)
  return spots.toSorted((one, other) => other.persons - one.persons || size(other) - size(one))
}

function spotPart(plan: PlanData, { place }: Cooling, spots: readonly Spot[]): OverlayPart {
  const frame = plan.layer('landuse_plan')?.frame
  if (!frame) throw new RangeError('hot spots are drawn over planned land use')
  const cellM2 = (place.cellMm / 1000) ** 2
  const list: ResultTable = {
    id: 'spots',
    kind: 'list',
    title: { zh: '热点片区（人口多的在前）', en: 'Hot spots, most people first' },
    rowTitle: { zh: '热点', en: 'Hot spot' },
    columns: [
      { key: 'persons', title: { zh: '人口', en: 'People' }, unit: 'persons' },
      { key: 'gaining', title: { zh: '降温改善人口', en: 'With a gain' }, unit: 'persons' },
      areaColumn('areaM2', '面积', 'Area'),
      areaColumn('lessM2', '指数下降', 'Index falls'),
    ],
    rows: spots.map(({ cells, persons, gaining }, at) => {
      const all = LOOKS.reduce((sum, look) => sum + cells[look].length, 0)
      const title = { zh: `热点 ${at + 1}`, en: `hot spot ${at + 1}` }
      return { key: String(at + 1), title, cells: [persons, gaining, all * cellM2, cells.hotLess.length * cellM2] }
    }),
  }
  const shapes = spots.flatMap(({ cells }, at) =>
    LOOKS.flatMap((look): (Shape & { look: LookId })[] =>
      cells[look].length === 0 ? [] : [{ parts: cellOutlines(place, cells[look]), row: at + 1, look }],
    ),
  )
  return namedPart({ id: 'spots', title: list.title, kind: 'polygon', frame, list }, LOOKS, shapes)
}
