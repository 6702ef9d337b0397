import { ParseSpeeds, PDFArray, PDFDict, PDFDocument, PDFName, PDFNumber, PDFRef, type PDFObject } from 'pdf-lib'
import type { AppendedUpdate } from '#core/model/signature.ts'

/** More updates than this are told as one. */
const MOST_UPDATES = 12
const MOST_CHANGES = 20
const LOADING = { parseSpeed: ParseSpeeds.Fastest, updateMetadata: false, throwOnInvalidObject: false } as const

/**
 * What was put behind the first `end` bytes of a PDF, update by update. An update counts as a signature only where its own table of objects
 * names nothing but what it brings along itself, and that adds a signature and nothing else: programs read tables, so what a table points
 * at elsewhere could be shown in place of what was signed.
 */
export async function appendedUpdates(source: Buffer, end: number): Promise<AppendedUpdate[]> {
  const ends = endsAfter(source, end)
  const updates: AppendedUpdate[] = []
  let from = end
  let before = ends.length === 0 ? null : await loadedOrNull(source.subarray(0, end))
  for (const to of ends) {
    const after = await loadedOrNull(source.subarray(0, to))
    const judged = before && after ? judge({ source, from, to, before, after }) : { isSignatureOnly: false, changes: ['?'] }
    updates.push({ fromByte: from, bytes: to - from, ...judged })
    before = after
    from = to
  }
  return updates
}

/** Where updates end after a place: behind each %%EOF, and at the end of the file. */
function endsAfter(source: Buffer, end: number): number[] {
  const ends: number[] = []
  for (let at = source.indexOf('%%EOF', end); at !== -1; at = source.indexOf('%%EOF', at + 5))
    ends.push(behindLine(source, at + 5))
  if (
    source
      .subarray(ends.at(-1) ?? end)
      .toString('latin1')
      .trim() !== ''
  )
    ends.push(source.length)
  return ends.length > MOST_UPDATES ? [source.length] : ends
}

/** The place behind a line's end. */
export function behindLine(source: Buffer, at: number): number {
  const next = source[at] === 0x0d ? at + 1 : at
  return source[next] === 0x0a ? next + 1 : next
}

async function loadedOrNull(bytes: Buffer): Promise<PDFDocument | null> {
  try {
    return await PDFDocument.load(bytes, LOADING)
  } catch {
    return null // what cannot be read counts as changed
  }
}

interface Step {
  source: Buffer
  from: number
  to: number
  before: PDFDocument
  after: PDFDocument
}

function judge(step: Step): Pick<AppendedUpdate, 'isSignatureOnly' | 'changes'> {
  const table = tableOf(step)
  const { source, from, to, before, after } = step
  const text = source.toString('latin1', from, to)
  const brought = [...text.matchAll(/(?:^|[\r\n])\s*(\d{1,8}) (\d{1,5}) obj\b/g)].map(([, number = '', generation = '']) =>
    PDFRef.of(Number(number), Number(generation)),
  )
  const named = [...new Set([...(table ?? []), ...brought])]
  const added = named.filter((ref) => before.context.lookup(ref) === undefined)
  const isKnown = table !== null && brought.every((ref) => table.includes(ref)) && brought.length === table.length
  const allowed = new Set(added.filter((ref) => isSignaturePart(after.context.lookup(ref))))
  const isSignatureOnly = isKnown && named.every((ref) => allowed.has(ref) || onlyAdds(ref, step, allowed))
  return { isSignatureOnly, changes: describe(named, after).slice(0, MOST_CHANGES) }
}

/** The objects that an update's table names; null where it names any that are not in the update itself, or is of a kind not known here. */
function tableOf({ source, from, to }: Step): PDFRef[] | null {
  const tail = source.toString('latin1', Math.max(from, to - 64), to)
  const startxref = Number(/startxref\s+(\d{1,10})\s+%%EOF\s*$/.exec(tail)?.[1] ?? NaN)
  if (!(startxref >= from && startxref < to)) return null
  const text = source.toString('latin1', startxref, to)
  const rows = text.startsWith('xref') ? plainRows(text) : streamRows(source, startxref, to, text)
  if (rows === null || !continues(text, source, from)) return null
  const refs: PDFRef[] = []
  for (const { number, generation, offset } of rows) {
    const head = `${number} ${generation} obj`
    const isHere = offset >= from && offset < to && source.toString('latin1', offset, offset + head.length) === head
    if (!isHere) return null
    refs.push(PDFRef.of(number, generation))
  }
  return refs
}

interface Row {
  number: number
  generation: number
  offset: number
}

function plainRows(text: string): Row[] | null {
  const [, body = ''] = /^xref\s+([\s\S]*?)trailer/.exec(text) ?? []
  const rows: Row[] = []
  const lines = body.split(/\r\n|[\r\n]/).map((line) => line.trim())
  for (let at = 0; at < lines.length && lines[at] !== '';) {
    const [, first = '', count = ''] = /^(\d{1,8}) (\d{1,6})$/.exec(lines[at] ?? '') ?? []
    if (count === '') return null
    at += 1
    for (let index = 0; index < Number(count); index++, at++) {
      const [, offset = '', generation = ''] = /^(\d{10}) (\d{5}) n$/.exec(lines[at] ?? '') ?? []
      if (generation === '') return null
      rows.push({ number: Number(first) + index, generation: Number(generation), offset: Number(offset) })
    }
  }
  return rows
}

/** A cross-reference stream as it is written here: plain, with rows of eight bytes. */
function streamRows(source: Buffer, startxref: number, to: number, text: string): Row[] | null {
  const [head = ''] = /^[\s\S]*?stream\r?\n/.exec(text) ?? []
  if (!/\/W\s*\[\s*1 5 2\s*\]/.test(head) || head.includes('/Filter')) return null
  const index = (/\/Index\s*\[([^\]]*)\]/.exec(head)?.[1] ?? '').trim().split(/\s+/).map(Number)
  const rows: Row[] = []
  let at = startxref + head.length
  for (let pair = 0; pair + 1 < index.length; pair += 2) {
    const [first = 0, count = 0] = [index[pair], index[pair + 1]]
    for (let step = 0; step < count; step++, at += 8) {
      if (at + 8 > to || source[at] !== 1) return null
      rows.push({ number: first + step, offset: source.readUIntBE(at + 1, 5), generation: source.readUInt16BE(at + 6) })
    }
  }
  return rows
}

/** The update builds on what was signed: same catalogue, and the table before it is the one that was the last. */
function continues(text: string, source: Buffer, from: number): boolean {
  const before = source.toString('latin1', 0, from)
  const last = /startxref\s+(\d{1,10})\s+%%EOF\s*$/.exec(before.slice(-64))?.[1]
  const root = (words: string) => /\/Root\s+(\d+ \d+ R)/.exec(words)?.[1]
  const beforeRoot = before.lastIndexOf('/Root')
  return (
    last !== undefined &&
    new RegExp(`/Prev\\s+${last}\\b`).test(text) &&
    root(text) !== undefined &&
    root(text) === root(before.slice(beforeRoot, beforeRoot + 40)) &&
    !/\/(?:Encrypt|XRefStm)\b/.test(text)
  )
}

const at = (dict: PDFDict, key: string): PDFObject | undefined => dict.lookup(PDFName.of(key))
const isName = (value: PDFObject | undefined, name: string): boolean => value === PDFName.of(name)

/** A new object that a signature brings along: its dictionary, its unseen field, the field's place in the structure. */
function isSignaturePart(object: PDFObject | undefined): boolean {
  if (object === undefined) return true // a table of objects, which the library does not keep
  if (!(object instanceof PDFDict)) return false
  if (object.has(PDFName.of('ByteRange'))) return isName(at(object, 'Type'), 'Sig')
  if (isName(at(object, 'Subtype'), 'Widget'))
    return (
      isName(at(object, 'FT'), 'Sig') && isUnseen(at(object, 'Rect')) && !has(object, 'AP', 'A', 'AA', 'MK', 'Kids', 'Parent')
    )
  if (isName(at(object, 'Type'), 'StructElem')) return isName(at(object, 'S'), 'Form') && !has(object, 'ActualText', 'Alt')
  return object.has(PDFName.of('Nums')) && !object.has(PDFName.of('Type'))
}

const has = (dict: PDFDict, ...keys: string[]): boolean => keys.some((key) => dict.has(PDFName.of(key)))

/** A field without width or height. */
function isUnseen(rect: PDFObject | undefined): boolean {
  const [left, bottom, right, top] =
    rect instanceof PDFArray ? rect.asArray().map((one) => (one instanceof PDFNumber ? one.asNumber() : NaN)) : []
  return left === right && bottom === top && left !== undefined && bottom !== undefined
}

/** Entries of objects that a further signature may lengthen. */
const LENGTHENED = new Set(['Annots', 'Fields', 'K', 'Kids', 'Nums', 'AcroForm', 'ParentTree'])
/** Entries that it may set to any value. */
const SET = new Set(['Tabs', 'SigFlags', 'ParentTreeNextKey', 'Limits'])

/** An object that was there is as it was, but for references to the new signature at the end of its lists. */
function onlyAdds(ref: PDFRef, { before, after }: Step, allowed: ReadonlySet<PDFRef>): boolean {
  return isLonger(before.context.lookup(ref), after.context.lookup(ref), allowed)
}

function isLonger(before: PDFObject | undefined, after: PDFObject | undefined, allowed: ReadonlySet<PDFRef>): boolean {
  if (before?.toString() === after?.toString()) return true
  if (after instanceof PDFArray) {
    const known = before instanceof PDFArray ? before.asArray() : before === undefined ? [] : [before]
    const items = after.asArray()
    const isKept = known.every((item, index) => items[index]?.toString() === item.toString())
    return (
      isKept &&
      items.slice(known.length).every((item) => item instanceof PDFNumber || (item instanceof PDFRef && allowed.has(item)))
    )
  }
  if (!(after instanceof PDFDict) || (before !== undefined && !(before instanceof PDFDict))) return false
  const keys = new Set([...after.keys(), ...(before?.keys() ?? [])])
  return [...keys].every((key) => {
    const [was, is] = [before?.get(key), after.get(key)]
    if (was?.toString() === is?.toString()) return true
    const name = key.decodeText()
    return SET.has(name) ? is !== undefined : LENGTHENED.has(name) && isLonger(was, is, allowed)
  })
}

/** Objects by the names that people have for them. */
function describe(refs: readonly PDFRef[], document: PDFDocument): string[] {
  const pages = new Map<PDFRef, number>()
  try {
    for (const [index, page] of document.getPages().entries()) pages.set(page.ref, index + 1)
  } catch {
    return refs.map((ref) => `object ${ref.objectNumber}`) // a tree of pages that was broken on purpose
  }
  return refs.map((ref) => {
    const page = pages.get(ref)
    if (page !== undefined) return `page ${page}`
    const object = document.context.lookup(ref)
    const type = object instanceof PDFDict ? (at(object, 'Type') ?? at(object, 'FT')) : undefined
    return `object ${ref.objectNumber}${type instanceof PDFName ? ` (${type.decodeText().slice(0, 20)})` : ''}`
  })
}
