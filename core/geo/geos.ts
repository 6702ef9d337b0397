import initialiseGeos from 'geos-wasm'
import { layerBuilder } from './build.ts'
import type { LayerColumns } from './columns.ts'
import { benchOf, type Bench } from './geos-bench.ts'
import { clipping, type Clipping } from './geos-clip.ts'
import type { GeosLibrary, Handle, PolygonParts } from './geos-handles.ts'
import type { Role } from '../model/roles.ts'

export type { PolygonParts } from './geos-handles.ts'

/**
 * Robust geometry where the kernels of this house do not go: repair, buffer, union. One instance per worker; every call frees
 * what it allocated. Layers are taken and returned in millimetres of their frame; loose parts in the caller's own unit.
 */
export interface Geos extends Clipping {
  readonly version: string
  /** Size of the library's memory; it grows with the largest task and must not grow with their number. */
  memoryBytes(): number
  /** Why polygon parts are not valid, in the library's English ("Self-intersection[3 4]"), or null when they are. */
  invalidReason(parts: PolygonParts): string | null
  /**
   * The same ground as valid polygons (structure method, collapsed pieces dropped): rings that cross are cut apart, holes
   * outside their shell become ground. null when nothing can be made of it (coordinates that are not numbers).
   */
  makeValid(parts: PolygonParts): Float64Array[][] | null
  /** Area of loose parts in their unit squared. */
  area(parts: PolygonParts): number
  /** The ground covered by any chosen feature, counted once. Each connected piece is one feature (fid from 1). */
  union(layers: LayerColumns | readonly LayerColumns[], select?: (feature: number, layer: LayerColumns) => boolean): LayerColumns
  /** The ground within a distance (negative: inwards) of one feature, as polygon parts in mm. Arcs have 16 chords per quarter circle unless told. */
  buffer(layer: LayerColumns, feature: number, distanceM: number, quadrantSegments?: number): Float64Array[][]
  /** The ground within a distance of any feature, counted once. Arcs have `quadrantSegments` chords per quarter circle. */
  bufferUnion(layers: LayerColumns | readonly LayerColumns[], distanceM: number, quadrantSegments?: number): LayerColumns
  /**
   * The faces into which lines (x,y,x,y… of each) cut the plane, as rings with a point inside; the unbounded face is not among
   * them. Lines may cross and repeat each other.
   */
  faces(runs: readonly Float64Array[]): { rings: Float64Array[]; inside: [x: number, y: number] }[]
  /** Area of overlap of two features in m², by full geometry: the independent check of the area kernel. */
  overlapAreaM2(a: LayerColumns, featureA: number, b: LayerColumns, featureB: number): number
}

const ONE_MILLIMETRE = 1

let loaded: Promise<Geos> | undefined

/** The library of this worker; loading takes about 0.1 s the first time. */
export function loadGeos(): Promise<Geos> {
  loaded ??= start()
  return loaded
}

async function start(): Promise<Geos> {
  const said = { last: '' }
  const hear = (message: string) => {
    said.last = message
  }
  const loadedLibrary: unknown = await initialiseGeos({ errorHandler: hear, noticeHandler: hear })
  const library = loadedLibrary as GeosLibrary // its own typings name pointer types that are declared nowhere
  const bench = benchOf(library, said)
  return {
    version: library.GEOSversion(),
    memoryBytes: () => library.Module.HEAPF64.byteLength,
    ...repairing(library, bench),
    ...covering(library, bench),
    ...dividing(library, bench),
    ...clipping(library, bench),
  }
}

function repairing(library: GeosLibrary, { handles, using, repair }: Bench): Pick<Geos, 'invalidReason' | 'makeValid' | 'area'> {
  return {
    invalidReason(parts) {
      if (parts.some((part) => part.some((ring) => ring.length < 8))) return 'Too few points in a ring'
      return using(handles.polygons(parts), (geometry) => {
        if (library.GEOSisValid(geometry) === 1) return null
        const reason = library.GEOSisValidReason(geometry)
        return typeof reason === 'string' ? reason : memoryText(library, reason)
      })
    },
    makeValid: (parts) =>
      using(handles.polygons(parts), (geometry) => {
        const repaired = repair(geometry)
        return repaired === 0 ? null : using(repaired, handles.readPolygons)
      }),
    area: (parts) => using(handles.polygons(parts), handles.area),
  }
}

function dividing(library: GeosLibrary, { handles, must, using }: Bench): Pick<Geos, 'faces'> {
  const faceOf = (rings: Float64Array[]) => {
    const inside = using(handles.polygons([rings]), (polygon) =>
      using(must(library.GEOSPointOnSurface(polygon), 'find a point inside'), handles.readPoint),
    )
    return { rings, inside }
  }
  return {
    faces: (runs) =>
      using(handles.lines(runs), (lines) =>
        using(must(library.GEOSUnaryUnion(lines), 'cross lines'), (crossed) =>
          using(must(handles.polygonize(crossed), 'find faces'), handles.readPolygons),
        ),
      ).map(faceOf),
  }
}

function covering(
  library: GeosLibrary,
  { handles, must, repair, using }: Bench,
): Pick<Geos, 'union' | 'buffer' | 'bufferUnion' | 'overlapAreaM2'> {
  /** Ordinary union first; then on the millimetre grid, which cannot fail on topology; then with broken input mended. */
  const dissolve = (geometry: Handle): Handle =>
    library.GEOSUnaryUnion(geometry) ||
    library.GEOSUnaryUnionPrec(geometry, ONE_MILLIMETRE) ||
    using(must(repair(geometry), 'repair a layer'), (sound) =>
      must(library.GEOSUnaryUnionPrec(sound, ONE_MILLIMETRE), 'unite a layer'),
    )
  const uniteAll = (members: Handle[], like: LayerColumns): LayerColumns =>
    using(handles.gather(members), (all) => using(dissolve(all), (union) => asLayer(handles.readPolygons(union), like)))
  const grown = (layer: LayerColumns, feature: number, distanceM: number, quadrantSegments: number): Handle =>
    using(handles.feature(layer, feature), (geometry) =>
      must(library.GEOSBuffer(geometry, distanceM * 1000, quadrantSegments), 'buffer a feature'),
    )
  return {
    union(layers, select = () => true) {
      const [all, first] = listed(layers)
      const chosen = all.flatMap((layer) =>
        [...layer.fid.keys()].filter((feature) => select(feature, layer)).map((feature) => handles.feature(layer, feature)),
      )
      return uniteAll(chosen, first)
    },
    bufferUnion(layers, distanceM, quadrantSegments = 16) {
      const [all, first] = listed(layers)
      const members = all.flatMap((layer) =>
        [...layer.fid.keys()].map((feature) => grown(layer, feature, distanceM, quadrantSegments)),
      )
      return uniteAll(members, first)
    },
    buffer: (layer, feature, distanceM, quadrantSegments = 16) =>
      using(grown(layer, feature, distanceM, quadrantSegments), handles.readPolygons),
    overlapAreaM2: (a, featureA, b, featureB) =>
      using(handles.feature(a, featureA), (left) =>
        using(handles.feature(b, featureB), (right) =>
          using(must(library.GEOSIntersection(left, right), 'intersect two features'), (both) => handles.area(both) / 1e6),
        ),
      ),
  }
}

function listed(layers: LayerColumns | readonly LayerColumns[]): [all: readonly LayerColumns[], first: LayerColumns] {
  const all = Array.isArray(layers) ? (layers as readonly LayerColumns[]) : [layers as LayerColumns]
  const first = all[0]
  if (!first) throw new RangeError('a union needs at least one layer')
  return [all, first]
}

/** Pieces in millimetres as columns without attributes; derived ground has no content hash of its own. */
function asLayer(pieces: Float64Array[][], like: { role: Role; name: string; frame: LayerColumns['frame'] }): LayerColumns {
  const builder = layerBuilder({ role: like.role, name: like.name, kind: 'polygon', frame: like.frame }, {}, 0.001)
  pieces.forEach((rings, index) => builder.add(index + 1, [rings], {}))
  return builder.finish('')
}

function memoryText(library: GeosLibrary, pointer: number): string {
  const text = library.Module.UTF8ToString(pointer)
  library.Module._free(pointer)
  return text
}
