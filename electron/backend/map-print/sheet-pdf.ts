import { PDFDict, PDFDocument, PDFName } from 'pdf-lib'
import { LANGUAGE_TAGS } from '#core/memo/language-parts.ts'
import { assertOwnSvg } from '#core/map/own-svg.ts'
import { PT_PER_MM } from '#core/map/paper.ts'
import type { SheetPage } from '#core/map-sheet/compose.ts'
import { mapRegistration } from '#core/map/registration.ts'
import type { Plan } from '#core/model/plan.ts'
import type { Lang } from '#core/text.ts'
import { fontGlyphs, fontPaths, glyphCoverage, memoFonts, SANS } from '../memo/fonts.ts'
import { identify } from '../memo/pdf-archive.ts'
import { loadPdfmake, type PdfDefinition, type PdfNode } from '../memo/pdfmake.ts'
import { gated } from './gated-words.ts'

interface SheetWords {
  title: string
  alt: string
  producer: string
  date: Date
  lang: Lang
  /** The plan's system and frame: by them the pages are registered on Earth. Absent, or without a known place: they are not. */
  place?: Pick<Plan, 'crs' | 'frame'>
}

/**
 * Prints the pages of a map, one drawing to a page of its size, tagged and for archives as memos are. The file tells printers not to fit it
 * to their paper: the scale stays true. Blocks its thread for seconds: run it in the worker.
 */
export async function sheetPdf(
  pages: readonly SheetPage[],
  words: SheetWords,
  pictures: Readonly<Record<string, string>> = {},
): Promise<Uint8Array> {
  const fonts = memoFonts()
  const covers = glyphCoverage(fontGlyphs(fonts))
  const shown = pages.map((page) => ({ ...page, svg: gated(page.svg, covers) }))
  const printed = loadPdfmake(fonts, fontPaths(fonts)).createPdf(definition(shown, words, pictures))
  identify(await printed.getStream())
  return unscaled(new Uint8Array(await printed.getBuffer()))
}

function definition(
  pages: readonly SheetPage[],
  { title, alt, producer, date, lang, place }: SheetWords,
  pictures: Readonly<Record<string, string>>,
): PdfDefinition {
  const [first] = pages
  if (first === undefined) throw new Error('a map has at least one page')
  const [width, height] = first.sizeMm.map((length) => length * PT_PER_MM) as [number, number]
  return {
    version: '1.7',
    subset: 'PDF/A-3a',
    tagged: true,
    language: LANGUAGE_TAGS[lang],
    displayTitle: true,
    compress: true,
    info: { title, creator: producer, producer: 'pdfmake', creationDate: date, modDate: date },
    pageSize: { width, height },
    pageMargins: [0, 0, 0, 0],
    defaultStyle: { font: SANS, fontSize: 8 },
    content: pages.map((page, at): PdfNode => {
      assertOwnSvg(page.svg)
      const registration = place === undefined ? null : registrationOf(page, place)
      return {
        tag: { type: 'Figure', alt: `${alt} ${page.name}`.trim() },
        svg: page.svg,
        ...(registration && { registration }),
        width,
        height,
        absolutePosition: { x: 0, y: 0 },
        font: SANS,
        options: { imageCallback: (name) => pictures[name] ?? '', warningCallback: refuse },
        ...(at === 0 ? {} : { pageBreak: 'before' as const }),
      }
    }),
    files: {},
  }
}

/** The frame of the map on a page; null where the page shows none of it, or the plan has no known place. */
function registrationOf({ map, sizeMm }: SheetPage, { crs, frame }: Pick<Plan, 'crs' | 'frame'>) {
  if (map === null) return null
  const { xMm, yMm, widthMm, heightMm } = map.boxMm
  return mapRegistration(frame, crs, map, { drawing: [...sizeMm], frame: [xMm, yMm, xMm + widthMm, yMm + heightMm] })
}

function refuse(warning: string): void {
  throw new Error(`the map could not be drawn completely: ${warning}`)
}

/** Viewers offer to fit pages to the printer's paper; a map must not be. */
async function unscaled(bytes: Uint8Array): Promise<Uint8Array> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false })
  const known = document.catalog.lookupMaybe(PDFName.of('ViewerPreferences'), PDFDict)
  const preferences = known ?? document.context.obj({})
  preferences.set(PDFName.of('PrintScaling'), PDFName.of('None'))
  if (known === undefined) document.catalog.set(PDFName.of('ViewerPreferences'), preferences)
  return document.save({ useObjectStreams: false })
}
