import type { CancelSignal } from '#core/contract/procedures.ts'
import { AppError, fromWire, type WireError } from '#core/errors.ts'
import type { WorkerEntry } from './entry-url.ts'
import { startThread } from './start-thread.ts'

export interface JobLimits {
  seconds: number
  memoryMb: number
}

/**
 * Room for what a thread has just made, in MB. V8 takes many times as much where the machine has it and gives it back seconds after the
 * thread has ended: printing 222 pages held 130 MB more, and was no quicker.
 */
const YOUNG_MB = 24

/** How far a job is. */
export interface JobProgress {
  done: number
  total: number
}

/** What a thread with one job answers, once, after it may have told how far it is. A bug is not an answer: it ends the thread. */
export type JobAnswer<T> = { done: T } | { error: WireError } | { progress: JobProgress }

/** The failures of a job that is not finished, in the words of its room. */
export interface JobFailures {
  cancelled: () => AppError
  late: () => AppError
  tooLarge: () => AppError
}

/**
 * Does one job in a thread of its own, with limits of time and memory; cancelling kills it.
 * @throws what `failures` make, and AppErrors that the thread answers
 */
export function oneJob<T>(
  entry: WorkerEntry,
  job: unknown,
  limits: JobLimits,
  failures: JobFailures,
  signal?: CancelSignal,
  report?: (progress: JobProgress) => void,
): Promise<T> {
  if (signal?.aborted === true) return Promise.reject(failures.cancelled())
  return new Promise((resolve, reject) => {
    const resourceLimits = { maxOldGenerationSizeMb: limits.memoryMb, maxYoungGenerationSizeMb: YOUNG_MB }
    const worker = startThread(entry, { workerData: job, resourceLimits })
    let settled = false
    const settle = (finish: () => void): void => {
      if (settled) return
      settled = true
      clearTimeout(timer)
      void worker.terminate().then(finish, reject)
    }
    const timer = setTimeout(() => settle(() => reject(failures.late())), limits.seconds * 1000)
    signal?.addEventListener('abort', () => settle(() => reject(failures.cancelled())), { once: true })
    worker.on('message', (answer: JobAnswer<T>) => {
      if ('progress' in answer) return report?.(answer.progress)
      settle(() => ('done' in answer ? resolve(answer.done) : reject(fromWire(answer.error))))
    })
    worker.on('error', (error: Error & { code?: string }) =>
      settle(() => reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? failures.tooLarge() : error)),
    )
    worker.on('exit', (code) => settle(() => reject(new Error(`the ${entry} ended with code ${code} before it answered`))))
  })
}
