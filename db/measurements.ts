import type { PlanId } from '#core/model/ids.ts'
import type { Measurement, Quality } from '#core/model/measurement.ts'
import type { ResultTable } from '#core/model/result-table.ts'
import type { ReadableDb, WritableDb } from './connection.ts'
import { fromJson, toJson } from './json.ts'

/** A measurement with the plan it was taken of and when. */
export type StoredMeasurement = Measurement & { planId: PlanId; measuredAt: string }

type JsonField = 'outcome' | 'method' | 'parameters' | 'details' | 'evidence' | 'inputs' | 'notes'
type OptionalJson = 'tables' | 'quality'
type Row = Omit<StoredMeasurement, JsonField | OptionalJson> & Record<JsonField, string> & Record<OptionalJson, string | null>

const COLUMNS = `plan_id AS planId, indicator AS id, version, outcome, method, basis, parameters, details, evidence,
  evidence_total AS evidenceTotal, inputs, notes, tables, quality, measured_at AS measuredAt`

const toStored = ({ tables, quality, ...row }: Row): StoredMeasurement => ({
  ...row,
  outcome: fromJson(row.outcome),
  method: fromJson(row.method),
  parameters: fromJson(row.parameters),
  details: fromJson(row.details),
  evidence: fromJson(row.evidence),
  inputs: fromJson(row.inputs),
  notes: fromJson(row.notes),
  ...(tables === null ? {} : { tables: fromJson<ResultTable[]>(tables) }),
  ...(quality === null ? {} : { quality: fromJson<Quality>(quality) }),
})

const withoutPlan = ({ planId: _, measuredAt: __, ...measurement }: StoredMeasurement): Measurement => measurement

export const measurementsReader = (db: ReadableDb) => {
  const ofPlan = db.prepare<[PlanId], Row>(`SELECT ${COLUMNS} FROM measurements WHERE plan_id = ? ORDER BY indicator, version`)
  const byKey = db.prepare<[PlanId, string, number], Row>(
    `SELECT ${COLUMNS} FROM measurements WHERE plan_id = ? AND indicator = ? AND version = ?`,
  )
  const keys = db.prepare<[PlanId], { id: string; version: number }>(
    'SELECT indicator AS id, version FROM measurements WHERE plan_id = ? ORDER BY indicator, version',
  )
  return {
    /** One per indicator: the newest version that was measured. */
    ofPlan(planId: PlanId): Measurement[] {
      const newest = new Map(ofPlan.all(planId).map((row) => [row.id, row]))
      return [...newest.values()].map((row) => withoutPlan(toStored(row)))
    },
    /** When each indicator was last measured (ISO, UTC), by its id. */
    measuredAt: (planId: PlanId): Map<string, string> =>
      new Map(ofPlan.all(planId).map(({ id, measuredAt }) => [id, measuredAt])),
    keysOfPlan: (planId: PlanId) => keys.all(planId),
    find(planId: PlanId, indicator: string, version: number): StoredMeasurement | undefined {
      const row = byKey.get(planId, indicator, version)
      return row && toStored(row)
    },
  }
}

export const measurementsWriter = (db: WritableDb) => {
  const put = db.prepare<
    unknown[]
  >(`INSERT INTO measurements (plan_id, indicator, version, outcome, method, basis, parameters, details,
    evidence, evidence_total, inputs, notes, tables, quality, measured_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`)
  const remove = db.prepare<[PlanId, string, number]>(
    'DELETE FROM measurements WHERE plan_id = ? AND indicator = ? AND version = ?',
  )
  return {
    ...measurementsReader(db),
    /** A measurement of the same indicator and version takes the place of the earlier one. */
    put(stored: StoredMeasurement): void {
      remove.run(stored.planId, stored.id, stored.version)
      put.run(
        stored.planId,
        stored.id,
        stored.version,
        toJson(stored.outcome),
        toJson(stored.method),
        stored.basis,
        toJson(stored.parameters),
        toJson(stored.details),
        toJson(stored.evidence),
        stored.evidenceTotal,
        toJson(stored.inputs),
        toJson(stored.notes),
        stored.tables ? toJson(stored.tables) : null,
        stored.quality ? toJson(stored.quality) : null,
        stored.measuredAt,
      )
    },
    remove: (planId: PlanId, indicator: string, version: number) => remove.run(planId, indicator, version),
  }
}
