import Database from 'better-sqlite3'
import { columnTally } from '#core/attributes/column-tally.ts'
import type { AttributeValue } from '#core/attributes/condition.ts'
import { readExpression } from '#core/attributes/expression.ts'
import { featureCount, featureSet, hasFeature, type FeatureSet } from '#core/attributes/feature-set.ts'
import { attributeFields, type StoredField } from '#core/attributes/fields.ts'
import type { ColumnSort } from '#core/attributes/table-look.ts'
import { rowOrder } from '#core/attributes/row-order.ts'
import { featuresWithin, type WithinMode } from '#core/attributes/within-polygon.ts'
import { MOST_VALUES, type AttributePage, type AttributeStatistics } from '#core/contract/attribute-procedures.ts'
import { AppError } from '#core/errors.ts'
import type { LayerColumns } from '#core/geo/columns.ts'
import { featureAreas } from '#core/geo/feature-areas.ts'
import { lengthsM } from '#core/geo/measure.ts'
import type { Plan, VectorLayer } from '#core/model/plan.ts'
import { quoted } from '../store/gpkg-schema.ts'
import { loadLayerColumns, type LayerFiles } from '../store/layer-columns.ts'
import type { Step } from '../worker-answers.ts'
import { conditionSql, type Sql } from './condition-sql.ts'

/** Which rows of a table, and in which order. */
export interface RowsAsked {
  where: string
  only: FeatureSet | null
  sort: readonly ColumnSort[]
}

/** Rows that leave, with the columns that are wanted. */
interface RowsLeaving {
  rows: RowsAsked
  fields: readonly StoredField[]
  step: Step
}

/** Orders kept: the one on screen, and those that it was before a change of mind. */
const KEEP_ORDERS = 4
/** Numbers read between two looks at whether anyone still waits: some hundredths of a second. */
const AT_ONCE = 20_000
/** So few features are read by themselves. */
const FEW = 20_000
const NEVER: Step = () => undefined

/** One layer of a plan as a table, read from the plan's GeoPackage as it is asked for; only the order of its rows is kept. */
export class AttributeTable {
  readonly fields: readonly StoredField[]
  readonly #db: Database.Database
  readonly #layer: VectorLayer
  readonly #plan: Plan
  readonly #files: LayerFiles
  readonly #orders = new Map<string, Float64Array>()
  #numbers: [number, number] | undefined
  #columns: LayerColumns | undefined
  #measured: ((fid: number) => number | null) | undefined

  constructor(db: Database.Database, plan: Plan, layer: VectorLayer, files: LayerFiles) {
    this.#db = db
    this.#plan = plan
    this.#layer = layer
    this.#files = files
    const columns = db.pragma(`table_info(${quoted(layer.table)})`) as { name: string; type: string }[]
    this.fields = attributeFields(layer.role, layer.kind, columns)
    db.function(this.#measureName, { deterministic: true }, (fid: unknown) => this.#measureOf(Number(fid)))
  }

  get #measureName(): string {
    return `measured_${this.#layer.table}`
  }

  get #from(): string {
    return quoted(this.#layer.table)
  }

  page(asked: RowsAsked, offset: number, limit: number, step: Step = NEVER): AttributePage {
    const order = this.#order(asked, step)
    return { matching: order.length, rows: this.#rows(order.subarray(offset, offset + limit)) }
  }

  place(asked: RowsAsked, fid: number, step: Step = NEVER): number | null {
    const at = this.#order(asked, step).indexOf(fid)
    return at < 0 ? null : at
  }

  /** All features that meet a filter, however many, by number. */
  matching(where: string, step: Step = NEVER): Float64Array {
    return this.#order({ where, only: null, sort: [] }, step)
  }

  within(xyM: readonly number[], mode: WithinMode): FeatureSet {
    const columns = this.#geometry()
    return featureSet(featuresWithin(columns, xyM, mode).map((feature) => columns.fid[feature] ?? 0))
  }

  statistics(asked: Omit<RowsAsked, 'sort'>, key: string, step: Step = NEVER): AttributeStatistics {
    const field = this.#field(key)
    const tally = columnTally(field.type === 'number', MOST_VALUES)
    for (const [, value] of this.#scan(asked, field, step)) tally.add(value)
    return { field: key, ...tally.result() }
  }

  /** Features with a text in one of their text attributes or as their number; names before other attributes, at most `limit`. */
  search(text: string, limit: number): { fid: number; field: StoredField; value: string; name: string | null }[] {
    const pattern = `%${text.replaceAll(/[%_\\]/g, String.raw`\$&`)}%`
    const byName = (key: string) => (key === 'name' ? 0 : 1)
    const texts = this.fields.filter(({ type }) => type === 'text').toSorted((a, b) => byName(a.key) - byName(b.key))
    const seen = new Set<number>()
    const found: ReturnType<AttributeTable['search']> = []
    const name = this.fields.find(({ key }) => key === 'name')?.column ?? null
    for (const field of texts) {
      const column = this.#sqlOf(field)
      const rows = this.#db
        .prepare(
          String.raw`SELECT fid, ${column} AS value, ${name === null ? 'NULL' : quoted(name)} AS name FROM ${this.#from} WHERE ${column} LIKE ? ESCAPE '\' LIMIT ?`,
        )
        .all(pattern, limit) as { fid: number; value: string; name: string | null }[]
      for (const row of rows) {
        if (found.length >= limit) return found
        if (seen.has(row.fid)) continue
        seen.add(row.fid)
        found.push({ ...row, field })
      }
    }
    return found
  }

  /** All rows that are asked for, some at a time. */
  *pieces({ rows, fields, step }: RowsLeaving, pieceOf: number): Generator<AttributePage['rows']> {
    const order = this.#order(rows, step)
    for (let at = 0; at < order.length; at += pieceOf) {
      step(at / order.length)
      yield this.#rows(order.subarray(at, at + pieceOf), fields)
    }
  }

  /** The fields of some names in their order, or all. @throws AppError `attributes.unknown-field` */
  chosen(columns: readonly string[] | null): readonly StoredField[] {
    return columns === null ? this.fields : [...new Set(columns)].map((key) => this.#field(key))
  }

  #field(key: string): StoredField {
    const field = this.fields.find((candidate) => candidate.key === key)
    if (!field) throw new AppError('attributes.unknown-field', { field: key, near: null })
    return field
  }

  #sqlOf({ column }: StoredField): string {
    return column === null ? `${this.#measureName}(fid)` : quoted(column)
  }

  /** The WHERE of a filter, or nothing. */
  #filter(where: string): Sql {
    const condition = readExpression(where, this.fields)
    const written = condition && conditionSql(condition, (key) => this.#sqlOf(this.#field(key)))
    return written ? { text: ` AND ${written.text}`, values: written.values } : { text: '', values: [] }
  }

  /** Numbers of features that meet what is asked, each with its value of a field; some thousand numbers at a time, upwards. */
  *#scan({ where, only }: Omit<RowsAsked, 'sort'>, field: StoredField | null, step: Step): Generator<[number, AttributeValue]> {
    const { text, values } = this.#filter(where)
    const [from, to] = this.#span(only)
    const value = field === null ? 'NULL' : this.#sqlOf(field)
    const some = this.#db
      .prepare<unknown[], [number, AttributeValue]>(
        `SELECT fid, ${value} FROM ${this.#from} WHERE fid >= ? AND fid < ?${text} ORDER BY fid`,
      )
      .raw()
    for (let at = from; at < to; at += AT_ONCE) {
      step((at - from) / (to - from))
      for (const row of some.all(at, Math.min(to, at + AT_ONCE), ...values))
        if (only === null || hasFeature(only, row[0])) yield row
    }
  }

  /** Numbers between which everything lies that is asked for: from, and before which. */
  #span(only: FeatureSet | null): [number, number] {
    if (only !== null) return [only.first, only.first + 8 * only.bits.length]
    this.#numbers ??= this.#db
      .prepare<[], [number, number]>(`SELECT ifnull(min(fid), 0), ifnull(max(fid) + 1, 0) FROM ${this.#from}`)
      .raw()
      .get()
    return this.#numbers ?? [0, 0]
  }

  /** Feature numbers in the order asked for; what has no value comes last, either way. */
  #order({ only, ...asked }: RowsAsked, step: Step): Float64Array {
    const key = JSON.stringify([asked.where, asked.sort])
    const known = this.#orders.get(key)
    this.#orders.delete(key)
    // A few features are sought by themselves; where many are asked for, the order of all serves the next question too.
    if (!known && only !== null && featureCount(only) < FEW) return this.#ordered({ ...asked, only }, step)
    const order = known ?? this.#ordered({ ...asked, only: null }, step)
    this.#orders.set(key, order)
    for (const oldest of [...this.#orders.keys()].slice(0, -KEEP_ORDERS)) this.#orders.delete(oldest)
    return only === null ? order : order.filter((fid) => hasFeature(only, fid))
  }

  #ordered(asked: RowsAsked, step: Step): Float64Array {
    const fields = asked.sort.map(({ field }) => this.#field(field))
    const parts = 2 * Math.max(1, fields.length)
    const fids: number[] = []
    if (fields.length === 0) for (const [fid] of this.#scan(asked, null, step)) fids.push(fid)
    // By the last column first: each sort keeps what is equal to it as it stood.
    let order: Uint32Array | null = null
    for (let at = fields.length - 1; at >= 0; at--) {
      const before = 2 * (fields.length - 1 - at)
      const values: AttributeValue[] = []
      for (const [fid, value] of this.#scan(asked, fields[at] ?? null, (share) => step((before + share) / parts))) {
        if (at === fields.length - 1) fids.push(fid)
        values.push(value)
      }
      const now: Uint32Array | null = order
      const stood = now === null ? values : Array.from(now, (place) => values[place] ?? null)
      const sorted = rowOrder(stood, asked.sort[at]?.down === true, (share) => step((before + 1 + share) / parts))
      order = now === null ? sorted : sorted.map((place) => now[place] ?? 0)
    }
    return order === null ? Float64Array.from(fids) : Float64Array.from(order, (at) => fids[at] ?? 0)
  }

  #rows(fids: Float64Array, fields = this.fields): AttributePage['rows'] {
    if (fids.length === 0) return []
    const columns = fields.map((field) => this.#sqlOf(field)).join(', ')
    const one = this.#db.prepare<[number], AttributeValue[]>(`SELECT ${columns} FROM ${this.#from} WHERE fid = ?`).raw()
    return Array.from(fids, (fid) => ({ fid, values: one.get(fid) ?? [] }))
  }

  #geometry(): LayerColumns {
    this.#columns ??= loadLayerColumns(this.#files, this.#layer, this.#plan)
    return this.#columns
  }

  #measureOf(fid: number): number | null {
    this.#measured ??= this.#measures()
    return this.#measured(fid)
  }

  /** Numbers of features go on counting within a role, so that a feature's place is known without a search. */
  #measures(): (fid: number) => number | null {
    const columns = this.#geometry()
    const values = columns.kind === 'polygon' ? featureAreas(columns) : lengthsM(columns)
    const first = columns.fid[0] ?? 0
    return (fid) => {
      const at = fid - first
      return columns.fid[at] === fid ? (values[at] ?? null) : (values[columns.fid.indexOf(fid)] ?? null)
    }
  }
}
