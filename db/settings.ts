import type { Settings } from '#core/contract/procedures.ts'
import type { ReadableDb, WritableDb } from './connection.ts'
import { fromJson, toJson } from './json.ts'

const DEFAULTS: Settings = { lang: 'zh', theme: 'system', areaUnit: 'ha', reviewer: '' }

export const settingsReader = (db: ReadableDb) => {
  const all = db.prepare<[], { key: string; value: string }>('SELECT key, value FROM settings')
  return {
    get(): Settings {
      const stored = new Map(all.all().map((row) => [row.key, fromJson<never>(row.value)]))
      return {
        lang: stored.get('lang') ?? DEFAULTS.lang,
        theme: stored.get('theme') ?? DEFAULTS.theme,
        areaUnit: stored.get('areaUnit') ?? DEFAULTS.areaUnit,
        reviewer: stored.get('reviewer') ?? DEFAULTS.reviewer,
        ...(stored.has('textSize') ? { textSize: stored.get('textSize') ?? 100 } : {}),
        ...(stored.has('digits') ? { digits: stored.get('digits') ?? 'comma' } : {}),
        ...(stored.has('dates') ? { dates: stored.get('dates') ?? 'local' } : {}),
        ...(stored.has('keys') ? { keys: stored.get('keys') ?? {} } : {}),
        ...(stored.has('basemap') ? { basemap: stored.get('basemap') ?? null } : {}),
      }
    },
  }
}

export const settingsWriter = (db: WritableDb) => {
  const put = db.prepare<[string, string]>(
    'INSERT INTO settings (key, value) VALUES (?,?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  )
  return {
    ...settingsReader(db),
    /** Keys that are absent or undefined stay as they are. */
    set(patch: Partial<Settings>): void {
      for (const [key, value] of Object.entries(patch)) if (value !== undefined) put.run(key, toJson(value))
    },
  }
}
