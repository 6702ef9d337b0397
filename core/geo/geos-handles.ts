import type { LayerColumns } from './columns.ts'

/** A pointer to a geometry inside the library's memory; 0 when an operation failed. */
export type Handle = number

/** parts → rings → x,y,x,y…; the first ring of a part is its shell. Closed or not, in any orientation. */
export type PolygonParts = readonly (readonly Float64Array[])[]

/** The part of the library's C interface that Greenprint uses. Its own typings name types that do not exist. */
export interface GeosLibrary {
  Module: {
    HEAPF64: Float64Array
    HEAPU32: Uint32Array
    _malloc(bytes: number): number
    _free(pointer: number): void
    UTF8ToString(pointer: number): string
  }
  GEOSversion(): string
  GEOSCoordSeq_copyFromBuffer(buffer: number, size: number, hasZ: number, hasM: number): number
  GEOSCoordSeq_copyToBuffer(sequence: number, buffer: number, hasZ: number, hasM: number): number
  GEOSGeom_getCoordSeq(ring: Handle): number
  GEOSGetNumCoordinates(geometry: Handle): number
  GEOSGeom_createPoint(sequence: number): Handle
  GEOSGeom_createLineString(sequence: number): Handle
  GEOSGeom_createLinearRing(sequence: number): Handle
  GEOSGeom_createPolygon(shell: Handle, holes: number, count: number): Handle
  GEOSGeom_createCollection(type: number, geometries: number, count: number): Handle
  GEOSGeom_destroy(geometry: Handle): void
  GEOSGeomTypeId(geometry: Handle): number
  GEOSGetNumGeometries(geometry: Handle): number
  GEOSGetGeometryN(geometry: Handle, index: number): Handle
  GEOSGetExteriorRing(polygon: Handle): Handle
  GEOSGetNumInteriorRings(polygon: Handle): number
  GEOSGetInteriorRingN(polygon: Handle, index: number): Handle
  GEOSisEmpty(geometry: Handle): number
  GEOSisValid(geometry: Handle): number
  GEOSisValidReason(geometry: Handle): number | string
  GEOSMakeValidParams_create(): number
  GEOSMakeValidParams_setMethod(parameters: number, method: number): number
  GEOSMakeValidParams_setKeepCollapsed(parameters: number, keep: number): number
  GEOSMakeValidParams_destroy(parameters: number): void
  GEOSMakeValidWithParams(geometry: Handle, parameters: number): Handle
  GEOSUnaryUnion(geometry: Handle): Handle
  GEOSUnaryUnionPrec(geometry: Handle, gridSize: number): Handle
  GEOSGeom_setPrecision(geometry: Handle, gridSize: number, flags: number): Handle
  GEOSBuffer(geometry: Handle, distance: number, quadrantSegments: number): Handle
  GEOSIntersection(a: Handle, b: Handle): Handle
  GEOSIntersectionPrec(a: Handle, b: Handle, gridSize: number): Handle
  GEOSDifference(a: Handle, b: Handle): Handle
  GEOSDifferencePrec(a: Handle, b: Handle, gridSize: number): Handle
  GEOSArea(geometry: Handle, result: number): number
  GEOSPolygonize(geometries: number, count: number): Handle
  GEOSPointOnSurface(polygon: Handle): Handle
}

const POLYGON = 3
const MULTI_LINE = 5
const MULTI_POLYGON = 6
const COLLECTION = 7

/** Carries geometries into the library's memory and back. Every handle it returns must be destroyed by who asked for it. */
export function geosHandles(library: GeosLibrary) {
  return {
    ...writerOf(library),
    ...readerOf(library),
    free: (...handles: readonly Handle[]): void => {
      for (const handle of handles) if (handle !== 0) library.GEOSGeom_destroy(handle)
    },
  }
}

function writerOf(library: GeosLibrary) {
  const { sequence, polygon, gather, withPointers } = assemblyOf(library)

  /** A run of vertices of a layer (in millimetres) as a coordinate sequence. */
  const runOf = (layer: LayerColumns, ring: number): number => {
    const first = layer.ringOff[ring] ?? 0
    const end = layer.ringOff[ring + 1] ?? first
    return sequence(layer.xy.subarray(2 * first, 2 * end))
  }
  const partOf = (layer: LayerColumns, part: number): Handle => {
    const first = layer.partOff[part] ?? 0
    const end = layer.partOff[part + 1] ?? first
    if (layer.kind === 'point') return library.GEOSGeom_createPoint(runOf(layer, first))
    if (layer.kind === 'line') return library.GEOSGeom_createLineString(runOf(layer, first))
    return polygon(Array.from({ length: end - first }, (_, ring) => runOf(layer, first + ring)))
  }
  return {
    gather: (members: readonly Handle[]): Handle => gather(COLLECTION, members),
    /** All parts of a feature, in millimetres. */
    feature: (layer: LayerColumns, feature: number): Handle => {
      const first = layer.featureOff[feature] ?? 0
      const end = layer.featureOff[feature + 1] ?? first
      const parts = Array.from({ length: end - first }, (_, part) => partOf(layer, first + part))
      return gather(layer.kind === 'polygon' ? MULTI_POLYGON : COLLECTION, parts)
    },
    /** Some parts of a layer, in millimetres, as one geometry of several. */
    parts: (layer: LayerColumns, parts: readonly number[]): Handle =>
      gather(
        layer.kind === 'polygon' ? MULTI_POLYGON : COLLECTION,
        parts.map((part) => partOf(layer, part)),
      ),
    lines: (runs: readonly Float64Array[]): Handle =>
      gather(
        MULTI_LINE,
        runs.map((run) => library.GEOSGeom_createLineString(sequence(run))),
      ),
    /** The faces that noded lines enclose. */
    polygonize: (lines: Handle): Handle => withPointers([lines], (pointer) => library.GEOSPolygonize(pointer, 1)),
    /** Loose polygon parts in whatever unit; unclosed rings are closed, rings too short to enclose anything left out. */
    polygons: (parts: PolygonParts): Handle =>
      gather(
        MULTI_POLYGON,
        parts.flatMap(([shell, ...holes]) => {
          if (!shell || shell.length < 6) return []
          return [polygon([shell, ...holes.filter((hole) => hole.length >= 6)].map((ring) => sequence(closed(ring))))]
        }),
      ),
  }
}

/** The library's constructors, which take over what they are given. */
function assemblyOf(library: GeosLibrary) {
  const memory = library.Module
  const sequence = (values: ArrayLike<number>): number => {
    const buffer = memory._malloc(Math.max(16, values.length * 8))
    memory.HEAPF64.set(values, buffer / 8)
    const made = library.GEOSCoordSeq_copyFromBuffer(buffer, values.length / 2, 0, 0)
    memory._free(buffer)
    return made
  }
  const withPointers = (handles: readonly Handle[], make: (pointer: number) => Handle): Handle => {
    const pointer = memory._malloc(Math.max(1, handles.length) * 4)
    memory.HEAPU32.set(handles, pointer / 4)
    const made = make(pointer)
    memory._free(pointer)
    return made
  }
  const polygon = (sequences: readonly number[]): Handle => {
    const [shell = 0, ...holes] = sequences.map((ring) => library.GEOSGeom_createLinearRing(ring))
    return withPointers(holes, (pointer) => library.GEOSGeom_createPolygon(shell, pointer, holes.length))
  }
  const gather = (type: number, members: readonly Handle[]): Handle =>
    withPointers(members, (pointer) => library.GEOSGeom_createCollection(type, pointer, members.length))
  return { sequence, polygon, gather, withPointers }
}

function readerOf(library: GeosLibrary) {
  const memory = library.Module
  const readRing = (ring: Handle): Float64Array => {
    const count = library.GEOSGetNumCoordinates(ring)
    const buffer = memory._malloc(Math.max(1, count) * 16)
    library.GEOSCoordSeq_copyToBuffer(library.GEOSGeom_getCoordSeq(ring), buffer, 0, 0)
    const values = memory.HEAPF64.slice(buffer / 8, buffer / 8 + 2 * count)
    memory._free(buffer)
    return values
  }
  const collect = (geometry: Handle, found: Float64Array[][]): Float64Array[][] => {
    const type = library.GEOSGeomTypeId(geometry)
    if (type === POLYGON && library.GEOSisEmpty(geometry) === 0) {
      const holes = Array.from({ length: library.GEOSGetNumInteriorRings(geometry) }, (_, hole) =>
        readRing(library.GEOSGetInteriorRingN(geometry, hole)),
      )
      found.push([readRing(library.GEOSGetExteriorRing(geometry)), ...holes])
    } else if (type === MULTI_POLYGON || type === COLLECTION) {
      const members = library.GEOSGetNumGeometries(geometry)
      for (let member = 0; member < members; member += 1) collect(library.GEOSGetGeometryN(geometry, member), found)
    }
    return found
  }
  return {
    /** The polygons of any geometry; lines and points that an operation left behind are not polygons and are dropped. */
    readPolygons: (geometry: Handle): Float64Array[][] => collect(geometry, []),
    readPoint: (point: Handle): [x: number, y: number] => {
      const [x = NaN, y = NaN] = readRing(point)
      return [x, y]
    },
    area: (geometry: Handle): number => {
      const result = memory._malloc(8)
      library.GEOSArea(geometry, result)
      const area = memory.HEAPF64[result / 8] ?? 0
      memory._free(result)
      return area
    },
  }
}

export type GeosHandles = ReturnType<typeof geosHandles>

function closed(ring: Float64Array): Float64Array {
  const last = ring.length - 2
  if (ring[0] === ring[last] && ring[1] === ring[last + 1] && ring.length >= 8) return ring
  const whole = new Float64Array(Math.max(8, ring.length + 2))
  whole.set(ring)
  for (let at = ring.length; at < whole.length; at += 2) whole.set(ring.subarray(0, 2), at)
  return whole
}
