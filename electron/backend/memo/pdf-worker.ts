import { parentPort, workerData } from 'node:worker_threads'
import { AppError } from '#core/errors.ts'
import type { MemoInput } from '#core/memo/context.ts'
import type { MemoDocument } from '#core/memo/document.ts'
import type { MemoLang, MemoOptions } from '#core/memo/memo-options.ts'
import type { JobAnswer } from '../one-job.ts'
import type { PdfExtras } from './render-pdf.ts'

/** What the thread is to print. */
export interface PrintJob {
  document: MemoDocument
  extras: PdfExtras
  format: 'pdf' | 'docx'
}

/** What the thread is to compose: an atlas takes seconds. */
export interface ComposeJob {
  input: Omit<MemoInput, 'drawChart' | 'report'>
  lang: MemoLang
  chosen?: MemoOptions
  format: 'document'
}

if (parentPort === null) throw new Error('pdf-worker runs as a worker thread')
const port = parentPort
const job = workerData as PrintJob | ComposeJob

async function composed({ input, lang, chosen }: ComposeJob): Promise<MemoDocument> {
  const [{ composeMemo }, { renderChart }] = await Promise.all([
    import('#core/memo/compose.ts'),
    import('#core/charts/render-svg.ts'),
  ])
  const report = (done: number, total: number) =>
    port.postMessage({ progress: { done, total } } satisfies JobAnswer<MemoDocument>)
  return composeMemo({ ...input, drawChart: renderChart, report }, lang, chosen)
}

async function printed({ document, extras, format }: PrintJob): Promise<Uint8Array> {
  // Each writer is loaded only where it is used: neither is small.
  return format === 'docx'
    ? (await import('./docx.ts')).writeDocx(document, extras)
    : (await import('./print.ts')).print(document, extras)
}

try {
  if (job.format === 'document') port.postMessage({ done: await composed(job) } satisfies JobAnswer<MemoDocument>)
  else {
    const bytes = await printed(job)
    port.postMessage({ done: bytes } satisfies JobAnswer<Uint8Array>, [bytes.buffer as ArrayBuffer])
  }
} catch (error) {
  if (!(error instanceof AppError)) throw error
  port.postMessage({ error: error.toWire() } satisfies JobAnswer<Uint8Array>)
}
