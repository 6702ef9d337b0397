import type { LayerColumns } from './columns.ts'
import { sumOfAreas } from './feature-areas.ts'
import { perGeometry } from './edited.ts'
import { earlierOverlaps } from './overlap-table.ts'

/** Overlap that comes of rounding along shared edges, as a share of all ground. */
const ROUNDING = 1e-6

/**
 * True when no two features of a polygon layer cover the same ground (but for rounding), as parcels of a plan should. Such a
 * layer can serve as a zone as it is; uniting it first would cost minutes on a large plan and change nothing.
 */
export const isDisjoint: (layer: LayerColumns) => boolean = perGeometry((layer) => {
  const twiceM2 = earlierOverlaps(layer).areaM2.reduce((sum, areaM2) => sum + areaM2, 0)
  return twiceM2 <= ROUNDING * sumOfAreas(layer)
})
