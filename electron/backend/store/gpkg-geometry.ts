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

/** Writes geometries as GeoPackage binary, little-endian with an envelope, into a buffer of the caller's, who asks `encodedBytes` first. */
export function gpbEncoder(srsId: number) {
  /** Returns where the geometry ends. A point table (not multi) takes the first vertex. */
  return function encode(target: Buffer, start: number, geometry: SourceGeometry, multi: boolean, box: Box): number {
    target[start] = 0x47
    target[start + 1] = 0x50
    target[start + 2] = 0
    target[start + 3] = 0b0000_0011
    target.writeInt32LE(srsId, start + 4)
    target.writeDoubleLE(box[0], start + 8)
    target.writeDoubleLE(box[2], start + 16)
    target.writeDoubleLE(box[1], start + 24)
    target.writeDoubleLE(box[3], start + 32)
    let at = start + HEADER_BYTES
    const word = (value: number) => {
      at = target.writeUInt32LE(value, at)
    }
    const open = (type: number) => {
      target[at] = 1
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
        target.set(new Uint8Array(run.buffer, run.byteOffset, run.byteLength), at)
        at += run.byteLength
      }
      if (!multi) break
    }
    return at
  }
}

/** At least as many bytes as a geometry takes. */
export function encodedBytes(geometry: SourceGeometry): number {
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
