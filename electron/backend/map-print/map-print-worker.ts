import { parentPort, workerData } from 'node:worker_threads'
import { AppError } from '#core/errors.ts'
import type { SheetFacts } from '#core/contract/map-sheet-procedures.ts'
import type { SheetPage } from '#core/map-sheet/compose.ts'
import { withPictures } from '#core/map-sheet/sheet-pictures.ts'
import type { JobAnswer } from '../one-job.ts'
import { planSheet, type SheetJob } from './plan-sheet.ts'

export interface PrintJob extends SheetJob {
  wanted: 'drawings' | 'pdf' | 'png'
  producer: string
}

/** The drawings of all pages, the file that is printed of them, or a picture of the first. */
export interface PrintedSheet {
  facts: SheetFacts
  drawings: SheetPage[]
  pdf: Uint8Array | null
  png: Uint8Array | null
}

if (parentPort === null) throw new Error('map-print-worker runs as a worker thread')
const job = workerData as PrintJob
const answer = (reply: JobAnswer<PrintedSheet>) => parentPort?.postMessage(reply)
try {
  const { sheet, facts, title, alt } = planSheet(job)
  if (job.wanted === 'drawings') {
    const drawings = sheet.pages.map((page) => ({ ...page, svg: withPictures(page.svg, sheet.pictures) }))
    answer({ done: { facts, drawings, pdf: null, png: null } })
  } else if (job.wanted === 'png') {
    const { sheetPng } = await import('./sheet-png.ts')
    const [page] = sheet.pages
    if (page === undefined) throw new Error('a map has at least one page')
    answer({ done: { facts, drawings: [], pdf: null, png: await sheetPng(page, sheet.pictures) } })
  } else {
    const { sheetPdf } = await import('./sheet-pdf.ts')
    const words = { title, alt, producer: job.producer, date: new Date(job.date), lang: job.asked.lang, place: job.plan }
    answer({ done: { facts, drawings: [], pdf: await sheetPdf(sheet.pages, words, sheet.pictures), png: null } })
  }
} catch (error) {
  if (!(error instanceof AppError)) throw error
  answer({ error: error.toWire() })
}
