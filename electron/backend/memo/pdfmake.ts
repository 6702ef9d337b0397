import { createRequire } from 'node:module'
import type { MapRegistration } from '#core/map/registration.ts'
import type { FontFiles } from './fonts.ts'
import type { PdfKitDocument } from './pdf-archive.ts'
import type { FileRelationship } from './pdf-files.ts'
import { breakWithinReach } from './pdf-line-break.ts'
import { rememberMeasures } from './pdf-measure.ts'
import { wrapMethod, type Prototype } from './pdf-patch.ts'
import type { PdfTag } from './pdf-tag.ts'
import { PdfTagging, type PdfmakeClasses } from './pdf-tagging.ts'

/** The part of a pdfmake definition that the memo uses. (Its own types would bring the browser's into this room.) */
export type Margin = [number, number, number, number]

export interface TextRun {
  text: string
  bold?: boolean
  color?: string
  font?: string
  fontSize?: number
  wordBreak?: 'break-all'
  /** Language, where it is not the document's. */
  lang?: string
}

interface NodeBase {
  /** What the node is to a reader of the structure; `artifact` for what only looks. */
  tag?: PdfTag | 'artifact'
  margin?: Margin
  style?: string
  unbreakable?: boolean
  pageBreak?: 'before' | 'after'
  alignment?: 'left' | 'right' | 'center' | 'justify'
  fillColor?: string
  colSpan?: number
  border?: [boolean, boolean, boolean, boolean]
  width?: number | 'auto' | '*'
}

export type PdfNode = NodeBase &
  (
    | {
        text: string | TextRun[]
        id?: string
        outline?: boolean
        outlineExpanded?: boolean
        /** What the bookmark says, where the text is in pieces. */
        outlineText?: string
        tocItem?: boolean
        outlineParentId?: string
        headlineLevel?: number
        leadingIndent?: number
        bold?: boolean
        color?: string
        font?: string
        fontSize?: number
        characterSpacing?: number
        lineHeight?: number
      }
    | { stack: PdfNode[] }
    /** What begins on a page of another size; only at the root. Later pages stay so until the next of its kind. */
    | { section: PdfNode[]; pageSize: 'A4' | 'A3'; pageOrientation: 'portrait' | 'landscape'; pageMargins: Margin }
    | { columns: PdfNode[]; columnGap?: number }
    | { ol: PdfNode[] }
    | { ul: PdfNode[] }
    | { table: PdfTable; layout?: PdfTableLayout }
    | {
        svg: string
        width?: number
        height?: number
        absolutePosition?: { x: number; y: number }
        fit?: [number, number]
        options?: SvgOptions
        font?: string
        /** Where on Earth the drawing lies. */
        registration?: MapRegistration
      }
    | { image: string; width?: number }
    | { canvas: PdfVector[] }
    | { toc: { textStyle: Record<string, unknown>; numberStyle: Record<string, unknown> } }
  )

export interface PdfTable {
  widths: (number | 'auto' | '*')[]
  body: PdfNode[][]
  headerRows?: number
  keepWithHeaderRows?: number
  dontBreakRows?: boolean
}

export interface PdfTableLayout {
  hLineWidth?: (row: number, node: { table: PdfTable }) => number
  vLineWidth?: (column: number, node: { table: PdfTable }) => number
  hLineColor?: (row: number) => string
  vLineColor?: (column: number) => string
  paddingLeft?: (column: number) => number
  paddingRight?: () => number
  paddingTop?: () => number
  paddingBottom?: () => number
}

export type PdfVector =
  | { type: 'rect'; x: number; y: number; w: number; h: number; color?: string; lineColor?: string; lineWidth?: number }
  | { type: 'line'; x1: number; y1: number; x2: number; y2: number; lineWidth: number; lineColor: string }

/** Hook of svg-to-pdfkit: what an image reference may resolve to. */
export interface SvgOptions {
  imageCallback: (link: string) => string
  warningCallback: (warning: string) => void
}

export interface PdfAttachment {
  src: string
  name: string
  type: string
  description: string
  relationship: FileRelationship
  creationDate: Date
  modifiedDate: Date
}

export interface PdfDefinition {
  version: '1.7'
  subset: 'PDF/A-3a'
  tagged: true
  language: string
  displayTitle: true
  compress: true
  info: Record<string, string | Date>
  /** Points, where it is not a page of text. */
  pageSize: 'A4' | { width: number; height: number }
  pageMargins: Margin
  defaultStyle: Record<string, unknown>
  content: PdfNode[]
  footer?: (page: number, pages: number) => PdfNode
  background?: (page: number, size: { width: number; height: number }) => PdfNode
  files: Record<string, PdfAttachment>
}

interface Pdfmake {
  setFonts(fonts: Record<string, FontFiles>): void
  setUrlAccessPolicy(allow: (url: string) => boolean): void
  setLocalAccessPolicy(allow: (path: string) => boolean): void
  createPdf(definition: PdfDefinition): { getStream(): Promise<PdfKitDocument>; getBuffer(): Promise<Uint8Array> }
}

interface Inline {
  text: string
  x: number
  width: number
  _pageNodeRef?: unknown
  _tocItemRef?: unknown
  [style: string]: unknown
}
interface Line {
  inlines: Inline[]
  _pageNodeRef?: unknown
}
interface PdfDocumentPrototype {
  openImage: (this: unknown, source: unknown) => unknown
}

const fromHere = createRequire(import.meta.url)

/** The printer with its doors shut: no network, no file but the fonts, no picture but one carried as data. One per worker. */
export function loadPdfmake(fonts: Record<string, FontFiles>, allowedPaths: ReadonlySet<string>): Pdfmake {
  const pdfmake = fromHere('pdfmake') as Pdfmake
  const elementWriter = prototypeOf<Prototype>('pdfmake/js/ElementWriter', 'addLine')
  const document = prototypeOf<PdfDocumentPrototype>('pdfmake/js/PDFDocument', 'openImage')
  mergeInlines(elementWriter)
  rememberMeasures({
    inlines: prototypeOf<Prototype>('pdfmake/js/TextInlines', 'measure'),
    styles: prototypeOf<Prototype>('pdfmake/js/StyleContextStack', 'getProperty'),
    stylesClass: classOf('pdfmake/js/StyleContextStack'),
  })
  const layoutBuilder = prototypeOf<Prototype>('pdfmake/js/LayoutBuilder', 'processNode')
  breakWithinReach(layoutBuilder)
  refuseFiles(document)
  new PdfTagging().install({
    layoutBuilder,
    elementWriter,
    renderer: prototypeOf<Prototype>('pdfmake/js/Renderer', 'renderLine'),
    document: document as unknown as PdfmakeClasses['document'],
  })
  pdfmake.setFonts(fonts)
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((path) => allowedPaths.has(path))
  return pdfmake
}

/** Fails loudly when an update of pdfmake moved what is adapted here. */
function prototypeOf<T extends object>(module: string, method: keyof T & string): T {
  const { default: type } = fromHere(module) as { default?: { prototype: T } }
  if (typeof type?.prototype[method] !== 'function')
    throw new Error(`${module} no longer has ${method}: the PDF adapter must be revised`)
  return type.prototype
}

const classOf = (module: string): Prototype => (fromHere(module) as { default: unknown }).default as Prototype

const STYLE_KEYS = [
  'lang',
  'font',
  'bold',
  'fontSize',
  'color',
  'decoration',
  'background',
  'link',
  'linkToPage',
  'linkToDestination',
  'opacity',
  'characterSpacing',
]

/**
 * Each Chinese character is an inline of its own; joining neighbours of one style as soon as their line has its place halves the file, eases
 * text search, and lets go of hundreds of thousands of inlines before the pages are drawn.
 */
function mergeInlines(elementWriter: Prototype): void {
  wrapMethod<unknown, [Line, ...unknown[]]>(elementWriter, 'addLine', (proceed, args) => {
    const place = proceed(...args)
    const [line] = args
    if (place !== false && line.inlines.length > 1 && line._pageNodeRef === undefined) line.inlines = merged(line.inlines)
    return place
  })
}

function merged(inlines: readonly Inline[]): Inline[] {
  const joined: Inline[] = []
  for (const inline of inlines) {
    const last = joined.at(-1)
    const sameStyle = last !== undefined && STYLE_KEYS.every((key) => last[key] === inline[key])
    const adjoins = last !== undefined && Math.abs(last.x + last.width - inline.x) < 0.02
    const plain = inline._pageNodeRef === undefined && inline._tocItemRef === undefined
    if (last !== undefined && sameStyle && adjoins && plain) {
      last.text += inline.text
      last.width += inline.width
    } else joined.push(Object.assign(Object.create(Object.getPrototypeOf(inline) as object) as Inline, inline))
  }
  return joined
}

/** A drawing may name any picture on the disk, past both policies: only pictures carried as data are opened. */
function refuseFiles(prototype: PdfDocumentPrototype): void {
  const original = prototype.openImage
  prototype.openImage = function openCarried(source) {
    if (typeof source === 'string' && !source.startsWith('data:image/'))
      throw new Error('only images carried as data may be printed')
    return original.call(this, source)
  }
}
