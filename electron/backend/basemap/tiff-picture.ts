import type { GeoTIFF, GeoTIFFImage } from 'geotiff'
import { AppError } from '#core/errors.ts'
import { broken, readerError } from '../formats/raster/raster-checks.ts'
import type { GeoTags } from '../formats/raster/geotiff-place.ts'
import { checkDirectory } from '../formats/raster/tiff-directory.ts'
import { fileSizeMb } from '../formats/read-file.ts'
import { thinning } from './rgba.ts'
import { colourReader, tagOf, type ColourReader } from './tiff-colours.ts'

/** One size of a picture: the whole of it, or a thinner copy that the file carries. */
export interface PictureLevel {
  columns: number
  rows: number
  /** Red, green, blue, alpha of a part; only the blocks that it touches are decoded. */
  window(left: number, top: number, right: number, bottom: number): Promise<Uint8Array>
}

export interface TiffPicture {
  /** Finest first. */
  levels: [PictureLevel, ...PictureLevel[]]
  /** Rows that are decoded together in the finest level. */
  blockRows: number
  tags: GeoTags
  copyright: string
  close(): void
}

const LIMIT_MB = 8000
const MOST_DIRECTORIES = 40
const MOST_BLOCK_BYTES = 2 ** 28
/** Deflate packs at most about a thousand to one; one colour in JPEG or fax coding more, but then the picture is small. */
const MOST_RATIO = 1100
const SMALL_BYTES = 2 ** 28
const MOST_CELLS = 2 ** 32
const MASK = 4
const THINNER = 1

/**
 * Opens a TIFF as a picture with its thinner copies and masks. Nothing is decoded yet but the directories. Runs only in a
 * killable process.
 * @throws AppError `import.raster-broken`, `import.file-too-large`, `basemap.unreadable` where its cells are no colours
 */
export async function openTiffPicture(file: string, shown: string): Promise<TiffPicture> {
  const sizeMb = fileSizeMb(file, shown)
  if (sizeMb > LIMIT_MB)
    throw new AppError('import.file-too-large', { file: shown, sizeMb: Math.ceil(sizeMb), limitMb: LIMIT_MB })
  checkDirectory(file, shown)
  // A large library that most sessions never need.
  const { fromFile } = await import('geotiff')
  let tiff: GeoTIFF | undefined
  try {
    const opened = (tiff = await fromFile(file))
    const base = await opened.getImage(0)
    checkSize(base, sizeMb, shown)
    const [first, ...thinner] = await levelsOf(opened, base, sizeMb, shown)
    if (!first) throw broken(shown, '没有图像', 'it holds no picture')
    const numbers = async (name: string) => {
      const tag = await tagOf(base, name)
      return typeof tag === 'object' ? tag : undefined
    }
    const copyright = await tagOf(base, 'Copyright')
    return {
      levels: [first, ...thinner],
      blockRows: Math.max(1, base.isTiled ? base.getTileHeight() : base.getBlockHeight(0)),
      tags: {
        tiepoint: await numbers('ModelTiepoint'),
        scale: await numbers('ModelPixelScale'),
        matrix: await numbers('ModelTransformation'),
        keys: base.getGeoKeys() ?? {},
      },
      copyright: typeof copyright === 'string' ? copyright.replaceAll('\0', '').trim() : '',
      close: () => void opened.close(),
    }
  } catch (error) {
    void tiff?.close()
    throw readerError(error, shown)
  }
}

function checkSize(image: GeoTIFFImage, sizeMb: number, shown: string): void {
  const [columns, rows] = [image.getWidth(), image.getHeight()]
  if (![columns, rows].every((count) => Number.isInteger(count) && count > 0) || columns * rows > MOST_CELLS)
    throw broken(shown, '行列数无效', 'its numbers of columns and rows cannot be')
  const blockBytes = image.getTileWidth() * image.getTileHeight() * image.getBytesPerPixel()
  if (!(blockBytes <= MOST_BLOCK_BYTES))
    throw broken(shown, '单个数据块过大，请先分块存储', 'one of its blocks is too large; store it tiled')
  if (!(columns * rows * image.getBytesPerPixel() <= Math.max(SMALL_BYTES, sizeMb * 2 ** 20 * MOST_RATIO)))
    throw broken(shown, '声明的大小与文件内容不符', 'it declares far more cells than it can hold')
}

/** The picture, its thinner copies, and for each the mask of the same size when there is one. */
async function levelsOf(tiff: GeoTIFF, base: GeoTIFFImage, sizeMb: number, shown: string): Promise<PictureLevel[]> {
  const pictures: GeoTIFFImage[] = [base]
  const masks: GeoTIFFImage[] = []
  for (let index = 1; index < MOST_DIRECTORIES; index++) {
    let image: GeoTIFFImage
    try {
      image = await tiff.getImage(index)
    } catch (error) {
      // The library says so when there are no more; damage further on costs a copy, not the picture.
      if (error instanceof Error) break
      throw error
    }
    const kind = Number((await tagOf(image, 'NewSubfileType')) ?? 0)
    if (kind & MASK) masks.push(image)
    else if (kind & THINNER && isThinner(image, base)) pictures.push(image)
  }
  const levels: PictureLevel[] = []
  for (const image of pictures.toSorted((a, b) => b.getWidth() - a.getWidth())) {
    checkSize(image, sizeMb, shown)
    const mask = masks.find((one) => one.getWidth() === image.getWidth() && one.getHeight() === image.getHeight())
    if (mask) checkSize(mask, sizeMb, shown)
    levels.push(levelOf(image, await colourReader(image, shown), mask && (await colourReader(mask, shown)), shown))
  }
  return levels
}

/** A copy of the same shape; pages of a scan are marked alike by some writers. */
function isThinner(image: GeoTIFFImage, base: GeoTIFFImage): boolean {
  const [across, down] = [base.getWidth() / image.getWidth(), base.getHeight() / image.getHeight()]
  return across > 1 && Math.abs(across - down) <= 0.1 * across + 1
}

function levelOf(image: GeoTIFFImage, colours: ColourReader, mask: ColourReader | undefined, shown: string): PictureLevel {
  return {
    columns: image.getWidth(),
    rows: image.getHeight(),
    async window(left, top, right, bottom) {
      try {
        const rgba = await colours(left, top, right, bottom)
        const opaque = await mask?.(left, top, right, bottom)
        if (opaque) for (let i = 0; i < rgba.length; i += 4) if ((opaque[i] ?? 0) < 128) rgba[i + 3] = 0
        return rgba
      } catch (error) {
        throw readerError(error, shown)
      }
    },
  }
}

/** A level's thinner copy, at most `mostPx` long, made band by band: never the whole picture in memory, no block decoded twice. */
export async function thinCopy(level: PictureLevel, blockRows: number, mostPx: number, bandCells: number): Promise<Thinned> {
  const factor = Math.ceil(Math.max(level.columns, level.rows) / mostPx)
  const thinner = thinning(level, factor)
  const bandRows = Math.max(1, Math.floor(bandCells / level.columns / blockRows)) * blockRows
  for (let top = 0; top < level.rows; top += bandRows) {
    const bottom = Math.min(level.rows, top + bandRows)
    thinner.add(await level.window(0, top, level.columns, bottom), top)
    await new Promise(setImmediate)
  }
  return thinner.done()
}

export interface Thinned {
  columns: number
  rows: number
  rgba: Uint8Array
}

/** A thinned copy as a level like those of the file. */
export const thinLevel = ({ columns, rows, rgba }: Thinned): PictureLevel => ({
  columns,
  rows,
  window(left, top, right, bottom) {
    const width = right - left
    const part = new Uint8Array(width * (bottom - top) * 4)
    for (let row = top; row < bottom; row++)
      part.set(rgba.subarray((row * columns + left) * 4, (row * columns + right) * 4), (row - top) * width * 4)
    return Promise.resolve(part)
  },
})
