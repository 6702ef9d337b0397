import fs from 'node:fs'
import path from 'node:path'
import type { CataloguePaths } from './folder.ts'
import { hasQuarantine } from './restore-files.ts'

const PLAN_FILE = /^([0-9a-f]{64})\.gpkg$/
const SHEET_FILE = /^([0-9a-f]{64})\.[a-z.]+$/
/** Named by their hash alone: whatever they are, nothing opens them by their name. */
const ATTACHMENT_FILE = /^([0-9a-f]{64})$/
const LEFTOVER = /(\.tmp|\.part)$|-(journal|wal|shm)$/

/**
 * Deletes files of plans, sheets and attachments that no operation can bring back: imports that were killed before their row was committed,
 * sheets that were looked at and never laid. Plan files are closed files, so their journals are leftovers too. While an older
 * catalogue lies in quarantine, whole files are kept for it.
 * @returns names that were deleted
 */
export function collectOrphans(
  paths: CataloguePaths,
  needed: { plans: ReadonlySet<string>; sheets: ReadonlySet<string>; attachments: ReadonlySet<string> },
): string[] {
  const keepWhole = hasQuarantine(paths)
  const collect = (dir: string, whole: RegExp, wanted: ReadonlySet<string>): string[] => {
    const orphans = fs.readdirSync(dir).filter((name) => {
      if (LEFTOVER.test(name)) return true
      const sha256 = whole.exec(name)?.[1]
      return sha256 !== undefined && !keepWhole && !wanted.has(sha256)
    })
    for (const name of orphans) fs.rmSync(path.join(dir, name))
    return orphans
  }
  return [
    ...collect(paths.plansDir, PLAN_FILE, needed.plans),
    ...collect(paths.sheetsDir, SHEET_FILE, needed.sheets),
    ...collect(paths.attachmentsDir, ATTACHMENT_FILE, needed.attachments),
  ]
}
