import type { SheetPage } from '#core/map-sheet/compose.ts'
import { withDensity } from '../basemap/png.ts'
import { PX_PER_MM, rasterised } from '../memo/docx-raster.ts'
import { fontGlyphs, glyphCoverage, memoFonts } from '../memo/fonts.ts'
import { gated } from './gated-words.ts'

/**
 * A sheet as a PNG that says its size on paper, so that programs which print it at 100 % keep its scale. Blocks its thread while it draws.
 * @throws AppError `memo.no-rasteriser` where the canvas is missing
 */
export async function sheetPng(
  { svg, sizeMm: [widthMm, heightMm] }: SheetPage,
  pictures: Readonly<Record<string, string>>,
): Promise<Uint8Array> {
  const png = await rasterised(gated(svg, glyphCoverage(fontGlyphs(memoFonts()))), widthMm, heightMm, pictures)
  return withDensity(png, PX_PER_MM * 1000)
}
