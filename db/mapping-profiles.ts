import type { MappingProfile, ProfileRule } from '#core/model/mapping-profile.ts'
import type { ReadableDb, WritableDb } from './connection.ts'
import { fromJson, toJson } from './json.ts'

type Row = Omit<MappingProfile, 'rules'> & { rules: string }

export const mappingProfilesReader = (db: ReadableDb) => {
  const all = db.prepare<[], Row>(
    'SELECT id, name, rules, saved_by AS "by", saved_at AS at FROM mapping_profiles ORDER BY saved_at DESC, name',
  )
  return {
    /** Saved last, first. */
    list: (): MappingProfile[] => all.all().map((row) => ({ ...row, rules: fromJson<ProfileRule[]>(row.rules) })),
  }
}

export const mappingProfilesWriter = (db: WritableDb) => {
  const put = db.prepare<string[]>(
    `INSERT INTO mapping_profiles (id, name, rules, saved_by, saved_at) VALUES (?,?,?,?,?)
     ON CONFLICT (name) DO UPDATE SET rules = excluded.rules, saved_by = excluded.saved_by, saved_at = excluded.saved_at`,
  )
  const remove = db.prepare<[string]>('DELETE FROM mapping_profiles WHERE id = ?')
  return {
    ...mappingProfilesReader(db),
    /** A profile of the same name keeps its id and gets the new rules. */
    put: ({ id, name, rules, by, at }: MappingProfile) => void put.run(id, name, toJson(rules), by, at),
    /** False when there was none. */
    remove: (id: string): boolean => remove.run(id) > 0,
  }
}
