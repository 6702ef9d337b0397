import type Database from 'better-sqlite3'
import { initial } from './0001-initial.ts'
import { mappingProfiles } from './0002-mapping-profiles.ts'
import { rasters } from './0003-rasters.ts'
import { measurementTables } from './0004-measurement-tables.ts'
import { sheets } from './0005-sheets.ts'
import { reviewRecords } from './0006-review-records.ts'
import { merges } from './0007-merges.ts'
import { library } from './0008-library.ts'

/** One step forward. Once shipped it is never edited; a step that rewrites a guarded table must recreate its guards. */
export interface Migration {
  version: number
  name: string
  up: (database: Database.Database) => void
}

/** THE LIST, in order: version n is the n-th line. */
export const migrations: readonly Migration[] = [
  initial,
  mappingProfiles,
  rasters,
  measurementTables,
  sheets,
  reviewRecords,
  merges,
  library,
]
