import { inflateSync } from 'node:zlib'
import { ParseSpeeds, PDFArray, PDFDict, PDFDocument, PDFName, PDFRawStream, type PDFObject } from 'pdf-lib'
import { AppError } from '#core/errors.ts'
import { arrayAt, dictAt, textAt, textOf } from '../sheets/pdf-objects.ts'
import { hasPlausibleXrefs } from '../sheets/pdf-xref.ts'

/** Larger memos do not leave this program; larger files are somebody's attempt. */
export const MOST_PDF_BYTES = 256 * 2 ** 20
const MOST_FILE_BYTES = 128 * 2 ** 20
const DEEPEST_TREE = 16
const MOST_FILES = 1000

/**
 * The files embedded in a PDF, by name: the tree of names of its catalogue is walked, nothing else is looked at. Runs only in the
 * package process.
 * @param wanted names to take out; others are not unpacked
 * @throws AppError 'memo.broken-record'
 */
export async function embeddedFilesOf(bytes: Buffer, wanted: readonly string[], file: string): Promise<Map<string, Buffer>> {
  const broken = (where: string, cause?: unknown): AppError => new AppError('memo.broken-record', { file, where }, { cause })
  if (bytes.length > MOST_PDF_BYTES || !hasPlausibleXrefs(bytes)) throw broken('PDF')
  try {
    const options = { parseSpeed: ParseSpeeds.Fastest, updateMetadata: false, throwOnInvalidObject: false }
    const pdf = await PDFDocument.load(bytes, options)
    const names = dictAt(pdf.catalog, 'Names')
    const tree = names === null ? null : dictAt(names, 'EmbeddedFiles')
    const found = new Map<string, Buffer>()
    for (const [name, specification] of tree === null ? [] : entriesOf(tree)) {
      // A second file of one name would let a reader see one and this program another.
      if (!wanted.includes(name)) continue
      if (found.has(name)) throw broken(`${name}: 2`)
      found.set(
        name,
        contentOf(specification, (cause) => broken(name, cause)),
      )
    }
    return found
  } catch (error) {
    throw error instanceof AppError ? error : broken('PDF', error)
  }
}

/** Names and file specifications of a name tree (ISO 32000-2, 7.9.6), however it branches; a tree that bites its tail ends. */
function entriesOf(tree: PDFDict): [string, PDFDict][] {
  const found: [string, PDFDict][] = []
  const seen = new Set<PDFDict>()
  const walk = (node: PDFDict, depth: number): void => {
    if (depth > DEEPEST_TREE || seen.has(node)) return
    seen.add(node)
    const pairs = arrayAt(node, 'Names') ?? []
    for (let at = 0; at + 1 < pairs.length && found.length < MOST_FILES; at += 2) {
      const specification: PDFObject | undefined = pairs[at + 1]
      if (!(specification instanceof PDFDict)) continue
      // What a reader's pane shows goes before the key of the tree.
      const name = textAt(specification, 'UF') ?? textAt(specification, 'F') ?? textOf(pairs[at])
      if (name !== null) found.push([name, specification])
    }
    for (const kid of arrayAt(node, 'Kids') ?? []) if (kid instanceof PDFDict) walk(kid, depth + 1)
  }
  walk(tree, 0)
  return found
}

function contentOf(specification: PDFDict, broken: (cause?: unknown) => AppError): Buffer {
  const held = dictAt(specification, 'EF')
  const stream = held?.lookup(PDFName.of('UF')) ?? held?.lookup(PDFName.of('F'))
  if (!(stream instanceof PDFRawStream)) throw broken()
  const filter = stream.dict.lookup(PDFName.of('Filter'))
  const filters = filter instanceof PDFArray ? filter.asArray().map(textOf) : filter === undefined ? [] : [textOf(filter)]
  const raw = Buffer.from(stream.contents)
  if (filters.length === 0) return raw
  if (filters.length > 1 || filters[0] !== 'FlateDecode') throw broken()
  try {
    return inflateSync(raw, { maxOutputLength: MOST_FILE_BYTES })
  } catch (error) {
    throw broken(error)
  }
}
