import type { PDFDocumentLoadingTask } from 'pdfjs-dist'
import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import { pdfWorkerUrl } from '../trusted-types.ts'

/** Sharp enough to read street names of an A0 sheet, and 100 MB at most. */
const LONGEST_PX = 6144
const MOST_PX = 25_000_000
const MOST_IMAGE_PX = 150_000_000
const PATIENCE_MS = 90_000

const base = (folder: string): string => new URL(`pdfjs/${folder}/`, document.baseURI).href

/**
 * Draws one page of a PDF: parsed in a worker of its own that ends with it; nothing in it is run and nothing is fetched but
 * the package's own fonts and character maps.
 * @throws AppError `sheet.unreadable`
 */
export async function drawPdfPage(bytes: Uint8Array, page: number, name: string): Promise<HTMLCanvasElement> {
  const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const worker = new Worker(pdfWorkerUrl(), { type: 'module' })
  let task: PDFDocumentLoadingTask | undefined
  const overdue = Promise.withResolvers<never>()
  const timer = setTimeout(() => overdue.reject(new Error('the page takes too long to draw')), PATIENCE_MS)
  try {
    task = pdfjs.getDocument({
      data: bytes,
      worker: pdfjs.PDFWorker.create({ port: worker as never }),
      cMapUrl: base('cmaps'),
      standardFontDataUrl: base('fonts'),
      wasmUrl: base('decoders'),
      useWasm: false,
      enableXfa: false,
      disableWorkerRendering: true,
      maxImageSize: MOST_IMAGE_PX,
      verbosity: pdfjs.VerbosityLevel.ERRORS,
    } as Parameters<typeof pdfjs.getDocument>[0])
    return await Promise.race([drawn(task, page), overdue.promise])
  } catch (error) {
    throw new AppError(
      'sheet.unreadable',
      { file: name, problem: bilingual('页面无法绘制', 'the page cannot be drawn') },
      { cause: error },
    )
  } finally {
    clearTimeout(timer)
    await task?.destroy().catch(() => undefined)
    worker.terminate()
  }
}

async function drawn(task: PDFDocumentLoadingTask, number: number): Promise<HTMLCanvasElement> {
  const page = await (await task.promise).getPage(number)
  const { width, height } = page.getViewport({ scale: 1 })
  const scale = Math.min(LONGEST_PX / Math.max(width, height), Math.sqrt(MOST_PX / (width * height)))
  const viewport = page.getViewport({ scale })
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(viewport.width))
  canvas.height = Math.max(1, Math.round(viewport.height))
  await page.render({ canvas, viewport, background: '#FFFFFF' }).promise
  return canvas
}
