import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { AppError } from '#core/errors.ts'
import { auditReader } from './audit.ts'
import { forReading } from './connection.ts'
import { appendLine, publishFile, readLines, type CataloguePaths } from './folder.ts'
import { APPLICATION_ID } from './header.ts'
import { findDamage } from './pragmas.ts'
import { toRemove, type BackupKind } from './rotation.ts'

const COUNTED = ['plans', 'layers', 'reviews', 'item_entries', 'findings', 'measurements', 'memos', 'op', 'audit'] as const

/** What a verified copy must agree with: the audit chain's head and the number of rows in each table. */
export interface Fingerprint {
  auditSeq: number
  auditHead: string
  counts: Record<string, number>
}

/** One verified copy, as `backups.log` has it. */
export interface BackupRecord extends Fingerprint {
  seq: number
  kind: BackupKind
  file: string
  at: string
  bytes: number
  sha256: string
}

type LogLine = ({ event: 'made' } & BackupRecord) | { event: 'removed'; seq: number; at: string }

export function fingerprintOf(database: Database.Database): Fingerprint {
  const head = auditReader(forReading(database)).head()
  const counts: Record<string, number> = {}
  for (const table of COUNTED)
    counts[table] = database.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? -1
  return { auditSeq: head.seq, auditHead: head.hash, counts }
}

/** Copies that are still there, by sequence. */
export function listBackups(paths: CataloguePaths): BackupRecord[] {
  const alive = new Map<number, BackupRecord>()
  for (const { event, ...line } of readLines<LogLine>(paths.backupLog)) {
    if (event === 'made') alive.set(line.seq, line as BackupRecord)
    else alive.delete(line.seq)
  }
  return [...alive.values()]
    .filter((record) => fs.existsSync(path.join(paths.backupsDir, record.file)))
    .toSorted((a, b) => a.seq - b.seq)
}

const nextSeq = (paths: CataloguePaths): number => Math.max(0, ...readLines<LogLine>(paths.backupLog).map((line) => line.seq)) + 1

/** Opens a copy read-only and compares. @throws AppError 'catalogue.backup-failed' */
export function verifyCopy(file: string, expected: Fingerprint | null): Fingerprint {
  const fail = (problem: string): never => {
    throw new AppError('catalogue.backup-failed', { file: path.basename(file), problem })
  }
  let copy: Database.Database | undefined
  try {
    copy = new Database(file, { readonly: true, fileMustExist: true })
    const damage = findDamage(copy, 'full')
    if (damage !== null) return fail(damage)
    if (copy.pragma('application_id', { simple: true }) !== APPLICATION_ID) return fail('application_id')
    const found = fingerprintOf(copy)
    if (expected && JSON.stringify(found) !== JSON.stringify(expected)) return fail('row counts or audit head differ')
    return found
  } catch (error) {
    if (error instanceof Database.SqliteError) return fail(error.message)
    throw error
  } finally {
    copy?.close()
  }
}

export const backupFileName = (seq: number, kind: BackupKind): string =>
  `catalogue-${String(seq).padStart(6, '0')}-${kind}.sqlite`

/** Where a copy is written before it is verified; leftovers are deleted at the next start. */
export const unverifiedPath = (paths: CataloguePaths): string => path.join(paths.backupsDir, 'unverified.tmp')

/**
 * Verifies the copy at `unverifiedPath`, gives it its name, logs it and rotates. The log's line comes last: a copy without one
 * does not count.
 */
export function keepCopy(paths: CataloguePaths, kind: BackupKind, expected: Fingerprint, at: Date): BackupRecord {
  const unverified = unverifiedPath(paths)
  const found = verifyCopy(unverified, expected)
  const bytes = fs.readFileSync(unverified)
  const seq = nextSeq(paths)
  const file = backupFileName(seq, kind)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  publishFile(unverified, path.join(paths.backupsDir, file))
  const record: BackupRecord = { seq, kind, file, at: at.toISOString(), bytes: bytes.length, sha256, ...found }
  appendLine(paths.backupLog, { event: 'made', ...record } satisfies LogLine)
  rotate(paths, at)
  return record
}

function rotate(paths: CataloguePaths, at: Date): void {
  const backups = listBackups(paths)
  const remove = new Set(toRemove(backups))
  for (const backup of backups.filter((candidate) => remove.has(candidate.seq))) {
    fs.rmSync(path.join(paths.backupsDir, backup.file))
    appendLine(paths.backupLog, { event: 'removed', seq: backup.seq, at: at.toISOString() } satisfies LogLine)
  }
}

/** A copy taken at once with VACUUM INTO, for moments when nobody waits: before a migration. */
export function copyNow(paths: CataloguePaths, database: Database.Database, kind: BackupKind, at: Date): BackupRecord {
  fs.rmSync(unverifiedPath(paths), { force: true })
  database.prepare<[string]>('VACUUM INTO ?').run(unverifiedPath(paths))
  return keepCopy(paths, kind, fingerprintOf(database), at)
}
