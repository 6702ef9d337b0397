import Database from 'better-sqlite3'
import type { LayerColumns } from '#core/geo/columns.ts'
import type { Plan, VectorLayer } from '#core/model/plan.ts'
import { HIDDEN_CLASS } from '#core/tiles/cells.ts'
import { AttributeTable } from '../attributes/attribute-table.ts'
import type { LayerFiles } from '../store/layer-columns.ts'

/** Filters kept: those on screen and a few that were tried before. */
const KEEP = 12

/** Filters of a plan's layers, answered from its GeoPackage: the classes of features with those that are filtered out marked. */
export class FeatureFilters {
  readonly #plan: Plan
  readonly #files: LayerFiles
  readonly #tables = new Map<string, AttributeTable>()
  readonly #known = new Map<string, Uint16Array>()
  #db: Database.Database | undefined

  constructor(plan: Plan, files: LayerFiles) {
    this.#plan = plan
    this.#files = files
  }

  /** `classOf` with `HIDDEN_CLASS` for every feature that does not meet the expression. @throws AppError `attributes.*` */
  classesWhere(layer: VectorLayer, columns: LayerColumns, classOf: Uint16Array, where: string): Uint16Array {
    const key = `${layer.id} ${where}`
    const known = this.#known.get(key)
    this.#known.delete(key)
    const made = known ?? this.#filtered(layer, columns, classOf, where)
    this.#known.set(key, made)
    for (const oldest of [...this.#known.keys()].slice(0, -KEEP)) this.#known.delete(oldest)
    return made
  }

  #filtered(layer: VectorLayer, columns: LayerColumns, classOf: Uint16Array, where: string): Uint16Array {
    const meeting = new Set(this.#table(layer).matching(where))
    return classOf.map((classIndex, feature) => (meeting.has(columns.fid[feature] ?? NaN) ? classIndex : HIDDEN_CLASS))
  }

  #table(layer: VectorLayer): AttributeTable {
    this.#db ??= openPlan(this.#files.gpkg)
    const table = this.#tables.get(layer.id) ?? new AttributeTable(this.#db, this.#plan, layer, this.#files)
    this.#tables.set(layer.id, table)
    return table
  }

  close(): void {
    this.#db?.close()
    this.#db = undefined
    this.#tables.clear()
  }
}

function openPlan(gpkg: string): Database.Database {
  const db = new Database(gpkg, { readonly: true, fileMustExist: true })
  db.pragma('trusted_schema = OFF')
  return db
}
