import type { Worker } from 'node:worker_threads'
import type { CallContext } from '#core/contract/procedures.ts'
import { fromWire, type WireError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import type { WorkerEntry } from './entry-url.ts'
import { startThread } from './start-thread.ts'

/** How a worker that is asked again and again replies: a value, a failure that a person can do something about, or a bug; before it, how far it is. */
export type LinkReply = { id: number } & ({ value: unknown } | { refused: WireError } | { failed: string } | { share: number })

/** What rides along with a request that can be watched and stopped: its first number becomes 1 when nobody waits any more. */
export interface Watched {
  stop?: SharedArrayBuffer
}

const READING = bilingual('正在读取图斑', 'Reading features')

export interface WorkerLink<Request extends object> {
  /** With a call, its progress is told and its cancel stops the work at its next step. */
  ask<T>(request: Request, call?: CallContext): Promise<T>
  close(): Promise<void>
}

interface Waiting {
  resolve: (value: never) => void
  reject: (error: Error) => void
  call: CallContext | undefined
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
      if ('share' in reply) {
        call?.call?.progress({ done: reply.share, total: 1, label: READING })
        return
      }
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
    ask<T>(request: Request, call?: CallContext): Promise<T> {
      worker ??= start()
      const id = ++lastId
      return new Promise<T>((resolve, reject) => {
        waiting.set(id, { resolve, reject, call })
        worker?.postMessage({ ...request, id, ...(call ? { stop: stopOf(call) } : {}) })
      })
    },
    async close() {
      await worker?.terminate()
    },
  }
}

/** The worker is busy and hears no message while it works; it sees a number in shared memory. */
function stopOf({ signal }: CallContext): SharedArrayBuffer {
  const stop = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
  const set = () => void Atomics.store(new Int32Array(stop), 0, 1)
  if (signal.aborted) set()
  else signal.addEventListener('abort', set)
  return stop
}
