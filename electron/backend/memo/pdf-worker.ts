import { parentPort, workerData } from 'node:worker_threads'
import { AppError } from '#core/errors.ts'
import type { MemoDocument } from '#core/memo/document.ts'
import type { JobAnswer } from '../one-job.ts'
import { print } from './print.ts'
import type { PdfExtras } from './render-pdf.ts'

export interface PdfJob {
  document: MemoDocument
  extras: PdfExtras
}

if (parentPort === null) throw new Error('pdf-worker runs as a worker thread')
const { document, extras } = workerData as PdfJob
try {
  const bytes = await print(document, extras)
  parentPort.postMessage({ done: bytes } satisfies JobAnswer<Uint8Array>, [bytes.buffer as ArrayBuffer])
} catch (error) {
  if (!(error instanceof AppError)) throw error
  parentPort.postMessage({ error: error.toWire() } satisfies JobAnswer<Uint8Array>)
}
