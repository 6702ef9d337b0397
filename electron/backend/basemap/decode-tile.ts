import { inflateSync } from 'node:zlib'
import type { BasemapTile } from '#core/contract/basemap.ts'
import { AppError } from '#core/errors.ts'

/** A picture as red, green, blue, alpha, row by row from the top. */
export interface Pixels {
  rgba: Uint8Array
  width: number
  height: number
}

/** Tiles are 256 or 512 wide; nobody makes larger ones. */
const MOST_PX = 2048
const JPEG = 7

/**
 * The pixels of a tile. Runs only in the killable basemap process.
 * @throws AppError `basemap.not-printable` for a coding that only a browser decodes; Error for damage
 */
export async function decodeTile({ type, bytes }: BasemapTile, shown: string): Promise<Pixels> {
  if (type === 'image/png') return decodePng(bytes)
  if (type === 'image/jpeg') return decodeJpeg(bytes)
  throw new AppError('basemap.not-printable', { file: shown, coding: 'WebP' })
}

/** Samples per pixel by the kind of colour of a PNG. */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

const damaged = (what: string): Error => new Error(`a tile's picture cannot be read: ${what}`)

function checkedSize(width: number, height: number): void {
  if (!(width >= 1 && height >= 1 && width <= MOST_PX && height <= MOST_PX)) throw damaged(`${width} × ${height}`)
}

/** Any PNG that is not interlaced. @throws Error for others and for damage */
export function decodePng(bytes: Uint8Array): Pixels {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [width, height, depth, kind, laced] = [view.getUint32(16), view.getUint32(20), bytes[24] ?? 0, bytes[25] ?? 9, bytes[28]]
  const samples = SAMPLES[kind]
  checkedSize(width, height)
  if (samples === undefined || laced !== 0 || ![1, 2, 4, 8, 16].includes(depth)) throw damaged('an unusual PNG')
  const parts = chunksOf(bytes, view)
  const stride = Math.ceil((width * samples * depth) / 8)
  const data = Buffer.concat(parts.filter(({ name }) => name === 'IDAT').map((part) => part.data))
  const rows = inflateSync(data, { maxOutputLength: (stride + 1) * height })
  if (rows.length !== (stride + 1) * height) throw damaged('rows are missing')
  const lines = unfiltered(rows, stride, height, Math.max(1, (samples * depth) >> 3))
  const named = (name: string) => parts.find((part) => part.name === name)?.data
  const colourOf = colours(kind, depth, named('PLTE'), named('tRNS'))
  const rgba = new Uint8Array(width * height * 4)
  const values = [0, 0, 0, 0]
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      for (let sample = 0; sample < samples; sample++) values[sample] = valueAt(lines, y * stride, x * samples + sample, depth)
      colourOf(values, rgba, (y * width + x) * 4)
    }
  return { rgba, width, height }
}

function chunksOf(bytes: Uint8Array, view: DataView): { name: string; data: Uint8Array }[] {
  const parts: { name: string; data: Uint8Array }[] = []
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = view.getUint32(at)
    if (at + 12 + length > bytes.length) throw damaged('it is cut off')
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    parts.push({ name, data: bytes.subarray(at + 8, at + 8 + length) })
    at += 12 + length
  }
  return parts
}

/** Takes the five filters of PNG back. */
function unfiltered(rows: Uint8Array, stride: number, height: number, pixelBytes: number): Uint8Array {
  const out = new Uint8Array(stride * height)
  for (let y = 0; y < height; y++) {
    const [from, to] = [y * (stride + 1) + 1, y * stride]
    const filter = rows[from - 1] ?? 0
    for (let i = 0; i < stride; i++) {
      const left = i < pixelBytes ? 0 : (out[to + i - pixelBytes] ?? 0)
      const up = y === 0 ? 0 : (out[to + i - stride] ?? 0)
      const corner = i < pixelBytes || y === 0 ? 0 : (out[to + i - stride - pixelBytes] ?? 0)
      out[to + i] = (rows[from + i] ?? 0) + guess(filter, left, up, corner)
    }
  }
  return out
}

function guess(filter: number, left: number, up: number, corner: number): number {
  if (filter === 0) return 0
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  if (filter !== 4) throw damaged('an unknown filter')
  const [toLeft, toUp, toCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner
}

/** A sample as it stands: 0 … 2^depth - 1, of 16 bits only the upper eight. */
function valueAt(lines: Uint8Array, row: number, sample: number, depth: number): number {
  if (depth >= 8) return lines[row + sample * (depth / 8)] ?? 0
  const bit = sample * depth
  return ((lines[row + (bit >> 3)] ?? 0) >> (8 - depth - (bit & 7))) & ((1 << depth) - 1)
}

type Colour = (values: readonly number[], out: Uint8Array, to: number) => void

function colours(kind: number, depth: number, palette: Uint8Array | undefined, alphas: Uint8Array | undefined): Colour {
  if (kind === 3)
    return ([entry = 0], out, to) => {
      for (let i = 0; i < 3; i++) out[to + i] = palette?.[entry * 3 + i] ?? 0
      out[to + 3] = alphas?.[entry] ?? 255
    }
  const scale = depth >= 8 ? 1 : 255 / ((1 << depth) - 1)
  // One colour may be see-through: its samples are 16 bits each, of which the lower ones count here.
  const clear = (place: number): number => alphas?.[place * 2 + (depth === 16 ? 0 : 1)] ?? -1
  return ([first = 0, second = 0, third = 0, fourth = 0], out, to) => {
    const isGrey = kind === 0 || kind === 4
    const rgb = isGrey ? [first, first, first] : [first, second, third]
    for (let i = 0; i < 3; i++) out[to + i] = (rgb[i] ?? 0) * scale
    const isClear = kind === 0 ? first === clear(0) : kind === 2 && rgb.every((value, i) => value === clear(i))
    out[to + 3] = kind === 6 ? fourth : kind === 4 ? second : isClear ? 0 : 255
  }
}

async function decodeJpeg(bytes: Uint8Array): Promise<Pixels> {
  const { width, height, components } = jpegFrame(bytes)
  checkedSize(width, height)
  if (components !== 1 && components !== 3) throw damaged('a JPEG for printers')
  // A large library that most sessions never need.
  const { getDecoder } = await import('geotiff')
  const place = { tileWidth: width, tileHeight: height, predictor: 1, bitsPerSample: 8, planarConfiguration: 1 }
  const decoder = (await getDecoder(JPEG, place)) as unknown as { decodeBlock(block: ArrayBuffer): ArrayBuffer }
  const planes = new Uint8Array(decoder.decodeBlock(Uint8Array.from(bytes).buffer))
  const rgba = new Uint8Array(width * height * 4)
  for (let at = 0; at < width * height; at++) {
    const luma = planes[at * components] ?? 0
    const [blue, red] = components === 1 ? [0, 0] : [(planes[at * 3 + 1] ?? 128) - 128, (planes[at * 3 + 2] ?? 128) - 128]
    const held = (value: number) => Math.max(0, Math.min(255, Math.round(value)))
    rgba[at * 4] = held(luma + 1.402 * red)
    rgba[at * 4 + 1] = held(luma - 0.344136 * blue - 0.714136 * red)
    rgba[at * 4 + 2] = held(luma + 1.772 * blue)
    rgba[at * 4 + 3] = 255
  }
  return { rgba, width, height }
}

/** Size and components of a JPEG, from the head of its frame. */
function jpegFrame(bytes: Uint8Array): { width: number; height: number; components: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1] ?? 0
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7), components: bytes[at + 9] ?? 0 }
    at += 2 + view.getUint16(at + 2)
  }
  throw damaged('a JPEG without a frame')
}
