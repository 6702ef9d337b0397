import type { CancelSignal } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import type { MemoDocument } from '#core/memo/document.ts'
import { oneJob, type JobLimits } from '../one-job.ts'
import type { PrintJob } from './pdf-worker.ts'
import type { PdfExtras } from './render-pdf.ts'

/** 1,878 pages were printed within them. With twice the memory V8 would let the heap grow fourfold between two collections, and print no sooner. */
export const PRINT_LIMITS: JobLimits = { seconds: 180, memoryMb: 1024 }

/**
 * Prints in a thread of its own, one export per thread, with limits of time and memory; cancelling kills it.
 * @throws AppError `memo.timeout`, `memo.too-large`, `request.cancelled`, and those of `print`.
 */
export const printPdf = (
  document: MemoDocument,
  extras: PdfExtras,
  signal?: CancelSignal,
  limits?: JobLimits,
): Promise<Uint8Array> => printed({ document, extras, format: 'pdf' }, signal, limits)

/** The same memo as a word processor's file, made in such a thread too. @throws what `writeDocx` and `printPdf` throw */
export const printDocx = (
  document: MemoDocument,
  extras: PdfExtras,
  signal?: CancelSignal,
  limits?: JobLimits,
): Promise<Uint8Array> => printed({ document, extras, format: 'docx' }, signal, limits)

function printed(job: PrintJob, signal?: CancelSignal, limits: JobLimits = PRINT_LIMITS): Promise<Uint8Array> {
  const failures = {
    cancelled: () => new AppError('request.cancelled', { procedure: 'memo.export' }),
    late: () => new AppError('memo.timeout', { seconds: limits.seconds }),
    tooLarge: () => new AppError('memo.too-large', { memoryMb: limits.memoryMb }),
  }
  return oneJob<Uint8Array>('pdf-worker', job, limits, failures, signal)
}
