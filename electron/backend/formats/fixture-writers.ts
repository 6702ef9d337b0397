import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import Database from 'better-sqlite3'
import type { OpenOptions, SourceFeature, SourceLayer } from './format.ts'
import { openSource } from './index.ts'

/** Writers of small files for tests: byte for byte what other programs produce, so that every odd case can be made. */

export type Ring = readonly (readonly [number, number])[]

export const square = (x: number, y: number, size: number): Ring => [
  [x, y],
  [x, y + size],
  [x + size, y + size],
  [x + size, y],
  [x, y],
]
export const reversed = (ring: Ring): Ring => ring.toReversed()

export interface Scratch {
  dir: string
  write: (name: string, content: string | Uint8Array) => string
  remove: () => void
}

export function scratch(): Scratch {
  const dir = mkdtempSync(path.join(tmpdir(), 'greenprint-test-'))
  return {
    dir,
    write(name, content) {
      const file = path.join(dir, name)
      writeFileSync(file, content)
      return file
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  }
}

export const options: OpenOptions = { encoding: null, report: () => undefined }

/** Opens, reads everything, closes. */
export async function readAll(
  file: string,
  encoding: string | null = null,
): Promise<{ layer: SourceLayer; features: SourceFeature[] }[]> {
  const source = await openSource(file, { ...options, encoding })
  try {
    return source.layers.map((layer) => ({ layer, features: [...layer.features()] }))
  } finally {
    source.close()
  }
}

/** What reading a file fails with; null when it is read. */
export const failureOf = (file: string): Promise<unknown> =>
  readAll(file).then(
    () => null,
    (error: unknown) => error,
  )

/** One .shp record's content. */
export function polygonShape(rings: readonly Ring[], type = 5): Buffer {
  const points = rings.flat()
  const body = Buffer.alloc(44 + rings.length * 4 + points.length * 16)
  body.writeInt32LE(type, 0)
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  for (const [index, value] of [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)].entries())
    body.writeDoubleLE(value, 4 + index * 8)
  body.writeInt32LE(rings.length, 36)
  body.writeInt32LE(points.length, 40)
  let start = 0
  for (const [index, ring] of rings.entries()) {
    body.writeInt32LE(start, 44 + index * 4)
    start += ring.length
  }
  for (const [index, [x, y]] of points.entries()) {
    body.writeDoubleLE(x, 44 + rings.length * 4 + index * 16)
    body.writeDoubleLE(y, 52 + rings.length * 4 + index * 16)
  }
  return body
}

export function pointShape(x: number, y: number, type = 1, extra: readonly number[] = []): Buffer {
  const body = Buffer.alloc(20 + extra.length * 8)
  body.writeInt32LE(type, 0)
  for (const [index, value] of [x, y, ...extra].entries()) body.writeDoubleLE(value, 4 + index * 8)
  return body
}

export const nullShape = (): Buffer => Buffer.alloc(4)

export function shpBytes(type: number, shapes: readonly Buffer[]): Buffer {
  const records = shapes.flatMap((shape, index) => {
    const head = Buffer.alloc(8)
    head.writeInt32BE(index + 1, 0)
    head.writeInt32BE(shape.length / 2, 4)
    return [head, shape]
  })
  const header = Buffer.alloc(100)
  header.writeInt32BE(9994, 0)
  header.writeInt32BE((100 + records.reduce((sum, part) => sum + part.length, 0)) / 2, 24)
  header.writeInt32LE(1000, 28)
  header.writeInt32LE(type, 32)
  return Buffer.concat([header, ...records])
}

/** A .dbf of text fields; values are given as bytes so that any encoding can be written. A row of `null` is marked deleted. */
export function dbfBytes(
  fields: readonly { name: Buffer; length: number; type?: string }[],
  rows: readonly (readonly Buffer[] | null)[],
  ldid = 0,
): Buffer {
  const rowLength = 1 + fields.reduce((sum, { length }) => sum + length, 0)
  const header = Buffer.alloc(33 + fields.length * 32)
  header[0] = 3
  header.writeUInt32LE(rows.length, 4)
  header.writeUInt16LE(header.length, 8)
  header.writeUInt16LE(rowLength, 10)
  header[29] = ldid
  for (const [index, { name, length, type = 'C' }] of fields.entries()) {
    name.copy(header, 32 + index * 32, 0, 11)
    header[43 + index * 32] = type.charCodeAt(0)
    header[48 + index * 32] = length
  }
  header[header.length - 1] = 0x0d
  const body = rows.map((row) => {
    const line = Buffer.alloc(rowLength, 0x20)
    if (row === null) line[0] = 0x2a
    let at = 1
    for (const [index, { length }] of fields.entries()) {
      row?.[index]?.copy(line, at, 0, length)
      at += length
    }
    return line
  })
  return Buffer.concat([header, ...body, Buffer.from([0x1a])])
}

export interface ZipItem {
  name: Buffer | string
  data: Buffer
  /** Overrides for broken archives. */
  crc?: number
  declaredSize?: number
  stored?: boolean
}

/** A zip archive; names given as bytes are written without the UTF-8 flag. */
export function zipBytes(items: readonly ZipItem[]): Buffer {
  const locals: Buffer[] = []
  const centrals: Buffer[] = []
  let offset = 0
  for (const { name, data, crc = crc32(data), declaredSize = data.length, stored = false } of items) {
    const rawName = typeof name === 'string' ? Buffer.from(name) : name
    const packed = stored ? data : deflateRawSync(data)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(typeof name === 'string' ? 0x800 : 0, 2)
    common.writeUInt16LE(stored ? 0 : 8, 4)
    common.writeUInt32LE(crc, 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(declaredSize, 18)
    common.writeUInt16LE(rawName.length, 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, rawName, packed])
    const central = Buffer.alloc(46)
    central.write('PK\u0001\u0002', 0, 'latin1')
    central.writeUInt16LE(20, 4)
    common.copy(central, 6)
    central.writeUInt32LE(offset, 42)
    centrals.push(Buffer.concat([central, rawName]))
    locals.push(local)
    offset += local.length
  }
  const directory = Buffer.concat(centrals)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 0, 'latin1')
  end.writeUInt16LE(items.length, 8)
  end.writeUInt16LE(items.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, directory, end])
}

/** A GeoPackage geometry around WKB. */
export const gpkgBlob = (wkb: Buffer): Buffer => Buffer.concat([Buffer.from([0x47, 0x50, 0, 1, 0, 0, 0, 0]), wkb])

export function wkbPolygon(rings: readonly Ring[], type = 3, extra = 0): Buffer {
  const parts: Buffer[] = [Buffer.from([1]), u32(type), u32(rings.length)]
  for (const ring of rings) {
    parts.push(u32(ring.length))
    for (const [x, y] of ring) parts.push(f64(x), f64(y), ...Array.from({ length: extra }, () => f64(7)))
  }
  return Buffer.concat(parts)
}

export const wkbPoint = (x: number, y: number): Buffer => Buffer.concat([Buffer.from([1]), u32(1), f64(x), f64(y)])

/** WKB of a run of positions: a line (2) or an arc string (8). */
export const wkbRun = (type: number, numbers: readonly number[]): Buffer =>
  Buffer.concat([Buffer.from([1]), u32(type), u32(numbers.length / 2), ...numbers.map(f64)])

/** WKB of what is made of members: compound curves, surfaces, collections. */
export const wkbOf = (type: number, members: readonly Buffer[]): Buffer =>
  Buffer.concat([Buffer.from([1]), u32(type), u32(members.length), ...members])

export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

export function f64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleLE(value)
  return bytes
}

export interface GpkgFixtureLayer {
  table: string
  rows: readonly { geom: Buffer | null; name?: string | number | null }[]
  srsId?: number
}

/** A minimal GeoPackage; `sql` runs at the end, for hostile additions. */
export function writeGpkg(file: string, layers: readonly GpkgFixtureLayer[], sql = ''): string {
  const db = new Database(file)
  db.pragma('page_size = 512')
  db.exec(`
    CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT, organization_coordsys_id INTEGER, definition TEXT);
    CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, srs_id INTEGER);
    CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER, z INTEGER, m INTEGER);
    INSERT INTO gpkg_spatial_ref_sys VALUES ('undefined', -1, 'NONE', -1, 'undefined'), ('CGCS2000 CM 114E', 4547, 'EPSG', 4547, 'undefined');`)
  for (const { table, rows, srsId = 4547 } of layers) {
    const quoted = `"${table.replaceAll('"', '""')}"`
    db.exec(`CREATE TABLE ${quoted} (fid INTEGER PRIMARY KEY, geom BLOB, name)`)
    db.prepare(`INSERT INTO gpkg_contents VALUES (?, 'features', ?)`).run(table, srsId)
    db.prepare(`INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'GEOMETRY', ?, 0, 0)`).run(table, srsId)
    for (const { geom, name = null } of rows) db.prepare(`INSERT INTO ${quoted} (geom, name) VALUES (?, ?)`).run(geom, name)
  }
  if (sql !== '') db.exec(sql)
  db.close()
  return file
}
