import * as z from 'zod'
import type { AttributeField } from './fields.ts'

/** Columns are dragged between these widths. */
export const NARROWEST_PX = 48
export const WIDEST_PX = 900
/** Columns that rows can be sorted by at once. */
export const MOST_SORTS = 4

const key = z.string().min(1).max(200)

/** One column that rows are sorted by; earlier ones go before later ones. */
export const columnSort = z.strictObject({ field: key, down: z.boolean() })
export type ColumnSort = z.infer<typeof columnSort>

/** How the table of one layer is looked at; kept with the look of its plan. */
export const tableLookSchema = z.strictObject({
  /** Columns that were moved, the first first; what is not named here follows as the file has it. */
  order: z.array(key).max(600),
  hidden: z.array(key).max(600),
  /** Where a person chose one; the others are as wide as what is in them. */
  widthsPx: z.record(key, z.number().int().min(NARROWEST_PX).max(WIDEST_PX)),
  sort: z.array(columnSort).max(MOST_SORTS),
})
export type TableLook = z.infer<typeof tableLookSchema>

/** How a table is shown that nobody has changed yet. */
export const FRESH_TABLE: TableLook = { order: [], hidden: [], widthsPx: {}, sort: [] }

/** A column where it stands now. */
export interface ArrangedColumn<F extends Pick<AttributeField, 'key'> = AttributeField> {
  field: F
  /** Its place among the layer's fields, and so among the values of a row. */
  at: number
  isShown: boolean
  widthPx: number | null
}

export interface Arranged<F extends Pick<AttributeField, 'key'> = AttributeField> {
  /** Every column of the layer once, in the order chosen. */
  columns: ArrangedColumn<F>[]
  sort: ColumnSort[]
  /** Columns that the look names and the layer does not have: left out, for it was made for other data. */
  unknown: string[]
}

/**
 * The columns of a layer as a look arranges them. No column is lost: one that the look does not name follows in the order of the file, and where all
 * are hidden the first is shown, for a table without columns cannot be brought back by what stands in it.
 */
export function arrangedTable<F extends Pick<AttributeField, 'key'>>(fields: readonly F[], look: TableLook): Arranged<F> {
  const places = new Map(fields.map((field, at) => [field.key, at]))
  const keys = [...new Set([...look.order.filter((name) => places.has(name)), ...places.keys()])]
  const hidden = new Set(look.hidden)
  const isAllHidden = keys.every((name) => hidden.has(name))
  const columns = keys.flatMap((name, rank): ArrangedColumn<F>[] => {
    const at = places.get(name) ?? -1
    const field = fields[at]
    const isShown = !hidden.has(name) || (isAllHidden && rank === 0)
    return field ? [{ field, at, isShown, widthPx: look.widthsPx[name] ?? null }] : []
  })
  const named = [...look.order, ...look.hidden, ...Object.keys(look.widthsPx), ...look.sort.map(({ field }) => field)]
  return {
    columns,
    sort: look.sort.filter(({ field }) => places.has(field)),
    unknown: [...new Set(named)].filter((name) => !places.has(name)),
  }
}

/** A look after a column was moved to a place among all columns, 0 being the first. */
export function withColumnAt(
  look: TableLook,
  fields: readonly Pick<AttributeField, 'key'>[],
  name: string,
  place: number,
): TableLook {
  const keys = arrangedTable(fields, look).columns.map(({ field }) => field.key)
  if (!keys.includes(name)) return look
  const others = keys.filter((other) => other !== name)
  return { ...look, order: others.toSpliced(Math.max(0, Math.min(others.length, place)), 0, name) }
}

/** A look after a column was shown or hidden; the last one that is shown stays. */
export function withColumnShown(
  look: TableLook,
  fields: readonly Pick<AttributeField, 'key'>[],
  name: string,
  isShown: boolean,
): TableLook {
  const rest = look.hidden.filter((other) => other !== name)
  if (isShown) return { ...look, hidden: rest }
  const shown = arrangedTable(fields, look).columns.filter((column) => column.isShown)
  return shown.every(({ field }) => field.key === name) ? look : { ...look, hidden: [...rest, name] }
}

/** A look after a column was given a width in pixels, held between the narrowest and the widest. */
export const withWidth = (look: TableLook, name: string, widthPx: number): TableLook => ({
  ...look,
  widthsPx: { ...look.widthsPx, [name]: Math.round(Math.max(NARROWEST_PX, Math.min(WIDEST_PX, widthPx))) },
})

/**
 * A look after the head of a column was pressed: upwards, downwards, and back to the order of the file. `isMore` keeps the columns that rows are
 * sorted by already, and puts this one after them; where there are `MOST_SORTS`, the last gives way.
 */
export function withSort(look: TableLook, field: string, isMore: boolean): TableLook {
  const known = look.sort.find((one) => one.field === field)
  const next = known === undefined ? { field, down: false } : known.down ? null : { field, down: true }
  if (!isMore) return { ...look, sort: next ? [next] : [] }
  if (known) return { ...look, sort: look.sort.flatMap((one) => (one === known ? (next ?? []) : one)) }
  return { ...look, sort: [...look.sort.slice(0, MOST_SORTS - 1), { field, down: false }] }
}
