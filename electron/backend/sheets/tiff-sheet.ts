import { writeFileSync } from 'node:fs'
import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import { encodePng } from '../basemap/png.ts'
import { openTiffPicture, thinCopy } from '../basemap/tiff-picture.ts'
import { affineOf, crsOf } from '../formats/raster/geotiff-place.ts'
import type { ImageSize } from './image-head.ts'
import { extentOfPairs, fromWorldFile, placingBy, type Placing } from './world-place.ts'

/** A sheet is looked at as one picture: this long is sharp on every screen and 200 MB at most when decoded. */
const PICTURE_PX = 8192
const BAND_CELLS = 2 ** 22
const MOST_PIXELS = 2 ** 31

/** The size of a TIFF that is a sheet, and where its tags or a world file put it. */
export async function inspectTiff(file: string, shown: string): Promise<ImageSize & Placing> {
  const picture = await openTiffPicture(file, shown)
  try {
    const { columns: width, rows: height } = picture.levels[0]
    if (width * height > MOST_PIXELS)
      throw new AppError('sheet.too-large', {
        file: shown,
        what: bilingual('像素数', 'pixels'),
        found: width * height,
        limit: MOST_PIXELS,
      })
    const [size, affine] = [{ width, height }, affineOf(picture.tags)]
    if (!affine) return { ...size, ...fromWorldFile(file, size) }
    const reason = bilingual('GeoTIFF 标签写明了图片位置', 'the tags of the GeoTIFF say where it lies')
    const placing = placingBy(affine, size, bilingual('GeoTIFF 标签', 'the tags of the GeoTIFF'), (pairs) => {
      const crs = crsOf(picture.tags.keys, extentOfPairs(pairs), file)
      return { source: 'geotiff', crs, pairs, neatline: null, reason }
    })
    return { ...size, ...placing }
  } finally {
    picture.close()
  }
}

/** Writes what a TIFF shows as a PNG that every browser reads; thinned out where it is larger than a screen can use. */
export async function writePicture(file: string, shown: string, target: string): Promise<void> {
  const picture = await openTiffPicture(file, shown)
  try {
    const fits = picture.levels.filter(({ columns, rows }) => Math.max(columns, rows) >= PICTURE_PX).at(-1) ?? picture.levels[0]
    const blockRows = fits === picture.levels[0] ? picture.blockRows : 256
    const { columns, rows, rgba } = await thinCopy(fits, blockRows, PICTURE_PX, BAND_CELLS)
    writeFileSync(target, encodePng(rgba, columns, rows))
  } finally {
    picture.close()
  }
}
