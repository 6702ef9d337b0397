import { interestingDouble, mutateField, withBytes, type Field, type Mutator } from './mutator.ts'
import { oneOf } from './random.ts'

const SHP_HEADER: readonly Field[] = [
  [0, 4, 'be'],
  [24, 4, 'be'],
  [28, 4, 'le'],
  [32, 4, 'le'],
]

/** Where the records of a .shp start, as its own lengths say. */
function shpRecords(bytes: Buffer): number[] {
  const starts: number[] = []
  for (let at = 100; at + 12 <= bytes.length && starts.length < 10_000; at += 8 + 2 * bytes.readUInt32BE(at + 4)) starts.push(at)
  return starts
}

const SHP: Mutator = {
  name: 'shapefile header and records',
  applies: (bytes) => bytes.length >= 100 && bytes.readInt32BE(0) === 9994,
  mutate(bytes, pick) {
    const starts = shpRecords(bytes)
    if (starts.length === 0 || pick(4) === 0) return mutateField(bytes, pick, SHP_HEADER)
    const at = oneOf(pick, starts)
    if (pick(5) === 0) return withBytes(bytes, at + 12 + 8 * pick(4), interestingDouble(pick))
    // record number, length in words, shape type, number of parts, of points, first and second part
    return mutateField(bytes, pick, [
      [at, 4, 'be'],
      [at + 4, 4, 'be'],
      [at + 8, 4, 'le'],
      [at + 44, 4, 'le'],
      [at + 48, 4, 'le'],
      [at + 52, 4, 'le'],
      [at + 56, 4, 'le'],
    ])
  },
}

const DBF: Mutator = {
  name: 'DBF counts and field descriptors',
  applies: (bytes) =>
    bytes.length > 65 && [0x03, 0x30, 0x83, 0x8b, 0xf5].includes(bytes[0] ?? 0) && bytes.readUInt16LE(8) % 32 <= 1,
  mutate(bytes, pick) {
    const fields = Math.max(1, Math.floor((bytes.readUInt16LE(8) - 33) / 32))
    const at = 32 + 32 * pick(fields)
    return mutateField(bytes, pick, [
      [4, 4, 'le'],
      [8, 2, 'le'],
      [10, 2, 'le'],
      [29, 1, 'le'],
      [at, 1, 'le'],
      [at + 11, 1, 'le'],
      [at + 16, 1, 'le'],
      [at + 17, 1, 'le'],
    ])
  },
}

/** All places of a four-byte signature. */
function placesOf(bytes: Buffer, signature: string): number[] {
  const places: number[] = []
  for (let at = bytes.indexOf(signature, 0, 'latin1'); at !== -1; at = bytes.indexOf(signature, at + 4, 'latin1')) places.push(at)
  return places
}

const ZIP: Mutator = {
  name: 'zip directory',
  applies: (bytes) => bytes.indexOf('PK\u0001\u0002', 0, 'latin1') !== -1,
  mutate(bytes, pick) {
    const central = oneOf(pick, placesOf(bytes, 'PK\u0001\u0002'))
    const end = bytes.lastIndexOf('PK\u0005\u0006', undefined, 'latin1')
    const local = placesOf(bytes, 'PK\u0003\u0004').at(-1) ?? 0
    const centralFields: Field[] = [8, 10, 28, 30, 32].map((offset) => [central + offset, 2, 'le'])
    for (const offset of [16, 20, 24, 38, 42]) centralFields.push([central + offset, 4, 'le'])
    const endFields: Field[] = end === -1 ? [] : [8, 10, 20].map((offset) => [end + offset, 2, 'le'])
    if (end !== -1) endFields.push([end + 12, 4, 'le'], [end + 16, 4, 'le'])
    const localFields: Field[] = [6, 8, 26, 28].map((offset) => [local + offset, 2, 'le'])
    if (pick(6) === 0) {
      const names = ['../', '..\\', '/etc', 'CON.', 'a:b.', '\0\0\0\0']
      return withBytes(bytes, central + 46, Buffer.from(oneOf(pick, names)))
    }
    return mutateField(bytes, pick, oneOf(pick, [centralFields, centralFields, endFields, localFields]))
  },
}

const SQLITE_HEADER: readonly Field[] = [
  [16, 2, 'be'],
  [18, 1, 'be'],
  [19, 1, 'be'],
  [20, 1, 'be'],
  [28, 4, 'be'],
  [32, 4, 'be'],
  [36, 4, 'be'],
  [44, 4, 'be'],
  [52, 4, 'be'],
  [56, 4, 'be'],
  [64, 4, 'be'],
  [68, 4, 'be'],
]

const SQLITE: Mutator = {
  name: 'SQLite header, pages and cells',
  applies: (bytes) => bytes.length >= 512 && bytes.toString('latin1', 0, 15) === 'SQLite format 3',
  mutate(bytes, pick) {
    if (pick(4) === 0) return mutateField(bytes, pick, SQLITE_HEADER)
    const stated = bytes.readUInt16BE(16)
    const pageSize = stated === 1 ? 65_536 : Math.max(512, stated)
    const page = pick(Math.max(1, Math.floor(bytes.length / pageSize)))
    const start = page * pageSize + (page === 0 ? 100 : 0)
    const cells = Math.min(200, start + 5 <= bytes.length ? bytes.readUInt16BE(start + 3) : 1)
    const pointer = start + 8 + 2 * pick(cells)
    const cell = page * pageSize + (pointer + 2 <= bytes.length ? bytes.readUInt16BE(pointer) : 0)
    // page kind, first free block, cell count, content start, right-most page, a cell pointer, the varints of a cell
    return mutateField(bytes, pick, [
      [start, 1, 'be'],
      [start + 1, 2, 'be'],
      [start + 3, 2, 'be'],
      [start + 5, 2, 'be'],
      [start + 8, 4, 'be'],
      [pointer, 2, 'be'],
      ...[0, 1, 2, 3, 4, 5].map((offset): Field => [cell + offset, 1, 'be']),
    ])
  },
}

const TIFF: Mutator = {
  name: 'TIFF directory',
  applies: (bytes) => bytes.length >= 16 && ['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].includes(bytes.toString('latin1', 0, 4)),
  mutate(bytes, pick) {
    const order = bytes[0] === 0x49 ? 'le' : 'be'
    const u16 = (at: number) => (at + 2 > bytes.length ? 0 : order === 'le' ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at))
    const directory = order === 'le' ? bytes.readUInt32LE(4) : bytes.readUInt32BE(4)
    const entry = directory + 2 + 12 * pick(Math.max(1, Math.min(64, u16(directory))))
    return mutateField(bytes, pick, [
      [4, 4, order],
      [directory, 2, order],
      [entry, 2, order],
      [entry + 2, 2, order],
      [entry + 4, 4, order],
      [entry + 8, 4, order],
      [entry + 8, 2, order],
    ])
  },
}

/** Damage at the places that a binary format's reader believes. */
export const STRUCTURE_MUTATORS: readonly Mutator[] = [SHP, DBF, ZIP, SQLITE, TIFF]
