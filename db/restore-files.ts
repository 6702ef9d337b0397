import fs from 'node:fs'
import path from 'node:path'
import { publishFile, syncFolder, type CataloguePaths } from './folder.ts'
import type { Actor } from './actor.ts'

/** A restore under way, on the disk from before the first file is moved until the audit log attests it. */
export interface RestoreIntent {
  backup: string
  /** Folder below `backups/` that takes the present catalogue. */
  quarantine: string
  /** The audit log goes on from here. */
  keptSeq: number
  actor: Actor
}

export function readIntent(paths: CataloguePaths): RestoreIntent | null {
  if (!fs.existsSync(paths.restoreIntent)) return null
  return JSON.parse(fs.readFileSync(paths.restoreIntent, 'utf8')) as RestoreIntent
}

export function writeIntent(paths: CataloguePaths, intent: RestoreIntent): void {
  const temporary = `${paths.restoreIntent}.tmp`
  fs.writeFileSync(temporary, JSON.stringify(intent))
  publishFile(temporary, paths.restoreIntent)
}

export function clearIntent(paths: CataloguePaths): void {
  fs.rmSync(paths.restoreIntent, { force: true })
  syncFolder(paths.dir)
}

/**
 * Moves the database, its -wal and its -shm to quarantine together and puts the staged copy in their place. May be run again
 * after a kill at any point: as long as the staged copy is there, what lies under the final names is still the old catalogue.
 * Call it while holding the lock, without an open connection.
 */
export function applyPendingRestore(paths: CataloguePaths): void {
  const intent = readIntent(paths)
  if (!intent || !fs.existsSync(paths.staged)) return
  const quarantine = path.join(paths.backupsDir, intent.quarantine)
  fs.mkdirSync(quarantine, { recursive: true })
  for (const suffix of ['', '-wal', '-shm']) {
    const from = paths.database + suffix
    if (fs.existsSync(from)) fs.renameSync(from, path.join(quarantine, path.basename(from)))
  }
  syncFolder(quarantine)
  publishFile(paths.staged, paths.database)
}

const quarantines = (paths: CataloguePaths): string[] =>
  fs.readdirSync(paths.backupsDir).filter((name) => name.startsWith('quarantine-'))

export const hasQuarantine = (paths: CataloguePaths): boolean => quarantines(paths).length > 0

/** A folder name that was never used: by number, not by clock. */
export const nextQuarantine = (paths: CataloguePaths): string => {
  const last = Math.max(0, ...quarantines(paths).map((name) => Number(name.slice('quarantine-'.length))))
  return `quarantine-${String(last + 1).padStart(4, '0')}`
}
