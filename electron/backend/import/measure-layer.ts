import { boundaryLedger, type BoundaryLedger } from '#core/geo/boundary-ledger.ts'
import type { Geos } from '#core/geo/geos.ts'
import { areasM2, totalLengthM } from '#core/geo/measure.ts'
import { tilingReport } from '#core/geo/tiling.ts'
import type { Note, Plan } from '#core/model/plan.ts'
import type { Role } from '#core/model/roles.ts'
import { columnPieces } from '../store/gpkg-columns.ts'
import type { Box } from '../store/gpkg-geometry.ts'
import type { LayerSource } from '../store/layer-columns.ts'
import { locateFaults, type LocatedFault } from '../store/topology-table.ts'
import { extentOf } from './plan-frame.ts'
import { tilingNotes, tooManyEdgesNote } from './topology-notes.ts'

/** What a stored layer comes to, and where it does not tile the ground as its role says it should. */
export interface LayerMeasure {
  /** Metres of the frame. */
  extent: Box
  areaM2: number | null
  lengthM: number | null
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

/** Reads a stored layer once, in pieces: area, length, extent, and for tiling roles overlaps and gaps. `onAreas` sees every feature's area. */
export function measureLayer(
  gpkg: string,
  layer: LayerSource,
  plan: Pick<Plan, 'crs' | 'frame'>,
  geos: Geos,
  report: (done: number) => void,
  onAreas: (areasM2: Float64Array) => void = () => undefined,
): LayerMeasure {
  const extent: Box = [Infinity, Infinity, -Infinity, -Infinity]
  const ledger = layer.kind === 'polygon' && TILING_ROLES.includes(layer.role) ? boundaryLedger() : undefined
  let [areaM2, lengthM, done] = [0, 0, 0]
  for (const piece of columnPieces(gpkg, layer, plan, { pieceOf: PIECE, withAttributes: false })) {
    if (layer.kind === 'polygon') areaM2 += sumOf(areasM2(piece), onAreas)
    if (layer.kind === 'line') lengthM += totalLengthM(piece)
    ledger?.add(piece)
    grow(extent, extentOf(piece))
    done += piece.count
    report(done)
  }
  const { notes, faults } = ledger ? checkTiling(gpkg, layer, plan, geos, { ledger, areaM2 }) : { notes: [], faults: [] }
  return {
    extent,
    areaM2: layer.kind === 'polygon' ? areaM2 : null,
    lengthM: layer.kind === 'line' ? lengthM : null,
    notes,
    faults,
  }
}

function sumOf(areas: Float64Array, onAreas: (areasM2: Float64Array) => void): number {
  onAreas(areas)
  return areas.reduce((sum, areaM2) => sum + areaM2, 0)
}

function checkTiling(
  gpkg: string,
  layer: LayerSource,
  plan: Pick<Plan, 'crs' | 'frame'>,
  geos: Geos,
  { ledger, areaM2 }: { ledger: BoundaryLedger; areaM2: number },
): Pick<LayerMeasure, 'notes' | 'faults'> {
  const edges = ledger.edges()
  if (edges.length / 4 > MOST_EDGES) return { notes: [tooManyEdgesNote(edges.length / 4, MOST_EDGES)], faults: [] }
  const report = tilingReport(edges, areaM2, geos)
  const faults = locateFaults(gpkg, layer, plan, report.faults.slice(0, MOST_LISTED))
  return { notes: tilingNotes(report, faults), faults }
}

function grow(extent: Box, [minX, minY, maxX, maxY]: Box): void {
  extent[0] = Math.min(extent[0], minX)
  extent[1] = Math.min(extent[1], minY)
  extent[2] = Math.max(extent[2], maxX)
  extent[3] = Math.max(extent[3], maxY)
}
