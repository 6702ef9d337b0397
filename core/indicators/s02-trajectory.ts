import type { ResultTable, TableColumn, TableRow } from '../model/result-table.ts'
import { ZAN_TRAJECTORIES } from '../reference/zan-profiles.ts'
import type { Bilingual } from '../text.ts'

/** What is known of the yearly net, m² per year. */
export interface YearlyNet {
  baseYear: number
  targetYear: number
  planM2: number
  /** Of the decade before the base year, where it is given. */
  pastM2: number | null
}

/** How far back the past rate reaches. */
const PAST_YEARS = 10
/** Where the trajectory ends when no path of the reference data names a year. */
const LAST_YEAR = 2050

/**
 * The yearly net and what it adds up to since the base year, from the past decade to the end of the paths: the plan at its mean
 * rate until its target year, and the paths of the reference data, which start from the past rate. Null is not known, never zero.
 */
export function trajectoryTable({ baseYear, targetYear, planM2, pastM2 }: YearlyNet): ResultTable {
  const lastYear = Math.max(targetYear, ...ZAN_TRAJECTORIES.map(({ byYear }) => byYear ?? LAST_YEAR))
  const firstYear = pastM2 === null ? baseYear : baseYear - PAST_YEARS
  const sums = [0, ...ZAN_TRAJECTORIES.map(() => 0)]
  const rows: TableRow[] = []
  for (let year = firstYear; year <= lastYear; year += 1) {
    const past = year <= baseYear ? pastM2 : null
    const plan = year > baseYear && year <= targetYear ? planM2 : null
    const paths = ZAN_TRAJECTORIES.map((path) => pathRate(path, pastM2, baseYear, year))
    const rates = [plan, ...paths]
    if (year > baseYear) for (const [at, rate] of rates.entries()) sums[at] = (sums[at] ?? 0) + (rate ?? 0)
    const added = sums.map((sum, at) => (year < baseYear || (year > baseYear && rates[at] === null) ? null : sum))
    if (pastM2 === null) added.fill(null, 1)
    rows.push({ key: String(year), title: { zh: `${year} 年`, en: String(year) }, cells: [past, ...rates, ...added] })
  }
  return {
    id: 'trajectory',
    kind: 'series',
    title: { zh: `净人工化轨迹（至 ${lastYear} 年）`, en: `Net artificialisation to ${lastYear}` },
    rowTitle: { zh: '年份', en: 'Year' },
    columns: [yearly('past', { zh: '过去十年', en: 'past decade' }), ...named(yearly), ...named(added)],
    rows,
  }
}

type Path = (typeof ZAN_TRAJECTORIES)[number]

/** The rate that a path allows in a year, m²; null before it starts or without a past rate to start from. */
function pathRate({ id, change, byYear }: Path, pastM2: number | null, baseYear: number, year: number): number | null {
  if (pastM2 === null || year < baseYear) return null
  const elapsed = year - baseYear
  if (id === 'per_decade') return pastM2 * (1 + change / 100) ** (elapsed / 10)
  const span = (byYear ?? LAST_YEAR) - baseYear
  return span <= 0 ? null : pastM2 * (1 + (change / 100) * Math.min(1, elapsed / span))
}

const named = (column: (key: string, title: Bilingual) => TableColumn): TableColumn[] => [
  column('plan', { zh: '规划', en: 'plan' }),
  ...ZAN_TRAJECTORIES.map(({ id, title }): TableColumn => ({ drawn: 'aim', ...column(id, title) })),
]

const yearly = (key: string, { zh, en }: Bilingual): TableColumn => ({
  key,
  title: { zh: `每年：${zh}`, en: `Per year: ${en}` },
  unit: 'ha',
})

const added = (key: string, { zh, en }: Bilingual): TableColumn => ({
  key: `${key}Sum`,
  title: { zh: `基期以来累计：${zh}`, en: `Since the base year: ${en}` },
  unit: 'ha',
  drawn: 'not',
})
