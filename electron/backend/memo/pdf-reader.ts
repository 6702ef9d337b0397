import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

/** The part of pdf.js that is used here. (Its own types would bring the browser's into this room.) */
interface PdfJs {
  getDocument(source: Record<string, unknown>): { promise: Promise<PdfJsDocument>; destroy(): Promise<void> }
  VerbosityLevel: { ERRORS: number }
}
interface PdfJsDocument {
  numPages: number
  getPage(
    number: number,
  ): Promise<{ getTextContent(options: { disableNormalization: boolean }): Promise<{ items: ({ str: string } | object)[] }> }>
  getAttachments(): Promise<
    Record<string, { filename: string; content: Uint8Array }> | Map<string, { filename: string; content?: Uint8Array }> | null
  >
}

export interface OpenPdf extends PdfJsDocument {
  close(): Promise<void>
}

const require = createRequire(import.meta.url)

/** Opens a PDF for reading text and attachments: no scripts, no network, character maps from the package. Takes a copy. */
export async function openPdf(bytes: Uint8Array): Promise<OpenPdf> {
  const root = path.dirname(require.resolve('pdfjs-dist/package.json'))
  const pdfjs = (await import(pathToFileURL(path.join(root, 'legacy/build/pdf.mjs')).href)) as PdfJs
  const task = pdfjs.getDocument({
    data: bytes.slice(),
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
    getAttachments: () => document.getAttachments(),
    close: () => task.destroy(),
  }
}
