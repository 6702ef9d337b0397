import { isGroup, openElement, type PdfTag, type TagElement } from './pdf-tag.ts'
import { wrapMethod, type Prototype } from './pdf-patch.ts'
import { PdfTagDrawing, type Drawn, type Drawable } from './pdf-tag-drawing.ts'

/** A node of the definition while pdfmake lays it out, as far as tags are concerned. */
interface LaidOutNode {
  tag?: PdfTag | 'artifact'
  text?: unknown
  image?: unknown
  svg?: unknown
  canvas?: unknown
  qr?: unknown
  toc?: { _table?: LaidOutNode }
  colSpan?: number
  rowSpan?: number
  table?: { headerRows?: number }
  _span?: boolean
  _cellTag?: PdfTag | null
}

interface Row {
  cells: LaidOutNode[]
  rowIndex?: number
  tableNode?: LaidOutNode
}

/** The classes of pdfmake that lay out and draw; taken apart from the rest so that a test can name what an update moved. */
export interface PdfmakeClasses {
  layoutBuilder: Prototype
  elementWriter: Prototype
  renderer: Prototype
  document: Prototype
}

/**
 * Adds what pdfmake does not have: a structure tree. Nodes say what they are (`tag`); while they are laid out their lines and drawings
 * are noted under the element they belong to, and drawn as marked content. What has no tag (rules, backgrounds, running heads, page
 * numbers, watermarks, headers repeated on later pages) is drawn as an artifact, which readers pass over.
 */
export class PdfTagging {
  private root: TagElement = { tag: { type: 'Document' }, children: [] }
  private current: TagElement = this.root
  /** The list item that is open: a marker that is drawn belongs to it. */
  private item: TagElement | null = null
  private artifacts = 0
  private readonly drawing = new PdfTagDrawing(() => this.root)

  install({ layoutBuilder, elementWriter, renderer, document }: PdfmakeClasses): void {
    wrapMethod(layoutBuilder, 'tryLayoutDocument', (proceed, args) => {
      this.root = { tag: { type: 'Document' }, children: [] }
      this.current = this.root
      return proceed(...args)
    })
    for (const method of ['addBackground', 'addDynamicRepeatable'])
      wrapMethod(layoutBuilder, method, (proceed, args) => this.asArtifact(() => proceed(...args)))
    wrapMethod<unknown, [LaidOutNode, ...unknown[]]>(layoutBuilder, 'processNode', (proceed, args) =>
      this.layOut(args[0], () => proceed(...args)),
    )
    wrapMethod<unknown, [Row]>(layoutBuilder, 'processRow', (proceed, [row]) => this.layOutRow(row, () => proceed(row)))
    wrapMethod<unknown, [Drawable, boolean, ...unknown[]]>(elementWriter, 'addLine', (proceed, args) => {
      const [line, isMarker] = args
      line._drawn ??= this.drawn(isMarker === true)
      return proceed(...args)
    })
    for (const method of ['addImage', 'addSVG'])
      wrapMethod<unknown, [Drawable, ...unknown[]]>(elementWriter, method, (proceed, args) => {
        args[0]._drawn ??= this.drawn(false)
        return proceed(...args)
      })
    this.drawing.install(renderer, document)
  }

  private asArtifact<T>(work: () => T): T {
    this.artifacts += 1
    try {
      return work()
    } finally {
      this.artifacts -= 1
    }
  }

  private within<T>(element: TagElement, work: () => T): T {
    const before = this.current
    this.current = element
    try {
      return work()
    } finally {
      this.current = before
    }
  }

  private layOut<T>(node: LaidOutNode, work: () => T): T {
    if (this.artifacts > 0) return work()
    if (node.tag === 'artifact' || isUntoldDrawing(node)) return this.asArtifact(work)
    if (node.toc?._table) node.toc._table.tag = { type: 'TOC' }
    if (this.current.tag.type === 'L' && node._cellTag === undefined) return this.layOutItem(node, work)
    return this.within(this.elementOf(node), work)
  }

  private layOutItem<T>(node: LaidOutNode, work: () => T): T {
    const before = this.item
    this.item = openElement(this.current, { type: 'LI' })
    try {
      const body = openElement(this.item, { type: 'LBody' })
      return this.within(node.tag && node.tag !== 'artifact' ? openElement(body, node.tag) : body, work)
    } finally {
      this.item = before
    }
  }

  private elementOf(node: LaidOutNode): TagElement {
    const cell = node._cellTag ? openElement(this.current, node._cellTag) : this.current
    if (node.tag && node.tag !== 'artifact') return openElement(cell, node.tag)
    if (node.text !== undefined && isGroup(cell)) return openElement(cell, { type: 'P' })
    return cell
  }

  /** Rows of tables that are tables; others only lay out, and their cells are read one after the other. */
  private layOutRow<T>({ cells, rowIndex = 0, tableNode }: Row, work: () => T): T {
    const tag = tableNode?.tag
    if (this.artifacts > 0 || tag === undefined || tag === 'artifact') return work()
    if (tag.type === 'TOC') {
      const entry = openElement(this.current, { type: 'TOCI' })
      return this.within(openElement(entry, { type: 'Reference' }), work)
    }
    if (tag.type !== 'Table') return work()
    if (tag.captionRow === true && rowIndex === 0) return this.within(openElement(this.current, { type: 'Caption' }), work)
    const isHead = rowIndex < (tableNode?.table?.headerRows ?? 0)
    cells.forEach((cell, column) => {
      if (cell._span !== true) cell._cellTag = cellTag(cell, isHead, column < (tag.rowHeaders ?? 1))
    })
    const part = isHead ? 'THead' : 'TBody'
    const last = this.current.children.findLast((child) => 'tag' in child)
    const group = last && 'tag' in last && last.tag.type === part ? last : openElement(this.current, { type: part })
    return this.within(openElement(group, { type: 'TR' }), work)
  }

  private drawn(isMarker: boolean): Drawn {
    if (this.artifacts > 0) return { element: null, isDone: false }
    if (!isMarker || this.item === null) return { element: this.current, isDone: false }
    const label: TagElement = { tag: { type: 'Lbl' }, children: [] }
    this.item.children.unshift(label)
    return { element: label, isDone: false }
  }
}

const cellTag = ({ colSpan = 1, rowSpan = 1 }: LaidOutNode, isHead: boolean, isRowHeader: boolean): PdfTag => ({
  ...(isHead ? { type: 'TH', scope: 'Column' } : isRowHeader ? { type: 'TH', scope: 'Row' } : { type: 'TD' }),
  ...(colSpan > 1 && { columnSpan: colSpan }),
  ...(rowSpan > 1 && { rowSpan }),
})

/** A drawing without words in its place is decoration. */
const isUntoldDrawing = ({ tag, image, svg, canvas, qr }: LaidOutNode): boolean =>
  tag === undefined && (image !== undefined || svg !== undefined || canvas !== undefined || qr !== undefined)
