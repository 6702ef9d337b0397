import { parentPort } from 'node:worker_threads'
import { AppError } from '#core/errors.ts'
import type { LinkReply, Watched } from './worker-link.ts'

/** Tells how much is done, 0 … 1; throws `request.cancelled` where nobody waits for it any more. */
export type Step = (share: number) => void

/** Between two tellings: often enough for a bar, seldom enough to cost nothing. */
const TELL_MS = 100

/** The worker's side of a `workerLink`: answers requests as they come for as long as the backend lives. */
export function answerRequests<Request extends object>(answer: (request: Request, step: Step) => unknown): void {
  const reply = (message: LinkReply) => parentPort?.postMessage(message)
  const failed = (id: number, error: unknown) => {
    if (error instanceof AppError) reply({ id, refused: error.toWire() })
    else reply({ id, failed: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
  parentPort?.on('message', (request: Request & Watched & { id: number }) => {
    const { id } = request
    try {
      const value = answer(
        request,
        stepOf(request, (share) => reply({ id, share })),
      )
      if (value instanceof Promise)
        value.then(
          (settled: unknown) => reply({ id, value: settled }),
          (error: unknown) => failed(id, error),
        )
      else reply({ id, value })
    } catch (error) {
      failed(id, error)
    }
  })
}

function stepOf({ stop }: Watched, tell: (share: number) => void): Step {
  const isStopped = stop && new Int32Array(stop)
  let told = performance.now()
  const step: Step = (share) => {
    if (!isStopped) return
    if (Atomics.load(isStopped, 0) === 1) throw new AppError('request.cancelled', { procedure: 'attributes' })
    if (performance.now() - told < TELL_MS) return
    told = performance.now()
    tell(share)
  }
  // What was called off while it waited its turn is not begun.
  step(0)
  return step
}
