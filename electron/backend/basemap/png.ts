import { crc32, deflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])
/** Tiles are looked at once and thrown away: speed before size. */
const FAST = 1
const UP = 2
const KINDS = { 1: 3, 3: 2, 4: 6 } as const

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const whole = Buffer.alloc(body.length + 8)
  whole.writeUInt32BE(data.length, 0)
  body.copy(whole, 4)
  whole.writeUInt32BE(crc32(body), body.length + 4)
  return whole
}

/** Whole PNG of rows of `samples` bytes per pixel; `between`: chunks that come before the pixels. */
function written(pixels: Uint8Array, width: number, height: number, samples: 1 | 3 | 4, between: readonly Buffer[]): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, KINDS[samples], 0, 0, 0], 8)
  const stride = width * samples
  const lines = Buffer.alloc((stride + 1) * height)
  for (let row = 0; row < height; row++) {
    const to = row * (stride + 1)
    lines[to] = UP
    for (let i = 0; i < stride; i++)
      lines[to + 1 + i] = (pixels[row * stride + i] ?? 0) - (row === 0 ? 0 : (pixels[(row - 1) * stride + i] ?? 0))
  }
  const data = chunk('IDAT', deflateSync(lines, { level: FAST }))
  return Uint8Array.from(Buffer.concat([SIGNATURE, chunk('IHDR', header), ...between, data, chunk('IEND', Buffer.alloc(0))]))
}

/** Where the header ends: what says how large a pixel is comes right behind it. */
const AFTER_HEADER = SIGNATURE.length + 25

/** A PNG that says how large it is on paper. */
export function withDensity(png: Uint8Array, pxPerM: number): Uint8Array {
  const density = Buffer.alloc(9)
  density.writeUInt32BE(Math.round(pxPerM), 0)
  density.writeUInt32BE(Math.round(pxPerM), 4)
  density[8] = 1
  return Uint8Array.from(Buffer.concat([png.subarray(0, AFTER_HEADER), chunk('pHYs', density), png.subarray(AFTER_HEADER)]))
}

/** Red, green, blue, alpha, row by row from the top → a PNG. */
export const encodePng = (rgba: Uint8Array, width: number, height: number): Uint8Array => written(rgba, width, height, 4, [])

/** Red, green, blue, row by row from the top → a PNG. */
export const encodeRgbPng = (rgb: Uint8Array, width: number, height: number): Uint8Array => written(rgb, width, height, 3, [])

/** Numbers of colours, row by row from the top → a PNG; `palette`: red, green, blue, alpha of each. */
export function encodePalettePng(numbers: Uint8Array, width: number, height: number, palette: readonly number[][]): Uint8Array {
  const colours = Buffer.from(palette.flatMap((colour) => colour.slice(0, 3)))
  const alphas = Buffer.from(palette.map((colour) => colour[3] ?? 255))
  return written(numbers, width, height, 1, [chunk('PLTE', colours), chunk('tRNS', alphas)])
}
