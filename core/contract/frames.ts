import { AppError } from '../errors.ts'

/** Platform text codecs: every host has them, the core's own library list does not name them. */
declare const TextEncoder: new () => { encode(text: string): Uint8Array<ArrayBuffer> }
declare const TextDecoder: new (label: 'utf-8', options: { fatal: true }) => { decode(bytes: Uint8Array): string }

const VIEWS = {
  Uint8Array,
  Int8Array,
  Uint8ClampedArray,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
} as const

type ViewKind = keyof typeof VIEWS
type Kind = ViewKind | 'ArrayBuffer'
type Path = (string | number)[]

/** Where a binary part sits in the value, what it is, and how long. */
type PartHeader = [path: Path, kind: Kind, byteLength: number]

interface Part {
  path: Path
  kind: Kind
  bytes: Uint8Array
}

const ALIGN = 8
const LENGTH_BYTES = 4
const aligned = (length: number) => Math.ceil(length / ALIGN) * ALIGN

/**
 * Writes a value for a socket. Without binary parts it is JSON text. With them it is one frame:
 * u32 little-endian header length, header `[parts, value]` as UTF-8 JSON, then the parts, each starting at a multiple of 8 so
 * that the reader can lay typed arrays over the frame without copying. In the value a part's place holds null.
 * Throws TypeError for what neither JSON nor a typed array can hold (a DataView, a cycle): that is a bug of the caller.
 */
export function encodeFrame(value: unknown): string | Uint8Array<ArrayBuffer> {
  const parts: Part[] = []
  const plain = takeParts(value, [], parts)
  if (parts.length === 0) return JSON.stringify(plain)
  const headers: PartHeader[] = parts.map(({ path, kind, bytes }) => [path, kind, bytes.byteLength])
  const head = new TextEncoder().encode(JSON.stringify([headers, plain]))
  const start = aligned(LENGTH_BYTES + head.length)
  const frame = new Uint8Array(parts.reduce((end, { bytes }) => end + aligned(bytes.byteLength), start))
  new DataView(frame.buffer).setUint32(0, head.length, true)
  frame.set(head, LENGTH_BYTES)
  let offset = start
  for (const { bytes } of parts) {
    frame.set(bytes, offset)
    offset += aligned(bytes.byteLength)
  }
  return frame
}

/** Copies only the branches that hold binary parts; everything else is shared with the input. */
function takeParts(value: unknown, path: Path, parts: Part[]): unknown {
  if (typeof value !== 'object' || value === null) return value
  const part = asPart(value, path)
  if (part !== null) {
    parts.push(part)
    return null
  }
  let copy: Record<string | number, unknown> | undefined
  const keys = Array.isArray(value) ? value.keys() : Object.keys(value)
  for (const key of keys) {
    const child = (value as Record<string | number, unknown>)[key]
    if (typeof child !== 'object' || child === null) continue
    const plain = takeParts(child, [...path, key], parts)
    if (plain === child) continue
    copy ??= (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string | number, unknown>
    copy[key] = plain
  }
  return copy ?? value
}

function asPart(value: object, path: Path): Part | null {
  if (value instanceof ArrayBuffer) return { path, kind: 'ArrayBuffer', bytes: new Uint8Array(value) }
  if (!ArrayBuffer.isView(value)) return null
  // The tag, not the constructor's name: Node's Buffer is a Uint8Array under another name.
  const kind = (value as Partial<Uint8Array>)[Symbol.toStringTag]
  if (kind === undefined || !Object.hasOwn(VIEWS, kind)) throw new TypeError(`A ${String(kind)} cannot be sent`)
  return { path, kind: kind as ViewKind, bytes: new Uint8Array(value.buffer, value.byteOffset, value.byteLength) }
}

/**
 * Reads what `encodeFrame` wrote. Typed arrays lie over `data` where it is aligned; otherwise it is copied once.
 * The frame may be hostile: anything that does not hold together throws AppError `request.bad-frame`.
 */
export function decodeFrame(data: string | ArrayBuffer | Uint8Array): unknown {
  if (typeof data === 'string') return parse(data)
  const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : alignedCopy(data)
  if (bytes.byteLength < LENGTH_BYTES) throw bad('shorter than its length field')
  const headLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  if (LENGTH_BYTES + headLength > bytes.byteLength) throw bad('header longer than the frame')
  const head = parse(text(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + headLength)))
  if (!Array.isArray(head) || head.length !== 2 || !Array.isArray(head[0])) throw bad('header is not [parts, value]')
  const root = { value: head[1] as unknown }
  let offset = aligned(LENGTH_BYTES + headLength)
  for (const header of head[0] as unknown[]) {
    const [path, kind, byteLength] = partHeader(header)
    if (offset + byteLength > bytes.byteLength) throw bad('part longer than the frame')
    place(root, path, view(bytes, offset, kind, byteLength))
    offset += aligned(byteLength)
  }
  if (offset !== aligned(bytes.byteLength)) throw bad('bytes left over')
  return root.value
}

const bad = (problem: string) => new AppError('request.bad-frame', { problem })

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (cause) {
    throw new AppError('request.bad-frame', { problem: 'not JSON' }, { cause })
  }
}

function text(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new AppError('request.bad-frame', { problem: 'not UTF-8' }, { cause })
  }
}

const alignedCopy = (bytes: Uint8Array): Uint8Array => (bytes.byteOffset % ALIGN === 0 ? bytes : bytes.slice())

function partHeader(header: unknown): PartHeader {
  if (!Array.isArray(header) || header.length !== 3) throw bad('part header is not [path, kind, length]')
  const [path, kind, byteLength] = header as [unknown, unknown, unknown]
  const isPath = Array.isArray(path) && path.every((key) => typeof key === 'string' || Number.isSafeInteger(key))
  if (!isPath) throw bad('part path is not a list of keys')
  if (typeof kind !== 'string' || (kind !== 'ArrayBuffer' && !Object.hasOwn(VIEWS, kind))) throw bad('unknown kind of part')
  if (!Number.isSafeInteger(byteLength) || (byteLength as number) < 0) throw bad('part length is not a size')
  return [path as Path, kind as Kind, byteLength as number]
}

function view(bytes: Uint8Array, offset: number, kind: Kind, byteLength: number): unknown {
  const start = bytes.byteOffset + offset
  if (kind === 'ArrayBuffer') return bytes.buffer.slice(start, start + byteLength)
  const View = VIEWS[kind] as Uint8ArrayConstructor
  if (byteLength % View.BYTES_PER_ELEMENT !== 0) throw bad('part length does not fit its kind')
  return new View(bytes.buffer, start, byteLength / View.BYTES_PER_ELEMENT)
}

/** Puts a part where null was written for it. Only existing own keys are followed, so no path reaches a prototype. */
function place(root: { value: unknown }, path: Path, part: unknown): void {
  let holder: Record<string | number, unknown> = root
  let key: string | number = 'value'
  for (const next of path) {
    const inner = holder[key]
    if (typeof inner !== 'object' || inner === null || ArrayBuffer.isView(inner) || !Object.hasOwn(inner, next)) {
      throw bad('part path leads nowhere')
    }
    holder = inner as Record<string | number, unknown>
    key = next
  }
  if (holder[key] !== null) throw bad('part path is taken')
  holder[key] = part
}
