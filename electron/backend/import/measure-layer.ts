import { boundaryLedger } from '#core/geo/boundary-ledger.ts'
import type { Geos } from '#core/geo/geos.ts'
import { areasM2, totalLengthM } from '#core/geo/measure.ts'
import { tilingReport, type TilingReport } from '#core/geo/tiling.ts'
import { GrowingFloats } from '#core/geo/growing.ts'
import { layerBuilder } from '#core/geo/build.ts'
import type { LayerColumns } from '#core/geo/columns.ts'
import type { Note, Plan } from '#core/model/plan.ts'
import type { Role } from '#core/model/roles.ts'
import { columnPieces, planToFrame } from '../store/gpkg-columns.ts'
import type { Box } from '../store/gpkg-geometry.ts'
import type { LayerSource } from '../store/layer-columns.ts'
import { locateFaults, type LocatedFault } from '../store/topology-table.ts'
import { extentOf } from './plan-frame.ts'
import { tilingNotes, tooManyEdgesNote } from './topology-notes.ts'

/** What the geometries of a layer come to. */
export interface MeasuredGeometry {
  /** Metres of the frame. */
  extent: Box
  areaM2: number | null
  lengthM: number | null
  /** Of each feature, in their order; of polygons only. */
  areasM2: Float64Array
  /** Overlaps and gaps of a tiling layer; the number of edges where they are too many to be crossed; null for other layers. */
  tiling: TilingReport | { edges: number } | null
}

/** And where it does not tile the ground as its role says it should, as notes and as places. */
export interface LayerMeasure extends Omit<MeasuredGeometry, 'tiling'> {
  notes: Note[]
  faults: LocatedFault[]
}

/** Every place belongs to exactly one feature of such a layer. */
const TILING_ROLES: readonly Role[] = ['landuse_base', 'landuse_plan']
/** Features per piece: enough to be fast, few enough that memory does not grow with the layer. */
const PIECE = 8192
/** Above it the layer is no tiling at all; crossing its edges would take minutes and memory. */
const MOST_EDGES = 500_000
/** Faults that are listed, largest first; the sums count all. */
const MOST_LISTED = 5000

/** Sums up a layer piece by piece: area, length, extent, and for tiling roles what does not cancel of its boundaries. */
function pieceMeter({ kind, role }: Pick<LayerSource, 'kind' | 'role'>) {
  const extent: Box = [Infinity, Infinity, -Infinity, -Infinity]
  const ledger = kind === 'polygon' && TILING_ROLES.includes(role) ? boundaryLedger() : undefined
  const areas = new GrowingFloats()
  let [areaM2, lengthM] = [0, 0]
  return {
    add(piece: LayerColumns): void {
      if (kind === 'polygon') {
        const ofPiece = areasM2(piece)
        areaM2 += ofPiece.reduce((sum, area) => sum + area, 0)
        for (const area of ofPiece) areas.push(area)
      }
      if (kind === 'line') lengthM += totalLengthM(piece)
      ledger?.add(piece)
      grow(extent, extentOf(piece))
    },
    finish(geos: Geos): MeasuredGeometry {
      const edges = ledger?.edges()
      const tooMany = edges && edges.length / 4 > MOST_EDGES
      return {
        extent,
        areaM2: kind === 'polygon' ? areaM2 : null,
        lengthM: kind === 'line' ? lengthM : null,
        areasM2: areas.toShared(),
        tiling: edges ? (tooMany ? { edges: edges.length / 4 } : tilingReport(edges, areaM2, geos)) : null,
      }
    },
  }
}

/** Measures geometries in the plan's system as they pass by: the same figures, to the last digit, as `measureStored` finds in the file. */
export function streamMeter({ kind, role }: Pick<LayerSource, 'kind' | 'role'>, plan: Pick<Plan, 'crs' | 'frame'>) {
  const meter = pieceMeter({ kind, role })
  const toFrame = planToFrame(plan)
  /** Reused: what the builder is given it has taken over when it returns. */
  let room = new Float64Array(1 << 12)
  const placed = (parts: readonly (readonly Float64Array[])[]): Float64Array[][] => {
    const values = parts.reduce((sum, part) => part.reduce((of, run) => of + run.length, sum), 0)
    if (values > room.length) room = new Float64Array(2 * values)
    let at = 0
    return parts.map((part) =>
      part.map((run) => {
        const copy = room.subarray(at, at + run.length)
        at += run.length
        copy.set(run)
        toFrame(copy, copy.length / 2)
        return copy
      }),
    )
  }
  const fresh = () => layerBuilder({ role, name: role, kind, frame: plan.frame }, {})
  let builder = fresh()
  let pieces = 0
  const handOn = () => {
    meter.add(builder.finish(''))
    builder = fresh()
    pieces += 1
  }
  return {
    add(parts: readonly (readonly Float64Array[])[]): void {
      builder.add(0, placed(parts), {})
      if (builder.size() === PIECE) handOn()
    },
    finish(geos: Geos): MeasuredGeometry {
      if (pieces === 0 || builder.size() > 0) handOn()
      return meter.finish(geos)
    },
  }
}

/** Reads a stored layer once, in pieces. */
export function measureStored(
  gpkg: string,
  layer: LayerSource,
  plan: Pick<Plan, 'crs' | 'frame'>,
  geos: Geos,
  report: (done: number) => void,
): MeasuredGeometry {
  const meter = pieceMeter(layer)
  let done = 0
  for (const piece of columnPieces(gpkg, layer, plan, { pieceOf: PIECE, withAttributes: false })) {
    meter.add(piece)
    done += piece.count
    report(done)
  }
  return meter.finish(geos)
}

/** What was measured, in words: faults are carried into the plan's system and name the features of the stored layer. */
export function describeMeasure(
  gpkg: string,
  layer: LayerSource,
  plan: Pick<Plan, 'crs' | 'frame'>,
  { tiling, ...measured }: MeasuredGeometry,
): LayerMeasure {
  if (tiling === null) return { ...measured, notes: [], faults: [] }
  if ('edges' in tiling) return { ...measured, notes: [tooManyEdgesNote(tiling.edges, MOST_EDGES)], faults: [] }
  const faults = locateFaults(gpkg, layer, plan, tiling.faults.slice(0, MOST_LISTED))
  return { ...measured, notes: tilingNotes(tiling, faults), faults }
}

function grow(extent: Box, [minX, minY, maxX, maxY]: Box): void {
  extent[0] = Math.min(extent[0], minX)
  extent[1] = Math.min(extent[1], minY)
  extent[2] = Math.max(extent[2], maxX)
  extent[3] = Math.max(extent[3], maxY)
}
