import fs from 'node:fs'
import path from 'node:path'
import type { CataloguePaths } from './folder.ts'
import { hasQuarantine } from './restore-files.ts'

const PLAN_FILE = /^([0-9a-f]{64})\.gpkg$/
const LEFTOVER = /(\.tmp|\.part)$|-(journal|wal|shm)$/

/**
 * Deletes plan files that no operation can bring back: imports that were killed before their row was committed. Plan files are
 * closed files, so their journals are leftovers too. While an older catalogue lies in quarantine, whole plan files are kept for it.
 * @returns names that were deleted
 */
export function collectOrphans(paths: CataloguePaths, needed: ReadonlySet<string>): string[] {
  const keepWhole = hasQuarantine(paths)
  const orphans = fs.readdirSync(paths.plansDir).filter((name) => {
    const sha256 = PLAN_FILE.exec(name)?.[1]
    return sha256 === undefined ? LEFTOVER.test(name) : !keepWhole && !needed.has(sha256)
  })
  for (const name of orphans) fs.rmSync(path.join(paths.plansDir, name))
  return orphans
}
