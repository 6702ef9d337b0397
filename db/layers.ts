import { AppError } from '#core/errors.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'
import type { Layer } from '#core/model/plan.ts'
import type { ReadableDb, WritableDb } from './connection.ts'
import { fromJson, toJson } from './json.ts'

type Row = Omit<Layer, 'crsReason' | 'notes' | 'unknownClasses' | 'raster'> & {
  crsReason: string
  notes: string
  unknownClasses: string
  raster: string | null
}

const COLUMNS = `id, plan_id AS planId, role, name, kind, gpkg_table AS "table", features, area_m2 AS areaM2, length_m AS lengthM,
  sha256, source_path AS sourcePath, source_sha256 AS sourceSha256, source_crs AS sourceCrs, crs_reason AS crsReason, encoding,
  notes, unknown_classes AS unknownClasses, raster`

const toLayer = ({ raster, ...row }: Row): Layer => ({
  ...row,
  ...(raster === null ? {} : { raster: fromJson(raster) }),
  crsReason: fromJson(row.crsReason),
  notes: fromJson(row.notes),
  unknownClasses: fromJson(row.unknownClasses),
})

const toValues = (layer: Layer) => [
  layer.planId,
  layer.role,
  layer.name,
  layer.kind,
  layer.table,
  layer.features,
  layer.areaM2,
  layer.lengthM,
  layer.sha256,
  layer.sourcePath,
  layer.sourceSha256,
  layer.sourceCrs,
  toJson(layer.crsReason),
  layer.encoding,
  toJson(layer.notes),
  toJson(layer.unknownClasses),
  layer.raster === undefined ? null : toJson(layer.raster),
]

export const layersReader = (db: ReadableDb) => {
  const ofPlan = db.prepare<[PlanId], Row>(`SELECT ${COLUMNS} FROM layers WHERE plan_id = ? ORDER BY position`)
  const byId = db.prepare<[LayerId], Row>(`SELECT ${COLUMNS} FROM layers WHERE id = ?`)
  const find = (id: LayerId): Layer | undefined => {
    const row = byId.get(id)
    return row && toLayer(row)
  }
  return {
    /** In the order of import. */
    ofPlan: (planId: PlanId): Layer[] => ofPlan.all(planId).map(toLayer),
    find,
    /** @throws AppError 'catalogue.not-found' */
    get(id: LayerId): Layer {
      const layer = find(id)
      if (!layer) throw new AppError('catalogue.not-found', { what: id })
      return layer
    },
  }
}

export const layersWriter = (db: WritableDb) => {
  const next = db.prepare<[PlanId], { position: number }>(
    'SELECT coalesce(max(position), 0) + 1 AS position FROM layers WHERE plan_id = ?',
  )
  const insert = db.prepare<
    unknown[]
  >(`INSERT INTO layers (plan_id, role, name, kind, gpkg_table, features, area_m2, length_m, sha256,
    source_path, source_sha256, source_crs, crs_reason, encoding, notes, unknown_classes, raster, position, id)
    VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`)
  const update = db.prepare<unknown[]>(`UPDATE layers SET plan_id=?, role=?, name=?, kind=?, gpkg_table=?, features=?, area_m2=?,
    length_m=?, sha256=?, source_path=?, source_sha256=?, source_crs=?, crs_reason=?, encoding=?, notes=?, unknown_classes=?, raster=? WHERE id=?`)
  const remove = db.prepare<[LayerId]>('DELETE FROM layers WHERE id = ?')
  return {
    ...layersReader(db),
    insert: (layer: Layer) => insert.run(...toValues(layer), next.get(layer.planId)?.position ?? 1, layer.id),
    update: (layer: Layer) => update.run(...toValues(layer), layer.id),
    remove: (id: LayerId) => remove.run(id),
  }
}
