import fs from 'node:fs'
import path from 'node:path'
import { STAGING_PREFIX } from './run-child.ts'

/** A plan's GeoPackage while it is written; renamed to its hash when it is whole. */
export const TEMPORARY_PREFIX = '.import-'

const PLAN_FILE = /^([0-9a-f]{64})\.gpkg$/

/**
 * Deletes what an import left behind when the program or the machine stopped: half-written files, and whole ones whose plan
 * was never committed. Only at start, before any import runs. Returns the names that were deleted.
 */
export function collectLeftovers(plansDir: string, known: ReadonlySet<string>, tempDir?: string): string[] {
  const isLeftover = (name: string) => {
    const sha256 = PLAN_FILE.exec(name)?.[1]
    return name.startsWith(TEMPORARY_PREFIX) || (sha256 !== undefined && !known.has(sha256))
  }
  return [
    ...remove(plansDir, isLeftover),
    ...(tempDir === undefined ? [] : remove(tempDir, (name) => name.startsWith(STAGING_PREFIX))),
  ]
}

function remove(dir: string, isLeftover: (name: string) => boolean): string[] {
  if (!fs.existsSync(dir)) return []
  const names = fs.readdirSync(dir).filter(isLeftover)
  for (const name of names) fs.rmSync(path.join(dir, name), { recursive: true, force: true })
  return names
}
