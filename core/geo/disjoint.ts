import type { LayerColumns } from './columns.ts'
import { totalAreaM2 } from './measure.ts'
import { overlapAreas } from './overlay-area.ts'

/** Overlap that comes of rounding along shared edges, as a share of all ground. */
const ROUNDING = 1e-6

/**
 * True when no two features of a polygon layer cover the same ground (but for rounding), as parcels of a plan should. Such a
 * layer can serve as a zone as it is; uniting it first would cost minutes on a large plan and change nothing.
 */
export function isDisjoint(layer: LayerColumns): boolean {
  let twiceM2 = 0
  overlapAreas(layer, layer, (one, other, areaM2) => {
    if (one !== other) twiceM2 += areaM2
  })
  return twiceM2 / 2 <= ROUNDING * totalAreaM2(layer)
}
