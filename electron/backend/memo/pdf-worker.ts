import { parentPort, workerData } from 'node:worker_threads'
import { AppError } from '#core/errors.ts'
import type { MemoDocument } from '#core/memo/document.ts'
import type { JobAnswer } from '../one-job.ts'
import type { PdfExtras } from './render-pdf.ts'

/** What the thread is to make. */
export interface PrintJob {
  document: MemoDocument
  extras: PdfExtras
  format: 'pdf' | 'docx'
}

if (parentPort === null) throw new Error('pdf-worker runs as a worker thread')
const { document, extras, format } = workerData as PrintJob
try {
  // Each writer is loaded only where it is used: neither is small.
  const bytes =
    format === 'docx'
      ? await (await import('./docx.ts')).writeDocx(document, extras)
      : await (await import('./print.ts')).print(document, extras)
  parentPort.postMessage({ done: bytes } satisfies JobAnswer<Uint8Array>, [bytes.buffer as ArrayBuffer])
} catch (error) {
  if (!(error instanceof AppError)) throw error
  parentPort.postMessage({ error: error.toWire() } satisfies JobAnswer<Uint8Array>)
}
