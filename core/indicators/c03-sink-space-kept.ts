import type { LayerColumns } from '../geo/columns.ts'
import { box } from '../geo/sketch.ts'
import type { ResultTable, TableColumn, TablePlace } from '../model/result-table.ts'
import { classColour, classGroup, classGroupInfo } from '../reference/land-classes.ts'
import { unclassedNote } from './by-class.ts'
import { bothYears, classBalances, closureOf, COVER_PROXY, NEEDS_BOTH, type ClassBalance } from './class-balance.ts'
import { defineIndicator } from './indicator.ts'
import {
  classTransition,
  flowM2,
  flowOfBaseParcels,
  flowOfPlanParcels,
  matrixOf,
  type ClassTransition,
  type WantsFlow,
} from './land-transition.ts'
import { areaColumn, classTitle } from './land-transition-tables.ts'
import { draft, measured, missing } from './outcomes.ts'
import { topEvidence } from './top-evidence.ts'
import { areaBasis, hectares } from './words.ts'

const isSink = classGroup('sink')
const LOST: WantsFlow = (from, to) => isSink(from) && !isSink(to)
const GAINED: WantsFlow = (from, to) => !isSink(from) && isSink(to)

/** Whether the plan keeps the land that takes up carbon: forest, grass, wetland and water. */
export const sinkSpaceKept = defineIndicator({
  id: 'C03',
  version: 1,
  title: { zh: '碳汇空间保有', en: 'Sink space kept' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'higher',
  formula: {
    zh: '（规划碳汇空间面积－基期碳汇空间面积）÷ 基期碳汇空间面积；碳汇空间＝林地＋草地＋湿地＋陆地水域。',
    en: '(planned sink land − base-year sink land) ÷ base-year sink land; sink land = forest + grass + wetland + inland water.',
  },
  source: 'Seed article L229 (anchor space with much sink and biodiversity); classes of domain §3',
  seed: ['S073'],
  needs: ['landuse_base', 'landuse_plan'],
  uses: [],
  parameters: {},
  overlays: [['landuse_base', 'landuse_plan']],
  detailTitles: {
    baseM2: { zh: '基期碳汇空间', en: 'Sink land, base year', unit: 'ha' },
    planM2: { zh: '规划碳汇空间', en: 'Sink land, plan', unit: 'ha' },
    changeM2: { zh: '净变化', en: 'Net change', unit: 'ha' },
    lostM2: { zh: '转出面积', en: 'Turned into other land', unit: 'ha' },
    gainedM2: { zh: '转入面积', en: 'Turned into sink land', unit: 'ha' },
    comparedM2: { zh: '参与比较的面积', en: 'Land compared', unit: 'ha' },
  },
  compute(plan) {
    const basis = areaBasis(plan.basis)
    const sink = classGroupInfo('sink').title
    const work = draft(
      `基期与规划用地叠加，在两期重叠范围内比较“${sink.zh}”（林地、草地、湿地、陆地水域）的面积，差值除以基期面积。规划地类只是实际覆盖的代理。${basis.zh}`,
      `Base and planned land use were overlaid; on the ground that both show, the area of “${sink.en}” (forest, grass, wetland, inland water) was compared and its change divided by the base year’s. Planned classes stand for real cover. ${basis.en}`,
    )
    const pair = bothYears(plan)
    if (!pair.base || !pair.planned) return missing(work, NEEDS_BOTH, pair.needs)
    const { base, planned } = pair
    work.notes.push(...unclassedNote(base, '基期用地', 'base-year land use'))
    work.notes.push(...unclassedNote(planned, '规划用地', 'planned land use'))
    const transition = classTransition(base, planned)
    const balances = classBalances(transition)
    const sums = sumsOf(transition, balances)
    work.details = sums
    const whole = closureOf(sums.comparedM2, base).whole
    const result = {
      ...work,
      ...topEvidence(planned, flowOfPlanParcels(base, planned, LOST), lostNote),
      tables: [classTable(balances, base, planned), flowTable(transition, 'lost'), flowTable(transition, 'gained')],
      quality: { proxies: [COVER_PROXY], seenShare: whole > 0 ? Math.min(1, sums.comparedM2 / whole) : 0 },
    }
    if (sums.baseM2 === 0) {
      const why = {
        zh: '基期没有碳汇空间，变化比例没有意义。',
        en: 'The base year has no sink land: a relative change has no meaning.',
      }
      return missing(result, why, ['landuse_base'])
    }
    return measured(result, sums.changeM2 / sums.baseM2, 'ratio')
  },
  featuresOf(plan, _, place) {
    const { base, planned } = bothYears(plan)
    return base && planned ? featuresBehind(base, planned, place) : []
  },
  examples: [
    {
      title: '4 ha of forest of which 1 ha becomes industry, and 0.5 ha of industry becomes a lake: −0.5 of 4 ha',
      layers: {
        landuse_base: [
          { polygon: [box(0, 0, 400, 100)], attributes: { class: '0301' } },
          { polygon: [box(400, 0, 100, 100)], attributes: { class: '1001' } },
        ],
        landuse_plan: [
          { polygon: [box(0, 0, 300, 100)], attributes: { class: '03' } },
          { polygon: [box(300, 0, 150, 100)], attributes: { class: '100101' } },
          { polygon: [box(450, 0, 50, 100)], attributes: { class: '1702' } },
        ],
      },
      answer: -0.125,
      details: { baseM2: 40_000, planM2: 35_000, lostM2: 10_000, gainedM2: 5000, changeM2: -5000 },
    },
    {
      title: 'a plan that shows half of the base year is compared on that half only',
      layers: {
        landuse_base: [{ polygon: [box(0, 0, 200, 100)], attributes: { class: '0401' } }],
        landuse_plan: [{ polygon: [box(0, 0, 100, 100)], attributes: { class: '0301' } }],
      },
      answer: 0,
      details: { baseM2: 10_000, comparedM2: 10_000 },
    },
    {
      title: 'no sink land to keep',
      layers: {
        landuse_base: [{ polygon: [box(0, 0, 100, 100)], attributes: { class: '07' } }],
        landuse_plan: [{ polygon: [box(0, 0, 100, 100)], attributes: { class: '03' } }],
      },
      answer: 'missing',
    },
  ],
})

const lostNote = (areaM2: number) => ({
  zh: `${hectares(areaM2).zh} 碳汇空间转为其他用地`,
  en: `${hectares(areaM2).en} of sink land turned into other land`,
})

function sumsOf(transition: ClassTransition, balances: readonly ClassBalance[]) {
  const sink = balances.filter(({ code }) => isSink(code))
  const baseM2 = sink.reduce((sum, { beforeM2 }) => sum + beforeM2, 0)
  const planM2 = sink.reduce((sum, { afterM2 }) => sum + afterM2, 0)
  const comparedM2 = balances.reduce((sum, { beforeM2 }) => sum + beforeM2, 0)
  const [lostM2, gainedM2] = [flowM2(transition, LOST), flowM2(transition, GAINED)]
  return { baseM2, planM2, changeM2: gainedM2 - lostM2, lostM2, gainedM2, comparedM2 }
}

const AREA_COLUMNS: TableColumn[] = [
  areaColumn('base', '基期面积', 'Base year'),
  areaColumn('plan', '规划面积', 'Plan'),
  { key: 'change', title: { zh: '变化', en: 'Change' }, unit: 'ha', drawn: 'not' },
  { key: 'sink', title: { zh: '碳汇空间', en: 'Sink land' }, unit: null },
]

/** All classes of the first level, so that the table closes over the whole ground; sink land first. */
function classTable(balances: readonly ClassBalance[], base: LayerColumns, planned: LayerColumns): ResultTable {
  const rows = new Map<string, ClassBalance & { sinkM2: number }>()
  for (const { code, beforeM2, afterM2 } of balances) {
    const key = code.slice(0, 2)
    const row = rows.get(key) ?? { code: key, beforeM2: 0, afterM2: 0, sinkM2: 0 }
    row.beforeM2 += beforeM2
    row.afterM2 += afterM2
    if (isSink(code)) row.sinkM2 += beforeM2 + afterM2
    rows.set(key, row)
  }
  const total = (key: 'beforeM2' | 'afterM2') => balances.reduce((sum, row) => sum + row[key], 0)
  return {
    id: 'classes',
    kind: 'classes',
    title: { zh: '各地类面积（碳汇空间在前）', en: 'Area by class (sink land first)' },
    rowTitle: { zh: '一级地类', en: 'Class' },
    columns: AREA_COLUMNS,
    rows: [...rows.values()]
      .toSorted((a, b) => Number(b.sinkM2 > 0) - Number(a.sinkM2 > 0))
      .map(({ code, beforeM2, afterM2, sinkM2 }) => ({
        key: code,
        title: classTitle(code),
        cells: [beforeM2, afterM2, afterM2 - beforeM2, sinkM2 > 0 ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' }],
        colour: classColour(code),
      })),
    closure: { base: closureOf(total('beforeM2'), base), plan: closureOf(total('afterM2'), planned) },
  }
}

const FLOW_TITLES = {
  lost: { zh: '碳汇空间转出', en: 'What sink land becomes' },
  gained: { zh: '碳汇空间转入', en: 'What becomes sink land' },
} as const

/** What sink land becomes, or what becomes sink land: classes before as rows, classes after as columns. */
function flowTable(transition: ClassTransition, id: 'lost' | 'gained'): ResultTable {
  const wants = id === 'lost' ? LOST : GAINED
  const wanted = Object.entries(matrixOf(transition, 2)).map(
    ([from, row]) => [from, Object.entries(row).filter(([to]) => wants(from, to))] as const,
  )
  const rows = wanted.filter(([, row]) => row.length > 0).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const columns = [...new Set(rows.flatMap(([, row]) => row.map(([to]) => to)))].toSorted()
  return {
    id,
    kind: 'flows',
    title: FLOW_TITLES[id],
    rowTitle: { zh: '基期地类', en: 'Base year' },
    columns: columns.map((code) => ({ key: code, title: classTitle(code), unit: 'ha' })),
    rows: rows.map(([code, row]) => {
      const cells = new Map(row)
      return { key: code, title: classTitle(code), cells: columns.map((to) => cells.get(to) ?? 0), colour: classColour(code) }
    }),
  }
}

function featuresBehind(base: LayerColumns, planned: LayerColumns, { table, row, column = '' }: TablePlace) {
  if (table === 'classes' && column === 'base') {
    const before = flowOfBaseParcels(base, planned, (from) => from.startsWith(row))
    return topEvidence(base, before, hectares).evidence
  }
  const crosses = table === 'lost' ? LOST : GAINED
  const wants: WantsFlow =
    table === 'classes'
      ? (_, to) => to.startsWith(row)
      : (from, to) => crosses(from, to) && from.startsWith(row) && to.startsWith(column)
  return topEvidence(planned, flowOfPlanParcels(base, planned, wants), hectares).evidence
}
