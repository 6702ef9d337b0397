import { boundaryLedger } from '#core/geo/boundary-ledger.ts'
import { layerBuilder } from '#core/geo/build.ts'
import type { LayerColumns } from '#core/geo/columns.ts'
import type { Geos } from '#core/geo/geos.ts'
import { GrowingFloats } from '#core/geo/growing.ts'
import { areasM2, totalLengthM } from '#core/geo/measure.ts'
import { tilingReport, type TilingReport } from '#core/geo/tiling.ts'
import type { Plan } from '#core/model/plan.ts'
import type { Role } from '#core/model/roles.ts'
import type { Box } from '../store/gpkg-geometry.ts'
import type { LayerSource } from '../store/layer-columns.ts'
import { planToFrame } from '../store/plan-to-frame.ts'
import { extentOf } from './plan-frame.ts'

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

/** Every place belongs to exactly one feature of such a layer. */
const TILING_ROLES: readonly Role[] = ['landuse_base', 'landuse_plan']
/** Features per piece: enough to be fast, few enough that memory does not grow with the layer. */
export const PIECE = 8192
/** Above it the layer is no tiling at all; crossing its edges would take minutes and memory. */
export const MOST_EDGES = 500_000

/** Sums up a layer piece by piece: area, length, extent, and for tiling roles what does not cancel of its boundaries. */
export function pieceMeter({ kind, role }: Pick<LayerSource, 'kind' | 'role'>) {
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

function grow(extent: Box, [minX, minY, maxX, maxY]: Box): void {
  extent[0] = Math.min(extent[0], minX)
  extent[1] = Math.min(extent[1], minY)
  extent[2] = Math.max(extent[2], maxX)
  extent[3] = Math.max(extent[3], maxY)
}
