import { createHash, X509Certificate } from 'node:crypto'
import {
  ParseSpeeds,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFRef,
  PDFString,
  type PDFObject,
} from 'pdf-lib'
import { AppError } from '#core/errors.ts'
import type { CertificateFacts, ChainState, PdfSignature, PdfSignatures, SignatureFault } from '#core/model/signature.ts'
import { hasPlausibleXrefs } from '../sheets/pdf-xref.ts'
import { readMessage, type ReadMessage } from './cms-read.ts'
import { isIssuedBy } from './key-file.ts'
import { appendedUpdates, behindLine } from './pdf-revisions.ts'

const MOST_BYTES = 256 * 2 ** 20
const MOST_SIGNATURES = 100
/** A message with fifty certificates takes a tenth of it. */
const MOST_MESSAGE_BYTES = 2 ** 20
const MOST_FIELDS = 10_000
const KNOWN_KINDS = new Set(['ETSI.CAdES.detached', 'adbe.pkcs7.detached'])

/**
 * Every signature of a PDF, checked: what it covers, whether that is as it was signed, who signed, and what was put behind it. Runs only in
 * the package process. @param roots certificates (PEM) that this office trusts; none: chains are not checked
 * @throws AppError `memo.broken-record` for a file that cannot be read
 */
export async function readSignatures(bytes: Uint8Array, file: string, roots: readonly string[] = []): Promise<PdfSignatures> {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const pdf = await loaded(source, file)
  const fields = fieldsOf(pdf)
  const found = dictionariesOf(pdf, fields).map((entry) => placed(source, entry))
  const trusted = roots.map((pem) => new X509Certificate(pem))
  const overlapping = overlapsOf(found)
  const signatures: PdfSignature[] = []
  for (const one of found.toSorted((a, b) => a.end - b.end)) {
    const more: SignatureFault[] = overlapping.has(one) ? ['range-overlaps'] : []
    signatures.push(await checked(source, one, more, trusted))
  }
  return { signatures, roots: roots.length, takenOut: Math.max(0, writtenRanges(source) - found.length) }
}

/** Signature dictionaries in the bytes of a file, whether a table of it names them or not. */
function writtenRanges(source: Buffer): number {
  let count = 0
  for (let at = source.indexOf('/ByteRange'); at !== -1 && count <= MOST_SIGNATURES; at = source.indexOf('/ByteRange', at + 1)) {
    const head = source.toString('latin1', Math.max(0, source.lastIndexOf(' obj', at)), at)
    if (!head.includes('stream') && head.includes('/Sig')) count += 1
  }
  return count
}

async function loaded(source: Buffer, file: string): Promise<PDFDocument> {
  const broken = (cause?: unknown) => new AppError('memo.broken-record', { file, where: 'PDF' }, { cause })
  if (source.length > MOST_BYTES || !hasPlausibleXrefs(source)) throw broken()
  try {
    return await PDFDocument.load(source, { parseSpeed: ParseSpeeds.Fastest, updateMetadata: false, throwOnInvalidObject: false })
  } catch (error) {
    throw broken(error)
  }
}

interface Entry {
  dictionary: PDFDict
  /** Null where no field of the form shows it. */
  field: string | null
}

/** Dictionaries of signatures by the fields that show them. */
function fieldsOf(pdf: PDFDocument): Map<PDFDict, string> {
  const fields = new Map<PDFDict, string>()
  const seen = new Set<PDFDict>()
  const walk = (item: PDFObject | undefined, above: string): void => {
    const field = item instanceof PDFRef ? pdf.context.lookup(item) : item
    if (!(field instanceof PDFDict) || seen.has(field) || seen.size > MOST_FIELDS) return
    seen.add(field)
    const name = [above, textAt(field, 'T') ?? ''].filter((part) => part !== '').join('.')
    const value = field.lookup(PDFName.of('V'))
    if (value instanceof PDFDict) fields.set(value, name)
    const kids = field.lookup(PDFName.of('Kids'))
    if (kids instanceof PDFArray) for (const kid of kids.asArray()) walk(kid, name)
  }
  const form = catalogOf(pdf)?.lookup(PDFName.of('AcroForm'))
  const top = form instanceof PDFDict ? form.lookup(PDFName.of('Fields')) : undefined
  if (top instanceof PDFArray) for (const field of top.asArray()) walk(field, '')
  return fields
}

function catalogOf(pdf: PDFDocument): PDFDict | null {
  const found = pdf.context.lookup(pdf.context.trailerInfo.Root)
  return found instanceof PDFDict ? found : null
}

/** Also those that no field shows: who takes the form away does not make a file unsigned. */
function dictionariesOf(pdf: PDFDocument, fields: ReadonlyMap<PDFDict, string>): Entry[] {
  const all = new Set<PDFDict>()
  for (const [, object] of pdf.context.enumerateIndirectObjects())
    if (object instanceof PDFDict && object.has(PDFName.of('ByteRange'))) all.add(object)
  for (const dictionary of fields.keys()) if (dictionary.has(PDFName.of('ByteRange'))) all.add(dictionary)
  return [...all].slice(0, MOST_SIGNATURES).map((dictionary) => ({ dictionary, field: fields.get(dictionary) ?? null }))
}

interface Placed extends Entry {
  faults: SignatureFault[]
  /** The room of the signature, and the end of what is covered. */
  start: number
  stop: number
  end: number
  message: Buffer | null
}

const NOWHERE = { start: 0, stop: 0, end: 0, message: null }

/** Checks where a signature says that it stands: everything from the first byte but exactly its own room, to the end of a revision. */
function placed(source: Buffer, entry: Entry): Placed {
  const range = numbersAt(entry.dictionary, 'ByteRange')
  const [first = -1, length = -1, stop = -1, rest = -1] = range ?? []
  if (range === null || range.length !== 4 || Math.min(first, length, stop, rest) < 0)
    return { ...entry, ...NOWHERE, faults: ['range-damaged'] }
  const [start, end] = [first + length, stop + rest]
  const contents = entry.dictionary.lookup(PDFName.of('Contents'))
  const faults: SignatureFault[] = entry.field === null ? ['not-in-form'] : []
  if (first !== 0) faults.push('range-not-from-start')
  if (stop <= start) faults.push('range-overlaps')
  if (end > source.length) faults.push('range-outside')
  else if (!endsRevision(source, end)) faults.push('range-not-at-end')
  if (!(contents instanceof PDFHexString))
    return { ...entry, start, stop, end, message: null, faults: [...faults, 'contents-missing'] }
  const hex = contents.asString()
  if (hex.length > MOST_MESSAGE_BYTES * 2)
    return { ...entry, start, stop, end, message: null, faults: [...faults, 'contents-too-large'] }
  if (source.toString('latin1', start, Math.min(stop, start + hex.length + 2)) !== `<${hex}>` || stop - start !== hex.length + 2)
    faults.push('range-gap')
  const message = Buffer.from(hex.replaceAll(/\s/g, ''), 'hex')
  if (!/^[0-9a-f\s]*$/i.test(hex) || hasMore(message)) faults.push('room-not-empty')
  return { ...entry, start, stop, end, message, faults }
}

/** Whether anything but zeros stands behind the message: no signature covers its own room, so something could be hidden there. */
function hasMore(message: Buffer): boolean {
  const first = message[1] ?? 0
  // A message of indefinite length says itself where it ends.
  if (first === 0x80) return false
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f
  if (lengthBytes > 4 || message.length < 2 + lengthBytes) return false
  const length = lengthBytes === 0 ? first : message.readUIntBE(2, lengthBytes)
  return message.subarray(2 + lengthBytes + length).some((byte) => byte !== 0)
}

/** Whether a place is behind an end of file: %%EOF and its line. */
function endsRevision(source: Buffer, end: number): boolean {
  const mark = source.lastIndexOf('%%EOF', end)
  return mark !== -1 && end >= mark + 5 && end <= behindLine(source, mark + 5)
}

/** Signatures that claim bytes of each other: each must begin behind the end of the one before. */
function overlapsOf(found: readonly Placed[]): Set<Placed> {
  const overlapping = new Set<Placed>()
  const inOrder = found.filter(({ end }) => end > 0).toSorted((a, b) => a.end - b.end)
  for (const [index, one] of inOrder.entries()) {
    const next = inOrder[index + 1]
    if (next === undefined || next.start >= one.end) continue
    overlapping.add(one)
    overlapping.add(next)
  }
  return overlapping
}

async function checked(
  source: Buffer,
  one: Placed,
  more: readonly SignatureFault[],
  roots: readonly X509Certificate[],
): Promise<PdfSignature> {
  const { dictionary, start, stop, end, message } = one
  const faults = [...new Set([...one.faults, ...more])]
  const kind = nameAt(dictionary, 'SubFilter') ?? ''
  if (!KNOWN_KINDS.has(kind)) faults.push('unknown-kind')
  const isInPlace = end <= source.length && stop > start
  const read: ReadMessage | null =
    message === null || !isInPlace
      ? null
      : readMessage(message, (algorithm) =>
          createHash(algorithm).update(source.subarray(0, start)).update(source.subarray(stop, end)).digest(),
        )
  for (const fault of read?.faults ?? []) if (!faults.includes(fault)) faults.push(fault)
  const rest = isInPlace ? source.subarray(end).toString('latin1').trim() : ''
  const coversWholeFile = isInPlace && rest === ''
  const appended = isInPlace && !coversWholeFile ? await appendedUpdates(source, end) : []
  const statedAt = dateAt(dictionary, 'M')
  const { certificate = null, chain = [] } = read ?? {}
  const trust = trustOf(certificate, chain, roots, statedAt)
  const isChanged = appended.some(({ isSignatureOnly }) => !isSignatureOnly)
  return {
    field: one.field ?? '',
    kind,
    isBaselineB: kind === 'ETSI.CAdES.detached' && read?.isBaselineB === true,
    state: faults.length > 0 ? 'invalid' : isChanged ? 'changed-after' : 'valid',
    faults,
    coversWholeFile,
    coveredBytes: isInPlace ? end - (stop - start) : 0,
    appended,
    statedAt,
    name: textAt(dictionary, 'Name'),
    reason: textAt(dictionary, 'Reason'),
    place: textAt(dictionary, 'Location'),
    certificate: certificate && certificateFacts(certificate),
    validAtStatedTime: certificate && statedAt !== null ? isValidAt(certificate, new Date(statedAt)) : null,
    ...trust,
  }
}

/** Whose certificate it is, in one line each. */
export const certificateFacts = (certificate: X509Certificate): CertificateFacts => ({
  subject: oneLine(certificate.subject),
  issuer: oneLine(certificate.issuer),
  fingerprint: createHash('sha256').update(certificate.raw).digest('hex'),
  validFrom: certificate.validFromDate.toISOString(),
  validTo: certificate.validToDate.toISOString(),
})

const oneLine = (name: string | undefined): string => (name ?? '').split('\n').toReversed().join(', ').slice(0, 500)

const isValidAt = (certificate: X509Certificate, at: Date): boolean =>
  at >= certificate.validFromDate && at <= certificate.validToDate

/** Whether the certificates lead to a root that is trusted, each valid at the stated time. Revocation is not asked for: that takes a network. */
function trustOf(
  certificate: X509Certificate | null,
  chain: readonly X509Certificate[],
  roots: readonly X509Certificate[],
  statedAt: string | null,
): { chain: ChainState; root: string | null } {
  if (roots.length === 0 || certificate === null) return { chain: 'not-checked', root: null }
  const at = statedAt === null ? null : new Date(statedAt)
  const line = [certificate, ...chain]
  const isSound = line.every((one, index) => (at === null || isValidAt(one, at)) && (index === 0 || one.ca))
  const root = isSound
    ? roots.find((one) => line.some((member) => member.raw.equals(one.raw) || isIssuedBy(member, one)))
    : undefined
  if (root === undefined || (at !== null && !isValidAt(root, at))) return { chain: 'not-trusted', root: null }
  return { chain: 'trusted', root: oneLine(root.subject) }
}

function textAt(dict: PDFDict, key: string): string | null {
  const value = dict.lookup(PDFName.of(key))
  return value instanceof PDFString || value instanceof PDFHexString ? value.decodeText().slice(0, 500) : null
}

function nameAt(dict: PDFDict, key: string): string | null {
  const value = dict.lookup(PDFName.of(key))
  return value instanceof PDFName ? value.decodeText().slice(0, 60) : null
}

function numbersAt(dict: PDFDict, key: string): number[] | null {
  const value = dict.lookup(PDFName.of(key))
  if (!(value instanceof PDFArray) || value.size() > 64) return null
  const numbers = value.asArray().map((item) => (item instanceof PDFNumber ? item.asNumber() : NaN))
  return numbers.every((number) => Number.isSafeInteger(number)) ? numbers : null
}

/** A date of a PDF as ISO; null where it is none. */
function dateAt(dict: PDFDict, key: string): string | null {
  const found = /^D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:Z|([+-])(\d\d)'?(\d\d)?)?/.exec(textAt(dict, key) ?? '')
  if (!found) return null
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', sign, hours = '00', minutes = '00'] = found
  const date = new Date(
    `${year}-${month}-${day}T${hour}:${minute}:${second}${sign === undefined ? 'Z' : `${sign}${hours}:${minutes}`}`,
  )
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}
