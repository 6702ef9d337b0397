import { interestingInt, mutateField, withBytes, type Field, type Mutator } from './mutator.ts'
import { oneOf, type Pick } from './random.ts'

const startsWith = (bytes: Buffer, signature: string): boolean => bytes.toString('latin1', 0, signature.length) === signature

/** Replaces one of the places where a pattern fits, byte by byte. */
function replaceOne(bytes: Buffer, pick: Pick, pattern: RegExp, by: (found: string) => string): Buffer {
  const text = bytes.toString('latin1')
  const found = [...text.matchAll(pattern)]
  const match = found[pick(found.length)]
  if (match === undefined) return bytes
  return Buffer.from(text.slice(0, match.index) + by(match[0]) + text.slice(match.index + match[0].length), 'latin1')
}

/** Values that a key of a dictionary should not have: too deep, of another type, or the page tree itself. */
const PDF_VALUES = ['null', '[]', '<<>>', '1 0 R', '2 0 R', '99999 0 R', '(x)', '/X', '-1', '1e39', '[0 0 0 0]', '['.repeat(3000)]

const PDF: Mutator = {
  name: 'PDF objects',
  applies: (bytes) => startsWith(bytes, '%PDF-'),
  mutate(bytes, pick) {
    const number = () => oneOf(pick, ['0', '-1', '2147483648', '99999999999999999999', '0.000001', '1e309', 'NaN', ''])
    const ways: (() => Buffer)[] = [
      // a reference to another object, mostly an earlier one: the tree of pages becomes a circle
      () => replaceOne(bytes, pick, /\d+ 0 R/g, () => `${oneOf(pick, [0, 1, 2, 3, 4, 5, 6, 7, 65_535])} 0 R`),
      () => replaceOne(bytes, pick, /-?\d+(?:\.\d+)?(?= |\]|\n)/g, number),
      () => replaceOne(bytes, pick, /\/(?:MediaBox|CropBox|VP|Measure|GPTS|LPTS|BBox|GCS|CTM|Neatline) *\[[^\]]*\]/g, () => ''),
      () => replaceOne(bytes, pick, /(?<=\/\w{2,20} )[^/<>[\]]{1,20}(?=\n|\/)/g, () => oneOf(pick, PDF_VALUES)),
      () =>
        replaceOne(bytes, pick, /\[[^\]]*\]/g, () =>
          oneOf(pick, ['[]', '[0]', '[1 2 3]', '[null null null null]', '[0 0 1e308 1e308]']),
        ),
      () => replaceOne(bytes, pick, /endobj|endstream|stream|xref|trailer|startxref|%%EOF|<<|>>/g, () => ''),
      () =>
        replaceOne(
          bytes,
          pick,
          /\/(?:FlateDecode|Type|Kids|Count|Length|Rotate|Pages|Page|Catalog|EPSG|WKT|Subtype)/g,
          () => '/X',
        ),
    ]
    return oneOf(pick, ways)()
  },
}

const PNG: Mutator = {
  name: 'PNG chunks',
  applies: (bytes) => bytes.length >= 33 && startsWith(bytes, '\x89PNG'),
  mutate: (bytes, pick) =>
    // length of the first chunk, its name, width, height, depth, colour type, compression, filter, interlace
    mutateField(bytes, pick, [
      [8, 4, 'be'],
      [12, 4, 'be'],
      [16, 4, 'be'],
      [20, 4, 'be'],
      [24, 1, 'be'],
      [25, 1, 'be'],
      [28, 1, 'be'],
    ]),
}

const JPEG: Mutator = {
  name: 'JPEG segments',
  applies: (bytes) => bytes.length >= 12 && startsWith(bytes, '\xff\xd8\xff'),
  mutate(bytes, pick) {
    const starts: number[] = []
    for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff; at += 2 + Math.max(2, bytes.readUInt16BE(at + 2)))
      starts.push(at)
    const at = oneOf(pick, starts.length > 0 ? starts : [2])
    const fields: Field[] = [
      [at, 1, 'be'],
      [at + 1, 1, 'be'],
      [at + 2, 2, 'be'],
      [at + 5, 2, 'be'],
      [at + 7, 2, 'be'],
    ]
    return mutateField(bytes, pick, fields)
  },
}

const PMTILES: Mutator = {
  name: 'PMTiles header and directory',
  applies: (bytes) => bytes.length >= 127 && startsWith(bytes, 'PMTiles'),
  mutate(bytes, pick) {
    // the entries of the root directory lie behind the header: counts, runs, lengths and offsets as varints
    if (pick(3) === 0) return withBytes(bytes, 127 + pick(16), interestingInt(pick, oneOf(pick, [1, 2, 4] as const)))
    const wide: Field[] = Array.from({ length: 11 }, (_, at) => [8 + 8 * at, 8, 'le'])
    const narrow: Field[] = [7, 96, 97, 98, 99, 100, 101].map((at) => [at, 1, 'le'])
    return mutateField(bytes, pick, [...wide, ...narrow])
  },
}

/** Damage at the places that a reader of pictures and tiles believes. */
export const PICTURE_MUTATORS: readonly Mutator[] = [PDF, PNG, JPEG, PMTILES]
