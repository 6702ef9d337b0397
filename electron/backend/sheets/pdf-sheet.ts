import { readFileSync, statSync } from 'node:fs'
import { ParseSpeeds, PDFDocument, type PDFPage } from 'pdf-lib'
import { AppError } from '#core/errors.ts'
import type { SheetPage } from '#core/model/sheet.ts'
import { bilingual } from '#core/text.ts'
import { geoMeasures, type ToSheet } from './geo-measure.ts'
import { lgiDicts } from './lgi-dict.ts'
import { hasPlausibleXrefs } from './pdf-xref.ts'

const MOST_MB = 256
const MOST_PAGES = 5000
/** ISO 32000-2, annex C: no page is longer. */
const MOST_POINTS = 14_400 * 100

/**
 * Pages of a PDF with their sizes as seen and the registrations in them. Content is not looked at. Runs only in the sheet process.
 * @throws AppError `sheet.encrypted`, `sheet.too-large`, `sheet.unreadable`
 */
export async function inspectPdf(file: string, shown: string): Promise<SheetPage[]> {
  const sizeMb = Math.ceil(statSync(file).size / 2 ** 20)
  if (sizeMb > MOST_MB) throw new AppError('import.file-too-large', { file: shown, sizeMb, limitMb: MOST_MB })
  const damaged = (cause?: unknown) =>
    new AppError('sheet.unreadable', { file: shown, problem: bilingual('PDF 已损坏', 'the PDF is damaged') }, { cause })
  const bytes = readFileSync(file)
  if (!hasPlausibleXrefs(bytes)) throw damaged()
  try {
    const pdf = await PDFDocument.load(bytes, {
      parseSpeed: ParseSpeeds.Fastest,
      updateMetadata: false,
      throwOnInvalidObject: false,
    })
    const pages = pdf.getPages()
    if (pages.length > MOST_PAGES)
      throw new AppError('sheet.too-large', {
        file: shown,
        what: bilingual('页数', 'pages'),
        found: pages.length,
        limit: MOST_PAGES,
      })
    if (pages.length === 0)
      throw new AppError('sheet.unreadable', { file: shown, problem: bilingual('没有页面', 'it has no pages') })
    return pages.map((page, index) => pageOf(page, index + 1, shown))
  } catch (error) {
    if (error instanceof AppError) throw error
    // The library's own error class is lost when its code is made for old engines.
    if (error instanceof Error && error.message.includes('is encrypted'))
      throw new AppError('sheet.encrypted', { file: shown }, { cause: error })
    throw damaged(error)
  }
}

/** The box that a reader shows: what the page is cut to, within its medium. */
function boxOf(page: PDFPage): [left: number, bottom: number, right: number, top: number] {
  const [medium, cut] = [page.getMediaBox(), page.getCropBox()]
  const left = Math.max(medium.x, cut.x)
  const bottom = Math.max(medium.y, cut.y)
  const right = Math.min(medium.x + medium.width, cut.x + cut.width)
  const top = Math.min(medium.y + medium.height, cut.y + cut.height)
  if (right > left && top > bottom) return [left, bottom, right, top]
  return [medium.x, medium.y, medium.x + medium.width, medium.y + medium.height]
}

function pageOf(page: PDFPage, number: number, shown: string): SheetPage {
  const box = boxOf(page)
  const [left, bottom, right, top] = box
  const [across, down] = [right - left, top - bottom]
  if (!(across > 0 && down > 0 && across <= MOST_POINTS && down <= MOST_POINTS))
    throw new AppError('sheet.unreadable', {
      file: shown,
      problem: bilingual(`第 ${number} 页没有大小`, `page ${number} has no size`),
    })
  const quarter = (((Math.round(page.getRotation().angle / 90) % 4) + 4) % 4) as 0 | 1 | 2 | 3
  const toSheet: ToSheet = (x, y) =>
    (
      [
        [x - left, top - y],
        [y - bottom, x - left],
        [right - x, y - bottom],
        [top - y, right - x],
      ] as const satisfies readonly (readonly [number, number])[]
    )[quarter].slice() as [number, number]
  const [measures, dicts] = [geoMeasures(page.node, toSheet), lgiDicts(page.node, toSheet, box)]
  return {
    page: number,
    width: quarter % 2 === 0 ? across : down,
    height: quarter % 2 === 0 ? down : across,
    registrations: [...measures.registrations, ...dicts.registrations],
    problems: [...measures.problems, ...dicts.problems],
  }
}
