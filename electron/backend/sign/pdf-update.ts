import { createHash } from 'node:crypto'
import { ParseSpeeds, PDFArray, PDFDocument, PDFHexString, PDFRef } from 'pdf-lib'
import { AppError } from '#core/errors.ts'
import { bilingual, type Bilingual } from '#core/text.ts'
import { hasPlausibleXrefs } from '../sheets/pdf-xref.ts'
import { addField, newRef, type Update } from './pdf-field.ts'

/** What the signature says beside the certificate. */
export interface SignatureWords {
  name: string
  reason: string
  place: string
  /** Read aloud in place of the field that nobody sees. */
  tooltip: string
  /** ISO. */
  at: string
}

/** The bytes to put behind a PDF, with room for a signature in them. */
export interface PreparedUpdate {
  update: Uint8Array
  /** Where the room begins and ends in the whole file: `<` and what follows `>`. */
  holeStart: number
  holeEnd: number
}

const MOST_BYTES = 256 * 2 ** 20
/** Digits that a place in a file may have. */
const RANGE_WIDTH = 10

/**
 * An incremental update (ISO 32000-2, 7.5.6) with an empty signature field: what was there stays as it is, byte for byte. A field that
 * nobody sees, yet has its words and its place in the structure tree: archives (PDF/A-3) and screen readers (PDF/UA-1) take it.
 * Runs only in the package process. @throws AppError `sign.pdf-unsound`
 */
export async function prepareSignature(
  bytes: Uint8Array,
  file: string,
  words: SignatureWords,
  signatureBytes: number,
): Promise<PreparedUpdate> {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = endOf(source, file)
  const pdf = await loaded(source, file)
  const context = pdf.context
  const update: Update = { pdf, context, changed: new Map(), nextNumber: Math.max(context.largestObjectNumber + 1, end.size) }
  const signature = newRef(update)
  try {
    addField(update, signature, words.tooltip)
  } catch (cause) {
    throw unsound(file, bilingual('的结构不完整', 'its structure is incomplete'), cause)
  }
  return written(update, source, end, signature, words, signatureBytes)
}

const unsound = (file: string, problem: Bilingual, cause?: unknown) =>
  new AppError('sign.pdf-unsound', { file, problem }, { cause })

interface FileEnd {
  startxref: number
  isStream: boolean
  /** One more than the largest number of an object. */
  size: number
}

/** A file that ends as it should: a signature on anything else would be read differently by different programs. */
function endOf(source: Buffer, file: string): FileEnd {
  const damaged = unsound(file, bilingual('已损坏', 'it is damaged'))
  if (source.length > MOST_BYTES || !hasPlausibleXrefs(source)) throw damaged
  const tail = source.toString('latin1', Math.max(0, source.length - 64))
  const [, offset = ''] = /startxref\s+(\d{1,10})\s+%%EOF\s*$/.exec(tail) ?? []
  const startxref = offset === '' ? source.length : Number(offset)
  if (startxref >= source.length) throw damaged
  const isStream = source.toString('latin1', startxref, startxref + 4) !== 'xref'
  const dictionary = source.toString('latin1', isStream ? startxref : Math.max(startxref, source.lastIndexOf('trailer')))
  const size = Number(/\/Size\s+(\d{1,8})/.exec(dictionary)?.[1] ?? NaN)
  if (!Number.isFinite(size)) throw damaged
  return { startxref, isStream, size }
}

async function loaded(source: Buffer, file: string): Promise<PDFDocument> {
  try {
    const pdf = await PDFDocument.load(source, {
      parseSpeed: ParseSpeeds.Fastest,
      updateMetadata: false,
      throwOnInvalidObject: true,
    })
    if (!(pdf.context.trailerInfo.Root instanceof PDFRef) || pdf.getPageCount() === 0) throw new Error('it has no pages')
    return pdf
  } catch (error) {
    if (error instanceof Error && error.message.includes('is encrypted'))
      throw unsound(file, bilingual('已加密', 'it is encrypted'), error)
    throw unsound(file, bilingual('已损坏', 'it is damaged'), error)
  }
}

/** D:20261123034500+00'00': the same words on every machine. */
export const pdfDate = (iso: string): string => `D:${iso.replace(/\.\d+Z$/, '').replaceAll(/[-:TZ]/g, '')}+00'00'`

const asText = (words: string): string => PDFHexString.fromText(words).toString()

function written(
  update: Update,
  source: Buffer,
  end: FileEnd,
  signature: PDFRef,
  words: SignatureWords,
  signatureBytes: number,
): PreparedUpdate {
  const parts: Buffer[] = []
  let at = source.length
  const put = (bytes: Buffer | string): void => {
    const part = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes
    parts.push(part)
    at += part.length
  }
  if (source.at(-1) !== 0x0a) put('\n')
  const offsets = new Map<number, number>([[signature.objectNumber, at]])
  const hex = signatureBytes * 2
  const optional = [
    ['Name', words.name],
    ['Reason', words.reason],
    ['Location', words.place],
  ].map(([key = '', text = '']) => (text === '' ? '' : `/${key} ${asText(text)}\n`))
  put(`${signature.objectNumber} 0 obj\n<<\n/Type /Sig\n/Filter /Adobe.PPKLite\n/SubFilter /ETSI.CAdES.detached\n/ByteRange `)
  const rangeAt = at
  put(`${' '.repeat(3 * RANGE_WIDTH + 6)}\n/Contents `)
  const holeStart = at
  put(`<${'0'.repeat(hex)}>`)
  const holeEnd = at
  put(`\n/M (${pdfDate(words.at)})\n${optional.join('')}>>\nendobj\n`)
  for (const [ref, object] of update.changed) {
    offsets.set(ref.objectNumber, at)
    const bytes = Buffer.alloc(object.sizeInBytes())
    object.copyBytesInto(bytes, 0)
    put(Buffer.concat([Buffer.from(`${ref.objectNumber} ${ref.generationNumber} obj\n`), bytes, Buffer.from('\nendobj\n')]))
  }
  const generations = new Map([...update.changed.keys()].map((ref) => [ref.objectNumber, ref.generationNumber]))
  put(crossReferences(update, end, offsets, generations, at, Buffer.concat(parts)))
  const bytes = Buffer.concat(parts)
  const range = `[0 ${holeStart} ${holeEnd} ${source.length + bytes.length - holeEnd}]`.padEnd(3 * RANGE_WIDTH + 6)
  bytes.write(range, rangeAt - source.length, 'latin1')
  return { update: bytes, holeStart, holeEnd }
}

/** The table of what was added, of the kind that the file has: programs do not read a mixture alike. */
function crossReferences(
  update: Update,
  end: FileEnd,
  offsets: Map<number, number>,
  generations: ReadonlyMap<number, number>,
  at: number,
  content: Buffer,
): Buffer {
  const { Root, Info, ID } = update.context.trailerInfo
  const fresh = createHash('sha256').update(content).digest('hex').slice(0, 32).toUpperCase()
  const first = ID instanceof PDFArray ? (ID.get(0)?.toString() ?? `<${fresh}>`) : `<${fresh}>`
  const own = end.isStream ? update.nextNumber++ : null
  if (own !== null) offsets.set(own, at)
  const entries = [
    `/Size ${update.nextNumber}`,
    `/Root ${String(Root)}`,
    ...(Info === undefined ? [] : [`/Info ${String(Info)}`]),
    `/ID [${first} <${fresh}>]`,
    `/Prev ${end.startxref}`,
  ].join('\n')
  const runs = runsOf([...offsets.keys()].toSorted((a, b) => a - b))
  const foot = `startxref\n${at}\n%%EOF\n`
  if (own === null) {
    const tables = runs.map((run) => {
      const rows = run.map(
        (number) =>
          `${String(offsets.get(number) ?? 0).padStart(10, '0')} ${String(generations.get(number) ?? 0).padStart(5, '0')} n \n`,
      )
      return `${run[0] ?? 0} ${run.length}\n${rows.join('')}`
    })
    return Buffer.from(`xref\n${tables.join('')}trailer\n<<\n${entries}\n>>\n${foot}`, 'latin1')
  }
  const rows = Buffer.concat(
    runs.flat().map((number) => {
      const row = Buffer.alloc(8)
      row.writeUInt8(1, 0)
      row.writeUIntBE(offsets.get(number) ?? 0, 1, 5)
      row.writeUInt16BE(generations.get(number) ?? 0, 6)
      return row
    }),
  )
  const index = runs.map((run) => `${run[0] ?? 0} ${run.length}`).join(' ')
  const head = `${own} 0 obj\n<<\n/Type /XRef\n/W [1 5 2]\n/Index [${index}]\n/Length ${rows.length}\n${entries}\n>>\nstream\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), rows, Buffer.from(`\nendstream\nendobj\n${foot}`, 'latin1')])
}

/** Numbers that follow each other. */
function runsOf(numbers: readonly number[]): number[][] {
  const runs: number[][] = []
  for (const number of numbers) {
    const last = runs.at(-1)
    if (last !== undefined && last.at(-1) === number - 1) last.push(number)
    else runs.push([number])
  }
  return runs
}

/** The whole signed file: what was there, the update, and the message in its room. */
export function withSignature(source: Uint8Array, { update, holeStart, holeEnd }: PreparedUpdate, message: Uint8Array): Buffer {
  const room = (holeEnd - holeStart - 2) / 2
  if (message.length > room) throw new Error('the signature is larger than the room that was left for it')
  const whole = Buffer.concat([source, update])
  whole.write(
    Buffer.from(message)
      .toString('hex')
      .toUpperCase()
      .padEnd(room * 2, '0'),
    holeStart + 1,
    'latin1',
  )
  return whole
}

/** What of a file is signed: everything around the room. */
export const signedParts = (whole: Buffer, start: number, end: number): [Buffer, Buffer] => [
  whole.subarray(0, start),
  whole.subarray(end),
]
