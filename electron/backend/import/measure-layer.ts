import type { Geos } from '#core/geo/geos.ts'
import type { Note, Plan } from '#core/model/plan.ts'
import { columnPieces } from '../store/gpkg-columns.ts'
import type { LayerSource } from '../store/layer-columns.ts'
import { locateFaults, type LocatedFault } from '../store/topology-table.ts'
import { MOST_EDGES, PIECE, pieceMeter, type MeasuredGeometry } from './stream-meter.ts'
import { tilingNotes, tooManyEdgesNote } from './topology-notes.ts'

/** And where it does not tile the ground as its role says it should, as notes and as places. */
export interface LayerMeasure extends Omit<MeasuredGeometry, 'tiling'> {
  notes: Note[]
  faults: LocatedFault[]
}

/** Faults that are listed, largest first; the sums count all. */
const MOST_LISTED = 5000

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
