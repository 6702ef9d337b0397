import { crc32, deflateSync } from 'node:zlib'

/** A small picture as a canvas writes one: 8 bits, red, green, blue and alpha. For tests. */
export function examplePng(widthPx: number, heightPx: number): Uint8Array {
  const rows = new Uint8Array(heightPx * (1 + 4 * widthPx))
  for (let at = 0; at < rows.length; at++) if (at % (1 + 4 * widthPx) !== 0) rows[at] = at % 4 === 0 ? 255 : (at * 7) % 256
  const head = Buffer.alloc(13)
  head.writeUInt32BE(widthPx, 0)
  head.writeUInt32BE(heightPx, 4)
  head.set([8, 6, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Uint8Array.from(
    Buffer.concat([signature, part('IHDR', head), part('IDAT', deflateSync(rows)), part('IEND', Buffer.alloc(0))]),
  )
}

function part(name: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const around = Buffer.alloc(8)
  around.writeUInt32BE(data.length, 0)
  around.writeUInt32BE(crc32(named), 4)
  return Buffer.concat([around.subarray(0, 4), named, around.subarray(4)])
}
