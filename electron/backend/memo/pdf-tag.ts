/** Standard structure types (ISO 32000-1, 14.8.4) that our documents use. */
export type StructureType =
  | 'Document'
  | 'Sect'
  | 'Div'
  | 'P'
  | 'H1'
  | 'H2'
  | 'H3'
  | 'H4'
  | 'L'
  | 'LI'
  | 'Lbl'
  | 'LBody'
  | 'Table'
  | 'THead'
  | 'TBody'
  | 'TR'
  | 'TH'
  | 'TD'
  | 'Caption'
  | 'Figure'
  | 'TOC'
  | 'TOCI'
  | 'Reference'
  | 'Link'
  | 'Span'

/** What a node of the printer's definition is to a reader; a node without a tag is only there for the layout. */
export interface PdfTag {
  type: StructureType
  /** Read aloud in place of a figure. */
  alt?: string
  /** Language, where it is not the document's. */
  lang?: string
  /** The first row of the table is its caption. */
  captionRow?: boolean
  /** So many cells at the start of each row name it. */
  rowHeaders?: number
  scope?: 'Column' | 'Row'
  columnSpan?: number
  rowSpan?: number
  numbering?: 'Decimal' | 'Disc'
}

/** An element of the structure tree while the document is laid out and drawn. */
export interface TagElement {
  tag: PdfTag
  children: (TagElement | TagContent)[]
  /** Where a figure was drawn, in points from the page's upper left corner. */
  box?: { left: number; top: number; right: number; bottom: number; pageHeight: number }
}

/** A finished piece of content or a link, as pdfkit hands it out. */
export interface TagContent {
  content: object
}

export const isElement = (child: TagElement | TagContent): child is TagElement => 'tag' in child

export function openElement(parent: TagElement, tag: PdfTag): TagElement {
  const element: TagElement = { tag, children: [] }
  parent.children.push(element)
  return element
}

/** Elements that hold other elements, never text of their own. */
const GROUPS: ReadonlySet<StructureType> = new Set(['Document', 'Sect', 'Div', 'L', 'LI', 'Table', 'THead', 'TBody', 'TR', 'TOC'])

export const isGroup = ({ tag }: TagElement): boolean => GROUPS.has(tag.type)

/** An empty cell keeps the columns of its row in step; anything else without content says nothing. */
export const isWorthKeeping = (element: TagElement): boolean =>
  element.tag.type === 'TD' ||
  element.tag.type === 'TH' ||
  element.children.some((child) => !isElement(child) || isWorthKeeping(child))
