import { deflateSync, crc32 } from 'node:zlib'
import { writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'

/** A PNG of one colour, 256 × 256. */
export function pngTile(red: number, green: number, blue: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const whole = Buffer.alloc(body.length + 8)
    whole.writeUInt32BE(data.length, 0)
    body.copy(whole, 4)
    whole.writeUInt32BE(crc32(body), body.length + 4)
    return whole
  }
  const header = Buffer.from([0, 0, 1, 0, 0, 0, 1, 0, 8, 2, 0, 0, 0])
  const row = Buffer.from([0, ...Array.from({ length: 256 }, () => [red, green, blue]).flat()])
  const rows = Buffer.concat(Array.from({ length: 256 }, () => row))
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

/** MBTiles with one tile at 0/0/0 and those given (their rows counted from the north). */
export function writeMbtiles(
  file: string,
  tiles: readonly [z: number, x: number, y: number, data: Buffer][],
  metadata: Record<string, string> = {},
): void {
  const db = new Database(file)
  db.exec(
    'CREATE TABLE metadata (name TEXT, value TEXT); CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB)',
  )
  for (const [name, value] of Object.entries(metadata)) db.prepare('INSERT INTO metadata VALUES (?, ?)').run(name, value)
  for (const [z, x, y, data] of tiles) db.prepare('INSERT INTO tiles VALUES (?, ?, ?, ?)').run(z, x, 2 ** z - 1 - y, data)
  db.close()
}

/** PMTiles (version 3) with one tile at 0/0/0, nothing compressed. `type`: 1 vector, 2 png. */
export function writePmtiles(file: string, data: Buffer, type: number): void {
  const [directory, metadata] = [varints([1, 0, 1, data.length, 1]), Buffer.from('{"attribution":"<b>Map</b> office"}')]
  const header = Buffer.alloc(127)
  header.write('PMTiles', 'latin1')
  header[7] = 3
  const parts = [
    127,
    directory.length,
    127 + directory.length,
    metadata.length,
    0,
    0,
    127 + directory.length + metadata.length,
    data.length,
    1,
    1,
    1,
  ]
  for (const [i, value] of parts.entries()) header.writeBigUInt64LE(BigInt(value), 8 + i * 8)
  header.set([1, 1, 1, type, 0, 0], 96)
  writeFileSync(file, Buffer.concat([header, directory, metadata, data]))
}

function varints(values: readonly number[]): Buffer {
  const bytes: number[] = []
  for (let value of values) {
    for (; value >= 128; value = Math.floor(value / 128)) bytes.push((value % 128) + 128)
    bytes.push(value)
  }
  return Buffer.from(bytes)
}
