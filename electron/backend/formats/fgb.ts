import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import { decodeFgbGeometry, FgbCoordinateError, type FgbGeometry } from './fgb-geometry.ts'
import { FlatTable, FlatTableError } from './flat-table.ts'
import type { OpenOptions, SourceValue } from './format.ts'
import { fileError } from './read-file.ts'

const MB = 1024 * 1024
const CHUNK_BYTES = MB
const MAGIC = [0x66, 0x67, 0x62, 0x03, 0x66, 0x67, 0x62]
/** A header lists fields and one CRS text; a feature's bytes are held at once. */
const MAX_HEADER_BYTES = 16 * MB
const MAX_FEATURE_BYTES = 1024 * MB
const MAX_COLUMNS = 2000

export interface FgbHeader {
  name: string | null
  columns: FgbColumn[]
  /** 0 when the writer did not know. */
  count: number
  geometryType: number
  crs: { organization: string; code: number; wkt: string | null } | null
}

interface FgbColumn {
  name: string
  type: number
}

export interface FgbFeature {
  row: number
  geometry: FgbGeometry | null
  values: (readonly [string, SourceValue])[]
}

/** Reads bytes of a file in order, however they are asked for. */
class ByteReader {
  readonly #descriptor: number
  readonly size: number
  position = 0
  #chunk: Buffer = Buffer.alloc(0)
  #chunkAt = 0

  constructor(descriptor: number) {
    this.#descriptor = descriptor
    this.size = fstatSync(descriptor).size
  }

  get left(): number {
    return this.size - this.position
  }

  skip(bytes: number): void {
    this.position += bytes
  }

  /** The next bytes, valid until the next call; null when the file ends before. */
  take(bytes: number): Buffer | null {
    if (bytes > this.left) return null
    const start = this.position - this.#chunkAt
    if (start < 0 || start + bytes > this.#chunk.length) {
      this.#chunk = Buffer.allocUnsafe(Math.min(Math.max(bytes, CHUNK_BYTES), this.left))
      this.#chunkAt = this.position
      let read = 0
      while (read < this.#chunk.length) {
        const got = readSync(this.#descriptor, this.#chunk, read, this.#chunk.length - read, this.position + read)
        if (got === 0) return null
        read += got
      }
    }
    const from = this.position - this.#chunkAt
    this.position += bytes
    return this.#chunk.subarray(from, from + bytes)
  }
}

const broken = (file: string, row: number | null, zh: string, en: string, cause?: unknown): AppError =>
  new AppError('import.vector-broken', { file, layer: null, row, problem: bilingual(zh, en) }, { cause })

const columnsOf = (tables: readonly FlatTable[]): FgbColumn[] =>
  tables.map((table) => ({ name: table.text(0) ?? '', type: table.byte(1) }))

function readHeader(reader: ByteReader, file: string): FgbHeader & { nodeSize: number } {
  const magic = reader.take(8)
  if (magic === null) throw new AppError('import.truncated', { file, row: null })
  if (MAGIC.slice(0, 3).some((byte, index) => magic[index] !== byte) || magic[3] !== MAGIC[3])
    throw broken(
      file,
      null,
      '不是 FlatGeobuf 3 文件（文件头不符）',
      'it is not a FlatGeobuf 3 file (its first bytes say otherwise)',
    )
  const size = reader.take(4)?.readUInt32LE(0)
  const bytes = size === undefined || size > MAX_HEADER_BYTES ? null : reader.take(size)
  if (bytes === null) throw new AppError('import.truncated', { file, row: null })
  const table = FlatTable.root(bytes)
  const columns = columnsOf(table.tables(7))
  if (columns.length > MAX_COLUMNS)
    throw new AppError('import.limit', { file, layer: null, what: bilingual('字段数', 'fields'), limit: MAX_COLUMNS })
  const crs = table.table(10)
  return {
    name: table.text(0),
    columns,
    count: Number(table.long(8)),
    geometryType: table.byte(2),
    nodeSize: table.short(9, 16),
    crs: crs && { organization: crs.text(0) ?? '', code: crs.int(1), wkt: crs.text(4) },
  }
}

/** Bytes of the packed search tree between header and features. */
function treeBytes(count: number, nodeSize: number): number {
  if (nodeSize < 2 || count === 0) return 0
  let nodes = count
  for (let level = count; level > 1;) {
    level = Math.ceil(level / nodeSize)
    nodes += level
  }
  return nodes * 40
}

const whole = (value: bigint): SourceValue =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value.toString()
const finite = (value: number): SourceValue => (Number.isFinite(value) ? value : null)

/** Readers of attribute values by column type: bytes taken, and the value. */
const NUMBERS: Record<number, { bytes: number; read: (view: DataView, at: number) => SourceValue }> = {
  0: { bytes: 1, read: (view, at) => view.getInt8(at) },
  1: { bytes: 1, read: (view, at) => view.getUint8(at) },
  2: { bytes: 1, read: (view, at) => view.getUint8(at) !== 0 },
  3: { bytes: 2, read: (view, at) => view.getInt16(at, true) },
  4: { bytes: 2, read: (view, at) => view.getUint16(at, true) },
  5: { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  6: { bytes: 4, read: (view, at) => view.getUint32(at, true) },
  7: { bytes: 8, read: (view, at) => whole(view.getBigInt64(at, true)) },
  8: { bytes: 8, read: (view, at) => whole(view.getBigUint64(at, true)) },
  9: { bytes: 4, read: (view, at) => finite(view.getFloat32(at, true)) },
  10: { bytes: 8, read: (view, at) => finite(view.getFloat64(at, true)) },
}
const TEXT_TYPES = [11, 12, 13]
const BINARY_TYPE = 14

const decoder = new TextDecoder('utf-8')

function readValues(bytes: DataView, columns: readonly FgbColumn[]): FgbFeature['values'] {
  const values: FgbFeature['values'] = []
  for (let at = 0; at < bytes.byteLength;) {
    const column = columns[bytes.getUint16(at, true)]
    if (column === undefined) throw new FlatTableError('a value belongs to no column')
    at += 2
    const number = NUMBERS[column.type]
    if (number) {
      values.push([column.name, number.read(bytes, at)])
      at += number.bytes
      continue
    }
    const length = bytes.getUint32(at, true)
    at += 4
    if (at + length > bytes.byteLength) throw new FlatTableError('a text is longer than the bytes')
    if (TEXT_TYPES.includes(column.type))
      values.push([column.name, decoder.decode(new Uint8Array(bytes.buffer, bytes.byteOffset + at, length))])
    else if (column.type !== BINARY_TYPE) throw new FlatTableError(`column type ${column.type}`)
    at += length
  }
  return values
}

function readFeature(bytes: Buffer, row: number, header: FgbHeader): FgbFeature {
  const table = FlatTable.root(bytes)
  const own = columnsOf(table.tables(2))
  const geometry = table.table(0)
  const properties = table.vector(1, 1)
  return {
    row,
    geometry: geometry && decodeFgbGeometry(geometry, header.geometryType, bytes.length),
    values: properties === null ? [] : readValues(properties, own.length > 0 ? own : header.columns),
  }
}

/** Errors of decoding as ones that say where. */
function placed(error: unknown, file: string, row: number | null): unknown {
  if (error instanceof FgbCoordinateError)
    return new AppError('import.bad-coordinate', { file, layer: null, row: row ?? 0 }, { cause: error })
  if (error instanceof FlatTableError || error instanceof RangeError)
    return broken(file, row, 'FlatGeobuf 数据已损坏', 'its FlatGeobuf data is damaged', error)
  return error
}

export interface FgbFile {
  header: FgbHeader
  /** Reads on from where the header ended; once. */
  features: () => Generator<FgbFeature>
  close(): void
}

/**
 * Opens a FlatGeobuf file and streams it: one feature is held at a time, whatever the file's size.
 * @throws AppError `import.truncated`, `import.vector-broken`, `import.bad-coordinate`, `import.limit` with the row
 */
export function openFgb(path: string, shown: string, report: OpenOptions['report']): FgbFile {
  let descriptor: number
  try {
    descriptor = openSync(path, 'r')
  } catch (error) {
    throw fileError(error, shown)
  }
  let row: number | null = null
  try {
    const reader = new ByteReader(descriptor)
    const { nodeSize, ...header } = readHeader(reader, shown)
    reader.skip(treeBytes(header.count, nodeSize))
    return {
      header,
      features: () => features(reader, header, shown, report),
      close: () => closeSync(descriptor),
    }
  } catch (error) {
    closeSync(descriptor)
    throw placed(fileError(error, shown), shown, row)
  }
}

function* features(reader: ByteReader, header: FgbHeader, shown: string, report: OpenOptions['report']): Generator<FgbFeature> {
  let row = 0
  try {
    while (reader.left !== 0) {
      row++
      const size = reader.take(4)?.readUInt32LE(0)
      const bytes = size === undefined || size > MAX_FEATURE_BYTES ? null : reader.take(size)
      if (bytes === null) throw new AppError('import.truncated', { file: shown, row })
      yield readFeature(bytes, row, header)
      if (row % 10_000 === 0) report(reader.position, reader.size)
    }
    if (row < header.count) throw new AppError('import.truncated', { file: shown, row: row + 1 })
  } catch (error) {
    throw placed(fileError(error, shown), shown, row)
  }
}
