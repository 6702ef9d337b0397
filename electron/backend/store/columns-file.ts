import fs from 'node:fs'
import { threadId } from 'node:worker_threads'
import { crc32 } from 'node:zlib'
import * as z from 'zod'
import type { Column, LayerColumns } from '#core/geo/columns.ts'

/**
 * The cache file of one layer's columns: magic, version, checksum, a JSON header that lists the arrays, then the arrays
 * themselves, each on an 8-byte boundary, exactly as they lie in memory (little-endian).
 */
const MAGIC = 0x4c4f4347
const VERSION = 1
/** magic, version, CRC-32 of all that follows, header bytes. */
const PREAMBLE_BYTES = 16

type Values = Int32Array | Uint32Array | Float64Array

const text = z.strictObject({ type: z.literal('text'), codes: z.number(), dictionary: z.array(z.string()) })
const number = z.strictObject({ type: z.literal('number'), values: z.number() })
const headerSchema = z.strictObject({
  count: z.number().int().nonnegative(),
  /** Lengths in elements; `attributes` likewise. */
  fid: z.number(),
  xy: z.number(),
  ringOff: z.number(),
  partOff: z.number(),
  featureOff: z.number(),
  partBox: z.number(),
  attributes: z.record(z.string(), z.discriminatedUnion('type', [text, number])),
})
type Header = z.infer<typeof headerSchema>

/** What the file holds; role, name, frame and hash are the caller's, who found the file by them. */
export type CachedColumns = Pick<
  LayerColumns,
  'count' | 'fid' | 'xy' | 'ringOff' | 'partOff' | 'featureOff' | 'partBox' | 'attributes'
>

const aligned = (bytes: number): number => (bytes + 7) & ~7
const bytesOf = (values: Values): Uint8Array => new Uint8Array(values.buffer, values.byteOffset, values.byteLength)

/** Writes the cache file under a temporary name and renames it. Losing it costs only time, so nothing is synced. */
export function writeColumnsFile(file: string, columns: CachedColumns): void {
  const { count, fid, xy, ringOff, partOff, featureOff, partBox } = columns
  const arrays: Values[] = [fid, xy, ringOff, partOff, featureOff, partBox]
  const attributes: Header['attributes'] = {}
  for (const [name, column] of Object.entries(columns.attributes)) {
    const values = column.type === 'text' ? column.codes : column.values
    arrays.push(values)
    attributes[name] =
      column.type === 'text'
        ? { type: 'text', codes: values.length, dictionary: column.dictionary }
        : { type: 'number', values: values.length }
  }
  const lengths = {
    fid: fid.length,
    xy: xy.length,
    ringOff: ringOff.length,
    partOff: partOff.length,
    featureOff: featureOff.length,
    partBox: partBox.length,
  }
  const header = Buffer.from(JSON.stringify({ count, ...lengths, attributes } satisfies Header))
  const start = aligned(PREAMBLE_BYTES + header.length)
  const bytes = Buffer.alloc(arrays.reduce((sum, values) => sum + aligned(values.byteLength), start))
  bytes.set(header, PREAMBLE_BYTES)
  let at = start
  for (const values of arrays) {
    bytes.set(bytesOf(values), at)
    at += aligned(values.byteLength)
  }
  bytes.writeUInt32LE(MAGIC, 0)
  bytes.writeUInt32LE(VERSION, 4)
  bytes.writeUInt32LE(header.length, 12)
  bytes.writeUInt32LE(crc32(bytes.subarray(12)), 8)
  // Two threads may read the same layer for the first time.
  const temporary = `${file}.${process.pid}-${threadId}.tmp`
  fs.writeFileSync(temporary, bytes)
  fs.renameSync(temporary, file)
}

/**
 * Reads a cache file into one shared buffer; the arrays are views on it. Undefined when there is none or its version is
 * another. Throws RangeError when it is damaged.
 */
export function readColumnsFile(file: string): CachedColumns | undefined {
  const shared = readShared(file)
  if (!shared || shared.byteLength < PREAMBLE_BYTES) return shared && damaged('too short')
  const bytes = new Uint8Array(shared)
  const view = new DataView(shared)
  if (view.getUint32(0, true) !== MAGIC) return damaged('not a columns file')
  if (view.getUint32(4, true) !== VERSION) return undefined
  if (view.getUint32(8, true) !== crc32(bytes.subarray(12))) return damaged('checksum differs')
  const headerBytes = view.getUint32(12, true)
  const header = headerSchema.parse(
    JSON.parse(Buffer.from(bytes.slice(PREAMBLE_BYTES, PREAMBLE_BYTES + headerBytes)).toString('utf8')),
  )
  let at = aligned(PREAMBLE_BYTES + headerBytes)
  const take = <T extends Values>(
    type: { new (buffer: SharedArrayBuffer, at: number, length: number): T; BYTES_PER_ELEMENT: number },
    length: number,
  ): T => {
    const values = new type(shared, at, length)
    at += aligned(length * type.BYTES_PER_ELEMENT)
    return values
  }
  const geometry = {
    count: header.count,
    fid: take(Float64Array, header.fid),
    xy: take(Int32Array, header.xy),
    ringOff: take(Uint32Array, header.ringOff),
    partOff: take(Uint32Array, header.partOff),
    featureOff: take(Uint32Array, header.featureOff),
    partBox: take(Int32Array, header.partBox),
  }
  const attributes: Record<string, Column> = {}
  for (const [name, column] of Object.entries(header.attributes))
    attributes[name] =
      column.type === 'text'
        ? { type: 'text', codes: take(Uint32Array, column.codes), dictionary: column.dictionary }
        : { type: 'number', values: take(Float64Array, column.values) }
  return { ...geometry, attributes }
}

/** How much a cache file holds, told by its head alone; undefined when there is none, or none that can be told of. */
export function readColumnsSize(file: string): { features: number; vertices: number } | undefined {
  if (!fs.existsSync(file)) return undefined
  const descriptor = fs.openSync(file, 'r')
  try {
    const preamble = Buffer.alloc(PREAMBLE_BYTES)
    fs.readSync(descriptor, preamble, 0, PREAMBLE_BYTES, 0)
    if (preamble.readUInt32LE(0) !== MAGIC || preamble.readUInt32LE(4) !== VERSION) return undefined
    const head = Buffer.alloc(Math.min(preamble.readUInt32LE(12), fs.fstatSync(descriptor).size))
    fs.readSync(descriptor, head, 0, head.length, PREAMBLE_BYTES)
    const { count, xy } = headerSchema.parse(JSON.parse(head.toString('utf8')))
    return { features: count, vertices: xy / 2 }
  } catch (error) {
    // a damaged file is found out, and logged, by whoever reads it
    if (error instanceof SyntaxError || error instanceof z.ZodError) return undefined
    throw error
  } finally {
    fs.closeSync(descriptor)
  }
}

function damaged(why: string): never {
  throw new RangeError(`columns cache: ${why}`)
}

function readShared(file: string): SharedArrayBuffer | undefined {
  if (!fs.existsSync(file)) return undefined
  const descriptor = fs.openSync(file, 'r')
  try {
    const shared = new SharedArrayBuffer(fs.fstatSync(descriptor).size)
    const bytes = new Uint8Array(shared)
    let at = 0
    while (at < bytes.length) {
      const read = fs.readSync(descriptor, bytes, at, Math.min(bytes.length - at, 1 << 30), at)
      if (read === 0) damaged('ended early')
      at += read
    }
    return shared
  } finally {
    fs.closeSync(descriptor)
  }
}
