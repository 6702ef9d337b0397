import { parentPort, workerData } from 'node:worker_threads'
import { AppError, type WireError } from '#core/errors.ts'
import type { MemoDocument } from '#core/memo/document.ts'
import { print } from './print.ts'
import type { PdfExtras } from './render-pdf.ts'

export interface PdfJob {
  document: MemoDocument
  extras: PdfExtras
}

/** What the worker answers, once. A bug is not an answer: it ends the worker. */
export type PdfAnswer = { bytes: Uint8Array } | { error: WireError }

if (parentPort === null) throw new Error('pdf-worker runs as a worker thread')
const { document, extras } = workerData as PdfJob
try {
  const bytes = await print(document, extras)
  parentPort.postMessage({ bytes } satisfies PdfAnswer, [bytes.buffer as ArrayBuffer])
} catch (error) {
  if (!(error instanceof AppError)) throw error
  parentPort.postMessage({ error: error.toWire() } satisfies PdfAnswer)
}
