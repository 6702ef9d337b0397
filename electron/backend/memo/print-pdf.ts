import type { CancelSignal } from '#core/contract/procedures.ts'
import { AppError, fromWire } from '#core/errors.ts'
import type { MemoDocument } from '#core/memo/document.ts'
import { startThread } from '#backend/start-thread.ts'
import type { PdfAnswer, PdfJob } from './pdf-worker.ts'
import type { PdfExtras } from './render-pdf.ts'

export interface PrintLimits {
  seconds: number
  memoryMb: number
}

/** Ten times what a memo of 200 pages takes. */
export const PRINT_LIMITS: PrintLimits = { seconds: 180, memoryMb: 2048 }

/**
 * Prints in a thread of its own, one export per thread, with limits of time and memory; cancelling kills it.
 * @throws AppError `memo.timeout`, `memo.too-large`, `request.cancelled`, and those of `print`.
 */
export function printPdf(
  document: MemoDocument,
  extras: PdfExtras,
  signal?: CancelSignal,
  limits: PrintLimits = PRINT_LIMITS,
): Promise<Uint8Array> {
  if (signal?.aborted === true) return Promise.reject(new AppError('request.cancelled', { procedure: 'memo.export' }))
  return new Promise((resolve, reject) => {
    const job: PdfJob = { document, extras }
    const worker = startThread('pdf-worker', {
      workerData: job,
      resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb },
    })
    let settled = false
    const settle = (finish: () => void): void => {
      if (settled) return
      settled = true
      clearTimeout(timer)
      void worker.terminate().then(finish, reject)
    }
    const timer = setTimeout(
      () => settle(() => reject(new AppError('memo.timeout', { seconds: limits.seconds }))),
      limits.seconds * 1000,
    )
    signal?.addEventListener(
      'abort',
      () => settle(() => reject(new AppError('request.cancelled', { procedure: 'memo.export' }))),
      { once: true },
    )
    worker.on('message', (answer: PdfAnswer) =>
      settle(() => ('bytes' in answer ? resolve(answer.bytes) : reject(fromWire(answer.error)))),
    )
    worker.on('error', (error: Error & { code?: string }) =>
      settle(() =>
        reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new AppError('memo.too-large', { memoryMb: limits.memoryMb }) : error),
      ),
    )
    worker.on('exit', (code) => settle(() => reject(new Error(`the PDF worker ended with code ${code} before it answered`))))
  })
}
