import { crc32, deflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])
/** Tiles are looked at once and thrown away: speed before size. */
const FAST = 1
const UP = 2

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const whole = Buffer.alloc(body.length + 8)
  whole.writeUInt32BE(data.length, 0)
  body.copy(whole, 4)
  whole.writeUInt32BE(crc32(body), body.length + 4)
  return whole
}

/** Red, green, blue, alpha, row by row from the top → a PNG. */
export function encodePng(rgba: Uint8Array, width: number, height: number): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const stride = width * 4
  const lines = Buffer.alloc((stride + 1) * height)
  for (let row = 0; row < height; row++) {
    const to = row * (stride + 1)
    lines[to] = UP
    for (let i = 0; i < stride; i++)
      lines[to + 1 + i] = (rgba[row * stride + i] ?? 0) - (row === 0 ? 0 : (rgba[(row - 1) * stride + i] ?? 0))
  }
  const data = deflateSync(lines, { level: FAST })
  return Uint8Array.from(Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]))
}
