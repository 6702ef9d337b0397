import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { AppError, fromWire, type WireError } from '#core/errors.ts'
import type { ChildEntry, ChildProcessHandle, LaunchChild } from '../child.ts'
import type { Log } from '../log.ts'

/** What every such process answers: a value, an expected failure, or a bug. */
export type Reply = { id: number } & ({ value: unknown } | { refused: WireError } | { failed: string })

export interface ReaderDependencies {
  launchChild: LaunchChild
  tempDir: string
  log: Pick<Log, 'bug'>
}

export interface KillableReader<R extends { shown: string }> {
  /** Asks and waits; a process that keeps silent longer than `patienceMs` is ended, and all that waited for it fails. */
  ask(request: R, patienceMs: number): Promise<unknown>
  /** Ends the process; the next question starts another. */
  stop(): void
}

/** One process for someone else's files, started when first asked and ended when it keeps silent. */
export function killableReader<R extends { shown: string }>(
  entry: ChildEntry,
  memoryMb: number,
  { launchChild, tempDir, log }: ReaderDependencies,
): KillableReader<R> {
  let child: ChildProcessHandle | null = null
  let lastId = 0
  let stagingDir = ''
  const waiting = new Map<number, { shown: string; resolve: (value: unknown) => void; reject: (error: Error) => void }>()

  function stop(): void {
    child?.kill()
    child = null
    if (stagingDir !== '') fs.rmSync(stagingDir, { recursive: true, force: true, maxRetries: 5 })
    for (const call of waiting.values()) call.reject(new AppError('import.reader-crashed', { file: call.shown }))
    waiting.clear()
  }
  function start(): ChildProcessHandle {
    stagingDir = path.join(tempDir, `${entry}-${randomUUID()}`)
    fs.mkdirSync(stagingDir, { recursive: true, mode: 0o700 })
    const started = launchChild(entry, { memoryMb })
    started.onExit(() => {
      if (child === started) stop()
    })
    started.onMessage((message) => {
      const reply = message as Reply
      const call = waiting.get(reply.id)
      waiting.delete(reply.id)
      if ('value' in reply) call?.resolve(reply.value)
      else if ('refused' in reply) call?.reject(fromWire(reply.refused))
      else {
        log.bug(new Error(reply.failed), entry)
        call?.reject(new AppError('import.reader-crashed', { file: call.shown }))
      }
    })
    return started
  }
  return {
    stop,
    async ask(request, patienceMs) {
      child ??= start()
      const id = ++lastId
      const answer = Promise.withResolvers<unknown>()
      waiting.set(id, { shown: request.shown, ...answer })
      child.post({ ...request, id, stagingDir, memoryMb })
      const overdue = setTimeout(stop, patienceMs)
      try {
        return await answer.promise
      } finally {
        clearTimeout(overdue)
      }
    },
  }
}
