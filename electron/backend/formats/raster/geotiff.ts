import path from 'node:path'
import type { GeoTIFF, GeoTIFFImage } from 'geotiff'
import { AppError } from '#core/errors.ts'
import { rasterExtent } from '#core/geo/raster.ts'
import type { Note } from '#core/model/plan.ts'
import { bilingual } from '#core/text.ts'
import { fileSizeMb, shownName } from '../read-file.ts'
import { crsOf, placeOf } from './geotiff-place.ts'
import { broken, checkPlace, readerError } from './raster-checks.ts'
import { checkDirectory, isTiff } from './tiff-directory.ts'
import { STRIP_CELLS, type RasterFormat, type RasterStrip } from './raster-format.ts'

const LIMIT_MB = 8000
/** One block is decoded at once: more than this is a bomb or a file that must be tiled first. */
const MOST_BLOCK_BYTES = 2 ** 29
/** Deflate packs at most about a thousand to one: a file that declares more than that holds nothing of the kind. */
const MOST_RATIO = 1100
const SMALL_BYTES = 2 ** 20
/** 32-bit floats hold whole numbers up to here. */
const MOST_WHOLE = 2 ** 24
const PALETTE = 3

interface Scaling {
  scale: number
  offset: number
}

type Tag = ArrayLike<number> | string | number | undefined

async function tagOf(image: GeoTIFFImage, name: string): Promise<Tag> {
  const { fileDirectory } = image
  return fileDirectory.hasTag(name as never) ? ((await fileDirectory.loadValue(name as never)) as Tag) : undefined
}

const numbers = (tag: Tag): ArrayLike<number> | undefined => (typeof tag === 'object' ? tag : undefined)
const text = (tag: Tag): string => (typeof tag === 'string' ? tag.replaceAll('\0', '').trim() : '')

/** GDAL writes scale and offset of a band as items of a small XML text. */
function scalingOf(metadata: string, band: number): Scaling {
  const items = [...metadata.slice(0, 1 << 20).matchAll(/<Item ([^>]*)>([^<]*)<\/Item>/g)]
  const item = (role: string): number | undefined => {
    const found = items.find(([, names = '']) => names.includes(`role="${role}"`) && names.includes(`sample="${band - 1}"`))
    const value = found === undefined ? NaN : Number(found[2])
    return Number.isFinite(value) ? value : undefined
  }
  return { scale: item('scale') ?? 1, offset: item('offset') ?? 0 }
}

interface Opened {
  tiff: GeoTIFF
  image: GeoTIFFImage
  shown: string
  columns: number
  rows: number
  noData: number | null
  southFirst: boolean
  metadata: string
}

async function* cellsOf(opened: Opened, band: number): AsyncGenerator<RasterStrip> {
  const { image, shown, columns, rows, noData, southFirst } = opened
  const { scale, offset } = usedScaling(opened, band)
  // Whole blocks at a time: a block that two strips share would be decoded twice.
  const block = Math.max(1, Math.min(rows, image.isTiled ? image.getTileHeight() : image.getBlockHeight(0)))
  const stripRows = Math.max(1, Math.floor(STRIP_CELLS / columns / block)) * block
  for (let firstRow = 0; firstRow < rows; firstRow += stripRows) {
    const count = Math.min(stripRows, rows - firstRow)
    const top = southFirst ? rows - firstRow - count : firstRow
    const values = new Float32Array(count * columns)
    try {
      const [read] = await image.readRasters({ window: [0, top, columns, top + count], samples: [band - 1], interleave: false })
      if (typeof read !== 'object' || read.length !== values.length)
        throw broken(shown, '像元数据不完整', 'its cells are incomplete')
      for (let i = 0; i < values.length; i++) {
        const raw = read[southFirst ? (count - 1 - Math.floor(i / columns)) * columns + (i % columns) : i] ?? NaN
        const cell = raw === noData ? NaN : Math.fround(raw * scale + offset)
        // An infinite cell, and one too large for 32 bits, has no value that could be averaged.
        values[i] = Number.isFinite(cell) ? cell : NaN
      }
    } catch (error) {
      throw readerError(error, shown)
    }
    yield { firstRow, values }
    await new Promise(setImmediate)
  }
}

/** A scale of zero would make every cell equal: writers that leave the field empty mean "none". */
function usedScaling({ metadata }: Opened, band: number): Scaling {
  const found = scalingOf(metadata, band)
  return { scale: found.scale === 0 ? 1 : found.scale, offset: found.offset }
}

async function notesOf(opened: Opened): Promise<Note[]> {
  const { image } = opened
  const notes: Note[] = []
  const say = (code: string, zh: string, en: string, params: Record<string, unknown> = {}): number =>
    notes.push({ severity: 'info', code, text: bilingual(zh, en), params })
  const bands = image.getSamplesPerPixel()
  if (bands > 1)
    say(
      'raster.bands',
      `共 ${bands} 个波段，取第 1 个；其他波段可在 layer 中填写序号。`,
      `It has ${bands} bands; the first is read unless layer gives the number of another.`,
      { bands },
    )
  const { scale, offset } = usedScaling(opened, 1)
  if (scale !== 1 || offset !== 0)
    say(
      'raster.scaled',
      `按文件所载比例换算：数值 × ${scale} + ${offset}。`,
      `Values are scaled as the file says: × ${scale} + ${offset}.`,
      { scale, offset },
    )
  if (scalingOf(opened.metadata, 1).scale === 0)
    say('raster.scale-zero', '文件所载比例为 0，按 1 处理。', 'The file gives a scale of 0, which was taken as 1.')
  if (opened.southFirst) say('raster.south-first', '行序自南向北，已翻转。', 'Its rows begin in the south and were turned round.')
  if ((await tagOf(image, 'PhotometricInterpretation')) === PALETTE)
    say(
      'raster.palette',
      '带颜色表：读取的是类别编号，颜色未采用。',
      'It has a colour table: the class numbers are read, the colours are not used.',
    )
  if (image.getBitsPerSample(0) > 24 && image.getSampleFormat(0) !== 3)
    say(
      'raster.narrowed',
      `大于 ${MOST_WHOLE} 的整数按 32 位浮点存储，末位可能有舍入。`,
      `Whole numbers above ${MOST_WHOLE} are kept as 32-bit floats and may lose their last digits.`,
    )
  return notes
}

async function openTiff(file: string, shown: string): Promise<Opened & { tags: Parameters<typeof placeOf>[0] }> {
  const sizeMb = fileSizeMb(file, shown)
  if (sizeMb > LIMIT_MB)
    throw new AppError('import.file-too-large', { file: shown, sizeMb: Math.ceil(sizeMb), limitMb: LIMIT_MB })
  checkDirectory(file, shown)
  // A large library that most imports never need.
  const { fromFile } = await import('geotiff')
  const tiff = await fromFile(file)
  const image = await tiff.getImage(0)
  const declared = text(await tagOf(image, 'GDAL_NODATA'))
  const tags = {
    tiepoint: numbers(await tagOf(image, 'ModelTiepoint')),
    scale: numbers(await tagOf(image, 'ModelPixelScale')),
    matrix: numbers(await tagOf(image, 'ModelTransformation')),
    keys: image.getGeoKeys() ?? {},
  }
  const [columns, rows] = [image.getWidth(), image.getHeight()]
  const blockBytes = image.getTileWidth() * image.getTileHeight() * image.getBytesPerPixel()
  if (!(blockBytes <= MOST_BLOCK_BYTES))
    throw broken(shown, '单个数据块过大，请先分块存储', 'one of its blocks is too large; store it tiled')
  const declaredBytes = columns * rows * image.getBytesPerPixel()
  if (!(declaredBytes <= Math.max(SMALL_BYTES, sizeMb * 2 ** 20 * MOST_RATIO)))
    throw broken(shown, '声明的大小与文件内容不符', 'it declares far more cells than it can hold')
  const noData = declared === '' || Number.isNaN(Number(declared)) ? null : Number(declared)
  return {
    tiff,
    image,
    shown,
    columns,
    rows,
    noData,
    southFirst: false,
    metadata: text(await tagOf(image, 'GDAL_METADATA')),
    tags,
  }
}

/** GeoTIFF, tiled or in strips, also as BigTIFF; uncompressed, LZW, Deflate, PackBits, JPEG and what else the reader decodes. */
export const geotiff: RasterFormat = {
  id: 'geotiff',
  label: bilingual('GeoTIFF 栅格', 'GeoTIFF grid'),
  extensions: ['.tif', '.tiff'],
  recognises(file, head) {
    return isTiff(head) && ['.tif', '.tiff'].includes(path.extname(file).toLowerCase())
  },
  async open(file, options) {
    const shown = shownName(file, options)
    try {
      const opened = await openTiff(file, shown)
      const { place, southFirst } = placeOf(opened.tags, { columns: opened.columns, rows: opened.rows }, file, shown)
      checkPlace(place, shown)
      const read = { ...opened, southFirst }
      return {
        place,
        bands: opened.image.getSamplesPerPixel(),
        crs: crsOf(opened.tags.keys, rasterExtent(place), file),
        noData: opened.noData,
        notes: await notesOf(read),
        strips: (band) => cellsOf(read, band),
        close: () => void opened.tiff.close(),
      }
    } catch (error) {
      throw readerError(error, shown)
    }
  },
}
