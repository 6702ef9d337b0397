import type { MapRegistration } from '#core/map/registration.ts'
import { addViewport, type RegisteredPage } from './pdf-viewport.ts'
import { wrapMethod, type Prototype } from './pdf-patch.ts'
import { isElement, isWorthKeeping, openElement, type TagElement } from './pdf-tag.ts'

/** Where a line or drawing belongs. Copies of one line (a header repeated on the next page) share it: only the first is told. */
export interface Drawn {
  element: TagElement | null
  isDone: boolean
}

export interface Inline {
  text: string
  lang?: string
  link?: string | null
  linkToDestination?: string | null
}

export interface Drawable {
  _drawn?: Drawn
  x: number
  y: number
  _width?: number
  _height?: number
  inlines?: Inline[]
  _outline?: unknown
  id?: unknown
  registration?: MapRegistration
  getHeight?: () => number
  getAscenderHeight?: () => number
}

interface StructureElement {
  dictionary: { data: Record<string, unknown> }
  add(child: object): StructureElement
  end(): void
  _flushChild(child: object): void
}

/** The part of a pdfkit document that marks content. */
interface TaggedDocument {
  page: RegisteredPage
  ref(data: Record<string, unknown>): { end(): void }
  markContent(tag: string, options: { type: string }): void
  markStructureContent(tag: string): object
  endMarkedContent(): void
  struct(type: string, options: { alt?: string; lang?: string }): StructureElement
  addStructure(element: StructureElement): void
}

interface Renderer {
  pdfDocument: TaggedDocument
}

/** Draws what was laid out as marked content, and writes the tree of it when the last page is drawn. */
export class PdfTagDrawing {
  private readonly root: () => TagElement
  private link: { element: StructureElement; text: string } | null = null

  constructor(root: () => TagElement) {
    this.root = root
  }

  install(renderer: Prototype, document: Prototype): void {
    wrapMethod<Renderer, [Drawable, ...unknown[]]>(renderer, 'renderLine', (proceed, [line, ...place], { pdfDocument }) =>
      this.drawLine(pdfDocument, line, (part) => proceed(part, ...place)),
    )
    for (const method of ['renderImage', 'renderSVG'])
      wrapMethod<Renderer, [Drawable]>(renderer, method, (proceed, [item], { pdfDocument }) =>
        this.drawFigure(pdfDocument, item, () => proceed(item)),
      )
    for (const method of ['renderVector', 'renderWatermark'])
      wrapMethod<Renderer, unknown[]>(renderer, method, (proceed, args, { pdfDocument }) =>
        asArtifact(pdfDocument, method === 'renderVector' ? 'Layout' : 'Pagination', () => proceed(...args)),
      )
    wrapMethod<Renderer, unknown[]>(renderer, 'renderPages', (proceed, args, { pdfDocument }) => {
      proceed(...args)
      const tree = built(this.root(), pdfDocument)
      pdfDocument.addStructure(tree)
      tree.end()
    })
    wrapMethod(document, 'annotate', (proceed, args) => {
      const options = args[4] as Record<string, unknown>
      if (options.Subtype === 'Link' && this.link !== null) {
        options.structParent = this.link.element
        // oxlint-disable-next-line no-new-wrappers -- pdfkit writes a text for a String object and a name for a plain string
        options.Contents = new String(this.link.text)
      }
      return proceed(...args)
    })
  }

  private drawLine(document: TaggedDocument, line: Drawable, draw: (line: Drawable) => void): void {
    const { _drawn: drawn, inlines = [] } = line
    const isBlank = inlines.every(({ text }) => text.trim() === '')
    if (!drawn?.element || drawn.isDone || isBlank) return asArtifact(document, 'Pagination', () => draw(line))
    drawn.isDone = true
    const { element } = drawn
    const parts = partsOf(inlines)
    for (const [index, part] of parts.entries()) {
      const view = parts.length === 1 ? line : viewOf(line, part, index === 0)
      const { lang, link, linkToDestination } = part[0] ?? { text: '' }
      const place = lang === undefined ? element : spanIn(element, lang)
      if (link || linkToDestination) this.drawLink(document, place, part, () => draw(view))
      else drawContent(document, place, () => draw(view))
    }
  }

  private drawLink(document: TaggedDocument, place: TagElement, part: readonly Inline[], draw: () => void): void {
    const element = document.struct('Link', {})
    const page = document.page
    const flushChild = element._flushChild.bind(element)
    // pdfkit names the page that is open when the tree is written; the link is on the page that is open now.
    element._flushChild = (child) => {
      const open = document.page
      document.page = page
      try {
        flushChild(child)
      } finally {
        document.page = open
      }
    }
    const content = document.markStructureContent('Link')
    this.link = { element, text: part.map(({ text }) => text).join('') }
    draw()
    this.link = null
    document.endMarkedContent()
    element.add(content)
    place.children.push({ content: element })
  }

  private drawFigure(document: TaggedDocument, item: Drawable, draw: () => void): void {
    const { _drawn: drawn, x, y, _width = 0, _height = 0, registration } = item
    if (!drawn?.element || drawn.isDone) return asArtifact(document, 'Layout', draw)
    drawn.isDone = true
    drawn.element.box = { left: x, top: y, right: x + _width, bottom: y + _height, pageHeight: document.page.height }
    if (registration) addViewport(document, registration, [x, y, x + _width, y + _height])
    drawContent(document, drawn.element, draw)
  }
}

function asArtifact(document: TaggedDocument, type: 'Layout' | 'Pagination', draw: () => void): void {
  document.markContent('Artifact', { type })
  draw()
  document.endMarkedContent()
}

function drawContent(document: TaggedDocument, element: TagElement, draw: () => void): void {
  const content = document.markStructureContent(element.tag.type)
  draw()
  document.endMarkedContent()
  element.children.push({ content })
}

/** Neighbours of one language and one link are one piece. */
function partsOf(inlines: readonly Inline[]): Inline[][] {
  const parts: Inline[][] = []
  for (const inline of inlines) {
    const last = parts.at(-1)?.[0]
    const continues =
      last !== undefined &&
      last.lang === inline.lang &&
      (last.link ?? null) === (inline.link ?? null) &&
      (last.linkToDestination ?? null) === (inline.linkToDestination ?? null)
    if (continues) parts.at(-1)?.push(inline)
    else parts.push([inline])
  }
  return parts
}

/** The line with some of its pieces only, as high as the whole; bookmarks and destinations stay with the first. */
function viewOf(line: Drawable, inlines: Inline[], isFirst: boolean): Drawable {
  const view = Object.assign(Object.create(Object.getPrototypeOf(line) as object) as Drawable, line, { inlines })
  const [height, ascender] = [line.getHeight?.() ?? 0, line.getAscenderHeight?.() ?? 0]
  view.getHeight = () => height
  view.getAscenderHeight = () => ascender
  if (!isFirst) {
    delete view._outline
    delete view.id
  }
  return view
}

function spanIn(element: TagElement, lang: string): TagElement {
  const last = element.children.at(-1)
  return last && isElement(last) && last.tag.type === 'Span' && last.tag.lang === lang
    ? last
    : openElement(element, { type: 'Span', lang })
}

function built(element: TagElement, document: TaggedDocument): StructureElement {
  const { type, alt, lang } = element.tag
  const written = document.struct(type, { ...(alt !== undefined && { alt }), ...(lang !== undefined && { lang }) })
  const attributes = attributesOf(element)
  if (attributes !== null) written.dictionary.data.A = attributes
  for (const child of element.children) {
    if (!isElement(child)) written.add(child.content)
    else if (isWorthKeeping(child)) written.add(built(child, document))
  }
  return written
}

function attributesOf({ tag, box }: TagElement): Record<string, unknown> | null {
  const { type, scope, columnSpan, rowSpan, numbering } = tag
  if (type === 'TH' || type === 'TD') {
    const cell = {
      ...(scope && { Scope: scope }),
      ...(columnSpan && { ColSpan: columnSpan }),
      ...(rowSpan && { RowSpan: rowSpan }),
    }
    return Object.keys(cell).length === 0 ? null : { O: 'Table', ...cell }
  }
  if (type === 'L' && numbering) return { O: 'List', ListNumbering: numbering }
  if (type !== 'Figure' || box === undefined) return null
  const { left, top, right, bottom, pageHeight } = box
  return { O: 'Layout', Placement: 'Block', BBox: [left, pageHeight - bottom, right, pageHeight - top] }
}
