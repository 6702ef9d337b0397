import { readFileSync } from 'node:fs'
import path from 'node:path'

/** Why Greenprint makes something else of a file than GDAL does, on purpose. */
export interface Difference {
  file: string
  gdal: string
  ours: string
  /** Key of `reasons`. */
  reason: string
}

export interface Differences {
  reasons: Record<string, string>
  files: Difference[]
}

export const differencesFile = path.join(import.meta.dirname, 'differences.json')

/** The table that the walk checks and `docs/formats.md` prints: one source for both. */
export const readDifferences = (): Differences => JSON.parse(readFileSync(differencesFile, 'utf8')) as Differences
