import { readFileSync, statSync } from 'node:fs'
import { AppError } from '#core/errors.ts'
import type { SheetFile, SheetKind } from '#core/model/sheet.ts'
import { bilingual } from '#core/text.ts'
import { isTiff } from '../formats/raster/tiff-directory.ts'
import { readHead } from '../formats/read-file.ts'
import { jpegSize, pngSize } from './image-head.ts'
import { inspectPdf } from './pdf-sheet.ts'
import { inspectTiff } from './tiff-sheet.ts'
import { fromWorldFile } from './world-place.ts'

/** PNG and JPEG are handed to the screen whole. */
const MOST_PICTURE_MB = 512

/** What kind of sheet a file begins like; undefined for every other file. */
export function sheetKindOf(head: Buffer): SheetKind | undefined {
  const text = head.toString('latin1', 0, 1024)
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (text.startsWith('\xff\xd8\xff')) return 'jpeg'
  if (isTiff(head)) return 'tiff'
  // Readers allow other bytes before the header.
  return text.includes('%PDF-') ? 'pdf' : undefined
}

/**
 * What a file holds that could be a plan sheet: pages, sizes, and where they say they lie. Runs only in a killable process.
 * @throws AppError `sheet.*`, `import.raster-broken`, `basemap.unreadable`
 */
export async function inspectSheet(file: string, shown: string): Promise<Pick<SheetFile, 'kind' | 'pages'>> {
  const kind = sheetKindOf(readHead(file, shown))
  if (kind === undefined)
    throw new AppError('sheet.unreadable', {
      file: shown,
      problem: bilingual('不是 PDF、PNG、JPEG 或 TIFF', 'it is no PDF, PNG, JPEG or TIFF'),
    })
  if (kind === 'pdf') return { kind, pages: await inspectPdf(file, shown) }
  if (kind === 'tiff') return { kind, pages: [{ page: 1, ...(await inspectTiff(file, shown)) }] }
  const sizeMb = Math.ceil(statSync(file).size / 2 ** 20)
  if (sizeMb > MOST_PICTURE_MB) throw new AppError('import.file-too-large', { file: shown, sizeMb, limitMb: MOST_PICTURE_MB })
  const bytes = readFileSync(file)
  const size = kind === 'png' ? pngSize(bytes, shown) : jpegSize(bytes, shown)
  return { kind, pages: [{ page: 1, ...size, ...fromWorldFile(file, size) }] }
}
