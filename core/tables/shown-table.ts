import type { ResultTable, TableCell, TableColumn } from '../model/result-table.ts'
import { fromBase, readableValue, UNITS, type AreaUnit, type UnitId } from '../model/units.ts'
import { inLang, type DrawnLang, type Lang } from '../text.ts'

/** Who reads a table: the language and the unit of areas. */
export interface TableReader {
  lang: Lang
  areaUnit: AreaUnit
  /** The language of what is drawn, where it is not the reader's: in bilingual memos both. */
  drawnLang?: DrawnLang
}

export interface ShownColumn {
  key: string
  title: string
  /** Unit of the figures as they are shown; null for text. */
  unit: UnitId | null
  /** "公顷"; empty where figures have no unit. */
  unitLabel: string
}

export interface ShownRow {
  key: string
  title: string
  /** One text per column: figures with the language's digits, without the unit (that stands in the head). */
  texts: string[]
  /** The same cells as figures in base units, where they are figures. */
  values: (number | null)[]
  colour: string | null
  /** How deep under `parent` rows it lies: 0 for a row of the first level. */
  depth: number
}

/** The sums that a table must meet, below its rows. `kind` names the line; cells without a promise are empty. */
export interface ShownTotal {
  kind: 'sum' | 'whole' | 'difference'
  texts: string[]
  values: (number | null)[]
}

export interface ShownTable {
  title: string
  rowTitle: string
  columns: ShownColumn[]
  rows: ShownRow[]
  totals: ShownTotal[]
  /** Why a sum differs from the whole, once each. */
  remarks: string[]
}

/** What stands for a figure that could not be known. */
export const UNKNOWN = '—'

/** Beyond this share of the whole a difference is not rounding any more. */
const ROUNDING = 1e-9

/** The unit in which a reader sees a column: areas in the reader's own, unless the column asks for plain square metres. */
export function shownUnit({ unit }: Pick<TableColumn, 'unit'>, areaUnit: AreaUnit): UnitId | null {
  return unit !== null && unit !== 'm2' && UNITS[unit].base === 'm2' ? areaUnit : unit
}

/** A cell as a person reads it; without the unit's label, which stands in the head of the column. */
export function cellText(cell: TableCell, unit: UnitId | null, lang: Lang): string {
  if (cell === null) return UNKNOWN
  if (typeof cell !== 'number') return inLang(cell, lang)
  if (!Number.isFinite(cell)) return UNKNOWN
  if (unit === null) return String(cell)
  const label = UNITS[unit].label[lang]
  const text = readableValue(cell, unit, lang)
  return label === '' ? text : text.slice(0, text.length - label.length).trimEnd()
}

/** A figure in the unit that its column shows, unrounded; null for text and for what is not known. */
export const cellFigure = (cell: TableCell, unit: UnitId | null): number | null =>
  typeof cell !== 'number' || !Number.isFinite(cell) ? null : unit === null ? cell : fromBase(cell, unit)

/**
 * A result table as a person reads it: every cell in the reader's language and unit, the sums beside the wholes, and a remark for
 * every difference that is more than rounding. Rows keep their order; nothing is left out.
 */
export function tableAsRows(table: ResultTable, { lang, areaUnit }: TableReader): ShownTable {
  const columns = table.columns.map((column): ShownColumn => {
    const unit = shownUnit(column, areaUnit)
    return {
      key: column.key,
      title: inLang(column.title, lang),
      unit,
      unitLabel: unit === null ? '' : UNITS[unit].label[lang],
    }
  })
  const depths = depthsOf(table)
  const rows = table.rows.map((row): ShownRow => ({
    key: row.key,
    title: inLang(row.title, lang),
    texts: columns.map(({ unit }, at) => cellText(row.cells[at] ?? null, unit, lang)),
    values: columns.map((_, at) => figure(row.cells[at])),
    colour: row.colour ?? null,
    depth: depths.get(row.key) ?? 0,
  }))
  return {
    title: inLang(table.title, lang),
    rowTitle: inLang(table.rowTitle, lang),
    columns,
    rows,
    ...totalsOf(table, columns, lang),
  }
}

/** "面积（公顷）": a column's title with its unit. */
export const columnHead = ({ title, unitLabel }: ShownColumn, lang: Lang): string =>
  unitLabel === '' ? title : lang === 'zh' ? `${title}（${unitLabel}）` : `${title} (${unitLabel})`

export const TOTAL_WORDS = {
  sum: { zh: '合计', en: 'Sum' },
  whole: { zh: '应等于', en: 'Must equal' },
  difference: { zh: '差值', en: 'Difference' },
} as const

const figure = (cell: TableCell | undefined): number | null => (typeof cell === 'number' && Number.isFinite(cell) ? cell : null)

function depthsOf({ rows }: ResultTable): Map<string, number> {
  const parents = new Map(rows.map(({ key, parent }) => [key, parent]))
  const depthOf = (key: string): number => {
    let depth = 0
    // A row that is its own ancestor is a mistake of whoever made the table; it must not stop the reader.
    for (let above = parents.get(key); above !== undefined && parents.has(above) && depth < 9; above = parents.get(above)) depth++
    return depth
  }
  return new Map(rows.map(({ key }) => [key, depthOf(key)]))
}

/** Sum less whole; nothing where it is only rounding. */
function gapOf({ sum, whole }: { sum: number; whole: number }): number {
  const gap = sum - whole
  return Math.abs(gap) > ROUNDING * Math.max(1, Math.abs(whole)) ? gap : 0
}

function totalsOf({ closure }: ResultTable, columns: readonly ShownColumn[], lang: Lang): Pick<ShownTable, 'totals' | 'remarks'> {
  if (closure === undefined || Object.keys(closure).length === 0) return { totals: [], remarks: [] }
  const promises = columns.map(({ key }) => (Object.hasOwn(closure, key) ? closure[key] : undefined))
  const line = (kind: ShownTotal['kind'], values: (number | null)[]): ShownTotal => ({
    kind,
    values,
    texts: columns.map(({ unit }, at) => (promises[at] === undefined ? '' : cellText(values[at] ?? null, unit, lang))),
  })
  const sums = promises.map((promise) => promise?.sum ?? null)
  const wholes = promises.map((promise) => promise?.whole ?? null)
  const gaps = promises.map((promise) => (promise === undefined ? null : gapOf(promise)))
  const isOpen = gaps.some((gap) => gap !== null && gap !== 0)
  const remarks = promises.flatMap((promise) => (promise?.remark === undefined ? [] : [inLang(promise.remark, lang)]))
  return {
    totals: [line('sum', sums), ...(isOpen ? [line('whole', wholes), line('difference', gaps)] : [])],
    remarks: [...new Set(remarks)],
  }
}
