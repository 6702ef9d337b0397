import type { GeometryKind } from '#core/model/roles.ts'
import { isFiniteRun } from './geometry.ts'
import { MOST_STROKED_POINTS, strokeArcs } from './stroke-arcs.ts'

/** Why a geometry cannot be read; the caller adds file, layer and row. */
export type WkbProblem = { problem: 'broken' | 'not-finite' | 'too-many-points' } | { problem: 'unsupported'; type: string }

export class WkbError extends Error {
  readonly detail: WkbProblem

  constructor(detail: WkbProblem) {
    super(detail.problem)
    this.detail = detail
  }
}

/** OGC simple feature types by their code modulo 1000; FlatGeobuf numbers its types the same way. */
export const GEOMETRY_TYPE_NAMES: Record<number, string> = {
  1: 'Point',
  2: 'LineString',
  3: 'Polygon',
  4: 'MultiPoint',
  5: 'MultiLineString',
  6: 'MultiPolygon',
  7: 'GeometryCollection',
  8: 'CircularString',
  9: 'CompoundCurve',
  10: 'CurvePolygon',
  11: 'MultiCurve',
  12: 'MultiSurface',
  13: 'Curve',
  14: 'Surface',
  15: 'PolyhedralSurface',
  16: 'TIN',
  17: 'Triangle',
}
/** Kinds of the multi-part types, so that an empty one still has its kind. */
const MULTI_KINDS: Record<number, GeometryKind> = { 4: 'point', 5: 'line', 6: 'polygon', 11: 'line', 12: 'polygon' }
const MAX_NESTING = 16

/** What WKB held, parts by kind (a collection may hold several kinds). */
export interface DecodedWkb {
  type: string
  parts: Map<GeometryKind, Float64Array[][]>
  hasZ: boolean
  hasM: boolean
  wasCollection: boolean
  /** Curves that were turned into straight pieces (`STROKED` says how fine). */
  hadCurves: boolean
}

/** Decodes ISO and extended WKB. @throws WkbError for anything it does not hold; never reads beyond the bytes. */
class WkbReader {
  readonly #view: DataView
  #at = 0
  #little = true
  readonly result: DecodedWkb = {
    type: '',
    parts: new Map(),
    hasZ: false,
    hasM: false,
    wasCollection: false,
    hadCurves: false,
  }
  #strokedLeft = MOST_STROKED_POINTS

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  #need(bytes: number): void {
    if (bytes < 0 || this.#at + bytes > this.#view.byteLength) throw new WkbError({ problem: 'broken' })
  }

  #uint(): number {
    this.#need(4)
    const value = this.#view.getUint32(this.#at, this.#little)
    this.#at += 4
    return value
  }

  /** A count whose items need at least `bytes` each: a false one is found before memory is asked for. */
  #count(bytes: number): number {
    const count = this.#uint()
    this.#need(count * bytes)
    return count
  }

  #header(): { base: number; dimensions: number } {
    this.#need(5)
    const order = this.#view.getUint8(this.#at++)
    if (order > 1) throw new WkbError({ problem: 'broken' })
    this.#little = order === 1
    const raw = this.#uint()
    const code = raw & 0x0fff_ffff
    const thousands = Math.floor(code / 1000)
    if (thousands > 3) throw new WkbError({ problem: 'broken' })
    const hasZ = thousands === 1 || thousands === 3 || (raw & 0x8000_0000) !== 0
    const hasM = thousands >= 2 || (raw & 0x4000_0000) !== 0
    if ((raw & 0x2000_0000) !== 0) this.#uint() // an SRID that the container states as well
    this.result.hasZ ||= hasZ
    this.result.hasM ||= hasM
    return { base: code % 1000, dimensions: 2 + (hasZ ? 1 : 0) + (hasM ? 1 : 0) }
  }

  #points(count: number, dimensions: number): Float64Array {
    this.#need(count * dimensions * 8)
    const run = new Float64Array(count * 2)
    for (let index = 0; index < count; index++, this.#at += dimensions * 8) {
      run[index * 2] = this.#view.getFloat64(this.#at, this.#little)
      run[index * 2 + 1] = this.#view.getFloat64(this.#at + 8, this.#little)
    }
    return run
  }

  #finite(run: Float64Array): Float64Array {
    if (!isFiniteRun(run)) throw new WkbError({ problem: 'not-finite' })
    return run
  }

  #add(kind: GeometryKind, part: Float64Array[]): void {
    const parts = this.result.parts.get(kind) ?? []
    parts.push(part)
    this.result.parts.set(kind, parts)
  }

  #run(dimensions: number): Float64Array {
    return this.#finite(this.#points(this.#count(dimensions * 8), dimensions))
  }

  /** A curve of straight and round pieces as one run, by the header that was just read. */
  #curve({ base, dimensions }: { base: number; dimensions: number }, depth: number): Float64Array {
    if (depth > MAX_NESTING) throw new WkbError({ problem: 'broken' })
    if (base === 2) return this.#run(dimensions)
    if (base === 8) {
      const stroked = strokeArcs(this.#run(dimensions), this.#strokedLeft)
      if (stroked === null) throw new WkbError({ problem: 'too-many-points' })
      this.#strokedLeft -= stroked.length / 2
      this.result.hadCurves = true
      return stroked
    }
    if (base !== 9) throw new WkbError({ problem: 'broken' })
    const joined: number[] = []
    for (let left = this.#count(5); left > 0; left--) {
      const piece = this.#curve(this.#header(), depth + 1)
      const touches = joined.length > 0 && joined.at(-2) === piece[0] && joined.at(-1) === piece[1]
      for (const value of touches ? piece.subarray(2) : piece) joined.push(value)
    }
    return Float64Array.from(joined)
  }

  read(depth = 0): void {
    if (depth > MAX_NESTING) throw new WkbError({ problem: 'broken' })
    const header = this.#header()
    const { base, dimensions } = header
    const type = GEOMETRY_TYPE_NAMES[base]
    // Curve and Surface are words of the model; nothing can be one.
    if (type === undefined || base === 13 || base === 14) throw new WkbError({ problem: 'broken' })
    if (base > 14) throw new WkbError({ problem: 'unsupported', type })
    if (depth === 0) this.result.type = type
    if (base === 1) {
      const point = this.#points(1, dimensions)
      const isEmpty = Number.isNaN(point[0]) && Number.isNaN(point[1]) // the agreed way to write POINT EMPTY
      this.#add('point', isEmpty ? [] : [this.#finite(point)])
    } else if (base === 2 || base === 8 || base === 9) {
      this.#add('line', [this.#curve(header, depth)])
    } else if (base === 3) {
      const rings: Float64Array[] = []
      for (let left = this.#count(4); left > 0; left--) rings.push(this.#run(dimensions))
      this.#add('polygon', rings)
    } else if (base === 10) {
      const rings: Float64Array[] = []
      for (let left = this.#count(5); left > 0; left--) rings.push(this.#curve(this.#header(), depth + 1))
      this.#add('polygon', rings)
    } else {
      if (base === 7) this.result.wasCollection = true
      const kind = MULTI_KINDS[base]
      if (kind && !this.result.parts.has(kind)) this.result.parts.set(kind, [])
      for (let left = this.#count(5); left > 0; left--) this.read(depth + 1)
    }
  }
}

/** Decodes one WKB geometry. @throws WkbError */
export function decodeWkb(bytes: Uint8Array): DecodedWkb {
  const reader = new WkbReader(bytes)
  reader.read()
  return reader.result
}

/** Decodes a GeoPackage geometry blob (its header, then WKB). @throws WkbError */
export function decodeGpkgGeometry(blob: Uint8Array): DecodedWkb {
  if (blob.length < 8 || blob[0] !== 0x47 || blob[1] !== 0x50) throw new WkbError({ problem: 'broken' })
  const flags = blob[3] ?? 0
  if ((flags & 0x20) !== 0) throw new WkbError({ problem: 'unsupported', type: 'ExtendedGeoPackageBinary' })
  const envelope = [0, 32, 48, 48, 64][(flags >> 1) & 7]
  if (envelope === undefined || 8 + envelope > blob.length) throw new WkbError({ problem: 'broken' })
  return decodeWkb(blob.subarray(8 + envelope))
}
