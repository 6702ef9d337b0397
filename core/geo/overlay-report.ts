import type { LayerColumns } from './columns.ts'
import { totalAreaM2 } from './measure.ts'
import type { OverlayOperation } from './overlay-operation.ts'
import type { OverlayNote, Pieces } from './pieces.ts'
import type { LayerRepair } from './sound-layer.ts'

/** Two ways to the same area may differ by this share of the ground that was overlaid before it is called unsound. */
export const CONSERVED = 1e-9

/** Does the ground add up? Areas in m². */
export interface Conservation {
  /** Area of all source features. */
  givenM2: number
  /** What they should give: their own areas, or the area kernel's where only shared ground was asked for. */
  expectedM2: number
  /** What the pieces have before rounding, what was too small to keep included. */
  foundM2: number
  differenceM2: number
  /** |difference| ÷ given. */
  relative: number
  holds: boolean
  /** The source feature with the largest difference, counted over the first layer and then the second. */
  worst: { feature: number; differenceM2: number } | null
  /** Pieces under a square millimetre, or that vanish at millimetres: in `foundM2`, but no features. */
  dustM2: number
  /** Area of the result's geometry minus `areaM2`: what rounding vertices to millimetres changes. */
  roundingM2: number
}

/** What an overlay did, for people and for tests. */
export interface OverlayReport {
  operation: OverlayOperation
  /** Pairs of parts whose boxes meet; pairs of features that share ground. */
  candidates: number
  pairs: number
  features: number
  conservation: Conservation
  /** Features that were mended before the overlay. */
  repairs: { a: LayerRepair[]; b: LayerRepair[] }
  /** Where GEOS took over from the kernel, and where pieces had to be mended. */
  notes: OverlayNote[]
}

/** Sums up; in the order of features, so that the figures do not depend on how the work was split. */
export function overlayReport(
  layer: LayerColumns,
  pieces: Pieces,
  operation: OverlayOperation,
  repairs: OverlayReport['repairs'],
): OverlayReport {
  const { expectedM2, foundM2, dustM2, areaM2 } = pieces
  let worst: Conservation['worst'] = null
  for (const [feature, expected] of expectedM2.entries()) {
    const differenceM2 = (foundM2[feature] ?? 0) - expected
    if (differenceM2 !== 0 && Math.abs(differenceM2) > Math.abs(worst?.differenceM2 ?? 0)) worst = { feature, differenceM2 }
  }
  const expected = sum(expectedM2)
  const found = sum(foundM2)
  const given = sum(pieces.givenM2)
  const relative = given === 0 ? 0 : Math.abs(found - expected) / given
  return {
    operation,
    candidates: pieces.candidates,
    pairs: pieces.pairs,
    features: layer.count,
    conservation: {
      givenM2: given,
      expectedM2: expected,
      foundM2: found,
      differenceM2: found - expected,
      relative,
      holds: relative <= CONSERVED,
      worst,
      dustM2: sum(dustM2),
      roundingM2: totalAreaM2(layer) - sum(areaM2),
    },
    repairs,
    notes: pieces.notes,
  }
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0)
