import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { SYSTEM, type Clock } from './actor.ts'
import type { Act } from './audit.ts'
import { fingerprintOf, keepCopy, listBackups, unverifiedPath, type BackupRecord } from './backup-files.ts'
import type { Connection } from './connection.ts'
import { publishFile, type CataloguePaths } from './folder.ts'

export interface BackupDeps {
  connection: Connection
  paths: CataloguePaths
  clock: Clock
  /** A second place for each copy, on another disk. */
  secondDir: string | null
  seal: () => void
  record: (act: Act) => void
}

/** Entries that the program writes by itself; they alone are no reason for another copy. */
const HOUSEKEEPING = ['catalogue.opened', 'audit.sealed', 'backup.made', 'clock.jumped']

/** Verified copies of the live catalogue while it is being used. */
export function backups({ connection, paths, clock, secondDir, seal, record }: BackupDeps) {
  const changedSince = connection.prepare<[number], { seq: number }>(
    `SELECT seq FROM audit WHERE seq > ? AND action NOT IN (${HOUSEKEEPING.map((action) => `'${action}'`).join(', ')}) LIMIT 1`,
  )
  let running: Promise<BackupRecord> | null = null

  const copy = async (): Promise<BackupRecord> => {
    seal()
    const unverified = unverifiedPath(paths)
    fs.rmSync(unverified, { force: true })
    await connection.raw.backup(unverified)
    // SQLite carried over every write made meanwhile, so the copy equals the catalogue of this very moment.
    const expected = fingerprintOf(connection.raw)
    leaveWalMode(unverified)
    const kept = keepCopy(paths, 'regular', expected, clock())
    if (secondDir !== null) copyElsewhere(paths, kept, secondDir)
    record({ actor: SYSTEM, action: 'backup.made', object: kept.file, detail: { seq: kept.seq, fileSha256: kept.sha256 } })
    return kept
  }

  return {
    /** One at a time: a second call waits for the first and gets its record. @throws AppError 'catalogue.backup-failed' */
    now: (): Promise<BackupRecord> => {
      running ??= copy().finally(() => (running = null))
      return running
    },
    /** Resolves when no copy is being made; a failure belongs to whoever asked for that copy. */
    settled: async (): Promise<void> => void (await Promise.allSettled([running])),
    /** Whether anything was changed since the last copy. */
    isDue: (): boolean => changedSince.get(listBackups(paths).at(-1)?.auditSeq ?? 0) !== undefined,
    /** Verified copies, oldest first. */
    list: (): BackupRecord[] => listBackups(paths),
  }
}

/** A copy must open on read-only media, which a database in WAL mode does not. */
function leaveWalMode(file: string): void {
  const database = new Database(file)
  try {
    database.pragma('journal_mode=DELETE')
  } finally {
    database.close()
  }
}

function copyElsewhere(paths: CataloguePaths, record: BackupRecord, dir: string): void {
  fs.mkdirSync(dir, { recursive: true })
  const target = path.join(dir, record.file)
  fs.copyFileSync(path.join(paths.backupsDir, record.file), `${target}.tmp`)
  publishFile(`${target}.tmp`, target)
}
