/** An element of ASN.1 as it stands in a file. */
export interface DerNode {
  /** The first byte: class, whether it holds others, and number. */
  tag: number
  /** Its content without tag and length. */
  content: Buffer
  /** All of it, tag and length included. */
  raw: Buffer
  children: DerNode[]
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  nothing: 0x05,
  objectId: 0x06,
  utf8: 0x0c,
  sequence: 0x30,
  set: 0x31,
} as const

/** `[n]` that holds others. */
export const contextTag = (number: number): number => 0xa0 | number

const HOLDS_OTHERS = 0x20
const DEEPEST = 40
const MOST_NODES = 50_000
const MOST_LENGTH_BYTES = 4

/** What is not ASN.1, or nests or repeats beyond any certificate. */
export class DerError extends Error {
  override name = 'DerError'
}

interface Reading {
  bytes: Buffer
  nodes: number
}

/**
 * Reads one element, in DER or in BER with lengths that end by a mark, as some key files have. What follows it is left alone.
 * @throws DerError for bytes that are none
 */
export function readDer(bytes: Uint8Array): DerNode {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return nodeAt({ bytes: buffer, nodes: 0 }, 0, buffer.length, 0).node
}

function nodeAt(reading: Reading, start: number, end: number, depth: number): { node: DerNode; next: number } {
  const { bytes } = reading
  reading.nodes += 1
  if (depth > DEEPEST || reading.nodes > MOST_NODES) throw new DerError('it nests or repeats too much')
  const tag = byteAt(bytes, start, end)
  if ((tag & 0x1f) === 0x1f) throw new DerError('a tag of several bytes')
  const { length, from } = lengthAt(bytes, start + 1, end)
  if (length === null) return openEnded(reading, tag, start, from, end, depth)
  const next = from + length
  if (next > end) throw new DerError('it is cut short')
  const children = (tag & HOLDS_OTHERS) === 0 ? [] : childrenOf(reading, from, next, depth)
  return { node: { tag, content: bytes.subarray(from, next), raw: bytes.subarray(start, next), children }, next }
}

function childrenOf(reading: Reading, from: number, end: number, depth: number): DerNode[] {
  const children: DerNode[] = []
  for (let at = from; at < end;) {
    const { node, next } = nodeAt(reading, at, end, depth + 1)
    children.push(node)
    at = next
  }
  return children
}

/** A length that is not told beforehand: the element ends with two zero bytes. */
function openEnded(reading: Reading, tag: number, start: number, from: number, end: number, depth: number) {
  if ((tag & HOLDS_OTHERS) === 0) throw new DerError('a length that is not told')
  const { bytes } = reading
  const children: DerNode[] = []
  let at = from
  while (byteAt(bytes, at, end) !== 0 || byteAt(bytes, at + 1, end) !== 0) {
    const { node, next } = nodeAt(reading, at, end, depth + 1)
    children.push(node)
    at = next
  }
  return { node: { tag, content: bytes.subarray(from, at), raw: bytes.subarray(start, at + 2), children }, next: at + 2 }
}

function byteAt(bytes: Buffer, at: number, end: number): number {
  const byte = at < end ? bytes[at] : undefined
  if (byte === undefined) throw new DerError('it is cut short')
  return byte
}

function lengthAt(bytes: Buffer, at: number, end: number): { length: number | null; from: number } {
  const first = byteAt(bytes, at, end)
  if (first < 0x80) return { length: first, from: at + 1 }
  if (first === 0x80) return { length: null, from: at + 1 }
  const count = first & 0x7f
  if (count > MOST_LENGTH_BYTES) throw new DerError('a length of many bytes')
  let length = 0
  for (let index = 0; index < count; index++) length = length * 256 + byteAt(bytes, at + 1 + index, end)
  return { length, from: at + 1 + count }
}

/** The child of a place; with a tag, it must have that. @throws DerError */
export function child(node: DerNode, at: number, tag?: number): DerNode {
  const found = node.children[at]
  if (found === undefined || (tag !== undefined && found.tag !== tag)) throw new DerError('it is not built as expected')
  return found
}

/** Bytes of an OCTET STRING, also one in pieces. */
export const octetsOf = (node: DerNode): Buffer =>
  node.children.length === 0 ? node.content : Buffer.concat(node.children.map(octetsOf))

/** A small number. @throws DerError where it is none, or larger than 2³¹. */
export function smallOf(node: DerNode): number {
  if (node.tag !== TAG.integer || node.content.length === 0 || node.content.length > 5) throw new DerError('a number is expected')
  const value = node.content.readIntBE(0, node.content.length)
  if (value < 0 || value > 2 ** 31) throw new DerError('a number is out of bounds')
  return value
}

/** "1.2.840.113549.1.7.2". @throws DerError */
export function objectIdOf(node: DerNode): string {
  if (node.tag !== TAG.objectId || node.content.length === 0 || node.content.length > 64)
    throw new DerError('an object id is expected')
  const arcs: number[] = []
  let value = 0
  for (const byte of node.content) {
    value = value * 128 + (byte & 0x7f)
    if (byte < 0x80) {
      arcs.push(value)
      value = 0
    }
  }
  const [first = 0, ...rest] = arcs
  const root = Math.min(2, Math.floor(first / 40))
  return [root, first - root * 40, ...rest].join('.')
}

/** An element of a tag and what is in it. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content])
  const size = Buffer.from(
    length.toString(16).padStart(length > 0xffff ? (length > 0xffffff ? 8 : 6) : length > 0xff ? 4 : 2, '0'),
    'hex',
  )
  return Buffer.concat([Buffer.from([tag, 0x80 | size.length]), size, content])
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => der(TAG.sequence, ...parts)
export const octets = (bytes: Uint8Array): Buffer => der(TAG.octets, bytes)
export const integer = (value: number): Buffer => der(TAG.integer, Buffer.from([value]))
export const NOTHING = der(TAG.nothing)

/** The elements of a set in the order that DER asks for: by their bytes. */
export const sorted = (parts: readonly Uint8Array[]): Uint8Array[] => parts.toSorted((a, b) => Buffer.compare(a, b))

/** An object id from its dotted form. */
export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const bytes = [first * 40 + second, ...rest].flatMap((arc) => {
    const sevens = [arc & 0x7f]
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) sevens.unshift((left & 0x7f) | 0x80)
    return sevens
  })
  return der(TAG.objectId, Buffer.from(bytes))
}
