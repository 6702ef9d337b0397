import Database from 'better-sqlite3'
import type { AttributeValue } from '#core/attributes/condition.ts'
import { readExpression } from '#core/attributes/expression.ts'
import { attributeFields, type StoredField } from '#core/attributes/fields.ts'
import { featuresWithin, type WithinMode } from '#core/attributes/within-polygon.ts'
import { MOST_SELECTED, MOST_VALUES, type AttributePage, type AttributeStatistics } from '#core/contract/attribute-procedures.ts'
import { AppError } from '#core/errors.ts'
import type { LayerColumns } from '#core/geo/columns.ts'
import { featureAreas } from '#core/geo/feature-areas.ts'
import { lengthsM } from '#core/geo/measure.ts'
import type { Plan, VectorLayer } from '#core/model/plan.ts'
import { quoted } from '../store/gpkg-schema.ts'
import { loadLayerColumns, type LayerFiles } from '../store/layer-columns.ts'
import { conditionSql, type Sql } from './condition-sql.ts'

/** Which rows of a table, and in which order. */
export interface RowsAsked {
  where: string
  only: readonly number[] | null
  sort: { field: string; down: boolean } | null
}

/** Orders kept: the one on screen, and those that it was before a change of mind. */
const KEEP_ORDERS = 4

/** One layer of a plan as a table, read from the plan's GeoPackage as it is asked for; only the order of its rows is kept. */
export class AttributeTable {
  readonly fields: readonly StoredField[]
  readonly #db: Database.Database
  readonly #layer: VectorLayer
  readonly #plan: Plan
  readonly #files: LayerFiles
  readonly #orders = new Map<string, Float64Array>()
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

  page(asked: RowsAsked, offset: number, limit: number): AttributePage {
    const order = this.#order(asked)
    return { matching: order.length, rows: this.#rows(order.subarray(offset, offset + limit)) }
  }

  place(asked: RowsAsked, fid: number): number | null {
    const at = this.#order(asked).indexOf(fid)
    return at < 0 ? null : at
  }

  /** All features that meet a filter, however many, by number. */
  matching(where: string): Float64Array {
    return this.#order({ where, only: null, sort: null })
  }

  /** @throws AppError `attributes.too-many` */
  select(where: string): number[] {
    return this.#few([...this.#order({ where, only: null, sort: null })])
  }

  /** @throws AppError `attributes.too-many` */
  within(xyM: readonly number[], mode: WithinMode): number[] {
    const columns = this.#geometry()
    return this.#few(featuresWithin(columns, xyM, mode).map((feature) => columns.fid[feature] ?? 0))
  }

  statistics(asked: Omit<RowsAsked, 'sort'>, key: string): AttributeStatistics {
    const field = this.#field(key)
    const column = this.#sqlOf(field)
    const { text, values } = this.#filter(asked)
    const isNumber = field.type === 'number'
    const figures = isNumber ? `, total(${column}) AS sum, min(${column}) AS min, max(${column}) AS max` : ''
    const one = this.#db
      .prepare(
        `SELECT count(*) AS rows, count(${column}) AS known, count(DISTINCT ${column}) AS uniques${figures} FROM ${this.#from}${text}`,
      )
      .get(...values) as { rows: number; known: number; uniques: number; sum?: number; min?: number; max?: number }
    const frequent = this.#db
      .prepare(
        `SELECT ${column} AS value, count(*) AS count FROM ${this.#from}${text} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${MOST_VALUES}`,
      )
      .all(...values) as { value: AttributeValue; count: number }[]
    const hasFigures = isNumber && one.known > 0
    return {
      field: key,
      rows: one.rows,
      missing: one.rows - one.known,
      unique: one.uniques,
      sum: hasFigures ? (one.sum ?? null) : null,
      mean: hasFigures ? (one.sum ?? 0) / one.known : null,
      min: hasFigures ? (one.min ?? null) : null,
      max: hasFigures ? (one.max ?? null) : null,
      values: frequent,
    }
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
  *pieces(asked: RowsAsked, pieceOf: number): Generator<AttributePage['rows']> {
    const order = this.#order(asked)
    for (let at = 0; at < order.length; at += pieceOf) yield this.#rows(order.subarray(at, at + pieceOf))
  }

  #few(fids: number[]): number[] {
    if (fids.length > MOST_SELECTED) throw new AppError('attributes.too-many', { count: fids.length, most: MOST_SELECTED })
    return fids
  }

  #field(key: string): StoredField {
    const field = this.fields.find((candidate) => candidate.key === key)
    if (!field) throw new AppError('attributes.unknown-field', { field: key, near: null })
    return field
  }

  #sqlOf({ column }: StoredField): string {
    return column === null ? `${this.#measureName}(fid)` : quoted(column)
  }

  /** The WHERE of what is asked, or nothing. */
  #filter({ where, only }: Omit<RowsAsked, 'sort'>): Sql {
    const condition = readExpression(where, this.fields)
    const written = condition && conditionSql(condition, (key) => this.#sqlOf(this.#field(key)))
    const parts = [
      ...(written ? [written] : []),
      ...(only === null ? [] : [{ text: 'fid IN (SELECT value FROM json_each(?))', values: [JSON.stringify(only)] }]),
    ]
    return {
      text: parts.length === 0 ? '' : ` WHERE ${parts.map(({ text }) => text).join(' AND ')}`,
      values: parts.flatMap(({ values }) => values),
    }
  }

  /** Feature numbers in the order asked for; what has no value comes last, either way. */
  #order(asked: RowsAsked): Float64Array {
    const key = JSON.stringify([asked.where, asked.only, asked.sort])
    const known = this.#orders.get(key)
    if (known) {
      this.#orders.delete(key)
      this.#orders.set(key, known)
      return known
    }
    const { text, values } = this.#filter(asked)
    const column = asked.sort && this.#sqlOf(this.#field(asked.sort.field))
    const by = column === null ? 'fid' : `${column} IS NULL, ${column} ${asked.sort?.down ? 'DESC' : 'ASC'}, fid`
    const fids = this.#db
      .prepare(`SELECT fid FROM ${this.#from}${text} ORDER BY ${by}`)
      .pluck()
      .all(...values) as number[]
    const order = Float64Array.from(fids)
    this.#orders.set(key, order)
    for (const oldest of [...this.#orders.keys()].slice(0, -KEEP_ORDERS)) this.#orders.delete(oldest)
    return order
  }

  #rows(fids: Float64Array): AttributePage['rows'] {
    if (fids.length === 0) return []
    const columns = this.fields.map((field) => this.#sqlOf(field)).join(', ')
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
