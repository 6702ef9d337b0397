import { parentPort } from 'node:worker_threads'
import { AppError } from '#core/errors.ts'
import type { LinkReply } from './worker-link.ts'

/** The worker's side of a `workerLink`: answers one request after the other for as long as the backend lives. */
export function answerRequests<Request extends object>(answer: (request: Request) => unknown): void {
  parentPort?.on('message', (request: Request & { id: number }) => {
    const reply = (message: LinkReply) => parentPort?.postMessage(message)
    try {
      reply({ id: request.id, value: answer(request) })
    } catch (error) {
      if (error instanceof AppError) reply({ id: request.id, refused: error.toWire() })
      else reply({ id: request.id, failed: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
  })
}
