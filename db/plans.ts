import { AppError } from '#core/errors.ts'
import type { PlanId } from '#core/model/ids.ts'
import type { Plan, PlanSummary } from '#core/model/plan.ts'
import type { ReadableDb, WritableDb } from './connection.ts'
import { fromJson, toJson } from './json.ts'
import { firstOp } from './operations.ts'

type Row = Omit<Plan, 'frame' | 'extent' | 'manifest'> & { frame: string; extent: string; manifest: string }

const COLUMNS = `id, name, name_zh AS nameZh, city_name AS cityName, city_kind AS cityKind, population,
  population_year AS populationYear, plan_level AS planLevel, base_year AS baseYear, target_year AS targetYear, crs, frame,
  extent, gpkg_sha256 AS gpkgSha256, manifest, imported_at AS importedAt`

const toPlan = (row: Row): Plan => ({
  ...row,
  frame: fromJson(row.frame),
  extent: fromJson(row.extent),
  manifest: fromJson(row.manifest),
})

const toValues = (plan: Plan) => [
  plan.name,
  plan.nameZh,
  plan.cityName,
  plan.cityKind,
  plan.population,
  plan.populationYear,
  plan.planLevel,
  plan.baseYear,
  plan.targetYear,
  plan.crs,
  toJson(plan.frame),
  toJson(plan.extent),
  plan.gpkgSha256,
  toJson(plan.manifest),
  plan.importedAt,
]

/** Area of a plan as its list shows it: what its planned land use covers, else the base year's, else its districts'. */
const AREA = (['landuse_plan', 'landuse_base', 'admin'] as const)
  .map((role) => `(SELECT max(l.area_m2) FROM layers l WHERE l.plan_id = p.id AND l.role = '${role}')`)
  .join(', ')

export const plansReader = (db: ReadableDb) => {
  const byId = db.prepare<[PlanId], Row>(`SELECT ${COLUMNS} FROM plans WHERE id = ?`)
  const summaries = db.prepare<[], PlanSummary>(
    `SELECT p.id, p.name, p.name_zh AS nameZh, p.city_name AS cityName, p.imported_at AS importedAt,
       (SELECT count(*) FROM layers l WHERE l.plan_id = p.id) AS layers,
       (SELECT coalesce(sum(l.features), 0) FROM layers l WHERE l.plan_id = p.id AND l.kind <> 'raster') AS features,
       coalesce(${AREA}) AS areaM2, s.total, s.coverage
     FROM plans p LEFT JOIN review_summaries s ON s.review_id =
       (SELECT r.id FROM reviews r WHERE r.plan_id = p.id AND r.role IS NULL ORDER BY ${firstOp('review', 'r.id')} DESC LIMIT 1)
     ORDER BY ${firstOp('plan', 'p.id')} DESC`,
  )
  const find = (id: PlanId): Plan | undefined => {
    const row = byId.get(id)
    return row && toPlan(row)
  }
  return {
    /** Newest import first, with total and coverage of each plan's latest review. */
    list: (): PlanSummary[] => summaries.all(),
    find,
    /** @throws AppError 'catalogue.not-found' */
    get(id: PlanId): Plan {
      const plan = find(id)
      if (!plan) throw new AppError('catalogue.not-found', { what: id })
      return plan
    },
  }
}

export const plansWriter = (db: WritableDb) => {
  const insert = db.prepare<
    unknown[]
  >(`INSERT INTO plans (name, name_zh, city_name, city_kind, population, population_year, plan_level,
    base_year, target_year, crs, frame, extent, gpkg_sha256, manifest, imported_at, id) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`)
  const update = db.prepare<
    unknown[]
  >(`UPDATE plans SET name=?, name_zh=?, city_name=?, city_kind=?, population=?, population_year=?,
    plan_level=?, base_year=?, target_year=?, crs=?, frame=?, extent=?, gpkg_sha256=?, manifest=?, imported_at=? WHERE id=?`)
  const remove = db.prepare<[PlanId]>('DELETE FROM plans WHERE id = ?')
  return {
    ...plansReader(db),
    insert: (plan: Plan) => insert.run(...toValues(plan), plan.id),
    update: (plan: Plan) => update.run(...toValues(plan), plan.id),
    remove: (id: PlanId) => remove.run(id),
  }
}
