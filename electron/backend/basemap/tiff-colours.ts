import type { GeoTIFFImage } from 'geotiff'
import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'

/** Red, green, blue and alpha of a part of an image. */
export type ColourReader = (left: number, top: number, right: number, bottom: number) => Promise<Uint8Array>

type Tag = ArrayLike<number> | string | number | undefined

/** A tag's value, loaded when it lies elsewhere in the file; undefined when it is absent. */
export async function tagOf(image: GeoTIFFImage, name: string): Promise<Tag> {
  const { fileDirectory } = image
  return fileDirectory.hasTag(name as never) ? ((await fileDirectory.loadValue(name as never)) as Tag) : undefined
}

const noColours = (shown: string, zh: string, en: string): AppError =>
  new AppError('basemap.unreadable', { file: shown, problem: bilingual(zh, en) })

/* Values of the tag PhotometricInterpretation (TIFF 6.0). */
const [WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, PALETTE, MASK] = [0, 1, 2, 3, 4]
const CONVERTED = [5, 6, 8]
const UNSIGNED = 1
const ALPHA = [1, 2]

/**
 * How an image's cells become colours: grey, palette and RGB of 1 to 16 bits with or without alpha; CMYK, YCbCr and CIELab by
 * the reader library. Cells of the declared "no data" value are see-through.
 * @throws AppError `basemap.unreadable` where they are figures and no colours
 */
export async function colourReader(image: GeoTIFFImage, shown: string): Promise<ColourReader> {
  const kind = Number((await tagOf(image, 'PhotometricInterpretation')) ?? BLACK_IS_ZERO)
  const [bits, samples] = [image.getBitsPerSample(0), image.getSamplesPerPixel()]
  if (image.getSampleFormat(0) !== UNSIGNED || bits > 16)
    throw noColours(
      shown,
      '像元是数值而不是颜色，请作为栅格图层导入',
      'its cells are figures and no colours; import it as a layer',
    )
  const declared = await tagOf(image, 'GDAL_NODATA')
  const noData = typeof declared === 'string' && declared.trim() !== '' ? Number(declared.replaceAll('\0', '')) : NaN
  if (CONVERTED.includes(kind)) return convertedReader(image)
  const extra = await tagOf(image, 'ExtraSamples')
  const extras = typeof extra === 'object' ? Array.from(extra) : typeof extra === 'number' ? [extra] : []
  const colours = kind === RGB ? 3 : 1
  if (samples < colours || ![WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, PALETTE, MASK].includes(kind))
    throw noColours(shown, '颜色的存储方式不受支持', 'its way of storing colours is not known')
  const alphaAt = extras.findIndex((value) => ALPHA.includes(value))
  const read = alphaAt < 0 ? range(colours) : [...range(colours), colours + alphaAt]
  const paint = kind === PALETTE ? await paletteOf(image) : plainOf(colours, (2 ** bits - 1) / 255, kind === WHITE_IS_ZERO)
  return async (left, top, right, bottom) => {
    const raw = await image.readRasters({ window: [left, top, right, bottom], samples: read, interleave: true })
    const cells = (right - left) * (bottom - top)
    if (raw.length !== cells * read.length) throw new RangeError('cells are missing')
    const rgba = new Uint8Array(cells * 4)
    const full = 2 ** bits - 1
    for (let cell = 0; cell < cells; cell++) {
      const at = cell * read.length
      paint(raw, at, rgba, cell * 4)
      const alpha = alphaAt < 0 ? 255 : Math.round(((raw[at + colours] ?? 0) / full) * 255)
      rgba[cell * 4 + 3] = isAll(raw, at, colours, noData) ? 0 : alpha
    }
    return rgba
  }
}

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

function isAll(raw: ArrayLike<number>, at: number, count: number, value: number): boolean {
  for (let i = 0; i < count; i++) if (raw[at + i] !== value) return false
  return true
}

type Paint = (raw: ArrayLike<number>, at: number, rgba: Uint8Array, to: number) => void

const plainOf =
  (colours: number, perStep: number, isNegative: boolean): Paint =>
  (raw, at, rgba, to) => {
    for (let i = 0; i < 3; i++) {
      const value = (raw[at + (colours === 3 ? i : 0)] ?? 0) / perStep
      rgba[to + i] = Math.round(isNegative ? 255 - value : value)
    }
  }

/** Colour maps hold 16-bit reds, then greens, then blues. */
async function paletteOf(image: GeoTIFFImage): Promise<Paint> {
  const map = await tagOf(image, 'ColorMap')
  const colours = typeof map === 'object' ? map : []
  const size = colours.length / 3
  return (raw, at, rgba, to) => {
    const index = raw[at] ?? 0
    for (let i = 0; i < 3; i++) rgba[to + i] = (colours[i * size + index] ?? 0) >> 8
  }
}

const convertedReader =
  (image: GeoTIFFImage): ColourReader =>
  async (left, top, right, bottom) => {
    const rgb = (await image.readRGB({ window: [left, top, right, bottom], interleave: true })) as ArrayLike<number>
    const cells = (right - left) * (bottom - top)
    if (rgb.length !== cells * 3) throw new RangeError('cells are missing')
    const rgba = new Uint8Array(cells * 4).fill(255)
    for (let cell = 0; cell < cells; cell++)
      for (let i = 0; i < 3; i++) rgba[cell * 4 + i] = Math.max(0, Math.min(255, Math.round(rgb[cell * 3 + i] ?? 0)))
    return rgba
  }
