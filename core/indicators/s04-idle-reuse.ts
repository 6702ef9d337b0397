import { numberAt, textAt, type LayerColumns } from '../geo/columns.ts'
import { shapeCount } from '../geo/edited.ts'
import { featureAreas, sumOfAreas } from '../geo/feature-areas.ts'
import type { Select } from '../geo/overlay-area.ts'
import { box } from '../geo/sketch.ts'
import type { EvidenceFeature } from '../model/measurement.ts'
import type { ResultTable } from '../model/result-table.ts'
import type { Bilingual } from '../text.ts'
import { onlyWhere } from './amounts.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { areaColumn } from './land-transition-tables.ts'
import { draft, measured, missing } from './outcomes.ts'
import { areaByUnit, unitOfRow, unitsAt, unitTable, parcelsInUnit } from './per-unit.ts'
import { topEvidence } from './top-evidence.ts'
import { wordedField } from './worded-field.ts'
import { areaBasis, hectares } from './words.ts'

const KINDS = {
  idle: { zh: '闲置', en: 'Idle' },
  inefficient: { zh: '低效', en: 'Inefficient' },
  unknown: { zh: '未注明', en: 'Not stated' },
} as const
type Kind = keyof typeof KINDS
const KIND_WORDS = { idle: ['idle', 'vacant', '闲置'], inefficient: ['inefficient', 'underused', '低效'], unknown: [] }

/** Share of the inventory of idle and inefficient land that has a use and a date. */
export const idleReuse = defineIndicator({
  id: 'S04',
  version: 1,
  title: { zh: '低效闲置盘活', en: 'Idle & inefficient reuse' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'higher',
  formula: {
    zh: 'A(已安排用途和期限的低效闲置用地) ÷ A(低效闲置用地清单)。',
    en: 'A(idle and inefficient land with a use and a date) ÷ A(inventory).',
  },
  source: 'Public list of city health-check indicators (disposal of idle land); seed article L180 (ZAN path 1), L250',
  seed: ['S056', 'S086'],
  needs: ['stock'],
  uses: ['admin'],
  overlays: [['stock', 'admin']],
  parameters: {},
  detailTitles: {
    inventoryM2: { zh: '清单面积', en: 'Inventory', unit: 'ha' },
    programmedM2: { zh: '已安排用途和期限', en: 'With a use and a date', unit: 'ha' },
    claimedOnlyM2: { zh: '其中仅标注已安排、无用途或期限', en: 'Of it marked only, without use or date', unit: 'ha' },
    partlyM2: { zh: '仅有用途或仅有期限（未计入）', en: 'With only a use or only a date (not counted)', unit: 'ha' },
    plots: { zh: '地块数', en: 'Plots', unit: 'count' },
  },
  compute(plan) {
    const basis = areaBasis(plan.basis)
    const work = draft(
      `清单地块中标注“已安排”，或既有规划用途又有完成年份的面积，除以清单总面积。${basis.zh}`,
      `Plots of the inventory that are marked as programmed, or carry both a planned use and a year, were divided by the whole inventory. ${basis.en}`,
    )
    const stock = plan.layer('stock')
    const inventoryM2 = stock ? sumOfAreas(stock) : 0
    if (!stock || inventoryM2 === 0) {
      const why = { zh: '没有低效闲置用地清单图层。', en: 'There is no inventory of idle and inefficient land.' }
      return missing(work, why, ['stock'])
    }
    const isProgrammed = programmed(stock)
    const programmedM2 = sumOfAreas(stock, isProgrammed)
    const claimedOnlyM2 = sumOfAreas(stock, (plot) => isProgrammed(plot) && !(hasUse(stock, plot) && hasYear(stock, plot)))
    work.details = {
      inventoryM2,
      programmedM2,
      claimedOnlyM2,
      partlyM2: sumOfAreas(stock, (plot) => !isProgrammed(plot) && (hasUse(stock, plot) || hasYear(stock, plot))),
      plots: shapeCount(stock),
    }
    if (claimedOnlyM2 > 0) work.notes.push(CLAIMED)
    work.tables = [kindTable(stock), yearTable(stock), ...districtTables(plan, stock)]
    const openM2 = onlyWhere(featureAreas(stock), (plot) => !isProgrammed(plot))
    Object.assign(work, topEvidence(stock, openM2, notYet))
    return measured(work, programmedM2 / inventoryM2, 'ratio')
  },
  featuresOf(plan, _, { table, row, column }): EvidenceFeature[] {
    const stock = plan.layer('stock')
    if (!stock) return []
    const isProgrammed = programmed(stock)
    const isWanted: Select = column === 'programmedM2' || column === 'share' ? isProgrammed : () => true
    const admin = plan.layer('admin')
    if (table === 'byDistrict') {
      const unit = admin && unitOfRow(admin, row)
      return admin && unit ? parcelsInUnit(stock, admin, unit.feature, isWanted, hectares) : []
    }
    const kindOf = wordedField<Kind>(stock, 'kind', KIND_WORDS)
    const isOfRow: Select =
      table === 'byKind'
        ? (plot) => (kindOf(plot) ?? 'unknown') === row
        : (plot) => isProgrammed(plot) && String(numberAt(stock, 'year', plot) ?? 'none') === row
    const amounts = onlyWhere(featureAreas(stock), (plot) => isOfRow(plot) && isWanted(plot))
    return topEvidence(stock, amounts, hectares).evidence
  },
  examples: [
    {
      title: '4 ha of inventory: one is marked, one has use and year, one has a use only, one nothing',
      layers: {
        stock: [
          { polygon: [box(0, 0, 100, 100)], attributes: { kind: 'idle', programmed: true, use: null, year: null } },
          { polygon: [box(100, 0, 100, 100)], attributes: { kind: '低效工业', programmed: false, use: '公园', year: 2028 } },
          { polygon: [box(200, 0, 100, 100)], attributes: { kind: 'inefficient', programmed: false, use: '住宅', year: null } },
          { polygon: [box(300, 0, 100, 100)], attributes: { kind: null, programmed: false, use: null, year: null } },
        ],
      },
      answer: 0.5,
      details: { inventoryM2: 40_000, programmedM2: 20_000, claimedOnlyM2: 10_000, partlyM2: 10_000, plots: 4 },
    },
    {
      title: 'an inventory that nothing is done about',
      layers: { stock: [{ polygon: [box(0, 0, 100, 100)], attributes: { kind: 'idle' } }] },
      answer: 0,
      details: { programmedM2: 0 },
    },
  ],
})

const CLAIMED: Bilingual = {
  zh: '部分地块仅标注“已安排”，未给出用途或完成年份，请核对。',
  en: 'Some plots are only marked as programmed, without a use or a year: please check.',
}

const notYet = (areaM2: number): Bilingual => ({
  zh: `尚未安排 ${hectares(areaM2).zh}`,
  en: `${hectares(areaM2).en} not yet programmed`,
})

const hasUse = (stock: LayerColumns, plot: number): boolean => textAt(stock, 'use', plot) !== undefined
const hasYear = (stock: LayerColumns, plot: number): boolean => numberAt(stock, 'year', plot) !== undefined

const programmed =
  (stock: LayerColumns): Select =>
  (plot) =>
    numberAt(stock, 'programmed', plot) === 1 || (hasUse(stock, plot) && hasYear(stock, plot))

const COLUMNS = [
  areaColumn('inventoryM2', '清单面积', 'Inventory'),
  areaColumn('programmedM2', '已安排', 'Programmed'),
  { key: 'share', title: { zh: '盘活率', en: 'Share' }, unit: 'percent' as const },
]
const cellsOf = (inventory: number, done: number) => [inventory, done, inventory > 0 ? done / inventory : null]

function kindTable(stock: LayerColumns): ResultTable {
  const kindOf = wordedField<Kind>(stock, 'kind', KIND_WORDS)
  const isProgrammed = programmed(stock)
  const rows = (Object.keys(KINDS) as Kind[]).map((kind) => {
    const isKind = (plot: number) => (kindOf(plot) ?? 'unknown') === kind
    const inventory = sumOfAreas(stock, isKind)
    const done = sumOfAreas(stock, (plot) => isKind(plot) && isProgrammed(plot))
    return { key: kind, title: KINDS[kind], cells: cellsOf(inventory, done) }
  })
  return {
    id: 'byKind',
    kind: 'classes',
    title: { zh: '按类型', en: 'By kind' },
    rowTitle: { zh: '类型', en: 'Kind' },
    columns: COLUMNS,
    rows,
    closure: { inventoryM2: { sum: rows.reduce((sum, { cells }) => sum + (cells[0] ?? 0), 0), whole: sumOfAreas(stock) } },
  }
}

/** When programmed land is to be done. */
function yearTable(stock: LayerColumns): ResultTable {
  const isProgrammed = programmed(stock)
  const byYear = new Map<string, number>()
  const areaM2 = featureAreas(stock)
  for (let plot = 0; plot < stock.count; plot += 1) {
    if (!isProgrammed(plot)) continue
    const key = String(numberAt(stock, 'year', plot) ?? 'none')
    byYear.set(key, (byYear.get(key) ?? 0) + (areaM2[plot] ?? 0))
  }
  const rows = [...byYear].toSorted(([one], [other]) => (one < other ? -1 : 1))
  return {
    id: 'byYear',
    kind: 'series',
    title: { zh: '已安排面积按完成年份', en: 'Programmed land by year of completion' },
    rowTitle: { zh: '完成年份', en: 'Year' },
    columns: [areaColumn('areaM2', '面积', 'Area')],
    rows: rows.map(([key, sum]) => ({ key, title: key === 'none' ? NO_YEAR : { zh: key, en: key }, cells: [sum] })),
    closure: { areaM2: { sum: rows.reduce((total, [, sum]) => total + sum, 0), whole: sumOfAreas(stock, isProgrammed) } },
  }
}

const NO_YEAR: Bilingual = { zh: '未给年份', en: 'No year' }

function districtTables(plan: PlanData, stock: LayerColumns): ResultTable[] {
  const admin = plan.layer('admin')
  if (!admin || unitsAt(admin, 'district').length === 0) return []
  const inventory = areaByUnit(stock, admin, () => true)
  const done = areaByUnit(stock, admin, programmed(stock))
  const head = { id: 'byDistrict', title: { zh: '各区县盘活情况', en: 'Reuse by district' }, columns: COLUMNS }
  return [unitTable(admin, 'district', head, ({ feature }) => cellsOf(inventory[feature] ?? 0, done[feature] ?? 0))]
}
