import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

/** The part of pdf.js that is used here. (Its own types would bring the browser's into this room.) */
interface PdfJs {
  getDocument(source: Record<string, unknown>): { promise: Promise<PdfJsDocument>; destroy(): Promise<void> }
  VerbosityLevel: { ERRORS: number }
}
interface TextOptions {
  disableNormalization: boolean
  /** Tells also where marked content begins and ends. */
  includeMarkedContent?: boolean
}
interface PdfJsDocument {
  numPages: number
  getPage(number: number): Promise<{
    getTextContent(options: TextOptions): Promise<{ items: ({ str: string } | { type: string; id?: string } | object)[] }>
  }>
  getAttachments(): Promise<Map<string, { filename: string }> | null>
  getAttachmentContent(id: string): Promise<ArrayLike<number>>
}

export interface OpenPdf {
  numPages: number
  getPage: PdfJsDocument['getPage']
  /** The bytes of the attachment with this name, or null. */
  attachment(fileName: string): Promise<Uint8Array | null>
  close(): Promise<void>
}

const fromHere = createRequire(import.meta.url)

/** Opens a PDF for reading text and attachments: no scripts, no network, character maps from the package. Takes a copy. */
export async function openPdf(bytes: Uint8Array): Promise<OpenPdf> {
  const root = path.dirname(fromHere.resolve('pdfjs-dist/package.json'))
  const pdfjs = (await import(pathToFileURL(path.join(root, 'legacy/build/pdf.mjs')).href)) as PdfJs
  const task = pdfjs.getDocument({
    data: Uint8Array.from(bytes),
    isEvalSupported: false,
    useSystemFonts: false,
    disableFontFace: true,
    stopAtErrors: false,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
    cMapUrl: `${path.join(root, 'cmaps')}${path.sep}`,
    cMapPacked: true,
    standardFontDataUrl: `${path.join(root, 'standard_fonts')}${path.sep}`,
  })
  const document = await task.promise
  return {
    numPages: document.numPages,
    getPage: (number) => document.getPage(number),
    async attachment(fileName) {
      const attachments = (await document.getAttachments()) ?? new Map<string, { filename: string }>()
      const found = [...attachments].find(([, { filename }]) => filename === fileName)
      return found === undefined ? null : Uint8Array.from(await document.getAttachmentContent(found[0]))
    },
    close: () => task.destroy(),
  }
}
