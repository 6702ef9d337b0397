import Database from 'better-sqlite3'
import type { AttributeFormat, AttributeLayer, FoundFeature, SelectedFeatures } from '#core/contract/attribute-procedures.ts'
import { AppError } from '#core/errors.ts'
import { featureSet } from '#core/attributes/feature-set.ts'
import type { AttributeField } from '#core/attributes/fields.ts'
import type { WithinMode } from '#core/attributes/within-polygon.ts'
import { isVector, type Layer, type Plan, type VectorLayer } from '#core/model/plan.ts'
import { roleInfo } from '#core/model/roles.ts'
import type { Lang } from '#core/text.ts'
import type { WrittenFile } from '../memo/write-file.ts'
import type { LayerFiles } from '../store/layer-columns.ts'
import { answerRequests, type Step } from '../worker-answers.ts'
import { writeCsv, writeGpkg, writeXlsx } from './attribute-files.ts'
import { AttributeTable, type RowsAsked } from './attribute-table.ts'

export type AttributeRequest = { plan: Plan; layers: Layer[]; files: Omit<LayerFiles, 'log'> } & (
  | { ask: 'layers' }
  | { ask: 'page'; layerId: string; rows: RowsAsked; offset: number; limit: number }
  | { ask: 'place'; layerId: string; rows: RowsAsked; fid: number }
  | { ask: 'statistics'; layerId: string; rows: RowsAsked; field: string }
  | { ask: 'select'; layerId: string; where: string }
  | { ask: 'within'; layerIds: string[]; xyM: number[]; mode: WithinMode }
  | { ask: 'search'; text: string; limit: number }
  | {
      ask: 'export'
      layerId: string
      rows: RowsAsked
      columns: string[] | null
      lang: Lang
      target: string
      format: AttributeFormat
    }
)

/** SQLite reads pages of the file where they lie in memory: a scan over a million parcels costs half as much. */
const MMAP_BYTES = 2 ** 31

/** The tables of the plan that was asked for last. */
class PlanTables {
  readonly planId: string
  readonly #db: Database.Database
  readonly #request: AttributeRequest
  readonly #tables = new Map<string, AttributeTable>()

  constructor(request: AttributeRequest) {
    this.#request = request
    this.planId = request.plan.id
    this.#db = new Database(request.files.gpkg, { readonly: true, fileMustExist: true })
    this.#db.pragma('trusted_schema = OFF')
    this.#db.pragma(`mmap_size = ${MMAP_BYTES}`)
  }

  get layers(): VectorLayer[] {
    return this.#request.layers.filter(isVector)
  }

  table(layerId: string): AttributeTable {
    const known = this.#tables.get(layerId)
    if (known) return known
    const layer = this.layers.find(({ id }) => id === layerId)
    if (!layer) throw new AppError('catalogue.not-found', { what: layerId })
    const made = new AttributeTable(this.#db, this.#request.plan, layer, this.#request.files)
    this.#tables.set(layerId, made)
    return made
  }

  close(): void {
    this.#db.close()
  }
}

let open: PlanTables | undefined

function tablesOf(request: AttributeRequest): PlanTables {
  if (open?.planId === request.plan.id) return open
  open?.close()
  open = new PlanTables(request)
  return open
}

const described = ({ key, label, origin, type, unit }: AttributeField): AttributeField => ({ key, label, origin, type, unit })

function layersOf(tables: PlanTables): AttributeLayer[] {
  return tables.layers.map(({ id, role, name, kind, features }) => ({
    id,
    role,
    title: roleInfo(role).title,
    name,
    kind,
    features,
    fields: tables.table(id).fields.map(described),
  }))
}

function within(tables: PlanTables, { layerIds, xyM, mode }: Extract<AttributeRequest, { ask: 'within' }>): SelectedFeatures[] {
  return tables.layers
    .filter(({ id }) => layerIds.includes(id))
    .map(({ id }) => ({ layerId: id, features: tables.table(id).within(xyM, mode) }))
    .filter(({ features }) => features.bits.length > 0)
}

function search(tables: PlanTables, text: string, limit: number): FoundFeature[] {
  const found: FoundFeature[] = []
  for (const layer of tables.layers) {
    if (found.length >= limit) break
    for (const { fid, field, value, name } of tables.table(layer.id).search(text, limit - found.length))
      found.push({
        layerId: layer.id,
        role: layer.role,
        fid,
        title: name ?? `${layer.name} ${fid}`,
        label: field.label,
        value,
      })
  }
  return found
}

function exported(
  tables: PlanTables,
  request: Extract<AttributeRequest, { ask: 'export' }>,
  step: Step,
): WrittenFile | Promise<WrittenFile> {
  const { plan, layerId, files, rows, columns, lang, target, format } = request
  const table = tables.table(layerId)
  const layer = tables.layers.find(({ id }) => id === layerId)
  if (!layer) throw new AppError('catalogue.not-found', { what: layerId })
  const leaving = { plan, layer, source: files.gpkg, table, fields: table.chosen(columns), rows, lang, target, step }
  if (format === 'gpkg') return writeGpkg(leaving)
  return format === 'xlsx' ? writeXlsx(leaving) : writeCsv(leaving)
}

/** Runs as a worker thread: a scan over a million rows keeps neither the map nor a save waiting. */
answerRequests((request: AttributeRequest, step): unknown => {
  const tables = tablesOf(request)
  switch (request.ask) {
    case 'layers':
      return layersOf(tables)
    case 'page':
      return tables.table(request.layerId).page(request.rows, request.offset, request.limit, step)
    case 'place':
      return tables.table(request.layerId).place(request.rows, request.fid, step)
    case 'statistics':
      return tables.table(request.layerId).statistics(request.rows, request.field, step)
    case 'select':
      return { layerId: request.layerId, features: featureSet(tables.table(request.layerId).matching(request.where, step)) }
    case 'within':
      return within(tables, request)
    case 'search':
      return search(tables, request.text, request.limit)
    case 'export':
      return exported(tables, request, step)
  }
})
