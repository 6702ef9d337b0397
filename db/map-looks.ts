import { FRESH_LOOK, mapLookSchema, type MapLook } from '#core/map/look.ts'
import type { PlanId } from '#core/model/ids.ts'
import type { ReadableDb, WritableDb } from './connection.ts'
import { fromJson, toJson } from './json.ts'

/** Looks stand among the settings, one for each plan. */
const keyOf = (planId: PlanId): string => `map-look ${planId}`

export const mapLooksReader = (db: ReadableDb) => {
  const one = db.prepare<[string], { value: string }>('SELECT value FROM settings WHERE key = ?')
  return {
    /** What was chosen for a plan's map; a fresh look where nothing was, or where another version wrote what this one cannot read. */
    get(planId: PlanId): MapLook {
      const row = one.get(keyOf(planId))
      const read = mapLookSchema.safeParse(row === undefined ? FRESH_LOOK : fromJson<unknown>(row.value))
      return read.data ?? FRESH_LOOK
    },
  }
}

export const mapLooksWriter = (db: WritableDb) => {
  const put = db.prepare<[string, string]>(
    'INSERT INTO settings (key, value) VALUES (?,?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  )
  return {
    ...mapLooksReader(db),
    set: (planId: PlanId, look: MapLook): void => void put.run(keyOf(planId), toJson(look)),
  }
}
