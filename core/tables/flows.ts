import type { ResultTable } from '../model/result-table.ts'
import { LAND_CLASSES } from '../reference/land-class-list.ts'
import type { Bilingual } from '../text.ts'

/** One end of a flow: a class before or after. */
export interface FlowNode {
  key: string
  title: Bilingual
  colour: string
}

export interface Flow {
  from: FlowNode
  to: FlowNode
  /** In base units of the table's columns. */
  value: number
  /** How many flows of the table are in it: 1, or more where small ones were put together. */
  merged: number
}

const OTHER: FlowNode = { key: 'other', title: { zh: '其他', en: 'Other' }, colour: '#9AA3A0' }
const NEUTRAL = '#9AA3A0'
/** Keys of lines that sum others and are no class. */
const SUMS: ReadonlySet<string> = new Set(['total', 'sum', 'all'])

const classColour = (key: string): string | undefined =>
  LAND_CLASSES.find(({ code }) => code === key || code === key.slice(0, 2))?.colour

/** The flows of a matrix (rows before, columns after), without what stays as it is where `changes` says so. */
export function flowsOf(table: ResultTable, changes = false): Flow[] {
  return table.rows.flatMap((row) =>
    SUMS.has(row.key)
      ? []
      : table.columns.flatMap((column, at): Flow[] => {
          const value = row.cells[at]
          if (typeof value !== 'number' || !(value > 0) || column.unit === null || SUMS.has(column.key)) return []
          if (changes && column.key === row.key) return []
          const from = { key: row.key, title: row.title, colour: row.colour ?? classColour(row.key) ?? NEUTRAL }
          const to = { key: column.key, title: column.title, colour: classColour(column.key) ?? NEUTRAL }
          return [{ from, to, value, merged: 1 }]
        }),
  )
}

export interface MergedFlows {
  flows: Flow[]
  /** What was put together under "other", in base units, and how many flows that were. */
  otherValue: number
  otherCount: number
  total: number
}

/**
 * Keeps the flows that can be seen and puts the rest together: a flow below `leastShare` of all, or beyond the `most` largest,
 * goes to "other" at its far end. Nothing is lost: the values still add up to the total.
 */
export function mergeSmallFlows(flows: readonly Flow[], leastShare = 0.01, most = 18): MergedFlows {
  const total = flows.reduce((sum, { value }) => sum + value, 0)
  const sorted = flows.toSorted(
    (a, b) => b.value - a.value || a.from.key.localeCompare(b.from.key) || a.to.key.localeCompare(b.to.key),
  )
  const isLarge = ({ value }: Flow, at: number) => at < most && value >= leastShare * total
  const kept = sorted.filter(isLarge)
  const small = sorted.filter((flow, at) => !isLarge(flow, at))
  // One small flow alone is better named than hidden.
  if (small.length < 2) return { flows: sorted, otherValue: 0, otherCount: 0, total }
  const keptFrom = new Set(kept.map(({ from }) => from.key))
  const byFrom = Map.groupBy(small, ({ from }) => (keptFrom.has(from.key) ? from.key : OTHER.key))
  const merged = [...byFrom].map(([key, group]): Flow => ({
    from: key === OTHER.key ? OTHER : (group[0]?.from ?? OTHER),
    to: OTHER,
    value: group.reduce((sum, { value }) => sum + value, 0),
    merged: group.length,
  }))
  return {
    flows: [...kept, ...merged],
    otherValue: merged.reduce((sum, { value }) => sum + value, 0),
    otherCount: small.length,
    total,
  }
}
