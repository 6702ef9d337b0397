import { bilingual } from '#core/text.ts'
import { AppError } from '#core/errors.ts'

export interface ImageSize {
  width: number
  height: number
}

/** A browser decodes a picture whole, four bytes a pixel: this many are what an A0 sheet at 300 dpi has. */
export const MOST_PIXELS = 150_000_000

const cut = (shown: string): AppError =>
  new AppError('sheet.unreadable', { file: shown, problem: bilingual('图片不完整', 'the picture is incomplete') })

/** @throws AppError `sheet.unreadable`, `sheet.too-large` */
export function checkSize({ width, height }: ImageSize, shown: string): ImageSize {
  if (!(width > 0 && height > 0))
    throw new AppError('sheet.unreadable', { file: shown, problem: bilingual('图片没有大小', 'the picture has no size') })
  if (width * height > MOST_PIXELS)
    throw new AppError('sheet.too-large', {
      file: shown,
      what: bilingual('像素数', 'pixels'),
      found: width * height,
      limit: MOST_PIXELS,
    })
  return { width, height }
}

/** The size that the first chunk of a PNG declares; decoders hold themselves to it, whatever the data behind unpack to. */
export function pngSize(bytes: Buffer, shown: string): ImageSize {
  if (bytes.length < 33 || bytes.toString('latin1', 12, 16) !== 'IHDR') throw cut(shown)
  return checkSize({ width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }, shown)
}

const START_OF_FRAME = new Set([0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf])

/** The size in a JPEG's frame header, found by walking its segments. */
export function jpegSize(bytes: Buffer, shown: string): ImageSize {
  let at = 2
  while (at + 9 <= bytes.length) {
    if (bytes[at] !== 0xff) throw cut(shown)
    const marker = bytes[at + 1] ?? 0
    if (START_OF_FRAME.has(marker))
      return checkSize({ height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }, shown)
    // Fill bytes, and markers that stand alone.
    if (marker === 0xff) at += 1
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) at += 2
    else at += 2 + Math.max(2, bytes.readUInt16BE(at + 2))
  }
  throw cut(shown)
}
