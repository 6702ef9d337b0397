import type { Role } from './roles.ts'
import type { UnitId } from './units.ts'
import type { Bilingual } from '../text.ts'

/** How a table wants to be drawn: flows as a Sankey, units as a map and small multiples, classes as stacked bars. */
export type TableKind = 'flows' | 'units' | 'classes' | 'series' | 'list'

export interface TableColumn {
  key: string
  title: Bilingual
  /** Unit that people read; cells of a number column are in its base unit. Null for text. */
  unit: UnitId | null
  /** How a chart draws it where that is not plain: what should be, what is watched, what must not be crossed, or not at all (sums, changes). */
  drawn?: 'aim' | 'watch' | 'limit' | 'not'
}

/** A cell: a figure in the column's base unit, a text in both languages, or nothing because it could not be known. */
export type TableCell = number | Bilingual | null

export interface TableRow {
  /** Unique in its table: a class code, a feature id, a year. */
  key: string
  title: Bilingual
  /** One per column, in order. */
  cells: TableCell[]
  /** The feature that the row is about (a district, a unit), so that a map can colour it. */
  place?: { layer: Role; fid: number }
  /** Colour of the row's class, `#rrggbb`, from the reference data. */
  colour?: string
  /** Rows of another level of the same table, for example units of a district. */
  parent?: string
}

/** One part of a measurement that only a table can say. Kept with the measurement and printed with it. */
export interface ResultTable {
  /** Unique in its measurement: `transition`, `byDistrict`. */
  id: string
  kind: TableKind
  title: Bilingual
  /** What the first column (the rows' titles) holds. */
  rowTitle: Bilingual
  columns: TableColumn[]
  rows: TableRow[]
  /**
   * The sum of the rows beside the whole that it must meet, by column key, both in base units; a difference that is more than
   * rounding is said in `remark`. Absent where rows do not add up to anything.
   */
  closure?: Record<string, { sum: number; whole: number; remark?: Bilingual }>
}

/** One figure of a table; `column` is absent for a whole row. */
export interface TablePlace {
  table: string
  row: string
  column?: string
}
