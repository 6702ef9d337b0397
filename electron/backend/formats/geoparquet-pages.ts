import { ThriftReader, type ThriftStruct } from './thrift-compact.ts'

/** What the metadata says of one column of a row group, as far as its pages must agree with it. */
export interface PagedColumn {
  /** Values that the metadata states for all pages together. */
  values: number
  /** Rows of the row group. */
  rows: number
  maxRepetition: number
  maxDefinition: number
  /** Pages of these bytes, packed: the library's own function; undefined when pages are not compressed. */
  unpack: ((packed: Uint8Array, bytes: number) => Uint8Array) | undefined
}

export interface PageLimits {
  /** Bytes of all pages of the column once unpacked. */
  bytes: number
}

const [DATA_PAGE, DICTIONARY_PAGE, DATA_PAGE_V2] = [0, 2, 3]
const [PLAIN_DICTIONARY, RLE_DICTIONARY] = [2, 8]
/** The last run of a page may be longer than what is left of it, and is in files of some writers. */
const SLACK = 64
/** Nested values have at least a bit each in some level. */
const NESTED_VALUES_PER_BYTE = 8
const WIDEST_BITS = 32

const bitsFor = (largest: number): number => 32 - Math.clz32(largest)

const need = (isSound: boolean, what: string): void => {
  if (!isSound) throw new RangeError(`a Parquet page ${what}`)
}

/**
 * Walks over the pages of a column chunk before they are decoded: a few bytes can ask for billions of values, and the decoder
 * would make room for them all. Throws RangeError where pages do not fit their chunk, hold more values than the metadata states,
 * or repeat one value beyond that.
 */
export function checkPages(chunk: Uint8Array, column: PagedColumn, limits: PageLimits): void {
  let [at, values, unpacked] = [0, 0, 0]
  while (at < chunk.length - 1 && values < Math.max(column.values, 1)) {
    const reader = new ThriftReader(chunk, at)
    const head = reader.struct()
    const packedBytes = numberOf(head, 3)
    const bytes = numberOf(head, 2)
    need(packedBytes >= 0 && reader.at + packedBytes <= chunk.length, 'reaches beyond its column')
    unpacked += bytes
    need(bytes >= 0 && unpacked <= limits.bytes, 'is larger than the limit')
    const packed = chunk.subarray(reader.at, reader.at + packedBytes)
    values += checkPage(head, packed, bytes, column, column.values - values)
    at = reader.at + packedBytes
  }
  const most = column.maxRepetition === 0 ? column.rows : column.rows + NESTED_VALUES_PER_BYTE * unpacked
  need(column.values <= most, 'column states more values than it can hold')
}

const numberOf = ({ numbers }: ThriftStruct, field: number): number => numbers.get(field) ?? -1

/** Returns the values that the page adds. */
function checkPage(head: ThriftStruct, packed: Uint8Array, bytes: number, column: PagedColumn, left: number): number {
  const type = numberOf(head, 1)
  if (type === DICTIONARY_PAGE) {
    const entries = numberOf(head.structs.get(7) ?? head, 1)
    need(entries >= 0 && entries <= bytes, 'lists more entries than it has bytes')
    return 0
  }
  need(type === DATA_PAGE || type === DATA_PAGE_V2, 'is of an unknown type')
  const data = head.structs.get(type === DATA_PAGE ? 5 : 8)
  if (!data) throw new RangeError('a Parquet page has no header')
  const values = numberOf(data, 1)
  need(values >= 0 && values <= left, 'holds more values than its column states')
  if (type === DATA_PAGE) checkFirstVersion(data, packed, bytes, column, values)
  else checkSecondVersion(data, packed, bytes, column, values)
  return values
}

function checkFirstVersion(data: ThriftStruct, packed: Uint8Array, bytes: number, column: PagedColumn, values: number): void {
  const usesDictionary = isDictionary(numberOf(data, 2))
  if (column.maxRepetition === 0 && column.maxDefinition === 0 && !usesDictionary) return
  const page = column.unpack ? column.unpack(packed, bytes) : packed
  const view = new DataView(page.buffer, page.byteOffset, page.byteLength)
  let at = 0
  for (const largest of [column.maxRepetition, column.maxDefinition]) {
    if (largest === 0) continue
    const length = view.getUint32(at, true)
    need(at + 4 + length <= page.length, 'has levels beyond its end')
    checkRuns(page.subarray(at + 4, at + 4 + length), bitsFor(largest), values)
    at += 4 + length
  }
  if (usesDictionary) checkIndexes(page.subarray(at), values)
}

function checkSecondVersion(data: ThriftStruct, packed: Uint8Array, bytes: number, column: PagedColumn, values: number): void {
  const definitionBytes = numberOf(data, 5)
  const repetitionBytes = numberOf(data, 6)
  const levels = repetitionBytes + definitionBytes
  need(repetitionBytes >= 0 && definitionBytes >= 0 && levels <= packed.length && levels <= bytes, 'has levels beyond its end')
  if (column.maxRepetition > 0) checkRuns(packed.subarray(0, repetitionBytes), bitsFor(column.maxRepetition), values)
  if (column.maxDefinition > 0) checkRuns(packed.subarray(repetitionBytes, levels), bitsFor(column.maxDefinition), values)
  if (!isDictionary(numberOf(data, 4))) return
  const rest = packed.subarray(levels)
  const isPacked = data.flags.get(7) ?? true
  checkIndexes(column.unpack && isPacked ? column.unpack(rest, bytes - levels) : rest, values)
}

const isDictionary = (encoding: number): boolean => encoding === PLAIN_DICTIONARY || encoding === RLE_DICTIONARY

function checkIndexes(bytes: Uint8Array, values: number): void {
  const width = bytes[0]
  if (width === undefined) return
  need(width <= WIDEST_BITS, 'has indexes of too many bits')
  if (width > 0) checkRuns(bytes.subarray(1), width, values)
}

/** Runs of one value and groups of packed ones, up to as many as the page holds; what follows is not read by anybody. */
function checkRuns(bytes: Uint8Array, width: number, values: number): void {
  const reader = new ThriftReader(bytes, 0)
  for (let seen = 0; seen < values && reader.at < bytes.length;) {
    const head = reader.varint()
    const isPacked = head % 2 === 1
    const count = Math.floor(head / 2) * (isPacked ? 8 : 1)
    need(count <= values - seen + SLACK + values, 'repeats a value more often than it has values')
    reader.at += isPacked ? Math.ceil((count * width) / 8) : (width + 7) >> 3
    seen += count
  }
}
