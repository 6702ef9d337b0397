import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import { ByteDictionary } from './byte-dictionary.ts'
import { windowOf, type ByteWindow } from './byte-window.ts'
import type { SourceValue } from './format.ts'

interface DbfField {
  nameBytes: Uint8Array
  type: string
  offset: number
  length: number
}

export interface DbfFile {
  file: string
  window: ByteWindow
  /** Language driver byte. */
  ldid: number
  rows: number
  fields: DbfField[]
  headerLength: number
  rowLength: number
}

const broken = (file: string, zh: string, en: string): AppError =>
  new AppError('import.shapefile-broken', { file, row: null, problem: bilingual(zh, en) })

/** Types of dBASE and FoxPro that hold something readable; memo and picture fields live in other files. */
const READ_TYPES = 'CNFLDIOB@TY+'

/** Reads the header of a .dbf. @throws AppError `import.truncated`, `import.shapefile-broken` */
export function openDbf(source: Buffer | ByteWindow, file: string): DbfFile {
  const window = Buffer.isBuffer(source) ? windowOf(source) : source
  if (window.size < 33) throw new AppError('import.truncated', { file, row: null })
  window.seek(0, 33)
  const rows = window.bytes.readUInt32LE(4)
  const headerLength = window.bytes.readUInt16LE(8)
  const rowLength = window.bytes.readUInt16LE(10)
  const ldid = window.bytes[29] ?? 0
  if (headerLength > window.size) throw new AppError('import.truncated', { file, row: null })
  if (headerLength < 33 || rowLength < 1) throw broken(file, 'DBF 文件头无效', 'its DBF header is impossible')
  window.seek(0, headerLength)
  // Kept beyond the window's next move: the names are looked at later.
  const bytes = Buffer.from(window.bytes.subarray(0, headerLength))
  const fields: DbfField[] = []
  let offset = 1
  for (let at = 32; at + 32 <= headerLength && bytes[at] !== 0x0d; at += 32) {
    const name = bytes.subarray(at, at + 11)
    const end = name.indexOf(0)
    const type = String.fromCharCode(bytes[at + 11] ?? 0)
    const length = type === 'C' ? bytes.readUInt16LE(at + 16) : (bytes[at + 16] ?? 0) // long text fields use the decimals byte too
    const fits = offset + length <= rowLength
    const width = fits ? length : (bytes[at + 16] ?? 0)
    if (offset + width > rowLength) throw broken(file, 'DBF 字段长度超过记录长度', 'its fields are longer than its records')
    fields.push({ nameBytes: name.subarray(0, end < 0 ? 11 : end), type, offset, length: width })
    offset += width
  }
  const complete = Math.floor((window.size - headerLength) / rowLength)
  if (complete < rows) throw new AppError('import.truncated', { file, row: complete + 1 })
  return { file, window, ldid, rows, fields, headerLength, rowLength }
}

/** Fields that can be read, in file order. */
export const readableFields = (dbf: DbfFile): DbfField[] => dbf.fields.filter(({ type }) => READ_TYPES.includes(type))

export const isDeleted = ({ window, headerLength, rowLength }: DbfFile, row: number): boolean =>
  window.bytes[window.seek(headerLength + row * rowLength, 1)] === 0x2a

/** Where a text ends that begins at `from`: it is padded with spaces, sometimes with NULs. */
function endOfText(bytes: Buffer, from: number, to: number): number {
  let end = to
  while (end > from && bytes[end - 1] === 0x20) end--
  for (let at = from; at < end; at++) {
    if (bytes[at] !== 0) continue
    end = at
    while (end > from && bytes[end - 1] === 0x20) end--
  }
  return end
}

/** Up to `limit` distinct texts with foreign characters, and all field names: what encoding detection looks at. */
export function foreignTexts(dbf: DbfFile, limit = 2000): Uint8Array[] {
  const texts: Uint8Array[] = dbf.fields.map(({ nameBytes }) => nameBytes)
  const { window } = dbf
  const seen = new ByteDictionary<null>(limit)
  const textFields = dbf.fields.filter(({ type }) => type === 'C')
  const take = (bytes: Buffer): null => {
    texts.push(Uint8Array.from(bytes))
    return null
  }
  for (let row = 0; row < dbf.rows && seen.size < limit; row++) {
    const start = window.seek(dbf.headerLength + row * dbf.rowLength, dbf.rowLength)
    const { bytes } = window
    for (const { offset, length } of textFields) {
      const from = start + offset
      if (!isForeign(bytes, from, from + length)) continue
      const end = endOfText(bytes, from, from + length)
      if (isForeign(bytes, from, end)) seen.get(bytes, from, end, take)
    }
  }
  return texts
}

function isForeign(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if ((bytes[at] as number) >= 0x80) return true
  return false
}

/** Decodes text; a character cut by the field's width leaves no replacement mark behind. */
export const decodeText = (decoder: { decode(bytes: Uint8Array): string }, bytes: Uint8Array): string =>
  decoder.decode(bytes).replace(/\uFFFD$/, '')

function julianDay(day: number): string | null {
  const ms = (day - 2_440_588) * 86_400_000 // 2440588 = Julian day of 1970-01-01
  return Number.isFinite(ms) && Math.abs(ms) < 8.64e15 && day > 0 ? new Date(ms).toISOString().slice(0, 10) : null
}

/** Digits that a double holds exactly, so that dividing by a power of ten rounds as reading the text does. */
const EXACT_DIGITS = 15
const POWERS = Array.from({ length: EXACT_DIGITS + 1 }, (_, power) => 10 ** power)

/** A number as the columns of most tables hold it; anything unusual is left to `numberOrNull`. */
function numberAt(bytes: Buffer, from: number, to: number): number | null {
  let at = from
  while (at < to && bytes[at] === 0x20) at++
  const isNegative = bytes[at] === 0x2d
  if (isNegative) at++
  let [value, digits, decimals, point] = [0, 0, 0, false]
  for (; at < to; at++) {
    const byte = bytes[at] as number
    if (byte >= 0x30 && byte <= 0x39) {
      value = value * 10 + (byte - 0x30)
      digits++
      if (point) decimals++
    } else if (byte === 0x2e && !point) point = true
    else break
  }
  while (at < to && bytes[at] === 0x20) at++
  if (at < to || digits === 0 || digits > EXACT_DIGITS)
    return numberOrNull(bytes.toString('latin1', from, to).replace(/\0.*$/s, ''))
  const size = decimals === 0 ? value : value / (POWERS[decimals] as number)
  return isNegative ? -size : size
}

function numberOrNull(text: string): number | null {
  const plain = text.trim().replace(',', '.')
  if (plain === '' || plain.startsWith('*')) return null
  const value = Number(plain)
  return Number.isFinite(value) ? value : null
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

/** One value in the type that its field declares; unreadable numbers ("****") and dates are null. */
export function dbfValue(
  { window, headerLength, rowLength }: DbfFile,
  row: number,
  { type, offset, length }: DbfField,
  decode: (bytes: Buffer, from: number, to: number) => string,
): SourceValue {
  const from = window.seek(headerLength + row * rowLength, rowLength) + offset
  const { bytes } = window
  const to = from + length
  switch (type) {
    case 'N':
    case 'F':
      return numberAt(bytes, from, to)
    case 'L': {
      const letter = length === 0 ? '?' : String.fromCharCode(bytes[from] ?? 0x3f)
      return 'TtYy1'.includes(letter) ? true : 'FfNn0'.includes(letter) ? false : null
    }
    case 'D': {
      const digits = /^(\d{4})(\d\d)(\d\d)$/.exec(bytes.toString('latin1', from, to))
      return digits ? `${digits[1]}-${digits[2]}-${digits[3]}` : null
    }
    case 'I':
    case '+':
      return length === 4 ? bytes.readInt32LE(from) : null
    case 'O':
    case 'B':
      return length === 8 ? finiteOrNull(bytes.readDoubleLE(from)) : null
    case 'Y':
      return length === 8 ? Number(bytes.readBigInt64LE(from)) / 10_000 : null
    case '@':
    case 'T':
      return length === 8 ? julianDay(bytes.readInt32LE(from)) : null
    default: {
      const end = endOfText(bytes, from, to)
      return end === from ? null : decode(bytes, from, end)
    }
  }
}
