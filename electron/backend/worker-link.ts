import type { Worker } from 'node:worker_threads'
import { fromWire, type WireError } from '#core/errors.ts'
import type { WorkerEntry } from './entry-url.ts'
import { startThread } from './start-thread.ts'

/** How a worker that is asked again and again replies: a value, a failure that a person can do something about, or a bug. */
export type LinkReply = { id: number } & ({ value: unknown } | { refused: WireError } | { failed: string })

export interface WorkerLink<Request extends object> {
  ask<T>(request: Request): Promise<T>
  close(): Promise<void>
}

interface Waiting {
  resolve: (value: never) => void
  reject: (error: Error) => void
}

/**
 * One worker thread that is started when first asked, answers requests by number, and is started anew when it has ended. Its memory is kept
 * between requests; it does not keep the process alive.
 */
export function workerLink<Request extends object>(entry: WorkerEntry): WorkerLink<Request> {
  let worker: Worker | null = null
  let lastId = 0
  const waiting = new Map<number, Waiting>()

  function start(): Worker {
    const started = startThread(entry)
    started.unref()
    started.on('message', (reply: LinkReply) => {
      const call = waiting.get(reply.id)
      waiting.delete(reply.id)
      if ('value' in reply) call?.resolve(reply.value as never)
      else call?.reject('refused' in reply ? fromWire(reply.refused) : new Error(reply.failed))
    })
    const ended = (error?: Error) => {
      // After an error comes the exit too; by then another worker may be at work.
      if (worker !== started) return
      worker = null
      for (const call of waiting.values()) call.reject(error ?? new Error(`the ${entry.replace('-', ' ')} ended`))
      waiting.clear()
    }
    started.on('error', ended)
    started.on('exit', () => ended())
    return started
  }

  return {
    ask<T>(request: Request): Promise<T> {
      worker ??= start()
      const id = ++lastId
      return new Promise<T>((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        worker?.postMessage({ ...request, id })
      })
    },
    async close() {
      await worker?.terminate()
    },
  }
}
