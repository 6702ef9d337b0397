import {
  PDFArray,
  PDFDict,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFRef,
  PDFString,
  type PDFContext,
  type PDFDocument,
  type PDFObject,
} from 'pdf-lib'

/** Objects of a PDF that are added or changed, and what is needed to write them behind it. */
export interface Update {
  pdf: PDFDocument
  context: PDFContext
  changed: Map<PDFRef, PDFObject>
  nextNumber: number
}

/** A number for an object that is added. */
export function newRef(update: Update): PDFRef {
  return PDFRef.of(update.nextNumber++)
}

/** An object held by another, and the reference whose object must be written again when it changes. */
interface Held<T> {
  value: T
  owner: PDFRef
}

/** @throws Error where the entry is there and of another kind */
function held<T extends PDFObject>(
  { context }: Update,
  dict: PDFDict,
  key: string,
  owner: PDFRef,
  isKind: (value: PDFObject) => value is T,
): Held<T> | null {
  const entry = dict.get(PDFName.of(key))
  const value = entry instanceof PDFRef ? context.lookup(entry) : entry
  if (value === undefined) return null
  if (!isKind(value)) throw new Error(`${key} is of another kind`)
  return { value, owner: entry instanceof PDFRef ? entry : owner }
}

const isDict = (value: PDFObject): value is PDFDict => value instanceof PDFDict
const isArray = (value: PDFObject): value is PDFArray => value instanceof PDFArray

/** Notes that an object is written again. */
function touch({ context, changed }: Update, ref: PDFRef): void {
  const object = context.lookup(ref)
  if (object === undefined) throw new Error('an object is missing')
  changed.set(ref, object)
}

/**
 * Adds an empty signature field that nobody sees, yet has its words and its place in the structure tree.
 * @throws Error where the document is not built as it should be
 */
export function addField(update: Update, signature: PDFRef, tooltip: string): void {
  const { pdf, context } = update
  const catalogRef = context.trailerInfo.Root as PDFRef
  const [page] = pdf.getPages()
  if (page === undefined) throw new Error('it has no pages')
  const widget = newRef(update)
  const key = addToStructure(update, catalogRef, page.ref, widget)
  const field = context.obj({
    Type: 'Annot',
    Subtype: 'Widget',
    FT: 'Sig',
    Rect: [0, 0, 0, 0],
    // Printed and locked, neither hidden nor invisible: PDF/A-3, 6.3.2.
    F: 132,
  })
  field.set(PDFName.of('T'), PDFString.of(freeName(update, catalogRef)))
  field.set(PDFName.of('TU'), PDFHexString.fromText(tooltip))
  field.set(PDFName.of('V'), signature)
  field.set(PDFName.of('P'), page.ref)
  if (key !== null) field.set(PDFName.of('StructParent'), PDFNumber.of(key))
  update.changed.set(widget, field)
  append(update, page.node, 'Annots', page.ref, widget)
  if (key !== null && page.node.get(PDFName.of('Tabs')) === undefined) {
    page.node.set(PDFName.of('Tabs'), PDFName.of('S'))
    touch(update, page.ref)
  }
  addToForm(update, catalogRef, widget)
}

/** Puts a reference at the end of a list, wherever that list lies. */
function append(update: Update, dict: PDFDict, key: string, owner: PDFRef, ref: PDFRef): void {
  const entry = dict.get(PDFName.of(key))
  const value = entry instanceof PDFRef ? update.context.lookup(entry) : entry
  if (value instanceof PDFArray) {
    value.push(ref)
    touch(update, entry instanceof PDFRef ? entry : owner)
    return
  }
  dict.set(PDFName.of(key), update.context.obj(entry === undefined ? [ref] : [entry, ref]))
  touch(update, owner)
}

function formOf(update: Update, catalogRef: PDFRef): Held<PDFDict> | null {
  return held(update, update.context.lookup(catalogRef, PDFDict), 'AcroForm', catalogRef, isDict)
}

function addToForm(update: Update, catalogRef: PDFRef, widget: PDFRef): void {
  const known = formOf(update, catalogRef)
  if (known === null) {
    const form = update.context.obj({ Fields: [widget], SigFlags: 3 })
    update.context.lookup(catalogRef, PDFDict).set(PDFName.of('AcroForm'), form)
    touch(update, catalogRef)
    return
  }
  append(update, known.value, 'Fields', known.owner, widget)
  known.value.set(PDFName.of('SigFlags'), PDFNumber.of(3))
  touch(update, known.owner)
}

/** Signature1, Signature2 …: a name that no field has. */
function freeName(update: Update, catalogRef: PDFRef): string {
  const form = formOf(update, catalogRef)
  const fields = form === null ? null : held(update, form.value, 'Fields', form.owner, isArray)
  const names = new Set(
    (fields?.value.asArray() ?? []).map((ref) => {
      const name = (update.context.lookup(ref) as PDFDict | undefined)?.lookup(PDFName.of('T'))
      return name instanceof PDFString || name instanceof PDFHexString ? name.decodeText() : ''
    }),
  )
  let number = 1
  while (names.has(`Signature${number}`)) number += 1
  return `Signature${number}`
}

/** A form element for the field at the end of a tagged document. @returns the field's key in the parent tree; null where nothing is tagged */
function addToStructure(update: Update, catalogRef: PDFRef, page: PDFRef, widget: PDFRef): number | null {
  const { context } = update
  const tree = held(update, context.lookup(catalogRef, PDFDict), 'StructTreeRoot', catalogRef, isDict)
  if (tree === null) return null
  const parent = documentElement(update, tree)
  const element = newRef(update)
  const place = context.obj({ Type: 'OBJR', Pg: page, Obj: widget })
  update.changed.set(element, context.obj({ Type: 'StructElem', S: 'Form', P: parent.owner, Pg: page, K: place }))
  append(update, parent.value, 'K', parent.owner, element)
  return addToParents(update, tree, element)
}

/** The element that holds all others, or the root itself. */
function documentElement(update: Update, tree: Held<PDFDict>): Held<PDFDict> {
  const kids = tree.value.lookup(PDFName.of('K'))
  const first = kids instanceof PDFArray ? kids.get(0) : tree.value.get(PDFName.of('K'))
  const element = first instanceof PDFRef ? update.context.lookup(first) : undefined
  const isDocument = element instanceof PDFDict && element.lookup(PDFName.of('S')) === PDFName.of('Document')
  return first instanceof PDFRef && isDocument ? { value: element, owner: first } : tree
}

function addToParents(update: Update, tree: Held<PDFDict>, element: PDFRef): number {
  const { context } = update
  const parents = held(update, tree.value, 'ParentTree', tree.owner, isDict)
  const told = tree.value.lookup(PDFName.of('ParentTreeNextKey'))
  const key = told instanceof PDFNumber ? told.asNumber() : parents === null ? 0 : highestKey(parents.value, 0) + 1
  tree.value.set(PDFName.of('ParentTreeNextKey'), PDFNumber.of(key + 1))
  touch(update, tree.owner)
  if (parents === null) tree.value.set(PDFName.of('ParentTree'), context.obj({ Nums: [key, element] }))
  else if (parents.value.has(PDFName.of('Kids'))) {
    const leaf = newRef(update)
    update.changed.set(leaf, context.obj({ Limits: [key, key], Nums: [key, element] }))
    append(update, parents.value, 'Kids', parents.owner, leaf)
  } else {
    const numbers = held(update, parents.value, 'Nums', parents.owner, isArray)
    if (numbers === null) throw new Error('a tree without entries')
    numbers.value.push(PDFNumber.of(key))
    numbers.value.push(element)
    const limits = parents.value.lookup(PDFName.of('Limits'))
    if (limits instanceof PDFArray && limits.size() === 2) limits.set(1, PDFNumber.of(key))
    touch(update, numbers.owner)
    touch(update, parents.owner)
  }
  return key
}

const DEEPEST_TREE = 16

function highestKey(tree: PDFDict, depth: number): number {
  const numbers = tree.lookup(PDFName.of('Nums'))
  const own = numbers instanceof PDFArray ? numbers.asArray().filter((item) => item instanceof PDFNumber) : []
  const kids = tree.lookup(PDFName.of('Kids'))
  const below = kids instanceof PDFArray && depth < DEEPEST_TREE ? kids.asArray().map((_, at) => kids.lookup(at)) : []
  const keys = below.map((kid) => (kid instanceof PDFDict ? highestKey(kid, depth + 1) : -1))
  return Math.max(-1, ...own.map((item) => item.asNumber()), ...keys)
}
