import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { GeometryKind } from '#core/model/roles.ts'
import type { SourceGeometry, SourceValue } from './format.ts'
import { newRun } from './geometry.ts'

/** One feature as the spool keeps it: values in the order in which their fields first appeared, shorter when later fields came later. */
export interface SpooledFeature {
  row: number
  /** null: the source gives no geometry at all, so it belongs to no kind. */
  kind: GeometryKind | null
  geometry: SourceGeometry | null
  values: SourceValue[]
}

const KINDS: readonly (GeometryKind | null)[] = [null, 'point', 'line', 'polygon']
/** Up to here a layer stays in memory: most do, and no file is made for them. */
const MEMORY_BYTES = 4 * 1024 * 1024
const READ_BYTES = 1024 * 1024

function encode({ row, kind, geometry, values }: SpooledFeature): Buffer {
  const parts = geometry?.parts ?? []
  const text = Buffer.from(JSON.stringify(values))
  let size = 17 + text.length
  for (const rings of parts) {
    size += 4
    for (const run of rings) size += 4 + run.length * 8
  }
  const bytes = Buffer.allocUnsafe(size)
  bytes.writeUInt32LE(size, 0)
  bytes.writeUInt32LE(row, 4)
  bytes.writeUInt8(KINDS.indexOf(kind), 8)
  bytes.writeUInt32LE(text.length, 9)
  bytes.writeUInt32LE(parts.length, 13)
  text.copy(bytes, 17)
  let at = 17 + text.length
  for (const rings of parts) {
    at = bytes.writeUInt32LE(rings.length, at)
    for (const run of rings) {
      at = bytes.writeUInt32LE(run.length, at)
      bytes.set(new Uint8Array(run.buffer, run.byteOffset, run.byteLength), at)
      at += run.byteLength
    }
  }
  return bytes
}

function decode(bytes: Buffer, withGeometry: boolean): SpooledFeature {
  const kind = KINDS[bytes.readUInt8(8)] ?? null
  const textEnd = 17 + bytes.readUInt32LE(9)
  const values = JSON.parse(bytes.toString('utf8', 17, textEnd)) as SourceValue[]
  if (!withGeometry) return { row: bytes.readUInt32LE(4), kind, geometry: null, values }
  const parts: Float64Array[][] = []
  let at = textEnd
  for (let left = bytes.readUInt32LE(13); left > 0; left--) {
    const rings: Float64Array[] = []
    let count = bytes.readUInt32LE(at)
    at += 4
    for (; count > 0; count--) {
      const run = newRun(bytes.readUInt32LE(at))
      at += 4
      new Uint8Array(run.buffer, run.byteOffset, run.byteLength).set(bytes.subarray(at, at + run.byteLength))
      at += run.byteLength
      rings.push(run)
    }
    parts.push(rings)
  }
  const geometry = kind !== null && parts.length > 0 ? { kind, parts } : null
  return { row: bytes.readUInt32LE(4), kind, geometry, values }
}

/**
 * Features that were read once, kept to be read again: in memory while they are few, in a temporary file when they are many. It
 * lets a reader that can only go forward (XML, JSON, Parquet, tables) serve several passes while memory does not grow.
 */
export class FeatureSpool {
  readonly #stagingDir: string
  #waiting: Buffer[] = []
  #waitingBytes = 0
  #folder: string | null = null
  #descriptor: number | null = null
  #written = 0

  constructor(stagingDir: string = tmpdir()) {
    this.#stagingDir = stagingDir
  }

  add(feature: SpooledFeature): void {
    const bytes = encode(feature)
    this.#waiting.push(bytes)
    this.#waitingBytes += bytes.length
    if (this.#waitingBytes > MEMORY_BYTES) this.#flush()
  }

  #flush(): void {
    this.#folder ??= mkdtempSync(path.join(this.#stagingDir, 'greenprint-spool-'))
    this.#descriptor ??= openSync(path.join(this.#folder, 'features'), 'wx+', 0o600)
    const bytes = Buffer.concat(this.#waiting)
    for (let at = 0; at < bytes.length;) at += writeSync(this.#descriptor, bytes, at, bytes.length - at, this.#written + at)
    this.#written += bytes.length
    this.#waiting = []
    this.#waitingBytes = 0
  }

  /** In the order in which they were added; without their geometry where only the values are wanted. */
  *read(withGeometry = true): Generator<SpooledFeature> {
    if (this.#descriptor !== null) yield* this.#readFile(this.#descriptor, withGeometry)
    for (const bytes of this.#waiting) yield decode(bytes, withGeometry)
  }

  *#readFile(descriptor: number, withGeometry: boolean): Generator<SpooledFeature> {
    let chunk: Buffer = Buffer.allocUnsafe(READ_BYTES)
    let held = 0
    let position = 0
    let at = 0
    while (position - held + at < this.#written) {
      const known = held - at
      const size = known >= 4 ? chunk.readUInt32LE(at) : Infinity
      if (known >= size) {
        yield decode(chunk.subarray(at, at + size), withGeometry)
        at += size
        continue
      }
      const next = Buffer.allocUnsafe(Math.max(READ_BYTES, size === Infinity ? 0 : size))
      chunk.copy(next, 0, at, held)
      const read = readSync(descriptor, next, known, Math.min(next.length - known, this.#written - position), position)
      if (read === 0) throw new Error('the spool of features is shorter than what was written')
      position += read
      chunk = next
      held = known + read
      at = 0
    }
  }

  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor)
    if (this.#folder !== null) rmSync(this.#folder, { recursive: true, force: true })
    this.#descriptor = null
    this.#folder = null
    this.#written = 0
    this.#waiting = []
  }
}
