import { randomBytes } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'

export const LOG_FILES = 5
export const LOG_FILE_BYTES = 5 * 1024 * 1024

/** Everything a line may say. No free text from people or files: ids, names of our own code, numbers. */
export interface LogFields {
  job?: string
  procedure?: string
  code?: string
  ref?: string
  ms?: number
  count?: number
  bytes?: number
  version?: string
  host?: string
}

const ALLOWED: readonly string[] = [
  'job',
  'procedure',
  'code',
  'ref',
  'ms',
  'count',
  'bytes',
  'version',
  'host',
] satisfies (keyof LogFields)[]
const ID = /^[\w.:/-]{1,80}$/

export type LogLevel = 'error' | 'warn' | 'info'

export interface Log {
  write(level: LogLevel, event: string, fields?: LogFields): void
  /** Records an unexpected error and returns the reference that people may quote. */
  bug(error: unknown, procedure: string): string
}

/** Writes JSON lines below `dir`, at most 5 files of 5 MB. A full disk must not stop the work: such a line goes to stderr. */
export function createLog(dir: string, now: () => Date = () => new Date()): Log {
  const file = path.join(dir, 'greenprint.log')
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const append = (line: object) => {
    const text = `${JSON.stringify(line)}\n`
    try {
      rotateWhenFull(file, text.length)
      appendFileSync(file, text, { mode: 0o600 })
    } catch (error) {
      process.stderr.write(`The log could not be written (${codeOf(error) ?? 'unknown'}): ${text}`)
    }
  }
  const write: Log['write'] = (level, event, fields = {}) =>
    append({ at: now().toISOString(), level, event: clean(event), ...allowed(fields) })
  return {
    write,
    bug(error, procedure) {
      const ref = randomBytes(3).toString('hex').toUpperCase()
      append({ at: now().toISOString(), level: 'error', event: 'bug', ...allowed({ ref, procedure }), ...withoutData(error) })
      return ref
    },
  }
}

function rotateWhenFull(file: string, adding: number): void {
  if (!existsSync(file) || statSync(file).size + adding <= LOG_FILE_BYTES) return
  const older = (index: number) => `${file}.${index}`
  rmSync(older(LOG_FILES - 1), { force: true })
  for (let index = LOG_FILES - 2; index >= 1; index--) if (existsSync(older(index))) renameSync(older(index), older(index + 1))
  renameSync(file, older(1))
}

/** A value that is no id (a title, a path with spaces, a sentence) is replaced, so a careless caller leaks nothing. */
const clean = (value: string): string => (ID.test(value) && !/^[/\\]|^\w:[/\\]/.test(value) ? value : '(removed)')

function allowed(fields: LogFields): Record<string, string | number> {
  const entries = Object.entries(fields as Record<string, unknown>).filter(([key]) => ALLOWED.includes(key))
  return Object.fromEntries(
    entries.flatMap(([key, value]): [string, string | number][] => {
      if (typeof value === 'number') return [[key, value]]
      return typeof value === 'string' ? [[key, clean(value)]] : []
    }),
  )
}

const codeOf = (error: unknown): string | undefined => {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
  return typeof code === 'string' ? clean(code) : undefined
}

/** What helps to find a bug and holds no data: kind, code, and where in our own code. Messages often quote values, so they stay out. */
function withoutData(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const cause = error.cause === undefined ? {} : { cause: withoutData(error.cause) }
  return { error: clean(error.name), errorCode: codeOf(error), stack: frames.slice(0, 12).map(ownFrame), ...cause }
}

/** "at f (file:///somewhere/core/geo/x.ts:1:2)" → "at f core/geo/x.ts:1:2": the folder of the installation is nobody's business. */
function ownFrame(line: string): string {
  const place = /((?:core|db|electron|renderer|out|node_modules)[/\\][^():]*|node:[\w/]+):(\d+):(\d+)\)?$/.exec(line)
  const name = /^\s+at (?:async )?([\w.$<>]+) \(/.exec(line)?.[1] ?? ''
  return place === null ? `at ${name}` : `at ${name} ${place[1]}:${place[2]}:${place[3]}`
}
