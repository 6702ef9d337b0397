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

/** A piece of marked content on a page. */
export interface ContentPlace {
  page: number
  mcid: number
}

/** An element of the structure tree as it stands in the file. */
export interface StructureNode {
  type: string
  alt: string | null
  lang: string | null
  /** Entries of its attribute dictionary, names and numbers as text. */
  attributes: Record<string, string>
  /** Annotations that belong to it. */
  annotations: PDFDict[]
  children: (StructureNode | ContentPlace)[]
}

export const isNode = (child: StructureNode | ContentPlace): child is StructureNode => 'type' in child

/** A tree deeper than this is none of ours. */
const DEEPEST = 64

/** A PDF as it was written, and its structure as a reader's machine finds it. */
export interface WrittenPdf {
  document: PDFDocument
  root: StructureNode
}

/** Reads the structure tree out of the bytes of a PDF: what a reader's machine finds there, not what we meant to write. */
export async function readStructure(bytes: Uint8Array): Promise<WrittenPdf> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false, parseSpeed: ParseSpeeds.Fastest })
  const tree = document.catalog.lookup(PDFName.of('StructTreeRoot'))
  if (!(tree instanceof PDFDict)) throw new Error('the file has no structure tree')
  const pages = new Map(document.getPages().map((page, index) => [page.ref.toString(), index]))
  const root: StructureNode = { type: 'Root', alt: null, lang: null, attributes: {}, annotations: [], children: [] }
  for (const kid of kidsOf(tree)) readKid(kid, root, null, { document, pages, depth: 0 })
  return { document, root }
}

interface Walk {
  document: PDFDocument
  pages: ReadonlyMap<string, number>
  depth: number
}

function kidsOf(dict: PDFDict): PDFObject[] {
  const kids = dict.lookup(PDFName.of('K'))
  return kids instanceof PDFArray ? kids.asArray() : kids === undefined ? [] : [kids]
}

function readKid(kid: PDFObject, parent: StructureNode, page: PDFObject | undefined | null, walk: Walk): void {
  if (walk.depth > DEEPEST) throw new Error('the structure tree is too deep')
  const value = kid instanceof PDFRef ? walk.document.context.lookup(kid) : kid
  if (value instanceof PDFNumber) {
    parent.children.push({ page: pageOf(page, walk), mcid: value.asNumber() })
    return
  }
  if (!(value instanceof PDFDict)) return
  const type = nameIn(value, 'Type')
  const own = value.get(PDFName.of('Pg')) ?? page
  if (type === 'MCR') {
    const mcid = value.lookup(PDFName.of('MCID'), PDFNumber).asNumber()
    parent.children.push({ page: pageOf(own, walk), mcid })
  } else if (type === 'OBJR') parent.annotations.push(value.lookup(PDFName.of('Obj'), PDFDict))
  else {
    const node = nodeOf(value)
    parent.children.push(node)
    for (const below of kidsOf(value)) readKid(below, node, own, { ...walk, depth: walk.depth + 1 })
  }
}

const pageOf = (page: PDFObject | undefined | null, { pages }: Walk): number => pages.get(page?.toString() ?? '') ?? -1

const nameIn = (dict: PDFDict, key: string): string | null => {
  const value = dict.lookup(PDFName.of(key))
  return value instanceof PDFName ? value.decodeText() : null
}

export function textIn(dict: PDFDict, key: string): string | null {
  const value = dict.lookup(PDFName.of(key))
  return value instanceof PDFString || value instanceof PDFHexString ? value.decodeText() : null
}

function nodeOf(dict: PDFDict): StructureNode {
  const attributes = dict.lookup(PDFName.of('A'))
  const entries = attributes instanceof PDFDict ? attributes.entries() : []
  return {
    type: nameIn(dict, 'S') ?? '',
    alt: textIn(dict, 'Alt'),
    lang: textIn(dict, 'Lang'),
    attributes: Object.fromEntries(
      entries.map(([key, value]) => [key.decodeText(), value instanceof PDFName ? value.decodeText() : value.toString()]),
    ),
    annotations: [],
    children: [],
  }
}

/** Every element with those above it, in reading order. */
export function* walkStructure(
  node: StructureNode,
  above: readonly StructureNode[] = [],
): Generator<[StructureNode, readonly StructureNode[]]> {
  yield [node, above]
  for (const child of node.children) if (isNode(child)) yield* walkStructure(child, [...above, node])
}

/** The pieces of content below a node, in reading order. */
export function contentOf(node: StructureNode): ContentPlace[] {
  return node.children.flatMap((child) => (isNode(child) ? contentOf(child) : [child]))
}
