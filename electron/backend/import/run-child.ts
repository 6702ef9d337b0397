import fs from 'node:fs'
import path from 'node:path'
import { randomUUID } from 'node:crypto'
import type { CallContext } from '#core/contract/procedures.ts'
import { AppError, fromWire } from '#core/errors.ts'
import type { Log } from '../log.ts'
import type { Command, CommandName, FromChild, ImportCommands } from './messages.ts'
import type { ReadyChild } from './ready-child.ts'

export interface ChildBudgets {
  /** The child is ended when it shows no sign of life for this long. */
  silentMs: number
  /** Heap limit, and the resident memory at which it gives up, MB. */
  memoryMb: number
}

export const DEFAULT_BUDGETS: ChildBudgets = { silentMs: 60_000, memoryMb: 4096 }

export interface ChildRunner {
  children: ReadyChild
  /** Below it each run gets its own staging folder. */
  tempDir: string
  /** Where children keep the program's compiled code; null for nowhere. */
  codeCacheDir: string | null
  budgets: ChildBudgets
  log: Log
}

/** Folders of runs start with this, so that those a crash left are known. */
const STAGING_PREFIX = 'import-'

/** Deletes the staging folders that a crash left. Only before the first run: one catalogue has one backend. */
export function clearStaging(tempDir: string): void {
  if (!fs.existsSync(tempDir)) return
  for (const name of fs.readdirSync(tempDir))
    if (name.startsWith(STAGING_PREFIX)) fs.rmSync(path.join(tempDir, name), { recursive: true, force: true })
}

/** Exit codes of a process whose V8 heap is full: SIGABRT by shell convention, a breakpoint or Chromium's own code on Windows. */
const OUT_OF_MEMORY_CODES = [134, 0x80000003, 0x80000003 | 0, 0xe0000008, 0xe0000008 | 0]

/**
 * Runs one command in its own process and ends that process, whatever happened. Cancel and overdue children are killed; the
 * promise settles only after the child is gone and its staging folder deleted.
 * @throws AppError as the child reported it, `request.cancelled`, `import.too-slow`, `import.too-large`, `import.reader-crashed`.
 */
export async function runChild<N extends CommandName>(
  runner: ChildRunner,
  command: N,
  input: ImportCommands[N]['input'],
  call: CallContext,
): Promise<ImportCommands[N]['output']> {
  const procedure = command === 'import' ? 'import.run' : 'import.inspect'
  if (call.signal.aborted) throw new AppError('request.cancelled', { procedure })
  const stagingDir = path.join(runner.tempDir, `${STAGING_PREFIX}${randomUUID()}`)
  fs.mkdirSync(stagingDir, { recursive: true, mode: 0o700 })
  try {
    const { memoryMb } = runner.budgets
    const message = { command, input, stagingDir, memoryMb, codeCacheDir: runner.codeCacheDir } as Command
    const output = await converse(runner, message, call, procedure)
    return output as ImportCommands[N]['output'] // the child runs this very code
  } finally {
    fs.rmSync(stagingDir, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function converse(runner: ChildRunner, message: Command, call: CallContext, procedure: string): Promise<unknown> {
  const { silentMs, memoryMb } = runner.budgets
  const child = runner.children.take()
  const exited = Promise.withResolvers<{ code: number | null; signal: string | null }>()
  child.onExit((code, signal) => exited.resolve({ code, signal }))
  const answer = Promise.withResolvers<unknown>()
  let file: string | null = null
  const tooSlow = () => answer.reject(new AppError('import.too-slow', { file, seconds: Math.round(silentMs / 1000) }))
  let silence = setTimeout(tooSlow, silentMs)
  let ended = false

  child.onMessage((received) => {
    if (ended) return
    const from = received as FromChild
    clearTimeout(silence)
    silence = setTimeout(tooSlow, silentMs)
    if (from.t === 'progress') {
      file = from.file ?? file
      call.progress(from.progress)
    } else if (from.t === 'done') answer.resolve(from.output)
    else if (from.t === 'failed') answer.reject(fromWire(from.error))
    else {
      const error = new Error('unexpected failure in the import process')
      error.name = from.name
      error.stack = from.stack
      runner.log.bug(error, procedure)
      answer.reject(new AppError('import.reader-crashed', { file }))
    }
  })
  void exited.promise.then(({ code, signal }) => {
    const full = signal === 'SIGABRT' || (code !== null && OUT_OF_MEMORY_CODES.includes(code))
    answer.reject(
      full ? new AppError('import.too-large', { file, limitMb: memoryMb }) : new AppError('import.reader-crashed', { file }),
    )
  })
  call.signal.addEventListener('abort', () => answer.reject(new AppError('request.cancelled', { procedure })), { once: true })
  child.post(message)

  try {
    return await answer.promise
  } finally {
    ended = true
    clearTimeout(silence)
    child.kill()
    await exited.promise
  }
}
