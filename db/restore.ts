import fs from 'node:fs'
import path from 'node:path'
import { AppError } from '#core/errors.ts'
import type { Actor } from './actor.ts'
import { listBackups, verifyCopy } from './backup-files.ts'
import { openCatalogue, type Catalogue, type CatalogueOptions } from './catalogue.ts'
import { cataloguePaths, checkedDir, makeFolders, syncFile } from './folder.ts'
import { takeLock } from './lock.ts'
import { applyPendingRestore, nextQuarantine, writeIntent } from './restore-files.ts'

/**
 * Puts a verified backup in the catalogue's place and opens it. The present catalogue, damaged or not, goes to
 * `backups/quarantine-…` with its -wal and -shm and is never deleted. Close the catalogue before. Interrupted at any point, the
 * next start finishes it.
 * @param fileName as `backup.list()` has it
 * @throws AppError 'catalogue.locked', 'catalogue.not-found', 'catalogue.backup-failed', 'catalogue.unwritable'
 */
export function restoreCatalogue(dir: string, fileName: string, actor: Actor, options: CatalogueOptions): Catalogue {
  const paths = cataloguePaths(checkedDir(dir))
  const lock = makeFolders(paths) ? takeLock(paths) : null
  if (!lock) throw new AppError('catalogue.unwritable', { dir: paths.dir })
  try {
    applyPendingRestore(paths)
    const backup = listBackups(paths).find((record) => record.file === fileName)
    if (!backup) throw new AppError('catalogue.not-found', { what: fileName })
    const source = path.join(paths.backupsDir, backup.file)
    const { auditSeq, auditHead, counts } = backup
    verifyCopy(source, { auditSeq, auditHead, counts })
    fs.rmSync(paths.staged, { force: true })
    fs.copyFileSync(source, paths.staged)
    syncFile(paths.staged)
    writeIntent(paths, { backup: backup.file, quarantine: nextQuarantine(paths), keptSeq: auditSeq, actor })
    applyPendingRestore(paths)
  } finally {
    lock.release()
  }
  return openCatalogue(dir, options)
}

/** Verified backups of a catalogue that may not open any more, oldest first. */
export const backupsOf = (dir: string) => listBackups(cataloguePaths(checkedDir(dir)))
