import type { MemoDocument } from '#core/memo/document.ts'
import type { PdfAttachment } from './pdfmake.ts'

/** What an embedded file is to the pages (ISO 32000-2, 7.11.3): their source, data behind a figure, another form of them, or an addition. */
export type FileRelationship = 'Source' | 'Data' | 'Alternative' | 'Supplement' | 'Unspecified'

/** A file that travels inside the PDF, as PDF/A-3 allows. */
export interface EmbeddedFile {
  /** Unique within the PDF; any script. */
  name: string
  mime: string
  bytes: Uint8Array
  relationship: FileRelationship
  /** What a reader's attachment pane says of it. */
  description: string
}

/** Above this the printer's thread would hold too many copies of it: larger things travel beside the PDF. */
export const LARGEST_EMBEDDED_BYTES = 64 * 1024 * 1024

const RECORD_WORDS = { zh: '评审记录', en: 'Review record' }

/**
 * The record of the document and whatever else is to be embedded, as the printer takes it. Dates are the document's own, so that two
 * exports are the same bytes.
 * @throws RangeError for a name that is used twice, no name, or a file that is too large: callers check before they offer it
 */
export function embeddedFiles(
  document: MemoDocument,
  reviewJson: string,
  files: readonly EmbeddedFile[] = [],
): Record<string, PdfAttachment> {
  const own = document.record ?? { fileName: 'review.json', title: RECORD_WORDS[document.lang] }
  const record: EmbeddedFile = {
    name: own.fileName,
    mime: 'application/json',
    bytes: Buffer.from(reviewJson, 'utf8'),
    relationship: 'Source',
    description: own.title,
  }
  const embedded: Record<string, PdfAttachment> = {}
  for (const file of [record, ...files]) {
    if (file.name === '' || Object.hasOwn(embedded, file.name)) throw new RangeError(`embedded file “${file.name}”: no own name`)
    if (file.bytes.length > LARGEST_EMBEDDED_BYTES) throw new RangeError(`embedded file “${file.name}” is too large`)
    embedded[file.name] = asPrinted(file, new Date(document.date))
  }
  return embedded
}

const asPrinted = ({ name, mime, bytes, relationship, description }: EmbeddedFile, date: Date): PdfAttachment => ({
  src: `data:${mime};base64,${Buffer.from(bytes).toString('base64')}`,
  name,
  type: mime,
  description,
  relationship,
  creationDate: date,
  modifiedDate: date,
})
