import { parentPort } from 'node:worker_threads'
import { AppError } from '#core/errors.ts'
import type { LinkReply } from './worker-link.ts'

/** The worker's side of a `workerLink`: answers requests as they come for as long as the backend lives. */
export function answerRequests<Request extends object>(answer: (request: Request) => unknown): void {
  const reply = (message: LinkReply) => parentPort?.postMessage(message)
  const failed = (id: number, error: unknown) => {
    if (error instanceof AppError) reply({ id, refused: error.toWire() })
    else reply({ id, failed: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
  parentPort?.on('message', (request: Request & { id: number }) => {
    const { id } = request
    try {
      const value = answer(request)
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
