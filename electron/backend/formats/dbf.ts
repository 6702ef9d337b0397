import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
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

/** The bytes of one value, until the next one is read. */
const cell = (dbf: DbfFile, row: number, field: DbfField): Buffer => {
  const start = dbf.window.seek(dbf.headerLength + row * dbf.rowLength + field.offset, field.length)
  return dbf.window.bytes.subarray(start, start + field.length)
}

/** Up to `limit` distinct texts with foreign characters, and all field names: what encoding detection looks at. */
export function foreignTexts(dbf: DbfFile, limit = 2000): Uint8Array[] {
  const texts: Uint8Array[] = dbf.fields.map(({ nameBytes }) => nameBytes)
  const seen = new Set<string>()
  const textFields = dbf.fields.filter(({ type }) => type === 'C')
  for (let row = 0; row < dbf.rows && seen.size < limit; row++) {
    for (const field of textFields) {
      const bytes = trimmed(cell(dbf, row, field))
      if (bytes.every((byte) => byte < 0x80)) continue
      const key = bytes.toString('latin1')
      if (seen.has(key)) continue
      seen.add(key)
      texts.push(Uint8Array.from(bytes))
    }
  }
  return texts
}

/** Text is padded with spaces, sometimes with NULs. */
function trimmed(bytes: Buffer): Buffer {
  const zero = bytes.indexOf(0)
  let end = zero < 0 ? bytes.length : zero
  while (end > 0 && bytes[end - 1] === 0x20) end--
  return bytes.subarray(0, end)
}

/** Decodes text; a character cut by the field's width leaves no replacement mark behind. */
export const decodeText = (decoder: { decode(bytes: Uint8Array): string }, bytes: Uint8Array): string =>
  decoder.decode(bytes).replace(/\uFFFD$/, '')

function julianDay(day: number): string | null {
  const ms = (day - 2_440_588) * 86_400_000 // 2440588 = Julian day of 1970-01-01
  return Number.isFinite(ms) && Math.abs(ms) < 8.64e15 && day > 0 ? new Date(ms).toISOString().slice(0, 10) : null
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
export function dbfValue(dbf: DbfFile, row: number, field: DbfField, decode: (bytes: Buffer) => string): SourceValue {
  const bytes = cell(dbf, row, field)
  switch (field.type) {
    case 'N':
    case 'F':
      return numberOrNull(bytes.toString('latin1').replace(/\0.*$/s, ''))
    case 'L': {
      const letter = String.fromCharCode(bytes[0] ?? 0x3f)
      return 'TtYy1'.includes(letter) ? true : 'FfNn0'.includes(letter) ? false : null
    }
    case 'D': {
      const digits = /^(\d{4})(\d\d)(\d\d)$/.exec(bytes.toString('latin1'))
      return digits ? `${digits[1]}-${digits[2]}-${digits[3]}` : null
    }
    case 'I':
    case '+':
      return bytes.length === 4 ? bytes.readInt32LE(0) : null
    case 'O':
    case 'B':
      return bytes.length === 8 ? finiteOrNull(bytes.readDoubleLE(0)) : null
    case 'Y':
      return bytes.length === 8 ? Number(bytes.readBigInt64LE(0)) / 10_000 : null
    case '@':
    case 'T':
      return bytes.length === 8 ? julianDay(bytes.readInt32LE(0)) : null
    default: {
      const text = trimmed(bytes)
      return text.length === 0 ? null : decode(text)
    }
  }
}
