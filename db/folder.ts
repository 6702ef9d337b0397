import fs from 'node:fs'
import path from 'node:path'
import { AppError } from '#core/errors.ts'

/** Where everything of a catalogue lies (DESIGN.md §3). */
export interface CataloguePaths {
  dir: string
  database: string
  lock: string
  ballast: string
  /** A new or restored database before it takes its final name. */
  staged: string
  /** Present while a restore is under way: an interrupted one is finished at the next start. */
  restoreIntent: string
  plansDir: string
  /** Files of plan sheets, named by their hashes. */
  sheetsDir: string
  attachmentsDir: string
  cacheDir: string
  backupsDir: string
  logsDir: string
  backupLog: string
  sealLog: string
}

export const cataloguePaths = (dir: string): CataloguePaths => {
  const at = (...parts: string[]): string => path.join(dir, ...parts)
  return {
    dir,
    database: at('catalogue.sqlite'),
    lock: at('catalogue.lock'),
    ballast: at('ballast.bin'),
    staged: at('catalogue.sqlite.new'),
    restoreIntent: at('restore.json'),
    plansDir: at('plans'),
    sheetsDir: at('sheets'),
    attachmentsDir: at('attachments'),
    cacheDir: at('cache'),
    backupsDir: at('backups'),
    logsDir: at('logs'),
    backupLog: at('backups', 'backups.log'),
    sealLog: at('logs', 'audit-seals.log'),
  }
}

/** The folder's absolute path. SQLite's binding trims trailing spaces and cuts at NUL, so such names would open another file. */
export function checkedDir(dir: string): string {
  const absolute = path.resolve(dir)
  const parts = absolute.split(path.sep)
  if (dir === '' || dir === ':memory:' || absolute.includes('\0') || parts.some((part) => part !== part.trimEnd()))
    throw new AppError('catalogue.bad-path', { path: dir.replaceAll('\0', '␀') })
  return absolute
}

/** Error codes by which a folder says that nothing may be written. */
export const isUnwritable = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['EACCES', 'EPERM', 'EROFS'].includes(String(error.code))

/** Makes the folders; false when nothing may be written there. */
export function makeFolders(paths: CataloguePaths): boolean {
  try {
    for (const dir of [
      paths.dir,
      paths.plansDir,
      paths.sheetsDir,
      paths.attachmentsDir,
      paths.cacheDir,
      paths.backupsDir,
      paths.logsDir,
    ])
      fs.mkdirSync(dir, { recursive: true })
    fs.accessSync(paths.dir, fs.constants.W_OK)
    return true
  } catch (error) {
    if (isUnwritable(error)) return false
    throw error
  }
}

/** Forces a closed file to the disk. Never for a live database: closing any handle on it drops SQLite's locks. */
export function syncFile(file: string): void {
  const handle = fs.openSync(file, 'r+')
  try {
    fs.fsyncSync(handle)
  } finally {
    fs.closeSync(handle)
  }
}

/** Forces names (created, renamed) to the disk. Windows has no such call and keeps them in its own journal. */
export function syncFolder(dir: string): void {
  if (process.platform === 'win32') return
  const handle = fs.openSync(dir, 'r')
  try {
    fs.fsyncSync(handle)
  } finally {
    fs.closeSync(handle)
  }
}

/** Gives a finished file its final name, durably. */
export function publishFile(from: string, to: string): void {
  syncFile(from)
  fs.renameSync(from, to)
  syncFolder(path.dirname(to))
}

/** Adds one JSON line to a log and forces it to the disk; a line torn by a power loss is closed off first. */
export function appendLine(file: string, line: unknown): void {
  const handle = fs.openSync(file, 'a+')
  try {
    const { size } = fs.fstatSync(handle)
    const last = Buffer.alloc(1, '\n')
    if (size > 0) fs.readSync(handle, last, 0, 1, size - 1)
    fs.writeSync(handle, `${last.toString() === '\n' ? '' : '\n'}${JSON.stringify(line)}\n`)
    fs.fsyncSync(handle)
  } finally {
    fs.closeSync(handle)
  }
}

/** Lines of a log, oldest first. A line cut short by a power loss never counted; it is left out. */
export function readLines<T>(file: string): T[] {
  if (!fs.existsSync(file)) return []
  const lines = fs.readFileSync(file, 'utf8').split('\n')
  return lines.flatMap((line) => {
    if (line === '') return []
    try {
      return [JSON.parse(line) as T]
    } catch (error) {
      // Torn by a power loss: it was never acknowledged.
      if (error instanceof SyntaxError) return []
      throw error
    }
  })
}
