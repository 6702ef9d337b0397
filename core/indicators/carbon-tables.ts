import type { LayerColumns } from '../geo/columns.ts'
import type { ResultTable, TableCell, TableColumn, TableRow } from '../model/result-table.ts'
import { CARBON_SIGN } from '../reference/carbon.ts'
import { classColour } from '../reference/land-classes.ts'
import type { Bilingual } from '../text.ts'
import type { CarbonBalance, ClassCarbon, Conversion, EnergyShare } from './carbon-balance.ts'
import { closureOf } from './class-balance.ts'
import { areaColumn, classTitle } from './land-transition-tables.ts'

/** Every table of carbon names its set, its sign convention and its unit. */
const titled = (zh: string, en: string, { set }: Pick<CarbonBalance, 'set'>): Bilingual => ({
  zh: `${zh}：${set.title.zh}；${CARBON_SIGN.zh}；tCO₂/年`,
  en: `${en}: ${set.title.en}; ${CARBON_SIGN.en}; tCO2 per year`,
})

const CLASS_COLUMNS: TableColumn[] = [
  { key: 'baseM2', title: { zh: '基期面积', en: 'Base-year area' }, unit: 'ha', drawn: 'not' },
  { key: 'planM2', title: { zh: '规划面积', en: 'Planned area' }, unit: 'ha', drawn: 'not' },
  { key: 'coefficient', title: { zh: '系数', en: 'Coefficient' }, unit: 'tco2_per_ha_year', drawn: 'not' },
  { key: 'base', title: { zh: '基期净碳', en: 'Base year' }, unit: 'tco2_per_year' },
  { key: 'plan', title: { zh: '规划净碳', en: 'Plan' }, unit: 'tco2_per_year' },
  { key: 'change', title: { zh: '变化', en: 'Change' }, unit: 'tco2_per_year', drawn: 'not' },
]

/** Area, coefficient and net carbon of every class of the first level, with the classes of the second level below it. */
export function carbonTable(balance: CarbonBalance, base: LayerColumns, planned: LayerColumns): ResultTable {
  const top = grouped(balance.classes, 2)
  const rows = [...top].flatMap(([code, members]): TableRow[] => {
    const below = grouped(
      members.filter((member) => member.code.length > 2),
      4,
    )
    const parts = [...below].map(([inner, parts]): TableRow => ({ ...classRow(inner, parts), parent: code }))
    return [classRow(code, members), ...parts]
  })
  const sum = (key: 'beforeM2' | 'afterM2') => balance.classes.reduce((total, each) => total + each[key], 0)
  return {
    id: `classes${balance.set.letter}`,
    kind: 'classes',
    title: titled('分地类净碳', 'Net carbon by class', balance),
    rowTitle: { zh: '地类', en: 'Class' },
    columns: CLASS_COLUMNS,
    rows,
    closure: {
      baseM2: closureOf(sum('beforeM2'), base),
      planM2: closureOf(sum('afterM2'), planned),
      base: { sum: columnSum(rows, 3), whole: balance.beforeTCO2 },
      plan: { sum: columnSum(rows, 4), whole: balance.afterTCO2 },
    },
  }
}

/** Sum of a column over the rows of the first level. */
const columnSum = (rows: readonly TableRow[], column: number): number =>
  rows.reduce((sum, { parent, cells }) => {
    const cell = cells[column]
    return parent === undefined && typeof cell === 'number' ? sum + cell : sum
  }, 0)

function grouped(classes: readonly ClassCarbon[], digits: number): Map<string, ClassCarbon[]> {
  const groups = new Map<string, ClassCarbon[]>()
  for (const each of classes) {
    const key = each.code.slice(0, digits)
    groups.set(key, [...(groups.get(key) ?? []), each])
  }
  return groups
}

function classRow(code: string, members: readonly ClassCarbon[]): TableRow {
  const area = (key: 'beforeM2' | 'afterM2') => members.reduce((sum, member) => sum + member[key], 0)
  const known = members.filter(({ coefficient }) => coefficient !== null)
  const carbon = (key: 'beforeTCO2' | 'afterTCO2'): number | null =>
    known.length === 0 ? null : known.reduce((sum, member) => sum + (member[key] ?? 0), 0)
  const [before, after] = [carbon('beforeTCO2'), carbon('afterTCO2')]
  const coefficients = new Set(members.map(({ coefficient }) => coefficient?.value ?? null))
  const [coefficient = null] = coefficients.size === 1 ? coefficients : []
  const cells: TableCell[] = [
    area('beforeM2'),
    area('afterM2'),
    coefficient,
    before,
    after,
    before === null || after === null ? null : after - before,
  ]
  return { key: code, title: classTitle(code), cells, colour: classColour(code) }
}

/** Both sets side by side: what a range must show, and never a mean of them. */
export function setsTable(balances: readonly CarbonBalance[], onceTCO2: (letter: string) => number): ResultTable {
  return {
    id: 'sets',
    kind: 'list',
    title: {
      zh: `各套系数的结果（互不混用；${CARBON_SIGN.zh}；tCO₂/年）`,
      en: `Results of each set (never mixed; ${CARBON_SIGN.en}; tCO2 per year)`,
    },
    rowTitle: { zh: '系数', en: 'Coefficients' },
    columns: [
      { key: 'base', title: { zh: '基期净碳', en: 'Base year' }, unit: 'tco2_per_year' },
      { key: 'plan', title: { zh: '规划净碳', en: 'Plan' }, unit: 'tco2_per_year' },
      { key: 'change', title: { zh: '变化', en: 'Change' }, unit: 'tco2_per_year' },
      { key: 'low', title: { zh: '变化下限', en: 'Change, low' }, unit: 'tco2_per_year' },
      { key: 'high', title: { zh: '变化上限', en: 'Change, high' }, unit: 'tco2_per_year' },
      { key: 'relative', title: { zh: '相对变化', en: 'Relative change' }, unit: 'percent' },
      { key: 'once', title: { zh: '转换一次性排放', en: 'One-off of conversion' }, unit: 'tco2' },
      { key: 'covered', title: { zh: '有系数的土地', en: 'Land with a coefficient' }, unit: 'percent' },
    ],
    rows: balances.map((balance) => ({
      key: balance.set.letter,
      title: balance.set.title,
      cells: [
        balance.beforeTCO2,
        balance.afterTCO2,
        balance.afterTCO2 - balance.beforeTCO2,
        balance.changeLowTCO2,
        balance.changeHighTCO2,
        balance.beforeTCO2 === 0 ? null : (balance.afterTCO2 - balance.beforeTCO2) / Math.abs(balance.beforeTCO2),
        onceTCO2(balance.set.letter),
        balance.comparedM2 === 0 ? null : balance.coveredM2 / balance.comparedM2,
      ],
    })),
  }
}

/** Land that becomes settlement and what that sets free once, by the class it becomes. */
export function conversionTable(balance: CarbonBalance, converted: readonly Conversion[]): ResultTable {
  const rows = new Map<string, { areaM2: number; tCO2: number }>()
  for (const { to, areaM2, tCO2 } of converted) {
    const row = rows.get(to.slice(0, 2)) ?? { areaM2: 0, tCO2: 0 }
    rows.set(to.slice(0, 2), { areaM2: row.areaM2 + areaM2, tCO2: row.tCO2 + tCO2 })
  }
  return {
    id: 'conversion',
    kind: 'classes',
    title: {
      zh: `林地转为建设用地的一次性排放：${balance.set.title.zh}；正值为排放；tCO₂（不计入年度净碳）`,
      en: `One-off emission of forest turned into settlement: ${balance.set.title.en}; positive is a source; tCO2 (not in the yearly net)`,
    },
    rowTitle: { zh: '转为', en: 'Becomes' },
    columns: [
      { ...areaColumn('areaM2', '面积', 'Area'), drawn: 'not' },
      { key: 'once', title: { zh: '一次性排放', en: 'One-off emission' }, unit: 'tco2' },
    ],
    rows: [...rows].map(([code, row]) => ({
      key: code,
      title: classTitle(code),
      cells: [row.areaM2, row.tCO2],
      colour: classColour(code),
    })),
  }
}

/** A city's energy emission as it was shared out, with the weights; the parts sum to the totals that were given. */
export function energyTable(shares: readonly EnergyShare[], beforeTotal: number, afterTotal: number | null): ResultTable {
  const sum = (key: 'beforeTCO2' | 'afterTCO2') => shares.reduce((total, share) => total + (share[key] ?? 0), 0)
  return {
    id: 'energy',
    kind: 'classes',
    title: {
      zh: '全市能源排放按建设用地面积×相对权重分摊；正值为排放；tCO₂/年',
      en: 'The city’s energy emission shared out by construction land × relative weight; positive is a source; tCO2 per year',
    },
    rowTitle: { zh: '地类', en: 'Class' },
    columns: [
      { key: 'weight', title: { zh: '相对权重', en: 'Relative weight' }, unit: 'index', drawn: 'not' },
      { key: 'base', title: { zh: '基期', en: 'Base year' }, unit: 'tco2_per_year' },
      { key: 'plan', title: { zh: '规划', en: 'Plan' }, unit: 'tco2_per_year' },
    ],
    rows: shares.map(({ code, weight, beforeTCO2, afterTCO2 }) => ({
      key: code,
      title: classTitle(code),
      cells: [weight, beforeTCO2, afterTCO2],
      colour: classColour(code),
    })),
    closure: {
      base: { sum: sum('beforeTCO2'), whole: beforeTotal },
      ...(afterTotal === null ? {} : { plan: { sum: sum('afterTCO2'), whole: afterTotal } }),
    },
  }
}
