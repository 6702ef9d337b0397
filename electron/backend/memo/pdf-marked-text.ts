import { inflateSync } from 'node:zlib'
import { PDFArray, PDFDict, PDFName, PDFRawStream, type PDFDocument, type PDFObject } from 'pdf-lib'
import { readContent, type Operand } from './pdf-content.ts'

/** What the codes of a font mean. */
interface FontText {
  bytesPerCode: 1 | 2
  texts: ReadonlyMap<number, string>
}

/** Drawings within drawings deeper than this are none of ours. */
const DEEPEST = 8
/** A glyph that the file gives no character: no text of a memo is found with it. */
const UNKNOWN = '\uFFFD'

/**
 * "page mcid" → the characters of that piece of marked content, as the bytes of a printed PDF say it by the character maps of its fonts:
 * what a person would copy from the page. Pages count from 0.
 * @throws Error where a font has no character map or a stream is packed in a way that we never write
 */
export function markedTexts(document: PDFDocument): Map<string, string> {
  const [found, fonts] = [new Map<string, string>(), new Map<PDFDict, FontText>()]
  for (const [index, page] of document.getPages().entries()) {
    const contents = page.node.Contents()
    const streams = contents instanceof PDFArray ? contents.asArray().map((_, at) => contents.lookup(at)) : [contents]
    // Operators may be cut between two streams, words may not.
    const bytes = Buffer.concat(streams.flatMap((stream) => [unpacked(stream), Buffer.from('\n')]))
    new PageReader(index, found, fonts).read(bytes, page.node.Resources())
  }
  return found
}

class PageReader {
  readonly #page: number
  readonly #found: Map<string, string>
  readonly #fonts: Map<PDFDict, FontText>
  readonly #open: (string | null)[] = []
  #depth = 0

  constructor(page: number, found: Map<string, string>, fonts: Map<PDFDict, FontText>) {
    this.#page = page
    this.#found = found
    this.#fonts = fonts
  }

  read(bytes: Uint8Array, resources: PDFDict | undefined): void {
    let font: FontText | null = null
    const saved: (FontText | null)[] = []
    readContent(bytes, (operator, operands) => {
      const last = operands.at(-1)
      if (operator === 'q') saved.push(font)
      else if (operator === 'Q') font = saved.pop() ?? null
      else if (operator === 'Tf') font = this.#fontOf(operands[0], resources)
      else if (operator === 'BDC') this.#open.push(this.#keyOf(last, resources))
      else if (operator === 'BMC') this.#open.push(null)
      else if (operator === 'EMC') this.#open.pop()
      else if (operator === 'Tj' || operator === "'" || operator === '"') this.#shown([last], font)
      else if (operator === 'TJ') this.#shown(last, font)
      else if (operator === 'Do') this.#drawn(last, resources)
    })
  }

  #keyOf(properties: Operand | undefined, resources: PDFDict | undefined): string | null {
    if (properties instanceof Map) {
      const mcid = properties.get('/MCID')
      return typeof mcid === 'number' ? `${this.#page} ${mcid}` : null
    }
    const named = entryOf(resources, 'Properties', properties)
    const mcid = named instanceof PDFDict ? named.get(PDFName.of('MCID')) : undefined
    return mcid === undefined ? null : `${this.#page} ${mcid.toString()}`
  }

  #shown(pieces: Operand | readonly (Operand | undefined)[] | undefined, font: FontText | null): void {
    const key = this.#open.findLast((one) => one !== null)
    if (!key || !Array.isArray(pieces)) return
    if (font === null) throw new Error(`page ${this.#page + 1} has a text without a font`)
    let told = this.#found.get(key) ?? ''
    for (const piece of pieces as readonly (Operand | undefined)[]) if (piece instanceof Uint8Array) told += textOf(piece, font)
    this.#found.set(key, told)
  }

  #drawn(name: Operand | undefined, resources: PDFDict | undefined): void {
    const drawing = entryOf(resources, 'XObject', name)
    if (!(drawing instanceof PDFRawStream) || drawing.dict.lookup(PDFName.of('Subtype')) !== PDFName.of('Form')) return
    if (++this.#depth > DEEPEST) throw new Error(`page ${this.#page + 1} has drawings within drawings without end`)
    const own = drawing.dict.lookup(PDFName.of('Resources'))
    this.read(unpacked(drawing), own instanceof PDFDict ? own : resources)
    this.#depth--
  }

  #fontOf(name: Operand | undefined, resources: PDFDict | undefined): FontText {
    const font = entryOf(resources, 'Font', name)
    if (!(font instanceof PDFDict)) throw new Error(`page ${this.#page + 1} uses a font that it does not have`)
    const known = this.#fonts.get(font) ?? readFont(font)
    this.#fonts.set(font, known)
    return known
  }
}

function entryOf(resources: PDFDict | undefined, kind: string, name: Operand | undefined): PDFObject | undefined {
  const entries = resources?.lookup(PDFName.of(kind))
  return entries instanceof PDFDict && typeof name === 'string' ? entries.lookup(PDFName.of(name.slice(1))) : undefined
}

function readFont(font: PDFDict): FontText {
  const map = font.lookup(PDFName.of('ToUnicode'))
  if (map === undefined) throw new Error('a font does not say what its characters mean')
  const isWide = font.lookup(PDFName.of('Subtype')) === PDFName.of('Type0')
  return { bytesPerCode: isWide ? 2 : 1, texts: characterMap(Buffer.from(unpacked(map)).toString('latin1')) }
}

function textOf(bytes: Uint8Array, { bytesPerCode, texts }: FontText): string {
  let text = ''
  for (let at = 0; at + bytesPerCode <= bytes.length; at += bytesPerCode) {
    const first = bytes[at] ?? 0
    text += texts.get(bytesPerCode === 1 ? first : first * 256 + (bytes[at + 1] ?? 0)) ?? UNKNOWN
  }
  return text
}

const BLOCK = /begin(bfchar|bfrange)([\s\S]*?)end\1/g
const CHAR = /<\s*([\da-f]+)\s*>\s*<([\da-f\s]*)>/gi
const RANGE = /<\s*([\da-f]+)\s*>\s*<\s*([\da-f]+)\s*>\s*(?:<([\da-f\s]*)>|\[([^\]]*)\])/gi

/** Codes → characters, by a ToUnicode map (ISO 32000-1, 9.10.3). */
function characterMap(text: string): Map<number, string> {
  const map = new Map<number, string>()
  for (const [, kind, body = ''] of text.matchAll(BLOCK)) {
    if (kind === 'bfchar') for (const [, from = '', to = ''] of body.matchAll(CHAR)) map.set(Number.parseInt(from, 16), utf16(to))
    else for (const [, from = '', until = '', to, list] of body.matchAll(RANGE)) addRange(map, from, until, to, list)
  }
  return map
}

function addRange(map: Map<number, string>, from: string, until: string, to: string | undefined, list: string | undefined): void {
  const [first, last] = [Number.parseInt(from, 16), Number.parseInt(until, 16)]
  const listed = [...(list ?? '').matchAll(/<([\da-f\s]*)>/gi)].map(([, one = '']) => utf16(one))
  const start = utf16(to ?? '')
  for (let code = first; code <= last; code++) {
    // Without a list only the last unit of the first text counts up.
    const text =
      list === undefined
        ? start.slice(0, -1) + String.fromCharCode(start.charCodeAt(start.length - 1) + code - first)
        : listed[code - first]
    if (text !== undefined) map.set(code, text)
  }
}

const utf16 = (hex: string): string =>
  String.fromCharCode(...(hex.replaceAll(/\s/g, '').match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16)))

function unpacked(stream: PDFObject | undefined): Uint8Array {
  if (!(stream instanceof PDFRawStream)) throw new Error('a page has no content')
  const filter = stream.dict.lookup(PDFName.of('Filter'))
  if (filter === undefined) return stream.getContents()
  if (filter !== PDFName.of('FlateDecode')) throw new Error(`a stream is packed by ${filter.toString()}`)
  return inflateSync(stream.getContents())
}
