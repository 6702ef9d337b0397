import type { GeometryKind } from '#core/model/roles.ts'
import type { SourceGeometry } from '../formats/format.ts'

/** minX, minY, maxX, maxY. */
export type Box = [number, number, number, number]

const HEADER_BYTES = 40
const WKB = { point: 1, line: 2, polygon: 3, multiPoint: 4, multiLine: 5, multiPolygon: 6 }
const MULTI_OF: Record<GeometryKind, number> = { polygon: WKB.multiPolygon, line: WKB.multiLine, point: WKB.multiPoint }
const SINGLE_OF: Record<GeometryKind, number> = { polygon: WKB.polygon, line: WKB.line, point: WKB.point }

/** The box around a geometry, in its own units. */
export function boxOf(geometry: SourceGeometry): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity]
  for (const part of geometry.parts)
    for (const run of part)
      for (let i = 0; i + 1 < run.length; i += 2) {
        const x = run[i] as number
        const y = run[i + 1] as number
        if (x < box[0]) box[0] = x
        if (y < box[1]) box[1] = y
        if (x > box[2]) box[2] = x
        if (y > box[3]) box[3] = y
      }
  return box
}

/** Writes geometries as GeoPackage binary, little-endian with an envelope, through one growing buffer. */
export function gpbEncoder(srsId: number) {
  let buffer = Buffer.alloc(1 << 16)

  /** The returned view is valid until the next call. A point table (not multi) takes the first vertex. */
  return function encode(geometry: SourceGeometry, multi: boolean, box: Box): Buffer {
    const size = encodedBytes(geometry)
    if (buffer.length < size) buffer = Buffer.alloc(size * 2)
    buffer.write('GP', 0, 'latin1')
    buffer[2] = 0
    buffer[3] = 0b0000_0011
    buffer.writeInt32LE(srsId, 4)
    buffer.writeDoubleLE(box[0], 8)
    buffer.writeDoubleLE(box[2], 16)
    buffer.writeDoubleLE(box[1], 24)
    buffer.writeDoubleLE(box[3], 32)
    let at = HEADER_BYTES
    const word = (value: number) => {
      at = buffer.writeUInt32LE(value, at)
    }
    const open = (type: number) => {
      buffer[at] = 1
      at += 1
      word(type)
    }
    if (multi) {
      open(MULTI_OF[geometry.kind])
      word(geometry.parts.length)
    }
    for (const part of geometry.parts) {
      open(SINGLE_OF[geometry.kind])
      if (geometry.kind === 'polygon') word(part.length)
      for (const run of part) {
        if (geometry.kind !== 'point') word(run.length / 2)
        buffer.set(new Uint8Array(run.buffer, run.byteOffset, run.byteLength), at)
        at += run.byteLength
      }
      if (!multi) break
    }
    return buffer.subarray(0, at)
  }
}

function encodedBytes(geometry: SourceGeometry): number {
  let size = HEADER_BYTES + 9
  for (const part of geometry.parts) {
    size += 9
    for (const run of part) size += 4 + run.byteLength
  }
  return size
}

/** What a reader of stored geometries is told: a new part, then each of its runs (rings, lines or single points). */
export interface GeometrySink {
  part(): void
  /** `xy` holds `vertices` pairs in the plan's CRS; it is reused by the next call. */
  run(xy: Float64Array, vertices: number): void
}

/**
 * Reads geometries that `gpbEncoder` wrote, without building objects. Anything else in the column means the file is
 * not ours: the caller turns the RangeError into a typed error.
 */
export function gpbDecoder() {
  let xy = new Float64Array(1 << 12)
  let bytes = new Uint8Array(xy.buffer)

  return function decode(blob: Buffer, sink: GeometrySink): void {
    if (blob[0] !== 0x47 || blob[1] !== 0x50 || blob[3] !== 0b0000_0011) throw new RangeError('not a Greenprint geometry')
    let at = HEADER_BYTES
    const word = () => {
      const value = blob.readUInt32LE(at)
      at += 4
      return value
    }
    const open = () => {
      if (blob[at] !== 1) throw new RangeError('not little-endian')
      at += 1
      return word()
    }
    const run = (vertices: number) => {
      const size = vertices * 16
      if (at + size > blob.length) throw new RangeError('geometry is cut off')
      if (bytes.length < size) {
        xy = new Float64Array(vertices * 4)
        bytes = new Uint8Array(xy.buffer)
      }
      bytes.set(blob.subarray(at, at + size))
      at += size
      sink.run(xy, vertices)
    }
    const single = (type: number) => {
      sink.part()
      if (type === WKB.point) run(1)
      else if (type === WKB.line) run(word())
      else if (type === WKB.polygon) for (let rings = word(); rings > 0; rings -= 1) run(word())
      else throw new RangeError(`unexpected geometry type ${type}`)
    }
    const type = open()
    if (type < WKB.multiPoint) single(type)
    else for (let parts = word(); parts > 0; parts -= 1) single(open())
  }
}
