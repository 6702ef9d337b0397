import type { Migration } from './index.ts'

/** Saved answers to how an office's files are to be read. Preferences like the settings: audited, no step of the history. */
export const mappingProfiles: Migration = {
  version: 2,
  name: 'mapping-profiles',
  up: (database) => {
    database.exec(`
      CREATE TABLE mapping_profiles (
        id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 80),
        rules TEXT NOT NULL CHECK (json_valid(rules)), saved_by TEXT NOT NULL, saved_at TEXT NOT NULL
      ) STRICT;`)
  },
}
