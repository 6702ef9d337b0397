import { closeSync, openSync, readSync } from 'node:fs'

const CODE_POINTS = 0x110000
const FORMATS = { segments: 4, groups: 12 } as const
/** Platform and encoding of a table that knows all of Unicode, the best first. */
const WHOLE = ['3 10', '0 6', '0 4', '3 1', '0 3']

/**
 * The number of the glyph that a TrueType file draws each code point by, 0 where it has none. Reads the table of characters alone (OpenType
 * specification, `cmap`, formats 4 and 12): the files are 10 to 15 MB, and the printer opens them itself.
 * @throws Error for a file without such a table
 */
export function glyphsOf(file: string): Uint16Array {
  const table = characterTable(file)
  const subtable = bestSubtable(table)
  const glyphs = new Uint16Array(CODE_POINTS)
  const format = subtable.readUInt16BE(0)
  if (format === FORMATS.groups) readGroups(subtable, glyphs)
  else if (format === FORMATS.segments) readSegments(subtable, glyphs)
  else throw new Error(`${file} lists its characters in format ${format}`)
  return glyphs
}

function characterTable(file: string): Buffer {
  const opened = openSync(file, 'r')
  try {
    const read = (position: number, length: number): Buffer => {
      const bytes = Buffer.alloc(length)
      return bytes.subarray(0, readSync(opened, bytes, 0, length, position))
    }
    const tables = read(12, read(0, 12).readUInt16BE(4) * 16)
    for (let at = 0; at < tables.length; at += 16)
      if (tables.toString('latin1', at, at + 4) === 'cmap') return read(tables.readUInt32BE(at + 8), tables.readUInt32BE(at + 12))
    throw new Error(`${file} has no table of characters`)
  } finally {
    closeSync(opened)
  }
}

function bestSubtable(table: Buffer): Buffer {
  const found = Array.from({ length: table.readUInt16BE(2) }, (_, index) => {
    const at = 4 + index * 8
    return { rank: WHOLE.indexOf(`${table.readUInt16BE(at)} ${table.readUInt16BE(at + 2)}`), at: table.readUInt32BE(at + 4) }
  }).filter(({ rank }) => rank >= 0)
  const [best] = found.toSorted((one, other) => one.rank - other.rank)
  if (best === undefined) throw new Error('the font does not list its characters by Unicode')
  return table.subarray(best.at)
}

function readGroups(subtable: Buffer, glyphs: Uint16Array): void {
  const groups = subtable.readUInt32BE(12)
  for (let at = 16; at < 16 + groups * 12; at += 12) {
    const [first, last, glyph] = [0, 4, 8].map((part) => subtable.readUInt32BE(at + part)) as [number, number, number]
    for (let code = first; code <= last; code++) glyphs[code] = glyph + code - first
  }
}

function readSegments(subtable: Buffer, glyphs: Uint16Array): void {
  const size = subtable.readUInt16BE(6)
  const [ends, starts, deltas, offsets] = [14, 16 + size, 16 + size * 2, 16 + size * 3] as const
  for (let at = 0; at < size; at += 2) {
    const [first, last] = [subtable.readUInt16BE(starts + at), subtable.readUInt16BE(ends + at)]
    const offset = subtable.readUInt16BE(offsets + at)
    const delta = subtable.readUInt16BE(deltas + at)
    for (let code = first; code <= last && code < 0xffff; code++) {
      const listed = offset === 0 ? code : subtable.readUInt16BE(offsets + at + offset + (code - first) * 2)
      if (listed !== 0) glyphs[code] = listed + delta
    }
  }
}
